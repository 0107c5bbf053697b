import { host } from '../../../plugins/fhircast/host.ts';
import { hostPortContract, type HostBench } from '../../contracts/host-port.contract.ts';
import { envelopePeer } from '../../support/browser/envelope-peer.ts';

/** The launcher's two addresses, as the page sees them: a stream of lines, and where answers are posted. */
function launcher(): ReturnType<HostBench['open']> {
  let receive: (message: unknown) => void = () => undefined;
  let lines: ReadableStreamDefaultController<Uint8Array> | undefined;
  const peer = envelopePeer(
    (to) => (receive = to),
    (message) => lines?.enqueue(new TextEncoder().encode(`${JSON.stringify({ ...message, launchId })}\n`)),
  );
  let launchId = '';
  return {
    peer,
    given: { origins: [], settings: {} },
    request: (path, { json = {}, signal } = {}) => {
      const body = new ReadableStream<Uint8Array>({ start: (controller) => void (lines = controller) });
      if (path === '/ack') receive({ launchId: 'l', type: 'ack', payload: json });
      else {
        launchId = String(json['launchId']);
        signal?.addEventListener('abort', () => (lines = undefined));
        queueMicrotask(() => receive({ id: json['id'], launchId: 'l', type: 'hello', payload: {} }));
      }
      return Promise.resolve(path === '/ack' ? new Response(null, { status: 204 }) : new Response(body));
    },
  };
}

hostPortContract('fhircast', { host, open: () => launcher() });
