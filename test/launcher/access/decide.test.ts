import { describe, expect, it } from 'vitest';
import type { ConsentStatement } from '../../../launcher/access/consent.ts';
import { createDecide, createReask, createRecheck } from '../../../launcher/access/decide.ts';
import { createPolicy } from '../../../launcher/access/policy.ts';
import { RULES, wordsOfRule } from '../../../launcher/access/rules.ts';
import type { RecordAsk } from '../../../launcher/access/decision.ts';
import type { Session } from '../../../launcher/session/session.ts';
import { parseCommunity } from '../../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import type { SourceId } from '../../../src/record/source.ts';

const launch = (host: string) =>
  `{ plugin: smart-launch, iss: "https://${host}/fhir", issuers: ["https://${host}/auth"], clientId: c, clientAuthentication: public, allowedOrigins: ["https://${host}"], frameAncestors: ["https://${host}"], roles: { R1: gp } }`;
const source = (id: string) =>
  `[{ id: ${id}, plugin: fhir-r4, base: "https://${id}.example/fhir", authorisation: { profile: none } }]`;

const FILE = `corridor: 1
name: Test
environment: test
pathways:
  - { id: gp-asks, name: GP asks hospital, purpose: direct-care, askers: [XB001], givers: [XB101, XB001], from: 2026-01-01, to: 2026-11-30 }
  - { id: over, name: Over, purpose: direct-care, askers: [XB001], givers: [XB201], to: 2026-06-30 }
  - { id: later, name: Later, purpose: direct-care, askers: [XB001], givers: [XB201], from: 2027-01-01 }
roles:
  - { id: gp, name: GP, sections: all, clearance: N }
  - { id: clerk, name: Clerk, sections: [appointments], clearance: N }
organisations:
  - { ods: XB001, name: Surgery, kind: gp, launch: ${launch('gp.example')}, sources: ${source('gp')} }
  - { ods: XB101, name: Hospital, kind: acute, launch: ${launch('acute.example')}, sources: ${source('acute')} }
  - { ods: XB201, name: Trust, kind: community, sources: ${source('trust')} }
  - { ods: XB551, name: Home care, kind: home-care }
  - { ods: XC001, name: Board, kind: commissioner, launch: ${launch('board.example')} }
`;

const parsed = parseCommunity(FILE, PLUGINS);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const { community } = parsed;
const NOW = Date.parse('2026-11-22T12:00:00Z');

function decideAt(
  nowMs: number,
  session: { home?: string; role?: string; purpose?: string; expiresAt?: string },
  ask: RecordAsk = { kind: 'record' },
) {
  const { home = 'XB001', role = 'gp', purpose = 'direct-care', expiresAt = '2030-01-01T00:00:00Z' } = session;
  const decide = createDecide({ community, policy: createPolicy(community), now: () => nowMs });
  return decide(
    {
      id: 's',
      purpose,
      expiresAt,
      context: { home: { ods: home }, role, user: { key: 'iss|user-1' }, patient: { nhsNumber: '9990000018' } },
    } as unknown as Session,
    ask,
  );
}
const decide = (session: Parameters<typeof decideAt>[1], ask?: RecordAsk) => decideAt(NOW, session, ask);
const id = (name: string) => name as SourceId;

describe('a member whose system is not connected', () => {
  it('is named as such when the whole record is asked for, and a commissioner is not', async () => {
    const decided = await decide({});
    if ('refused' in decided && decided.refused === true) throw new Error(decided.rule);
    expect([...decided.refused]).toContainEqual(['XB551', { state: 'not-connected', rule: 'source.not-connected' }]);
    expect([...(decided.refused as ReadonlyMap<string, unknown>).keys()]).not.toContain('XC001');
  });

  it('is left out when one source is asked again', async () => {
    const decided = await decide({}, { kind: 'record', only: [id('acute')] });
    expect([...(decided.refused as ReadonlyMap<string, unknown>).keys()]).not.toContain('XB551');
  });
});

describe('a request is refused by the first rule that says no', () => {
  it.each([
    ['the session has run out', { expiresAt: '2026-11-22T11:59:59Z' }, 'session.live', 'session.expired'],
    ['the purpose is another', { purpose: 'research' }, 'purpose.direct-care', 'access.refused'],
    ['the home is no member', { home: 'XZ999' }, 'home.member', 'access.refused'],
    ['the home only gives', { home: 'XB201' }, 'home.member', 'access.refused'],
    ['the home is a commissioner', { home: 'XC001' }, 'home.commissioner', 'access.refused'],
    ['the role is unknown', { role: 'visitor' }, 'role.known', 'access.refused'],
    [
      'several things are wrong: the order decides',
      { expiresAt: '2020-01-01T00:00:00Z', home: 'XC001', role: 'visitor' },
      'session.live',
      'session.expired',
    ],
  ])('%s', async (_title, session, rule, code) => {
    expect(await decide(session)).toEqual({ refused: true, rule, code });
  });

  it('a source that does not exist', async () => {
    expect(await decide({}, { kind: 'record', only: [id('gp'), id('nowhere')] })).toMatchObject({
      refused: true,
      rule: 'source.known',
    });
    expect(
      await decide({}, { kind: 'document', source: id('nowhere'), reference: 'DocumentReference/1' }),
    ).toMatchObject({ rule: 'source.known' });
  });

  it('a document for a role without documents', async () => {
    expect(
      await decide({ role: 'clerk' }, { kind: 'document', source: id('gp'), reference: 'DocumentReference/1' }),
    ).toMatchObject({ refused: true, rule: 'role.documents' });
  });

  it('a document of a source without an agreement in force', async () => {
    expect(await decide({}, { kind: 'document', source: id('trust'), reference: 'DocumentReference/1' })).toMatchObject(
      { refused: true, rule: 'pathway.in-force' },
    );
  });

  it('every source at once without an agreement', async () => {
    expect(await decide({}, { kind: 'record', only: [id('trust')] })).toMatchObject({
      refused: true,
      rule: 'sources.none',
    });
  });
});

describe('what the person said', () => {
  const patient = '9990000018';
  const objecting = (statements: readonly ConsentStatement[], known = true) => ({
    ask: () => Promise.resolve({ statements, known }),
    stored: () => Promise.resolve(statements),
  });
  const OBJECTION: ConsentStatement = {
    id: 'o',
    base: { type: 'deny', purposes: [], receivers: [], givers: [], sections: [], labels: [], data: [] },
    exceptions: [],
  };
  const session = (home = 'XB001') =>
    ({
      id: 's',
      purpose: 'direct-care',
      expiresAt: '2030-01-01T00:00:00Z',
      context: { home: { ods: home }, role: 'gp', user: { key: 'iss|1' }, patient: { nhsNumber: patient } },
    }) as unknown as Session;
  const decideWith = (statements: readonly ConsentStatement[], home?: string) =>
    createDecide({ community, policy: createPolicy(community), consents: objecting(statements), now: () => NOW })(
      session(home),
      { kind: 'record' },
    );

  it('an objection withholds every source but the reader’s own', async () => {
    const decided = await decideWith([OBJECTION]);
    if ('refused' in decided && decided.refused === true) throw new Error(decided.rule);
    expect([...decided.permitted.keys()]).toEqual(['gp']);
    expect((decided.refused as ReadonlyMap<string, unknown>).get('acute')).toEqual({
      state: 'withheld',
      rule: 'consent.objection',
    });
  });

  it('one section of one source alone leaves a cell in the ledger with its rule', async () => {
    const narrow = { ...OBJECTION.base, givers: ['acute'], sections: ['problems'] as const };
    const decided = await decideWith([{ ...OBJECTION, base: narrow }]);
    if ('refused' in decided && decided.refused === true) throw new Error(decided.rule);
    expect(decided.permitted.get(id('acute'))).not.toContain('problems');
    expect(decided.withheld?.get(id('acute'))).toEqual(
      new Map([['problems', { state: 'withheld', rule: 'consent.objection' }]]),
    );
  });

  it('made while the record streams bars what was permitted, and only that', async () => {
    const before = await decideWith([]);
    if ('refused' in before && before.refused === true) throw new Error(before.rule);
    const policy = createPolicy(community);
    const recheck = createRecheck({ community, policy, consents: objecting([OBJECTION]), now: () => NOW });
    expect(await recheck(before)).toEqual(new Map([['acute', 'consent.objection']]));
  });

  it('at a keeper is asked for again while the record streams, of the keepers alone, and counts from their answer on', async () => {
    const before = await decideWith([]);
    if ('refused' in before && before.refused === true) throw new Error(before.rule);
    const kept: ConsentStatement[] = [];
    const asked: unknown[] = [];
    const consents = {
      ask: (request: typeof before) => {
        asked.push([...request.permitted]);
        kept.push(OBJECTION);
        return Promise.resolve({ statements: kept, known: true });
      },
      stored: () => Promise.resolve(kept),
    };
    const deps = { community, policy: createPolicy(community), consents, now: () => NOW };
    // Nobody keeps any: nobody is asked.
    await createReask(deps)(before);
    expect(asked).toEqual([]);
    const sources = community.sources.map((one) => (one.id === 'gp' ? { ...one, keepsObjections: true } : one));
    const keeping = { ...deps, community: { ...community, sources } };
    expect(await createRecheck(keeping)(before)).toEqual(new Map());
    await createReask(keeping)(before);
    expect(asked).toEqual([[['gp', []]]]);
    expect(await createRecheck(keeping)(before)).toEqual(new Map([['acute', 'consent.objection']]));
  });
});

describe('sources are judged one by one', () => {
  it('an agreement that is over or not yet begun is no agreement', async () => {
    const permitted = await decide({});
    const refused = 'refused' in permitted && permitted.refused instanceof Map ? permitted.refused : new Map();
    expect(refused.get('trust')).toEqual({ state: 'not-agreed', rule: 'pathway.in-force' });
  });

  it('a day belongs to its agreement to the last minute, where the community is', async () => {
    const only = { kind: 'record', only: [id('trust')] } as const;
    expect(await decideAt(Date.parse('2026-06-30T22:59:00Z'), {}, only)).toHaveProperty('permitted');
    expect(await decideAt(Date.parse('2026-06-30T23:01:00Z'), {}, only)).toMatchObject({ rule: 'sources.none' });
  });

  it('the agreement has a direction: the hospital may not ask the surgery', async () => {
    expect(await decide({ home: 'XB101' })).toMatchObject({ permitted: new Map([['acute', expect.any(Array)]]) });
  });

  it('a role sees its sections and no others', async () => {
    expect(await decide({ role: 'clerk' })).toMatchObject({
      permitted: new Map([
        ['gp', ['appointments']],
        ['acute', ['appointments']],
      ]),
    });
  });

  it('asking one source again is decided again, for that source alone', async () => {
    const permitted = await decide({}, { kind: 'record', only: [id('acute')] });
    expect(permitted).toMatchObject({ permitted: new Map([['acute', expect.any(Array)]]), refused: new Map() });
  });

  it('two decisions are two views', async () => {
    const [one, two] = [await decide({}), await decide({})] as unknown as { viewId: string }[];
    expect(one?.viewId).not.toBe(two?.viewId);
  });
});

it('every rule has its words, and an unknown one says no more than it must', () => {
  for (const words of Object.values(RULES)) expect(words).toMatch(/^[A-Z].*\.$/);
  expect(wordsOfRule('toString')).toBe('The sharing agreement does not allow this.');
});
