import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../launcher/config.ts';
import { createLog } from '../../../launcher/observability/log.ts';
import { answerErrors } from '../../../launcher/routes/errors.ts';
import { keepRoutes } from '../../../launcher/routes/keep.ts';
import { createSealing } from '../../../launcher/session/seal.ts';
import { createSessions, type Sessions } from '../../../launcher/session/sessions.ts';
import type { Keeping } from '../../../launcher/smart/kept-launch.ts';
import type { LaunchContext } from '../../../launcher/smart/launch-context.ts';
import { memoryAudit, memorySessions } from '../../support/memory-stores.ts';
import { serveRouter } from '../../support/serve-router.ts';

const CONTEXT = {
  launchId: 'launch-1',
  home: { ods: 'XB001', iss: 'https://epr.example/fhir' },
  user: { key: 'user-1', name: 'Dr Test' },
  role: 'gp',
  patient: { nhsNumber: '9990000018' },
} as unknown as LaunchContext;

let keeping: Keeping;
let clock: { now: number };
let audit: ReturnType<typeof memoryAudit>;
let sessions: Sessions;
let served: Awaited<ReturnType<typeof serveRouter>>;
let bearer: string;

beforeEach(async () => {
  keeping = { state: 'kept' };
  clock = { now: Date.parse('2026-06-01T09:00:00Z') };
  audit = memoryAudit();
  const limits = readConfig({}, { 'session.idleMs': 900_000, 'session.absoluteMs': 7_200_000 }).session;
  sessions = createSessions({
    store: memorySessions(),
    sealing: createSealing(undefined),
    audit,
    limits,
    now: () => clock.now,
  });
  served = await serveRouter(
    keepRoutes({ sessions, keep: () => Promise.resolve(keeping), audit, now: () => clock.now }),
    answerErrors(createLog('silent')),
  );
  ({ bearer } = await sessions.open(CONTEXT, 3_600_000));
});
afterEach(() => served[Symbol.asyncDispose]());

const ask = (authorization = `Bearer ${bearer}`) =>
  fetch(`${served.url}/api/session/keep`, { method: 'POST', headers: { authorization } });

describe('an open view that asks whether the EPR still vouches for its user', () => {
  it('is nothing to whoever has no session', async () => {
    expect((await ask('')).status).toBe(401);
    expect((await ask(`Bearer ${'x'.repeat(43)}`)).status).toBe(401);
  });

  it('is over at once when it does not, and the audit says why', async () => {
    keeping = { state: 'revoked', code: 'token.revoked', why: 'not active' };
    expect((await ask()).status).toBe(401);
    expect(await sessions.find(bearer)).toBeUndefined();
    expect(audit.events).toMatchObject([
      { type: 'session.ended' },
      { type: 'context.changed', outcome: 'refused', code: 'token.revoked', detail: { why: 'not active' } },
    ]);
  });

  it('does not come alive by asking: who reads nothing for a while is out', async () => {
    for (let minutes = 0; minutes < 16; minutes += 4) {
      clock.now += 4 * 60_000;
      await ask();
    }
    expect((await ask()).status).toBe(401);
  });

  it('lasts as long as the EPR lets its user in, and never longer than a view may', async () => {
    const until = async (ms: number) => {
      keeping = { state: 'kept', untilMs: clock.now + ms };
      return ((await (await ask()).json()) as { expiresAt: string }).expiresAt;
    };
    expect(await until(60_000)).toBe('2026-06-01T10:00:00.000Z');
    expect(await until(4_500_000)).toBe('2026-06-01T10:15:00.000Z');
    expect((await sessions.find(bearer))?.expiresAt).toBe('2026-06-01T10:15:00.000Z');
    expect(await until(36_000_000)).toBe('2026-06-01T11:00:00.000Z');
  });

  it('lasts as it would anyway while the EPR does not answer', async () => {
    keeping = { state: 'unknown' };
    expect(await (await ask()).json()).toEqual({ expiresAt: '2026-06-01T10:00:00.000Z' });
  });
});
