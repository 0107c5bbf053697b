import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceIdOf } from '../../sandbox/community-file.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import type { InboxCounts, InboxLine, Thread } from '../../src/messages/thread.ts';
import { completeLaunch, followLaunch, openView } from '../support/plain-browser.ts';
import { until } from '../support/until.ts';

const [PRACTICE, HOSPITAL] = ['XB001', 'XB101'] as const;
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 'free', launcher: { logTo: { write: () => undefined } } });
});
afterAll(async () => {
  await sandbox.close();
});

type Opened = { readonly session: string; readonly team: { readonly ods: string; readonly name: string } };

/** Presses “Shared messages” on the home page of this EPR. */
async function openHome(ods: string, userIndex = 0): Promise<Response> {
  const { origin } = sandbox.epr(ods);
  const asked = await fetch(`${origin}/u/${userIndex}/messages/launch`, { method: 'POST' });
  const { url } = (await asked.json()) as { url: string };
  return completeLaunch(sandbox.launcherUrl, await followLaunch(url));
}

async function openList(ods: string): Promise<Opened> {
  const answer = await openHome(ods);
  if (answer.status !== 200) throw new Error(await answer.text());
  return (await answer.json()) as Opened;
}

const api = (session: string, path: string, body?: object): Promise<Response> =>
  fetch(`${sandbox.launcherUrl}/api/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${session}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });

async function codeOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { error: string }).error;
}

const linesOf = async (session: string): Promise<readonly InboxLine[]> =>
  ((await (await api(session, 'inbox')).json()) as { counts: InboxCounts; lines: InboxLine[] }).lines;

describe('a list opened from an EPR’s home page', () => {
  it.each<[string, object?]>([
    ['record'],
    ['act', { act: 'printed' }],
    ['messages'],
    ['messages/addresses'],
    ['messages', { id: randomUUID() }],
    ['handovers'],
    ['document', { source: 's', reference: 'DocumentReference/1' }],
    ['break-glass', { confirmed: true, reason: 'unconscious in resus, nobody with them' }],
    ['last-look'],
    ['export', {}],
  ])('opens nothing of a patient’s: /api/%s', async (path, body) => {
    const { session } = await openList(PRACTICE);
    const answer = await api(session, path, body);
    expect([403, 404]).toContain(answer.status);
    expect(['session.no_patient', 'request.not_found']).toContain(await codeOf(answer));
  });

  it('says plainly, where a record is asked for, that nobody’s chart is open', async () => {
    const { session } = await openList(PRACTICE);
    const answer = await api(session, 'record');
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'session.no_patient']);
  });

  it('is not opened for somebody whose role has no part in it', async () => {
    // Administrative staff can open a chart there; the shared record does not open for them, nor does its list.
    const clerk = sandbox.epr(PRACTICE).organisation.users.findIndex(({ roleCode }) => roleCode === 'R8008');
    const answer = await openHome(PRACTICE, clerk);
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'launch.role_unmapped']);
  });

  it('is over when it is ended, and its bearer opens nothing any more', async () => {
    const { session } = await openList(PRACTICE);
    expect((await api(session, 'session/end', {})).status).toBe(204);
    expect((await api(session, 'inbox')).status).toBe(401);
  });

  it('is kept for as long as the EPR vouches for its user', async () => {
    const { session } = await openList(PRACTICE);
    expect((await api(session, 'session/keep', {})).status).toBe(200);
  });

  it('is written down with who opened it, from where, and nobody’s number', async () => {
    await openList(HOSPITAL);
    const finished = (await sandbox.launcher.audit.read({ limit: 1_000 })).filter(
      ({ type, organisation }) => type === 'launch.finished' && organisation === HOSPITAL,
    );
    expect(finished.at(-1)).toMatchObject({ outcome: 'success', detail: { opens: 'inbox' } });
    expect(finished.at(-1)?.nhsNumber).toBeUndefined();
  });

  it('shows the team what another organisation wrote, and its EPR has it in the patient’s own record', async () => {
    const chart = await openView(sandbox.launcherUrl, sandbox.mintLaunch(HOSPITAL, 'hero'));
    const hero = sandbox.resident('hero');
    const sent = await api(chart.session, 'messages', {
      id: randomUUID(),
      to: `${PRACTICE}/duty`,
      subject: 'Dose of amlodipine',
      body: 'Is it 5 mg or 10 mg?',
      urgency: 'routine',
      patient: hero.nhsNumber,
    });
    expect(sent.status).toBe(201);
    const thread = (await sent.json()) as Thread;
    const { session, team } = await openList(PRACTICE);
    expect(team.ods).toBe(PRACTICE);
    const line = (await linesOf(session)).find((one) => one.thread === thread.id);
    expect(line).toMatchObject({ subject: 'Dose of amlodipine', unopened: true });
    expect(line?.patient).toMatchObject({ nhsNumber: hero.nhsNumber });

    const filed = (): unknown =>
      sandbox
        .epr(PRACTICE)
        .store.ofPatient('DocumentReference', hero.patientIds[PRACTICE] ?? '')
        .find((one) => one['description'] === 'Dose of amlodipine');
    await until(() => Promise.resolve(filed() !== undefined));
    // Delivered only by the practice's own word, which comes after the filing.
    await until(async () => {
      const listed = (await (await api(chart.session, 'messages')).json()) as { threads: Thread[] };
      return listed.threads.find(({ id }) => id === thread.id)?.state === 'delivered';
    });
    // And whoever reads this person's record finds it among the practice's letters.
    const practice = sourceIdOf(sandbox.epr(PRACTICE).organisation);
    const record = await (await api(chart.session, `record?only=${practice}`)).text();
    expect(record).toContain('Dose of amlodipine');
  });

  it('leads from a line to the chart in the reader’s own EPR, by that EPR’s own sign-in, and nowhere else', async () => {
    const chart = await openView(sandbox.launcherUrl, sandbox.mintLaunch(PRACTICE, 'hero'));
    const sent = await api(chart.session, 'messages', {
      id: randomUUID(),
      to: `${HOSPITAL}/ward`,
      subject: 'Home today?',
      body: 'Is she going home today?',
      urgency: 'urgent',
      patient: sandbox.resident('hero').nhsNumber,
    });
    const { id } = (await sent.json()) as Thread;
    const { session } = await openList(HOSPITAL);
    const { origin } = sandbox.epr(HOSPITAL);
    const { address } = (await (await api(session, 'inbox/open', { thread: id })).json()) as { address?: string };
    expect(address?.startsWith(`${origin}/items/`)).toBe(true);
    // A page to sign in at: nobody is let in by the address alone.
    const there = await fetch(address ?? '');
    expect([there.status, (await there.text()).includes('Who are you?')]).toEqual([200, true]);
    // Another team's list leads nowhere.
    const other = await openList('XB102');
    expect((await api(other.session, 'inbox/open', { thread: id })).status).toBe(404);
    // And an EPR that has no way to a chart says that it is opened by hand.
    const home = await openList(PRACTICE);
    expect(await (await api(home.session, 'inbox/open', { thread: id })).json()).toEqual({});
  });
});
