import { describe, expect, it } from 'vitest';
import { openStream, type StreamEnd } from '../../src/stream/open-stream.ts';
import type { RecordEvent } from '../../src/record/wire.ts';

const opened =
  '{"type":"opened","version":1,"viewId":"v","at":"2026-11-20T09:00:00Z","patient":{"family":"Ó Briain"},"sources":[]}\n';
const closed = '{"type":"closed","at":"2026-11-20T09:00:01Z"}\n';

function body(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function run(
  response: Response | Error,
  signal = new AbortController().signal,
): Promise<{ end: StreamEnd; events: RecordEvent[]; asked: RequestInit[]; address: string[] }> {
  const events: RecordEvent[] = [];
  const asked: RequestInit[] = [];
  const address: string[] = [];
  const fetchOnce = ((url: string, init: RequestInit) => {
    asked.push(init);
    address.push(url);
    return response instanceof Error ? Promise.reject(response) : Promise.resolve(response);
  }) as typeof fetch;
  const end = await openStream({ bearer: 'secret', signal, fetch: fetchOnce, only: ['xb001-epr'] }, (event) =>
    events.push(event),
  );
  return { end, events, asked, address };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('openStream', () => {
  it('says that a stream without its last line was cut', async () => {
    const { end, events } = await run(new Response(body([bytes(opened)])));
    expect(end).toEqual({ end: 'cut', reason: 'truncated' });
    expect(events).toHaveLength(1);
  });

  it('says that a connection that broke was cut, and keeps what had arrived', async () => {
    let sent = false;
    const chunks = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (!sent) controller.enqueue(bytes(opened));
        else controller.error(new Error('reset'));
        sent = true;
      },
    });
    expect((await run(new Response(chunks))).end).toEqual({ end: 'cut', reason: 'network' });
    expect((await run(new Error('offline'))).end).toEqual({ end: 'cut', reason: 'network' });
  });

  it('stops at a line it does not understand', async () => {
    expect((await run(new Response(body([bytes(`${opened}<html>login</html>\n${closed}`)])))).end).toEqual({
      end: 'cut',
      reason: 'malformed',
    });
  });

  it('refuses a newer version of the wire', async () => {
    expect((await run(new Response(body([bytes(opened.replace('"version":1', '"version":2'))])))).end).toEqual({
      end: 'unknown-version',
    });
  });

  it('gives a refusal its status and code, and not the server’s words', async () => {
    const refusal = Response.json({ error: { code: 'access.role', message: 'Mrs Bedford' } }, { status: 403 });
    expect((await run(refusal)).end).toEqual({ end: 'refused', status: 403, code: 'access.role' });
    expect((await run(new Response('<html>', { status: 502 }))).end).toEqual({
      end: 'refused',
      status: 502,
      code: 'http.502',
    });
  });

  it('ends quietly when it was stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    expect((await run(new Error('aborted'), stop.signal)).end).toEqual({ end: 'stopped' });
  });

  it('reads the same events however the bytes are cut, also inside a character', async () => {
    const whole = bytes(opened + closed);
    for (let at = 1; at < whole.length; at++) {
      const { end, events } = await run(new Response(body([whole.slice(0, at), whole.slice(at)])));
      expect(end).toEqual({ end: 'closed' });
      expect(events[0]).toMatchObject({ patient: { family: 'Ó Briain' } });
    }
  });

  it('sends the bearer in a header and nowhere in the address', async () => {
    const { asked, address } = await run(new Response(body([bytes(opened + closed)])));
    expect(asked[0]).toMatchObject({
      headers: { authorization: 'Bearer secret' },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
    expect(address).toEqual(['/api/record?only=xb001-epr']);
  });
});
