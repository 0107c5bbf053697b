import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import type { RecordEvent } from '../../src/record/wire.ts';
import { openView, readRecord } from '../support/plain-browser.ts';

const PRACTICE = 'XB002';
const HOSPITAL = 'XB101';
const MENTAL_HEALTH = 'XB211';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 'free', launcher: { logTo: { write: () => undefined } } });
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
