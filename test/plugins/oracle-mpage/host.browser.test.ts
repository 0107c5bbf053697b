import { host } from '../../../plugins/oracle-mpage/host.ts';
import { hostPortContract, type HostPeer } from '../../contracts/host-port.contract.ts';

/** An MPage that answers who it is, and has no word for a change of patient. */
function mpage(frame: Window): HostPeer {
  window.addEventListener('message', ({ data }: MessageEvent<Record<string, unknown>>) => {
    if (data['jsonrpc'] === '2.0' && data['method'] === 'authorizeConsumer')
      frame.postMessage({ jsonrpc: '2.0', id: data['id'], result: 'hello' }, location.origin);
  });
  const nothing = (): void => undefined;
  return { acks: [], ready: nothing, change: nothing, closing: nothing, lost: nothing };
}

hostPortContract('oracle-mpage', {
  host,
  open: (frame) => ({
    peer: mpage(frame),
    given: { origins: [location.origin], settings: { origins: [location.origin], tabs: {} } },
  }),
});
