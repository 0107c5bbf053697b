import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HubLaunch } from '../../../plugins/fhircast/launches.ts';
import { nextPatient, resumed } from '../../../plugins/fhircast/next-patient.ts';
import { fhircast } from '../../../plugins/fhircast/plugin.ts';
import type { PluginSession, RouterTools } from '../../../plugins/router-face.ts';
import { pluginTools, type PretendTools } from '../../support/plugin-tools.ts';

const KEY = 'k'.repeat(43);
const known = { key: 'https://epr.example|u1', sdsRoleProfileId: '555', assurance: { aal: '3' } };
const user = { id: 'u1', name: 'Dr Example', role: 'gp', assurance: 'oidc', known } as const;
const session: PluginSession = { launchId: 'l1', ods: 'XB001', userKey: known.key, user };
const launch: HubLaunch = {
  hubUrl: 'https://hub.epr.example/fhircast',
  topic: 'topic-of-one-user-01',
  ods: 'XB001',
  patientId: 'anne',
  accessToken: 'the-token-of-the-user',
};
const ben = { id: 'ben', said: { localId: 'ben', nhsNumber: '9990000026', birthDate: '1961-02-02', family: 'SAMPLE' } };

let bench: PretendTools;
let tools: RouterTools;

beforeEach(() => {
  bench = pluginTools(fhircast, { hubs: ['https://hub.epr.example/fhircast'] });
  const lent = bench.tools;
  const keys = new Map<string, string>();
  tools = {
    ...bench.tools,
    // As the launcher does: keys that nobody guesses.
    keep: async (ods, what, lifeMs, under) => {
      const key = KEY.slice(0, 42) + String(keys.size);
      keys.set(key, (await lent.keep?.(ods, what, lifeMs, under)) ?? '');
      return key;
    },
    take: (key) => lent.take?.(keys.get(key) ?? '') ?? Promise.resolve(undefined),
  };
});
afterEach(() => vi.useRealTimers());

describe('the next patient of a chart that moves on', () => {
  it.each([
    ['without a number', { birthDate: '1961-02-02' }],
    ['without a date of birth', { nhsNumber: '9990000026', family: 'SAMPLE' }],
    ['with nothing but an id', {}],
  ])('is not opened %s', async (_how, said) => {
    const open = nextPatient({ session, launch, tools }, () => undefined);
    expect(await open({ id: 'ben', said }, 2)).toBeUndefined();
    expect(bench.issued).toEqual([]);
  });

  it('is not opened for a user nobody knows', async () => {
    const { user: _user, ...nameless } = session;
    const open = nextPatient({ session: nameless, launch, tools }, () => undefined);
    expect(await open(ben, 2)).toBeUndefined();
  });

  it('is not opened where the launcher issues no ticket, which is written down without the patient', async () => {
    const issueTicket = (): Promise<never> => Promise.reject(new Error('patient.nhs_invalid'));
    const open = nextPatient({ session, launch, tools: { ...tools, issueTicket } }, () => undefined);
    expect(await open(ben, 2)).toBeUndefined();
    expect(bench.events).toEqual([{ outcome: 'failed', what: 'next-not-opened', ods: 'XB001', launchId: 'l1' }]);
  });

  it.each([
    ['of another user', { userKey: 'another' }],
    ['of another member', { ods: 'XB002' }],
  ])('is not gone on with by a session %s', async (_whose, more) => {
    const told = await nextPatient({ session, launch, tools }, () => undefined)(ben, 2);
    expect(await resumed(String(told?.['resume']), { ...session, ...more }, tools)).toBeUndefined();
  });

  it.each(['', 'short', 'launch:l1', `${KEY}/../x`, 'x'.repeat(65)])('is not gone on with by %j', async (resume) => {
    const take = vi.fn(() => Promise.resolve({ ...launch, userKey: known.key, epoch: 2 }));
    expect(await resumed(resume, session, { ...tools, take })).toBeUndefined();
    expect(take).not.toHaveBeenCalled();
  });

  it('is opened for the same user, as the launcher knows them, and gone on with once', async () => {
    const told = await nextPatient({ session, launch, tools }, () => undefined)(ben, 4);
    expect(bench.issued).toEqual([
      {
        ods: 'XB001',
        patient: { nhsNumber: '9990000026', birthDate: '1961-02-02', family: 'SAMPLE' },
        user,
        evidence: 'fhircast',
        host: { plugin: 'fhircast', settings: {} },
      },
    ]);
    expect(Object.keys(told ?? {})).toEqual(['ticket', 'resume']);
    const next = { ...session, launchId: 'l2' };
    expect(await resumed(String(told?.['resume']), next, tools)).toEqual({
      launch: { ...launch, patientId: 'ben' },
      epoch: 4,
    });
    expect(await resumed(String(told?.['resume']), next, tools)).toBeUndefined();
  });

  it('is said to be not followed when no page has come for it, and not when one has', async () => {
    vi.useFakeTimers();
    const notFollowed = vi.fn();
    const open = nextPatient({ session, launch, tools }, notFollowed);
    const told = await open(ben, 2);
    await resumed(String(told?.['resume']), session, tools);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(notFollowed).not.toHaveBeenCalled();
    await open(ben, 3);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(notFollowed).toHaveBeenCalledOnce();
  });

  it('gives way when the chart moves on again: only the last is waited for', async () => {
    vi.useFakeTimers();
    const notFollowed = vi.fn();
    const open = nextPatient({ session, launch, tools }, notFollowed);
    const first = await open(ben, 2);
    await open({ ...ben, id: 'cat' }, 3);
    expect(await resumed(String(first?.['resume']), session, tools)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(notFollowed).toHaveBeenCalledOnce();
  });
});
