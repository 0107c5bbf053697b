import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LastLooks } from '../../../launcher/audit/last-looks.ts';
import { patientHandle } from '../../../launcher/audit/patient-handle.ts';
import { createLog } from '../../../launcher/observability/log.ts';
import { answerErrors } from '../../../launcher/routes/errors.ts';
import { lastLookRoutes } from '../../../launcher/routes/last-look.ts';
import { createSealing } from '../../../launcher/session/seal.ts';
import type { Session } from '../../../launcher/session/session.ts';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import type { Database } from '../../../launcher/storage/database.ts';
import { migrate } from '../../../launcher/storage/migrate.ts';
import * as table from '../../../launcher/storage/tables/last-looks.ts';
import { NHS_NUMBER, sessionOf } from '../../support/federation.ts';
import { serveRouter } from '../../support/serve-router.ts';

const secret = randomBytes(32);
let database: Database;
let broken: unknown[];
let nowMs: number;

beforeEach(async () => {
  database = openSqlite({ file: ':memory:', busyMs: 1_000 });
  await migrate(database);
  broken = [];
  nowMs = Date.parse('2026-10-12T09:00:00Z');
});
afterEach(() => database.close());

function looks(key = new Uint8Array(32)): LastLooks {
  const { queries } = database;
  return new LastLooks({
    store: {
      find: (handle) => table.findLastLook(queries, handle),
      saveLast: (row) => table.saveLastLook(queries, row),
      saveFirst: (row) => table.saveFirstLook(queries, row),
    },
    sealing: createSealing([{ id: 'a', key }]),
    handle: (text) => patientHandle(secret, text),
    onFailure: (error) => broken.push(error),
    now: () => nowMs,
  });
}

type Answer = { readonly status: number; readonly body: { key?: string; last?: object; admission?: object } };

async function ask(session: Session, seen?: string, kept = looks()): Promise<Answer> {
  const sessions = {
    find: (bearer: string) => Promise.resolve(bearer === 'b' ? session : undefined),
    isLive: () => Promise.resolve(true),
  };
  await using served = await serveRouter(lastLookRoutes({ sessions, looks: kept }), answerErrors(createLog('silent')));
  const answer = await fetch(`${served.url}/api/last-look`, {
    headers: { authorization: 'Bearer b', 'content-type': 'application/octet-stream' },
    ...(seen !== undefined && { method: 'POST', body: seen }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function session(change: Partial<Session['context']> = {}): Session {
  const one = sessionOf();
  return { ...one, context: { ...one.context, ...change } };
}

describe('/api/last-look', () => {
  it('refuses whoever has no session, and a look that is empty, too long or of another kind', async () => {
    await using served = await serveRouter(
      lastLookRoutes({
        sessions: { find: () => Promise.resolve(undefined), isLive: () => Promise.resolve(false) },
        looks: looks(),
      }),
      answerErrors(createLog('silent')),
    );
    expect((await fetch(`${served.url}/api/last-look`)).status).toBe(401);
    expect(
      (
        await fetch(`${served.url}/api/last-look`, {
          method: 'POST',
          body: 'x',
          headers: { authorization: 'Bearer c' },
        })
      ).status,
    ).toBe(401);
    expect((await ask(session(), '')).status).toBe(400);
    expect((await ask(session(), 'x'.repeat(1_048_577))).status).toBeGreaterThanOrEqual(400);
    expect((await ask(session())).body.last).toBe(undefined);
  });

  it('gives one reader nothing of another’s look, and none of another person', async () => {
    await ask(session(), 'mine');
    const other = { ...session().context.user, key: 'somebody|else' };
    expect((await ask(session({ user: other }))).body.last).toBe(undefined);
    const patient = { ...session().context.patient, nhsNumber: '9990123454' as never };
    const elsewhere = (await ask(session({ patient }))).body;
    expect(elsewhere.last).toBe(undefined);
    const mine = (await ask(session())).body;
    expect(mine.last).toEqual({ at: '2026-10-12T09:00:00.000Z', seen: base64('mine') });
    expect(new Set([mine.key, elsewhere.key, (await ask(session({ user: other }))).body.key]).size).toBe(3);
  });

  it('keeps neither reader, person nor what was seen in the open', async () => {
    await ask(session({ encounterId: 'enc-77' }), 'what was seen');
    const rows = await database.queries.selectFrom('last_looks').selectAll().execute();
    expect(rows).toHaveLength(2);
    const kept = JSON.stringify(rows);
    for (const plain of [NHS_NUMBER, session().context.user.key, 'enc-77', 'what was seen', base64('what was seen')])
      expect(kept).not.toContain(plain);
  });

  it('lets the latest look stand, and of an admission the first', async () => {
    const inside = session({ encounterId: 'enc-77' });
    await ask(inside, 'first');
    nowMs += 86_400_000;
    await ask(inside, 'second');
    const { last, admission } = (await ask(inside)).body;
    expect(last).toEqual({ at: '2026-10-13T09:00:00.000Z', seen: base64('second') });
    expect(admission).toEqual({ at: '2026-10-12T09:00:00.000Z', seen: base64('first') });
    expect((await ask(session({ encounterId: 'another' }))).body.admission).toBe(undefined);
    expect((await ask(session())).body.last).toEqual(last);
  });

  it('takes a look that can’t be opened any more for none, and says so', async () => {
    await ask(session(), 'before');
    expect((await ask(session(), undefined, looks(new Uint8Array(32).fill(7)))).body.last).toBe(undefined);
    expect(broken).toHaveLength(1);
  });

  it('forgets looks that are too old', async () => {
    await ask(session(), 'old');
    expect(await table.sweepLastLooks(database.queries, '2026-10-12T09:00:00.000Z')).toBe(0);
    expect(await table.sweepLastLooks(database.queries, '2027-01-01T00:00:00.000Z')).toBe(1);
  });
});
