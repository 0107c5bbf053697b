import type { HostPlugin } from '../host-plugin.ts';
import { createMpagePort } from './host/mpage-port.ts';

/** A frame in an MPage. In a window of its own there is no such host, and the launch is bound by time as with any. */
export const host: HostPlugin = {
  id: 'oracle-mpage',
  contract: 1,
  detect: (window) => window.parent !== window,
  create: createMpagePort,
};
