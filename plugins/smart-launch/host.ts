import type { HostPlugin } from '../host-plugin.ts';
import { createWebMessagingPort } from './host/web-messaging.ts';

/** SMART Web Messaging 1.0 with the EPR's page, where the launch gave a handle and an origin. */
export const host: HostPlugin = {
  id: 'smart-launch',
  contract: 1,
  detect: (window, { settings }) =>
    typeof settings['handle'] === 'string' && (window.parent !== window || window.opener !== null),
  create: createWebMessagingPort,
};
