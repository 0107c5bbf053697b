import { host } from '../../../plugins/embed-sdk/host.ts';
import { hostPortContract } from '../../contracts/host-port.contract.ts';
import { postMessagePeer } from '../../support/browser/envelope-peer.ts';

hostPortContract('embed-sdk', {
  host,
  open: (frame) => ({ peer: postMessagePeer(frame), given: { origins: [location.origin], settings: {} } }),
});
