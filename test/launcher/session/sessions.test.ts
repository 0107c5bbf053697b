import { describe, expect, it } from 'vitest';
import { createSealing } from '../../../launcher/session/seal.ts';
import { createSessions } from '../../../launcher/session/sessions.ts';
import type { LaunchContext } from '../../../launcher/smart/launch-context.ts';
import { memoryAudit, memorySessions } from '../../support/memory-stores.ts';

const MINUTE = 60_000;
const context = {
  launchId: 'l1',
  home: { ods: 'XB001', iss: 'https://a.example' },
  user: { key: 'u' },
  role: 'gp',
  patient: { nhsNumber: '9990000018', family: 'Canary' },
} as unknown as LaunchContext;

function setUp() {
  const clock = { now: Date.parse('2026-11-22T12:00:00Z') };
  const [store, audit] = [memorySessions(), memoryAudit()];
  const limits = { idleMs: 15 * MINUTE, absoluteMs: 480 * MINUTE, recheckMs: 1_000 };
  const sessions = createSessions({ store, sealing: createSealing(undefined), audit, limits, now: () => clock.now });
  return { clock, store, audit, sessions };
}

describe('a bearer opens nothing', () => {
  it.each(['', 'x', 'x'.repeat(43), 'x'.repeat(44), '../../etc/passwd', '%00'])(
    'when it was never given out: %j',
    async (bearer) => {
      const { sessions } = setUp();
      await sessions.open(context, 60 * MINUTE);
      expect(await sessions.find(bearer)).toBeUndefined();
      expect(await sessions.isLive(bearer)).toBe(false);
      expect(await sessions.end(bearer)).toBe(false);
    },
  );

  it('after a quarter of an hour without use', async () => {
    const { sessions, clock } = setUp();
    const { bearer } = await sessions.open(context, 480 * MINUTE);
    clock.now += 15 * MINUTE;
    expect(await sessions.find(bearer)).toBeUndefined();
  });

  it('after its absolute end, however much it was used', async () => {
    const { sessions, clock } = setUp();
    const { bearer } = await sessions.open(context, 20 * MINUTE);
    clock.now += 14 * MINUTE;
    expect(await sessions.find(bearer)).toBeDefined();
    clock.now += 6 * MINUTE;
    expect(await sessions.find(bearer)).toBeUndefined();
  });

  it('after it was ended, and a late touch does not bring it back', async () => {
    const { sessions, store, audit } = setUp();
    const { bearer, session } = await sessions.open(context, 60 * MINUTE);
    expect([await sessions.end(bearer), await sessions.end(bearer)]).toEqual([true, false]);
    await store.touch(session.id, '2099-01-01T00:00:00.000Z');
    expect(await sessions.isLive(bearer)).toBe(false);
    expect(audit.events).toMatchObject([{ type: 'session.ended', launchId: 'l1' }]);
  });
});

describe('a session', () => {
  it('gives back exactly the launch it was opened for', async () => {
    const { sessions } = setUp();
    const { bearer, session } = await sessions.open(context, 60 * MINUTE);
    expect(await sessions.find(bearer)).toEqual(session);
    expect(bearer).toMatch(/^[\w-]{43}$/);
  });

  it('lives no longer than the EPR let its user in, nor than our own limit', async () => {
    const { sessions } = setUp();
    const [short, long] = [await sessions.open(context, 20 * MINUTE), await sessions.open(context, 10_000 * MINUTE)];
    expect(short.session.expiresAt).toBe('2026-11-22T12:20:00.000Z');
    expect(long.session.expiresAt).toBe('2026-11-22T20:00:00.000Z');
  });

  it('is not cut in the middle of a reading by a token of five minutes, but ends with the idle limit', async () => {
    const { sessions, clock } = setUp();
    const { bearer, session } = await sessions.open(context, 5 * MINUTE);
    expect(session.expiresAt).toBe('2026-11-22T12:15:00.000Z');
    clock.now += 10 * MINUTE;
    expect(await sessions.find(bearer)).toBeDefined();
    clock.now += 5 * MINUTE;
    expect(await sessions.find(bearer)).toBeUndefined();
  });

  it('stays while it is used, and asking whether it lives is not use', async () => {
    const { sessions, clock } = setUp();
    const { bearer } = await sessions.open(context, 60 * MINUTE);
    clock.now += 10 * MINUTE;
    await sessions.find(bearer);
    clock.now += 10 * MINUTE;
    expect(await sessions.isLive(bearer)).toBe(true);
    clock.now += 6 * MINUTE;
    expect(await sessions.isLive(bearer)).toBe(false);
  });

  it('105 leaves neither bearer nor patient readable in the store', async () => {
    const { sessions, store } = setUp();
    const { bearer } = await sessions.open(context, 60 * MINUTE);
    const kept = JSON.stringify([...store.held]);
    for (const canary of [bearer, 'Canary', '9990000018']) expect(kept).not.toContain(canary);
  });
});
