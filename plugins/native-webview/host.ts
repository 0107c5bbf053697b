import { createChannelPort } from '../host-channel.ts';
import type { HostPlugin } from '../host-plugin.ts';
import { asString } from '../../src/record/resource.ts';
import type { HostGiven } from '../host-port.ts';
import { findBridge, webView2Bridge, type Bridge } from './host/bridges.ts';
import { nonceTransport } from './host/nonce-transport.ts';
import { simulatedWebView2 } from './host/simulated-webview2.ts';

/** The envelope of the contract through the bridge of a native control. */
export const host: HostPlugin = {
  id: 'native-webview',
  contract: 1,
  detect: (window, given) => bridgeFor(window, given) !== undefined,
  create: (window, given) => {
    const bridge = bridgeFor(window, given);
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

/** A real control goes before one that is played. */
function bridgeFor(window: Window, { settings, origins }: HostGiven): Bridge | undefined {
  const real = findBridge(window, asString(settings['bridge']));
  if (real || settings['simulated'] !== true) return real;
  const played = simulatedWebView2(window, origins);
  return played && webView2Bridge(played);
}
