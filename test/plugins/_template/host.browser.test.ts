import { host } from '../../../plugins/_template/host.ts';
import { hostPortContract } from '../../contracts/host-port.contract.ts';
import { postMessagePeer } from '../../support/browser/envelope-peer.ts';

hostPortContract('template', {
  host,
  open: (frame) => ({ peer: postMessagePeer(frame), given: { origins: [location.origin], settings: {} } }),
});
