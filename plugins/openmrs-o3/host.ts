import { windowHost } from '../host-channel.ts';
import type { HostPlugin } from '../host-plugin.ts';

/** The envelope of the contract, with our own module in the page of O3 (`module/record-frame.ts` is the other side). */
export const host: HostPlugin = windowHost('openmrs-o3', [
  'close',
  'open-chart',
  'locale',
  'context-events',
  'context-ack',
]);
