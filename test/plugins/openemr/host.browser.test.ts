import { host } from '../../../plugins/openemr/host.ts';
import { hostPortContract } from '../../contracts/host-port.contract.ts';
import { postMessagePeer } from '../../support/browser/envelope-peer.ts';

hostPortContract('openemr', {
  host,
  open: (frame) => ({ peer: postMessagePeer(frame), given: { origins: [location.origin], settings: {} } }),
});
