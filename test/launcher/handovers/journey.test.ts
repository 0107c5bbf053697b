import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Handover, Notice, Unheard } from '../../../src/messages/handover.ts';
import { startSandbox, type RunningSandbox } from '../../../sandbox/start.ts';
import { openView, readRecord } from '../../support/plain-browser.ts';

const GP = 'XB001';
const HOSPITAL = 'XB101';
const COMMUNITY = 'XB201';
const AMBULANCE = 'XB301';
const COUNCIL = 'XB401';
/** A busy machine is not what is tested here. */
const PATIENCE = { timeout: 90_000, interval: 300 };
const MOST_MS = 120_000;

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    port: 'free',
    launcher: {
      settings: {
        'handover.tickMs': 500,
        'handover.pollMs': 4_000,
        'handover.heartbeatMs': 10_000,
        'log.level': 'silent',
      },
    },
  });
}, MOST_MS);
afterAll(() => sandbox.close());

/** A reader with the hero's chart open, whose record has been read: their teams are told of her from now on. */
async function reader(ods: string, user = 0): Promise<string> {
  const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(ods, 'hero', user));
  await readRecord(sandbox.launcherUrl, session);
  return session;
}

type List = {
  readonly handovers: readonly Handover[];
  readonly notices: readonly Notice[];
  readonly unheard: readonly Unheard[];
};

async function list(session: string, path = '/api/handovers'): Promise<List> {
  const answer = await fetch(`${sandbox.launcherUrl}${path}`, { headers: { authorization: `Bearer ${session}` } });
  if (!answer.ok) throw new Error(`${String(answer.status)} ${await answer.text()}`);
  return (await answer.json()) as List;
}

function acknowledge(session: string, { id, version }: Handover, address: string, act: string = randomUUID()) {
  return fetch(`${sandbox.launcherUrl}/api/handovers/${id}/acknowledge`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: act, version, address }),
  });
}

const notices = () => {
  const { notices: own } = sandbox.epr(HOSPITAL);
  if (!own) throw new Error('the hospital tells nothing');
  return own;
};

describe('a discharge, from the ward to those who take it on', () => {
  let gp: string;

  beforeAll(async () => {
    gp = await reader(GP);
    await reader(COMMUNITY);
    await reader(COUNCIL);
    // The hospital has been asked to tell, for the practice at least.
    await vi.waitFor(() => expect(notices().subscriptions().length).toBeGreaterThan(0), PATIENCE);
  }, MOST_MS);

  it(
    'is heard once, with its letter, and is in the list of the practice',
    async () => {
      const before = (await list(gp)).handovers.length;
      sandbox.happen(HOSPITAL, 'hero', 'discharge');
      const found = await vi.waitFor(async () => {
        const [handover] = (await list(gp)).handovers;
        expect(handover?.letter).toBeDefined();
        return handover;
      }, PATIENCE);
      expect(found).toMatchObject({
        kind: 'discharge',
        from: { ods: HOSPITAL },
        patient: { nhsNumber: expect.any(String) as string },
      });
      expect(found?.recipients.find(({ address }) => address === 'XB001/duty')).toMatchObject({
        state: 'waiting',
        mayAcknowledge: true,
      });
      expect((await list(gp)).handovers).toHaveLength(before + 1);
    },
    MOST_MS,
  );

  it(
    'is acknowledged by one action, and by somebody slower no more',
    async () => {
      const [handover] = (await list(gp)).handovers;
      if (!handover) throw new Error('no handover');
      const act = randomUUID();
      expect((await acknowledge(gp, handover, 'XB001/duty', act)).status).toBe(200);
      expect((await acknowledge(gp, handover, 'XB001/duty', act)).status).toBe(200);
      const late = await acknowledge(await reader(GP, 1), handover, 'XB001/duty');
      expect(late.status).toBe(409);
      const { error, handover: now } = (await late.json()) as { error: string; handover: Handover };
      expect(error).toBe('handover.moved');
      expect(now.recipients.find(({ address }) => address === 'XB001/duty')).toMatchObject({ state: 'acknowledged' });
    },
    MOST_MS,
  );

  it(
    'refuses an act without a session, of another shape, and on a handover that is none',
    async () => {
      const [handover] = (await list(gp)).handovers;
      if (!handover) throw new Error('no handover');
      expect((await acknowledge('nobody', handover, 'XB001/duty')).status).toBe(401);
      expect((await acknowledge(gp, handover, 'no address')).status).toBe(400);
      expect((await acknowledge(gp, { ...handover, id: randomUUID() }, 'XB001/duty')).status).toBe(404);
      expect((await acknowledge(gp, handover, 'XB201/nursing')).status).toBe(403);
    },
    MOST_MS,
  );

  it(
    'is told though a notification was lost on the way: the gap is seen, and what was missed is asked for',
    async () => {
      const before = (await list(gp)).handovers.length;
      notices().lose(1);
      sandbox.happen(HOSPITAL, 'hero', 'admission');
      sandbox.happen(HOSPITAL, 'hero', 'discharge-without-letter');
      await vi.waitFor(async () => expect((await list(gp)).handovers).toHaveLength(before + 1), PATIENCE);
      const lost = (await list(gp)).handovers[0];
      expect(lost?.letter).toBeUndefined();
    },
    MOST_MS,
  );

  it(
    'is told from a source that is only asked, and from an ambulance that tells',
    async () => {
      sandbox.happen(AMBULANCE, 'hero', 'conveyance');
      sandbox.happen(COUNCIL, 'hero', 'package-started');
      await vi.waitFor(async () => {
        const { handovers, notices: told } = await list(gp);
        expect(handovers.some(({ kind }) => kind === 'conveyance')).toBe(true);
        expect(told.find(({ kind }) => kind === 'package-started')).toMatchObject({
          route: 'polling',
          organisation: { ods: COUNCIL },
        });
      }, PATIENCE);
      const conveyed = (await list(gp)).notices.find(({ kind }) => kind === 'conveyance');
      expect(conveyed?.organisation.ods).toBe(AMBULANCE);
    },
    MOST_MS,
  );

  it(
    'comes to the list of the team too, and waits in its count',
    async () => {
      const { handovers } = await list(gp, '/api/inbox/handovers');
      expect(handovers.some(({ recipients }) => recipients.some(({ mayAcknowledge }) => mayAcknowledge))).toBe(true);
      const counts = await fetch(`${sandbox.launcherUrl}/api/inbox/counts`, {
        headers: { authorization: `Bearer ${gp}` },
      });
      const { handovers: waiting } = (await counts.json()) as { handovers: number };
      expect(waiting).toBeGreaterThan(0);
    },
    MOST_MS,
  );
});

describe('a notification that the source did not send', () => {
  const post = (path: string, headers: Record<string, string>, body: object) =>
    fetch(`${sandbox.launcherUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json', ...headers },
      body: JSON.stringify(body),
    });

  it(
    'is refused at an address nobody gave out, with another secret, unsigned, and signed over other bytes',
    async () => {
      await reader(GP);
      await vi.waitFor(() => expect(notices().subscriptions().length).toBeGreaterThan(0), PATIENCE);
      const [subscription] = notices().subscriptions();
      if (!subscription) throw new Error('no subscription');
      const path = new URL(subscription.endpoint).pathname;
      const [[, secret = ''] = []] = subscription.headers;
      const bundle = { resourceType: 'Bundle', type: 'history', entry: [] };
      expect((await post(`/notify/${randomUUID()}`, { authorization: secret }, bundle)).status).toBe(403);
      expect((await post(path, {}, bundle)).status).toBe(403);
      expect((await post(path, { authorization: 'Bearer of-somebody-else' }, bundle)).status).toBe(403);
      const unsigned = await post(path, { authorization: secret }, bundle);
      expect(unsigned.status).toBe(403);
      expect(await unsigned.json()).toMatchObject({ error: 'notice.refused' });
      const forged = await post(path, { authorization: secret, 'x-notification-signature': 'a.b.c' }, bundle);
      expect(forged.status).toBe(403);
    },
    MOST_MS,
  );
});
