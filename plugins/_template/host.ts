import { createChannelPort, windowTransport } from '../host-channel.ts';
import type { HostPlugin } from '../host-plugin.ts';

/** The browser half: the envelope of the contract, by postMessage with the window around ours. */
export const host: HostPlugin = {
  id: 'template',
  contract: 1,
  detect: (window) => window.parent !== window || window.opener !== null,
  create: (window, given) => {
    const transport = windowTransport(window, given.origins);
    if (!transport) throw new Error('host.gone');
    return createChannelPort({
      id: 'template',
      given,
      transport,
      evidence: 'host-message',
      capabilities: ['resize', 'close', 'open-chart', 'banner', 'theme', 'locale', 'context-events', 'context-ack'],
    });
  },
};
