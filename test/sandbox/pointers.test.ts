import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { initialModes } from '../../sandbox/people/index.ts';
import type { RecordEvent } from '../../src/record/wire.ts';
import { openView, readRecord } from '../support/plain-browser.ts';
import { unhurried } from '../support/unhurried.ts';

/** The hospital that is down from the start. */
const [DOWN] = Object.keys(initialModes) as [string];
/** Letters only: it pushes nobody. */
const LETTERS = 'XB003';
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox(unhurried());
});
afterAll(async () => {
  await sandbox.close();
});

async function states(story: string): Promise<{ readonly [ods: string]: string }> {
  const resident = sandbox.resident(story);
  const [home] = Object.keys(resident.patientIds).filter(
    (ods) => ods !== DOWN && sandbox.epr(ods).organisation.users.length > 0,
  );
  const { session } = await openView(sandbox.launcherUrl, sandbox.mintLaunch(home ?? '', story));
  const events = await readRecord(sandbox.launcherUrl, session);
  const opened = events.find((event): event is Extract<RecordEvent, { type: 'opened' }> => event.type === 'opened');
  const odsOf = new Map(opened?.sources.map(({ id, organisation }) => [id, organisation.ods]));
  return Object.fromEntries(
    events.flatMap((event) => (event.type === 'settled' ? [[odsOf.get(event.source) ?? '', event.status.state]] : [])),
  );
}

describe('the sandbox asks only who knows the resident', () => {
  it('a hospital that is down is a gap for those it knows, and none for those it never met', async () => {
    expect((await states('source-down'))[DOWN]).toBe('unavailable');
    expect((await states('dose-changed'))[DOWN]).toBe('not-asked');
  });

  it('everybody who holds the resident is asked, and whoever can’t push is asked about everybody', async () => {
    const said = await states('hero');
    const holders = Object.keys(sandbox.resident('hero').patientIds);
    expect(holders.filter((ods) => said[ods] !== 'answered')).toEqual([]);
    const letters = sandbox.eprs.filter(({ pointerKeys }) => pointerKeys === undefined);
    expect(letters.map(({ organisation }) => organisation.ods)).toContain(LETTERS);
    for (const { organisation } of letters) expect(said[organisation.ods]).not.toBe('not-asked');
    expect(Object.values(said)).toContain('not-asked');
  });
});
