import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../src/record/source.ts';
import { fetchHeld } from '../../src/stream/fetch-held.ts';

const ASK = { source: 'a' as SourceId, reference: 'DocumentReference/1' };

function held(answer: (init: RequestInit) => Response | Promise<Response>): Promise<Blob> {
  const send = ((_address: string, init: RequestInit) => Promise.resolve(answer(init))) as unknown as typeof fetch;
  return fetchHeld('/api/document', ASK, { bearer: 'b', signal: new AbortController().signal, fetch: send });
}

describe('fetching what a source holds', () => {
  it('fails with the launcher’s own code, and with the status where there is none', async () => {
    const refused = { error: 'access.refused', message: 'x', supportId: '1' };
    await expect(held(() => Response.json(refused, { status: 403 }))).rejects.toThrow(/^access\.refused$/);
    await expect(held(() => new Response('<html>', { status: 502 }))).rejects.toThrow(/^document\.502$/);
  });

  it('gives up what is longer than the limit, whatever length was promised', async () => {
    const promised = new Response('x', { headers: { 'content-length': String(60 * 1024 * 1024) } });
    await expect(held(() => promised)).rejects.toThrow(/^document\.too_large$/);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(8 * 1024 * 1024));
      },
    });
    await expect(held(() => new Response(endless))).rejects.toThrow(/^document\.too_large$/);
    expect(sent).toBeLessThan(12);
  });

  it('sends the bearer in its header, the reference in the body, and gives the bytes with their type', async () => {
    const asked: RequestInit[] = [];
    const blob = await held((init) => {
      asked.push(init);
      return new Response('Dear Dr', { headers: { 'content-type': 'text/plain; charset=utf-8' } });
    });
    expect(await blob.text()).toBe('Dear Dr');
    expect(blob.type).toBe('text/plain; charset=utf-8');
    expect(asked[0]).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer b' },
      body: JSON.stringify(ASK),
    });
  });
});
