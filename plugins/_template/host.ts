import { windowHost } from '../host-channel.ts';
import type { HostPlugin } from '../host-plugin.ts';

/** The browser half: the envelope of the contract, by postMessage with the window around ours. */
export const host: HostPlugin = windowHost('template');
