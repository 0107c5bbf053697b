import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import type { RecordEvent } from '../../src/record/wire.ts';
import { openView, readRecord } from '../support/plain-browser.ts';
import { unhurried } from '../support/unhurried.ts';

const PRACTICE = 'XB002';
const HOSPITAL = 'XB101';
const MENTAL_HEALTH = 'XB211';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox(unhurried());
});
afterAll(async () => {
  await sandbox.close();
});

describe('a resident objected to sharing, and his practice keeps the objection', () => {
  it('the hospital sees what it wrote itself, and of everybody else that it is withheld, by which rule', async () => {
    const before = clinicalQuestions(MENTAL_HEALTH);
    const events = await viewFrom(HOSPITAL);
    expect(statusOf(events, HOSPITAL)).toMatchObject({ state: 'answered' });
    for (const ods of [PRACTICE, MENTAL_HEALTH])
      expect(statusOf(events, ods)).toMatchObject({ state: 'withheld', by: 'policy', rule: 'consent.objection' });
    expect(givers(events)).toEqual([idOf(events, HOSPITAL)]);
    // Who may not be shown is not asked either: nothing of the record left there.
    expect(clinicalQuestions(MENTAL_HEALTH)).toBe(before);
  });

  it('his practice sees its own record, and nobody else’s', async () => {
    const events = await viewFrom(PRACTICE);
    expect(givers(events)).toEqual([idOf(events, PRACTICE)]);
    expect(statusOf(events, HOSPITAL)).toMatchObject({ state: 'withheld', rule: 'consent.objection' });
  });

  it('nobody else’s record is touched by it', async () => {
    const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(HOSPITAL, 'hero'));
    const events = await readRecord(sandbox.launcherUrl, session);
    expect(events.some((event) => event.type === 'settled' && event.status.state === 'withheld')).toBe(false);
  });

  it('holds while the practice that keeps it is down, once it has been heard', async () => {
    sandbox.setMode(PRACTICE, 'down');
    try {
      const events = await viewFrom(HOSPITAL);
      expect(statusOf(events, MENTAL_HEALTH)).toMatchObject({ state: 'withheld', rule: 'consent.objection' });
    } finally {
      sandbox.setMode(PRACTICE, 'normal');
    }
  });
});

describe('breaking the glass', () => {
  it('is refused without a reason, without a confirmation, and to a role that may not, with the rule in words', async () => {
    const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(HOSPITAL, 'objection'));
    expect((await breakGlass(session, { reason: 'quick', confirmed: true })).status).toBe(400);
    expect((await breakGlass(session, { reason: REASON })).status).toBe(400);
    const nurse = await openView(sandbox.launcherUrl, sandbox.mintLaunch(HOSPITAL, 'objection', userOf('R8001')));
    const refused = await breakGlass(nurse.session, { reason: REASON, confirmed: true });
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      {
        error: 'access.refused',
        rule: 'emergency.not-this-role',
        words: 'The community does not let this role break the glass.',
      },
    ]);
  });

  it('opens what the objection held back for a while, under a notice, for this view only, and tells the audit', async () => {
    const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(HOSPITAL, 'objection', userOf('R8000')));
    expect(openedOf(await readRecord(sandbox.launcherUrl, session))).toMatchObject({ mayBreakGlass: true });
    const answer = await breakGlass(session, { reason: REASON, confirmed: true });
    expect(answer.status).toBe(200);
    const events = await readRecord(sandbox.launcherUrl, session);
    expect(openedOf(events).emergency).toEqual(await answer.json());
    for (const ods of [PRACTICE, MENTAL_HEALTH]) expect(statusOf(events, ods)).toMatchObject({ state: 'answered' });
    const written = await sandbox.launcher.audit.read({ type: 'access.break_glass', limit: 10 });
    expect(written.at(-1)).toMatchObject({ outcome: 'success', code: 'emergency.role' });
    expect(JSON.stringify(written)).not.toContain(REASON);
    // The grant says by which rule, of which policy, on what evidence of care; sources are told that the glass is broken.
    const views = await sandbox.launcher.audit.read({ type: 'record.viewed', limit: 1_000 });
    expect(views.at(-1)).toMatchObject({
      purpose: 'break-glass',
      code: expect.stringMatching(/^open\./) as string,
      detail: {
        policy: 'default',
        relationship: expect.any(String) as string,
        emergencyUntil: openedOf(events).emergency?.until,
      },
    });
    const asked = await sandbox.launcher.audit.read({ type: 'source.asked', limit: 10_000 });
    const last = asked.filter(({ viewId }) => viewId === views.at(-1)?.viewId);
    expect(new Set(last.map(({ purpose }) => purpose))).toEqual(new Set(['break-glass']));
    expect(JSON.stringify(sandbox.audit(PRACTICE).at(-1))).toContain('"BTG"');
    expect(JSON.stringify(views.at(-2))).not.toContain('break-glass');
    // Another launch starts with the glass whole.
    expect(statusOf(await viewFrom(HOSPITAL), PRACTICE)).toMatchObject({ state: 'withheld' });
  });
});

const REASON = 'Unconscious in resus, medicines unknown';

function breakGlass(session: string, body: object): Promise<Response> {
  return fetch(`${sandbox.launcherUrl}/api/break-glass`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json', origin: sandbox.launcherUrl },
    body: JSON.stringify(body),
  });
}

function userOf(roleCode: string): number {
  return sandbox.epr(HOSPITAL).organisation.users.findIndex((user) => user.roleCode === roleCode);
}

function openedOf(events: readonly RecordEvent[]): Extract<RecordEvent, { type: 'opened' }> {
  const [first] = events;
  if (first?.type !== 'opened') throw new Error('the stream does not begin with opened');
  return first;
}

async function viewFrom(ods: string): Promise<readonly RecordEvent[]> {
  const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(ods, 'objection'));
  return readRecord(sandbox.launcherUrl, session);
}

function idOf(events: readonly RecordEvent[], ods: string): string | undefined {
  const opened = events.find((event) => event.type === 'opened');
  return opened?.sources.find((source) => source.organisation.ods === ods)?.id;
}

function statusOf(events: readonly RecordEvent[], ods: string): unknown {
  const id = idOf(events, ods);
  const settled = events.filter((event) => event.type === 'settled' && event.source === id);
  expect(settled).toHaveLength(1);
  return settled[0]?.type === 'settled' ? settled[0].status : undefined;
}

function givers(events: readonly RecordEvent[]): readonly string[] {
  return [...new Set(events.flatMap((event) => (event.type === 'entries' ? [event.source] : [])))];
}

function clinicalQuestions(ods: string): number {
  return sandbox.audit(ods).length;
}
