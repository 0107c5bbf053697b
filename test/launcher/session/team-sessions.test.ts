import express, { type Request } from 'express';
import { describe, expect, it } from 'vitest';
import { requireReader, requireSession } from '../../../launcher/routes/bearer.ts';
import { createSealing } from '../../../launcher/session/seal.ts';
import { createSessions, createTeamSessions } from '../../../launcher/session/sessions.ts';
import type { LaunchContext, TeamContext } from '../../../launcher/smart/launch-context.ts';
import { memoryAudit, memorySessions } from '../../support/memory-stores.ts';

const MINUTE = 60_000;
const team = {
  launchId: 't1',
  home: { ods: 'XB001', iss: 'https://a.example' },
  user: { key: 'u', name: 'Dr Test' },
  role: 'gp',
} as unknown as TeamContext;
const chart = { ...team, launchId: 'l1', patient: { nhsNumber: '9990000018' } } as unknown as LaunchContext;

function setUp() {
  const clock = { now: Date.parse('2026-11-22T12:00:00Z') };
  const [store, audit] = [memorySessions(), memoryAudit()];
  const limits = { idleMs: 15 * MINUTE, absoluteMs: 480 * MINUTE, recheckMs: 1_000 };
  const deps = { store, sealing: createSealing(undefined), audit, limits, now: () => clock.now };
  return { clock, store, audit, sessions: createSessions(deps), teams: createTeamSessions(deps) };
}

const asking = (bearer: string): Request => {
  const request = Object.create(express.request) as Request;
  request.headers = { authorization: `Bearer ${bearer}` };
  return request;
};

describe('a team’s list opens no patient', () => {
  it('is refused, by a code of its own, wherever a patient’s session is asked for', async () => {
    const { sessions, teams } = setUp();
    const { bearer } = await teams.open(team, 60 * MINUTE);
    await expect(requireSession(asking(bearer), sessions)).rejects.toMatchObject({ code: 'session.no_patient' });
  });

  it('is refused there whether or not it was ever given out', async () => {
    const { sessions } = setUp();
    const made = `team.${'x'.repeat(43)}`;
    await expect(requireSession(asking(made), sessions)).rejects.toMatchObject({ code: 'session.no_patient' });
  });

  it('is no patient’s session under its own bearer, nor under a part of it', async () => {
    const { sessions, teams } = setUp();
    const { bearer } = await teams.open(team, 60 * MINUTE);
    for (const tried of [bearer, bearer.slice('team.'.length)]) expect(await sessions.find(tried)).toBeUndefined();
  });

  it('is not opened by the bearer of a patient’s session, whatever is put before it', async () => {
    const { sessions, teams } = setUp();
    const { bearer } = await sessions.open(chart, 60 * MINUTE);
    for (const tried of [bearer, `team.${bearer}`]) expect(await teams.find(tried)).toBeUndefined();
  });

  it('does not open what lies sealed as a patient’s, even if its row were found', async () => {
    const { sessions, teams, store } = setUp();
    const [patients, lists] = [await sessions.open(chart, 60 * MINUTE), await teams.open(team, 60 * MINUTE)];
    const rows = [...store.held.values()];
    const [one, other] = rows as [(typeof rows)[number], (typeof rows)[number]];
    store.held.set(other.bearerHash, { ...other, sealed: one.sealed, sessionId: one.sessionId });
    await expect(teams.find(lists.bearer)).rejects.toThrow();
    expect(await sessions.find(patients.bearer)).toBeDefined();
  });

  it('is over when it was not used, when its end has come, and when it was ended', async () => {
    const { teams, clock, audit } = setUp();
    const idle = await teams.open(team, 60 * MINUTE);
    clock.now += 15 * MINUTE;
    expect(await teams.find(idle.bearer)).toBeUndefined();
    const short = await teams.open(team, 20 * MINUTE);
    clock.now += 14 * MINUTE;
    expect(await teams.find(short.bearer)).toBeDefined();
    clock.now += 6 * MINUTE;
    expect(await teams.find(short.bearer)).toBeUndefined();
    const ended = await teams.open(team, 60 * MINUTE);
    expect(await teams.end(ended.bearer)).toBe(true);
    expect(await teams.find(ended.bearer)).toBeUndefined();
    expect(audit.events).toMatchObject([{ type: 'session.ended', launchId: 't1', user: 'u', organisation: 'XB001' }]);
  });
});

describe('a team’s list', () => {
  it('is opened by whoever has it, and by whoever has a chart open', async () => {
    const { sessions, teams } = setUp();
    const [list, view] = [await teams.open(team, 60 * MINUTE), await sessions.open(chart, 60 * MINUTE)];
    const read = (bearer: string) => requireReader(asking(bearer), sessions, teams);
    expect((await read(list.bearer)).context).toEqual(team);
    expect((await read(view.bearer)).context.launchId).toBe('l1');
    await expect(read(`team.${'x'.repeat(43)}`)).rejects.toMatchObject({ code: 'session.expired' });
  });

  it('is not opened at a launcher that has none', async () => {
    const { sessions, teams } = setUp();
    const { bearer } = await teams.open(team, 60 * MINUTE);
    await expect(requireReader(asking(bearer), sessions, undefined)).rejects.toMatchObject({ code: 'session.expired' });
  });
});
