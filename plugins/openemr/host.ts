import { windowHost } from '../host-channel.ts';
import type { HostPlugin } from '../host-plugin.ts';

/** The envelope of the contract, with the module's tab of OpenEMR around the frame (`module/…/public/assets/frame.js`). */
export const host: HostPlugin = windowHost('openemr', ['close', 'open-chart', 'context-events', 'context-ack']);
