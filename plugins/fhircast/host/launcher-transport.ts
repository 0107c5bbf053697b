import { asObject, type Json } from '../../../src/record/resource.ts';
import type { Transport } from '../../host-channel.ts';
import type { HostGiven } from '../../host-port.ts';

const LONGEST_LINE = 32_768;

/**
 * `hello` opens the launcher's stream, `ack` is posted; FHIRcast has no other word of ours. A stream that ends, however
 * it ends, is the loss of the context.
 */
export function launcherTransport(given: HostGiven): Transport {
  const { launchId } = given;
  const stop = new AbortController();
  let receive: (data: unknown) => void = () => undefined;
  let last: Json | undefined;
  const over = (): void => {
    if (!stop.signal.aborted)
      receive({ corridor: 1, id: 'over', launchId, epoch: 1, type: 'lost', payload: { reason: 'socket' } });
  };
  const take = (line: unknown): void => {
    last = asObject(line);
    receive(line);
  };
  return {
    send: ({ id, type, payload }) => {
      if (type === 'hello')
        void given
          .request('/context', { method: 'POST', json: { id, launchId }, signal: stop.signal })
          .then((response) => readLines(response, take))
          .then(over, over);
      if (type !== 'ack') return;
      const ends = isEnd(last, payload['result']);
      // An answer that does not arrive is a hub that hears 202, then SyncError of the launcher.
      void given
        .request('/ack', { method: 'POST', json: { of: payload['of'], result: payload['result'] } })
        .catch(() => undefined)
        .finally(() => ends && stop.abort());
    },
    listen: (to) => {
      receive = to;
      return () => stop.abort();
    },
  };
}

/** The page has nobody on the screen any more, and its session is over: it has said why, and hears no more. */
function isEnd(last: Json | undefined, result: unknown): boolean {
  if (last?.['type'] === 'closing') return true;
  return last?.['type'] === 'change' && (result === 'refused' || asObject(last['payload'])?.['patient'] === null);
}

async function readLines(response: Response, take: (line: unknown) => void): Promise<void> {
  if (!response.ok || !response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const lines = (rest + next.value).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) return;
    for (const line of lines) if (line !== '') take(JSON.parse(line));
  }
}
