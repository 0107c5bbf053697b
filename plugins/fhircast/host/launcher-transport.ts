import { asObject, asString, type Json } from '../../../src/record/resource.ts';
import type { Transport } from '../../host-channel.ts';
import type { HostGiven } from '../../host-port.ts';

const LONGEST_LINE = 32_768;

/**
 * `hello` opens the launcher's stream, `ack` is posted; FHIRcast has no other word of ours. A stream that ends, however
 * it ends, is the loss of the context: but for the one of a session that has given way to the next patient's. That page
 * opens another stream with its new session once the new patient is on the screen.
 */
export function launcherTransport(given: HostGiven): Transport {
  const { launchId } = given;
  const stop = new AbortController();
  let receive: (data: unknown) => void = () => undefined;
  let last: Json | undefined;
  /** Set from a change that opens the next patient until that patient is on the screen. */
  let next: { readonly resume: string; readonly epoch: unknown } | undefined;
  let streams = 0;

  const take = (line: unknown): void => {
    last = asObject(line);
    const resume = asString(asObject(last?.['payload'])?.['resume']);
    next = last?.['type'] === 'change' && resume !== undefined ? { resume, epoch: last['epoch'] } : undefined;
    // The port is of the window's first launch; a stream is of the session that asked for it.
    receive({ ...last, launchId });
  };
  const open = (json: Json): void => {
    const stream = ++streams;
    const over = (): void => {
      if (stop.signal.aborted || stream !== streams || next) return;
      receive({ corridor: 1, id: 'over', launchId, epoch: 1, type: 'lost', payload: { reason: 'socket' } });
    };
    void given
      .request('/context', { method: 'POST', json, signal: stop.signal })
      .then((response) => readLines(response, (line) => stream === streams && take(line)))
      .then(over, over);
  };
  const goOn = (id: string): void => {
    const { resume = '' } = next ?? {};
    next = last = undefined;
    open({ id, launchId, resume });
  };
  return {
    send: ({ id, type, payload }) => {
      if (type === 'hello') open({ id, launchId });
      if (type !== 'ack') return;
      const { of, result } = payload;
      if (next && of === next.epoch && result === 'shown') return goOn(id);
      const ends = isEnd(last, result);
      // An answer that does not arrive is a hub that hears 202, then SyncError of the launcher.
      void given
        .request('/ack', { method: 'POST', json: { of, result } })
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
