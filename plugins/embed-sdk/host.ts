import { windowHost } from '../host-channel.ts';
import type { HostPlugin } from '../host-plugin.ts';

/** The envelope of the contract, with the vendor’s page around the frame (`<corridor-frame>` is the other side). */
export const host: HostPlugin = windowHost('embed-sdk');
