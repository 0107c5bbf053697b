import { createChannelPort } from '../host-channel.ts';
import type { HostPlugin } from '../host-plugin.ts';
import { asString } from '../../src/record/resource.ts';
import { findBridge } from './host/bridges.ts';
import { nonceTransport } from './host/nonce-transport.ts';

/** The envelope of the contract through the bridge of a native control. */
export const host: HostPlugin = {
  id: 'native-webview',
  contract: 1,
  detect: (window, { settings }) => findBridge(window, asString(settings['bridge'])) !== undefined,
  create: (window, given) => {
    const bridge = findBridge(window, asString(given.settings['bridge']));
    if (!bridge) throw new Error('host.gone');
    return createChannelPort({
      id: 'native-webview',
      given,
      transport: nonceTransport(bridge, given.launchId),
      evidence: 'host-message',
      capabilities: ['close', 'open-chart', 'banner', 'theme', 'locale', 'context-events', 'context-ack'],
    });
  },
};
