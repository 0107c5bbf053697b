import { host } from '../../../plugins/smart-launch/host.ts';
import { hostPortContract, type HostPeer } from '../../contracts/host-port.contract.ts';

/** An EPR that speaks SMART Web Messaging 1.0: it answers the handshake, and has no word for a change of patient. */
function ehr(frame: Window): HostPeer {
  window.addEventListener('message', ({ data }: MessageEvent<Record<string, unknown>>) => {
    if (data['messageType'] !== 'status.handshake') return;
    frame.postMessage({ messageId: 'e1', responseToMessageId: data['messageId'], payload: {} }, location.origin);
  });
  const nothing = (): void => undefined;
  return { acks: [], ready: nothing, change: nothing, closing: nothing, lost: nothing };
}

hostPortContract('smart-launch', {
  host,
  open: (frame) => ({
    peer: ehr(frame),
    given: { origins: [location.origin], settings: { handle: 'h1', origin: location.origin } },
  }),
});
