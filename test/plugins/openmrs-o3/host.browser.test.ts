import { host } from '../../../plugins/openmrs-o3/host.ts';
import { hostPortContract } from '../../contracts/host-port.contract.ts';
import { postMessagePeer } from '../../support/browser/envelope-peer.ts';

hostPortContract('openmrs-o3', {
  host,
  open: (frame) => ({ peer: postMessagePeer(frame), given: { origins: [location.origin], settings: {} } }),
});
