import { createChannelPort, windowTransport } from '../host-channel.ts';
import type { HostPlugin } from '../host-plugin.ts';

/** The envelope of the contract, with the vendor’s page around the frame (`<corridor-frame>` is the other side). */
export const host: HostPlugin = {
  id: 'embed-sdk',
  contract: 1,
  detect: (window) => window.parent !== window || window.opener !== null,
  create: (window, given) => {
    const transport = windowTransport(window, given.origins);
    if (!transport) throw new Error('host.gone');
    return createChannelPort({
      id: 'embed-sdk',
      given,
      transport,
      evidence: 'host-message',
      capabilities: ['resize', 'close', 'open-chart', 'banner', 'theme', 'locale', 'context-events', 'context-ack'],
    });
  },
};
