import express from 'express';
import { describe, expect, it } from 'vitest';
import { readerActRoutes } from '../../../launcher/routes/reader-acts.ts';
import { answerErrors } from '../../../launcher/routes/errors.ts';
import { createLog } from '../../../launcher/observability/log.ts';
import { NHS_NUMBER, sessionOf } from '../../support/federation.ts';
import { memoryAudit } from '../../support/memory-stores.ts';

async function act(
  body: object,
  bearer = 'b'.repeat(43),
  until?: string,
): Promise<{ status: number; events: readonly object[] }> {
  const audit = memoryAudit();
  const sessions = {
    find: (given: string) => Promise.resolve(given === 'b'.repeat(43) ? sessionOf() : undefined),
    isLive: () => Promise.resolve(true),
  };
  const app = express();
  app.use(express.json());
  app.use(
    readerActRoutes({ sessions: sessions as never, audit, emergency: () => Promise.resolve(until), now: () => 0 }),
  );
  app.use(answerErrors(createLog('silent')));
  const server = app.listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const answer = await fetch(`http://127.0.0.1:${String(port)}/api/act`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, events: audit.events };
  } finally {
    server.close();
  }
}

describe('POST /api/act', () => {
  it('refuses whoever has no session, and what is no act of a reader', async () => {
    expect(await act({ act: 'printed' }, 'c'.repeat(43))).toEqual({ status: 401, events: [] });
    for (const body of [{}, { act: 'viewed' }, { act: 'constructor' }, { act: 'printed', view: '<b>' }])
      expect(await act(body)).toEqual({ status: 400, events: [] });
  });

  it('refuses a document named in a way that could say more than where it is', async () => {
    for (const more of [
      { source: 'a' },
      { source: 'a b', reference: 'DocumentReference/1' },
      { source: 'a', reference: 'Ann Tester, born 1950' },
      { source: 'a', reference: 'https://elsewhere.example/x' },
    ])
      expect(await act({ act: 'exported', ...more })).toEqual({ status: 400, events: [] });
  });

  it('writes down which document was saved, of whom and when', async () => {
    const { events } = await act({ act: 'exported', source: 'a', reference: 'DocumentReference/1' });
    expect(events).toMatchObject([
      { type: 'record.exported', source: 'a', detail: { reference: 'DocumentReference/1' }, nhsNumber: NHS_NUMBER },
    ]);
    expect(events[0]).toHaveProperty('at', '1970-01-01T00:00:00.000Z');
  });

  it('writes a print and a change of patient down, as the session’s reader and of its patient', async () => {
    expect(await act({ act: 'printed', view: 'view-1' })).toMatchObject({
      status: 204,
      events: [{ type: 'record.printed', viewId: 'view-1', user: 'iss|user-1', nhsNumber: NHS_NUMBER }],
    });
    expect((await act({ act: 'context-changed' })).events).toMatchObject([{ type: 'context.changed' }]);
  });

  it('says of a print under broken glass that it was an emergency', async () => {
    const { events } = await act({ act: 'printed' }, undefined, '2030-01-01T00:00:00Z');
    expect(events).toMatchObject([{ type: 'record.printed', purpose: 'break-glass' }]);
    expect((await act({ act: 'printed' })).events).toMatchObject([{ purpose: 'direct-care' }]);
  });
});
