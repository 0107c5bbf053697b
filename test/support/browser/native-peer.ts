import type { HostPeer } from '../../contracts/host-port.contract.ts';
import type { Control } from './controls.ts';
import { envelopePeer } from './envelope-peer.ts';

/** The native side of a control, as the samples of the plugin write it: it repeats the page's nonce and adds its own. */
export function nativePeer(control: Control): HostPeer {
  const native = crypto.randomUUID();
  let page: unknown;
  return envelopePeer(
    (receive) =>
      control.hear((raw) => {
        const message = raw as Record<string, unknown>;
        if (message['type'] === 'hello') page = message['page'];
        if (message['page'] === page && (message['type'] === 'hello' || message['native'] === native)) receive(raw);
      }),
    (message) => control.say({ ...message, page, native }),
  );
}
