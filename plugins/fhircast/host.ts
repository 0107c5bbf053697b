import { createChannelPort } from '../host-channel.ts';
import type { HostPlugin } from '../host-plugin.ts';
import { launcherTransport } from './host/launcher-transport.ts';

/** The EPR’s context, as its hub tells the launcher and the launcher tells this page. */
export const host: HostPlugin = {
  id: 'fhircast',
  contract: 1,
  detect: () => true,
  create: (_window, given) =>
    createChannelPort({
      id: 'fhircast',
      given,
      transport: launcherTransport(given),
      evidence: 'fhircast',
      capabilities: ['context-events', 'context-ack'],
    }),
};
