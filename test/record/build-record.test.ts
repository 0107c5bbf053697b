import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecord, type RecordParts } from '../../src/record/build-record.ts';
import type { Entry, Unread } from '../../src/record/entry.ts';
import type { SectionView } from '../../src/record/patient-record.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { FinalSourceStatus, SectionAnswer, SourceStatus } from '../../src/record/source-status.ts';
import type { SourceId } from '../../src/record/source.ts';
import { answered, aPatient, aSource, entriesFrom } from '../support/record.ts';

const GP = aSource('gp', 'gp', true);
const HOSPITAL = aSource('hospital', 'acute');
const NOW_MS = Date.UTC(2026, 10, 22, 9);

function parts(change: Partial<RecordParts> = {}): RecordParts {
  return {
    patient: aPatient(),
    sources: [GP, HOSPITAL],
    statuses: new Map(),
    entries: [],
    unread: [],
    nowMs: NOW_MS,
    ...change,
  };
}

function statuses(gp: SourceStatus, hospital: SourceStatus): ReadonlyMap<SourceId, SourceStatus> {
  return new Map([
    [GP.id, gp],
    [HOSPITAL.id, hospital],
  ]);
}

function section(change: Partial<RecordParts>, id: SectionId): SectionView {
  const view = buildRecord(parts(change)).sections.find((candidate) => candidate.id === id);
  if (!view) throw new Error(`no section ${id}`);
  return view;
}

const asthma = (id: string, change: object = {}): Resource => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '195967001', display: 'Asthma' }] },
  ...change,
});

const empty = (state: SectionAnswer['state']): SectionAnswer => ({ state, count: 0 });
const holding = (state: SectionAnswer['state']): FinalSourceStatus => answered({ allergies: empty(state) });

describe('absence', () => {
  it.each(['late', 'unavailable', 'failed', 'truncated', 'withheld', 'not-agreed'] as const)(
    'is never "nothing recorded" while one source is %s for the section',
    (state) => {
      const view = section({ statuses: statuses(holding('nothing-held'), holding(state)) }, 'allergies');
      expect(view.absence.kind).toBe('incomplete');
    },
  );

  it('is incomplete while a source has not answered, and counts who is missing', () => {
    const view = section({ statuses: statuses(holding('nothing-held'), { state: 'waiting' }) }, 'allergies');
    expect(view.absence).toEqual({ kind: 'incomplete', answered: 1, waiting: 1, silent: 0, withheld: 0 });
  });

  it('is incomplete for a source without any status, and where there is no source', () => {
    expect(section({}, 'allergies').absence.kind).toBe('incomplete');
    expect(section({ sources: [] }, 'allergies').absence.kind).toBe('incomplete');
  });

  it('is incomplete where a source failed as a whole and its row names no section', () => {
    const failed: FinalSourceStatus = {
      state: 'unavailable',
      code: 'source.unreachable',
      at: '2026-11-22T09:00:00Z',
      tookMs: 1,
      sections: {},
    };
    const view = section({ statuses: statuses(holding('nothing-held'), failed) }, 'allergies');
    expect(view.absence).toEqual({ kind: 'incomplete', answered: 1, waiting: 0, silent: 1, withheld: 0 });
    expect(view.answers).toContainEqual({
      source: HOSPITAL.id,
      answer: { state: 'unavailable', count: 0, code: 'source.unreachable' },
    });
  });

  it('is incomplete where something of that type came and could not be read', () => {
    const unread: readonly Unread[] = [
      {
        origin: { source: GP.id, resource: 'AllergyIntolerance/1' },
        resourceType: 'AllergyIntolerance',
        reason: 'must-have-missing',
      },
    ];
    const view = section({ statuses: statuses(holding('answered'), holding('nothing-held')), unread }, 'allergies');
    expect(view.absence).toEqual({ kind: 'incomplete', answered: 2, waiting: 0, silent: 0, withheld: 0, unread: 1 });
  });

  it('is "nothing recorded" when every source that was asked has answered', () => {
    const view = section({ statuses: statuses(holding('nothing-held'), holding('answered')) }, 'allergies');
    expect(view.absence).toEqual({ kind: 'nothing-recorded', answered: 2 });
  });

  it('does not count a source that was not asked for the section', () => {
    const view = section({ statuses: statuses(holding('nothing-held'), answered({})) }, 'allergies');
    expect(view.absence).toEqual({ kind: 'nothing-recorded', answered: 1 });
    expect(view.answers.map(({ source }) => source)).toEqual([GP.id]);
  });

  it('is none where there is a fact', () => {
    expect(section({ entries: entriesFrom('gp', asthma('1')) }, 'problems').absence).toEqual({ kind: 'none' });
  });
});

describe('the record', () => {
  it('has every section, empty or not, in the order of the registry', () => {
    expect(buildRecord(parts()).sections.map(({ id }) => id)).toEqual(SECTIONS.map(({ id }) => id));
  });

  it('counts each source once, by where it stands', () => {
    const late: FinalSourceStatus = {
      state: 'late',
      deadlineMs: 8000,
      at: '2026-11-22T09:00:00Z',
      tookMs: 8000,
      sections: {},
    };
    const record = buildRecord(parts({ statuses: statuses(answered(), late) }));
    expect(record.completeness).toEqual({
      total: 2,
      answered: 1,
      waiting: 0,
      gaps: 1,
      withheld: 0,
      notAsked: 0,
      settled: true,
    });
    expect(buildRecord(parts()).completeness).toMatchObject({ waiting: 2, settled: false });
  });

  it('makes one fact of what two sources say alike, newest first', () => {
    const entries = [
      ...entriesFrom('gp', asthma('1', { onsetDateTime: '2001' })),
      ...entriesFrom('hospital', asthma('1', { onsetDateTime: '2003' })),
    ];
    const { facts } = section({ entries }, 'problems');
    expect(facts).toHaveLength(1);
    expect(facts[0]?.entries.map((entry) => entry.origin.source)).toEqual(['hospital', 'gp']);
  });

  it('keeps apart what cannot be interpreted', () => {
    const odd = asthma('2', { modifierExtension: [{ url: 'https://a.example/not' }] });
    expect(section({ entries: entriesFrom('gp', asthma('1'), odd) }, 'problems').facts).toHaveLength(2);
  });

  it('takes what was withdrawn out of the lists and keeps it findable', () => {
    const withdrawn = asthma('1', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } });
    const record = buildRecord(parts({ entries: entriesFrom('gp', withdrawn) }));
    expect(record.sections.flatMap(({ facts }) => facts)).toEqual([]);
    expect(record.withdrawn.map(({ title }) => title)).toEqual(['Asthma']);
    expect(record.sources[0]?.entryCount).toBe(0);
  });

  it('shows as past what ended before now, and only then', () => {
    const flag = (id: string, end: string): Resource => ({
      resourceType: 'Flag',
      id,
      status: 'active',
      code: { text: `Falls ${id}` },
      period: { end },
    });
    const entries = entriesFrom('gp', flag('1', '2026-11-21'), flag('2', '2026-11-22'), flag('3', '2027'));
    const states = section({ entries }, 'risks').facts.map(({ entries: [entry] }) => [entry.title, entry.state]);
    expect(Object.fromEntries(states)).toEqual({ 'Falls 1': 'past', 'Falls 2': 'current', 'Falls 3': 'current' });
  });

  it('shows an entry of a section it does not know as unread, never as nothing', () => {
    const [entry] = entriesFrom('gp', asthma('1'));
    const strange = { ...entry, section: 'from-the-future' } as unknown as Entry;
    expect(buildRecord(parts({ entries: [strange] })).unread).toMatchObject([
      { reason: 'type-not-read', resourceType: 'Condition' },
    ]);
  });

  it('shows nobody’s address once one source restricts it', () => {
    const patient = (id: string, security: readonly object[]): Resource => ({
      resourceType: 'Patient',
      id,
      meta: { security },
      name: [{ family: 'Example' }],
      address: [{ line: ['1 Canary Way'], postalCode: 'ZZ99 3WZ' }],
      telecom: [{ system: 'phone', value: '01632 960000' }],
      generalPractitioner: [{ display: 'Canary Surgery' }],
    });
    const label = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }];
    const entries = [...entriesFrom('gp', patient('1', [])), ...entriesFrom('hospital', patient('2', label))];
    expect(JSON.stringify(buildRecord(parts({ entries })))).not.toMatch(/canary|zz99|01632/i);
    expect(
      JSON.stringify(buildRecord(parts({ entries: entries.slice(0, 1), patient: aPatient({ restricted: true }) }))),
    ).not.toMatch(/canary/i);
    expect(JSON.stringify(buildRecord(parts({ entries: entries.slice(0, 1) })))).toMatch(/canary/i);
  });
});

describe('a source', () => {
  it('of which nothing has been heard is waited for', () => {
    expect(buildRecord(parts()).sources.map(({ status }) => status)).toEqual([
      { state: 'waiting' },
      { state: 'waiting' },
    ]);
    const said = buildRecord(parts({ statuses: new Map([[GP.id, answered()]]) }));
    expect(said.sources.map(({ status }) => status.state)).toEqual(['answered', 'waiting']);
  });
});

describe('a fact', () => {
  const labelled = (id: string, ...codes: readonly string[]): Resource =>
    asthma(id, {
      meta: {
        security: codes.map((code) => ({
          system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
          code,
        })),
      },
    });

  it('carries every label of its records, and none where they have none', () => {
    const facts = (...entries: readonly Entry[]): SectionView['facts'] => section({ entries }, 'problems').facts;
    const [fact] = facts(...entriesFrom('gp', labelled('1', 'R')), ...entriesFrom('hospital', asthma('2')));
    expect(fact?.entries).toHaveLength(2);
    expect(fact?.labels).toEqual(['http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R']);
    const [plain] = facts(...entriesFrom('gp', asthma('1')));
    expect(plain).not.toHaveProperty('labels');
  });
});

describe('facts', () => {
  it('join what is named by a code here and only by its words there', () => {
    const words = { resourceType: 'Condition', id: '2', clinicalStatus: { coding: [{ code: 'active' }] } };
    const entries = [
      ...entriesFrom('gp', asthma('1')),
      ...entriesFrom('hospital', { ...words, code: { text: 'Asthma' } }),
    ];
    expect(section({ entries }, 'problems').facts.map((fact) => fact.entries.length)).toEqual([2]);
  });
});

describe('a standing that the section works out from the clock', () => {
  const supply = (daysSupply: number): Resource => ({
    resourceType: 'MedicationDispense',
    id: `d${daysSupply}`,
    status: 'completed',
    medicationCodeableConcept: { text: 'Ramipril 5mg capsules' },
    whenHandedOver: '2026-11-01',
    daysSupply: { value: daysSupply, unit: 'days', code: 'd' },
  });

  it('is that of the moment the record is built for, and all else of the entry stays', () => {
    const entries = entriesFrom('gp', supply(28), supply(7));
    const shown = section({ entries }, 'medications').facts.flatMap((fact) => fact.entries);
    expect(shown.map(({ id, state }) => [id, state])).toEqual([
      ['gp/MedicationDispense/d28', 'current'],
      ['gp/MedicationDispense/d7', 'past'],
    ]);
    expect(shown.map(({ state: _state, ...rest }) => rest)).toEqual(entries.map(({ state: _state, ...rest }) => rest));
  });

  it('leaves the very same entry where nothing about it has changed', () => {
    const [entry] = entriesFrom('gp', asthma('1'));
    const [fact] = section({ entries: entry ? [entry] : [] }, 'problems').facts;
    expect(fact?.entries[0]).toBe(entry);
  });
});

describe('what could not be read', () => {
  const missed = (change: Partial<Unread> & { readonly resource?: string }): Unread => ({
    origin: { source: GP.id, resource: change.resource ?? 'Condition/1' },
    resourceType: 'Condition',
    reason: 'must-have-missing',
    ...change,
  });
  const shown = (...unread: readonly Unread[]): readonly string[] =>
    buildRecord(parts({ unread })).unread.map(
      ({ origin, reason, element }) => `${origin.source} ${origin.resource} ${reason} ${element ?? ''}`,
    );

  it('is one when it is sent twice, and several where source, resource, reason or element differ', () => {
    const one = missed({});
    const others = [
      missed({ origin: { source: HOSPITAL.id, resource: 'Condition/1' } }),
      missed({ origin: { source: GP.id, resource: 'Condition/2' } }),
      missed({ reason: 'reader-fault' }),
      missed({ element: 'Condition.code' }),
    ];
    expect(shown(one, { ...one })).toHaveLength(1);
    // The same letters, cut at another place.
    const [here, there] = [
      missed({ origin: { source: 'gp' as SourceId, resource: '1Condition/1' } }),
      missed({ origin: { source: 'gp1' as SourceId, resource: 'Condition/1' } }),
    ];
    expect(shown(here, there)).toHaveLength(2);
    expect(shown(one, ...others)).toHaveLength(5);
  });

  it('stands in one order, whatever came first', () => {
    const [a, b, c] = [missed({}), missed({ element: 'Condition.code' }), missed({ reason: 'reader-fault' })];
    expect(shown(c, b, a)).toEqual(shown(a, b, c));
    expect(shown(a, b, c)).toEqual([
      'gp Condition/1 must-have-missing ',
      'gp Condition/1 must-have-missing Condition.code',
      'gp Condition/1 reader-fault ',
    ]);
  });

  it('is counted each time where it has no name of its own', () => {
    const nameless = missed({ origin: { source: GP.id, resource: '' }, resourceType: '', reason: 'not-a-resource' });
    expect(shown(nameless, nameless)).toHaveLength(2);
  });

  it('leaves only the sections in doubt that would have read it, and none where no section reads its type', () => {
    const said = statuses(
      answered({ allergies: empty('answered'), problems: empty('answered') }),
      answered({ allergies: empty('answered'), problems: empty('answered') }),
    );
    const kind = (id: SectionId, unread: Unread): string =>
      section({ statuses: said, unread: [unread] }, id).absence.kind;
    expect(kind('problems', missed({}))).toBe('incomplete');
    expect(kind('allergies', missed({}))).toBe('nothing-recorded');
    expect(kind('problems', missed({ reason: 'type-not-read' }))).toBe('nothing-recorded');
  });

  it('holds an entry of a section that is not known, by its type, and counts it for its source', () => {
    const [entry] = entriesFrom('gp', asthma('1'));
    const strange = { ...entry, section: 'from-the-future' } as unknown as Entry;
    const record = buildRecord(parts({ entries: [strange, ...entriesFrom('gp', asthma('2'))] }));
    expect(record.unread).toEqual([{ origin: strange.origin, resourceType: 'Condition', reason: 'type-not-read' }]);
    expect(record.sources.map(({ entryCount }) => entryCount)).toEqual([2, 0]);
  });
});

describe('the order of lines', () => {
  const titles = (id: SectionId, ...resources: readonly Resource[]): readonly string[] => {
    const of = (list: readonly Resource[]): readonly string[] =>
      section({ entries: entriesFrom('gp', ...list) }, id).facts.map(({ entries: [entry] }) => entry.title);
    expect(of(resources.toReversed())).toEqual(of(resources));
    return of(resources);
  };
  const procedure = (id: string, performedDateTime?: string): Resource => ({
    resourceType: 'Procedure',
    id,
    status: 'completed',
    code: { text: id },
    ...(performedDateTime && { performedDateTime }),
  });

  it('is newest first, what has a date to come after that, and what has none last', () => {
    expect(
      titles(
        'procedures',
        procedure('none'),
        procedure('to come', '2062-01-01'),
        procedure('first century', '0042'),
        procedure('new', '2026-01-01'),
        procedure('old', '1960'),
      ),
    ).toEqual(['new', 'old', 'first century', 'to come', 'none']);
  });

  it('is by identity where dates are equal', () => {
    expect(titles('procedures', procedure('b', '2020'), procedure('a', '2020'), procedure('c', '2020'))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('of the records of one line is newest first too, then by identity', () => {
    const entries = [
      ...entriesFrom('hospital', asthma('1', { recordedDate: '2020-01-01' })),
      ...entriesFrom('gp', asthma('1', { recordedDate: '2020-01-01' })),
      ...entriesFrom('council', asthma('1', { recordedDate: '2024-01-01' })),
    ];
    const { facts } = section({ entries }, 'problems');
    expect(facts.map((fact) => fact.entries.map(({ origin }) => origin.source))).toEqual([
      ['council', 'gp', 'hospital'],
    ]);
  });

  it('of what was withdrawn is the same', () => {
    const withdrawn = (id: string, change: object = {}): Resource =>
      asthma(id, { verificationStatus: { coding: [{ code: 'entered-in-error' }] }, ...change });
    const entries = entriesFrom(
      'gp',
      withdrawn('2', { onsetDateTime: '2020' }),
      withdrawn('3', { onsetDateTime: '2024' }),
      withdrawn('1', { onsetDateTime: '2020' }),
    );
    expect(buildRecord(parts({ entries })).withdrawn.map(({ origin }) => origin.resource)).toEqual([
      'Condition/3',
      'Condition/1',
      'Condition/2',
    ]);
  });
});

describe('a statement whose own period is over', () => {
  const flag = (change: object): Resource => ({
    resourceType: 'Flag',
    id: '1',
    code: { text: 'Falls' },
    period: { start: '2019', end: '2020' },
    ...change,
  });
  const stateOf = (entry: Entry): string | undefined =>
    section({ entries: [entry] }, 'risks').facts[0]?.entries[0].state;
  const [entry] = entriesFrom('gp', flag({ status: 'active' }));
  if (!entry) throw new Error('expected an entry');

  it.each([
    ['current', 'past'],
    ['planned', 'past'],
    ['unknown', 'past'],
    ['past', 'past'],
    ['negated', 'negated'],
  ] as const)('was %s and is %s', (state, now) => {
    expect(stateOf({ ...entry, state })).toBe(now);
  });

  it('stands as it was where it has no end', () => {
    const { period: _period, ...open } = entry;
    expect(stateOf({ ...open, state: 'planned' })).toBe('planned');
  });
});

describe('a section', () => {
  it('holds the disagreements of its own, and those that touch one of its lines', () => {
    const penicillin: Resource = {
      resourceType: 'AllergyIntolerance',
      id: '1',
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: 'Penicillin' },
    };
    const amoxicillin: Resource = {
      resourceType: 'MedicationRequest',
      id: '1',
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: 'Amoxicillin 500mg capsules' },
    };
    const entries = [...entriesFrom('gp', penicillin), ...entriesFrom('hospital', amoxicillin)];
    const record = buildRecord(parts({ entries }));
    const touched = record.sections.filter(({ conflicts }) => conflicts.length > 0).map(({ id }) => id);
    expect(touched.toSorted()).toEqual(['allergies', 'medications']);
    expect(record.conflicts).toHaveLength(1);
  });

  it('says how many sources have no such section, and nothing where none has not', () => {
    const gp = answered({ allergies: empty('answered') });
    expect(section({ statuses: statuses(gp, answered()) }, 'allergies').notOffered).toBe(1);
    expect(section({ statuses: statuses(gp, gp) }, 'allergies')).not.toHaveProperty('notOffered');
  });

  it('counts for each source what is shown of it', () => {
    const entries = [...entriesFrom('gp', asthma('1'), asthma('2')), ...entriesFrom('hospital', asthma('3'))];
    expect(buildRecord(parts({ entries })).sources.map(({ entryCount }) => entryCount)).toEqual([2, 1]);
  });
});

describe('versions of one resource', () => {
  const version = (versionId: string, lastUpdated: string, text: string): readonly Entry[] =>
    entriesFrom('gp', { resourceType: 'Condition', id: '1', meta: { versionId, lastUpdated }, code: { text } });
  const titles = (entries: readonly Entry[]): readonly string[] =>
    section({ entries }, 'problems').facts.flatMap((f) => f.entries.map((e) => e.title));

  it('are one entry, the later one, in whichever order they come', () => {
    const [old, late] = [version('1', '2026-01-01T00:00:00Z', 'Old'), version('2', '2026-02-01T00:00:00Z', 'Late')];
    expect(titles([...old, ...late])).toEqual(['Late']);
    expect(titles([...late, ...old])).toEqual(['Late']);
  });

  it('are both shown where nothing says which is later', () => {
    const a = entriesFrom('gp', { resourceType: 'Condition', id: '1', code: { text: 'A' } });
    const b = entriesFrom('gp', { resourceType: 'Condition', id: '1', code: { text: 'B' } });
    expect(titles([...a, ...b])).toEqual(['A', 'B']);
    expect(titles([...b, ...a, ...a])).toEqual(['A', 'B']);
  });
});

/** A few of everything, from three sources, with clashes of id, date, status and text. */
const someResource: fc.Arbitrary<Resource> = fc
  .record({
    kind: fc.constantFrom('Condition', 'AllergyIntolerance', 'MedicationStatement', 'Procedure', 'Flag', 'Patient'),
    id: fc.constantFrom('1', '2', '3', '4'),
    text: fc.constantFrom(
      'Penicillin',
      'Amoxicillin 500mg capsules',
      'Ramipril 5mg capsules',
      'Asthma',
      'No known allergies',
    ),
    status: fc.constantFrom('active', 'stopped', 'completed', 'inactive', 'entered-in-error', undefined),
    date: fc.constantFrom('2019', '2019-03', '2024-05-01', '2024-05-01T10:00:00+01:00', undefined),
    updated: fc.constantFrom('2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', undefined),
  })
  .map(({ kind, id, text, status, date, updated }) => ({
    resourceType: kind,
    id,
    ...(updated && { meta: { lastUpdated: updated } }),
    status,
    clinicalStatus: { coding: [{ code: status }] },
    code: { text },
    medicationCodeableConcept: { text },
    name: [{ family: text }],
    onsetDateTime: date,
    performedDateTime: date,
    effectivePeriod: { start: date },
  }));

const someEntries: fc.Arbitrary<readonly Entry[]> = fc
  .array(fc.tuple(fc.constantFrom('gp', 'hospital', 'council'), someResource), { maxLength: 25 })
  .map((items) => items.flatMap(([source, resource]) => entriesFrom(source, resource)));

describe('arrival', () => {
  const build = (entries: readonly Entry[]) =>
    buildRecord(parts({ entries, sources: [GP, HOSPITAL, aSource('council', 'council')] }));

  it('makes no difference by its order', () => {
    fc.assert(
      fc.property(
        someEntries.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries], { minLength: entries.length })),
        ),
        ([entries, shuffled]) => {
          expect(build(shuffled)).toEqual(build(entries));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('makes no difference by coming twice', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const copies = entries.map((entry) => structuredClone(entry));
        expect(build([...entries, ...copies])).toEqual(build(entries));
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing and changes nothing that it was given', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const before = structuredClone(entries);
        const record = build(Object.freeze(entries.map((entry) => Object.freeze(entry))) as readonly Entry[]);
        expect(entries).toEqual(before);
        const shown = [
          ...record.sections.flatMap(({ facts }) => facts).flatMap((fact) => fact.entries),
          ...record.withdrawn,
        ];
        const resources = new Set(shown.map((entry) => `${entry.origin.source}/${entry.origin.resource}`));
        for (const entry of entries) expect(resources).toContain(`${entry.origin.source}/${entry.origin.resource}`);
      }),
      { numRuns: 200 },
    );
  });

  it('of another source removes nothing that is shown', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const ids = (list: readonly Entry[]): readonly string[] =>
          build(list)
            .sections.flatMap(({ facts }) => facts)
            .flatMap((f) => f.entries.map((e) => e.id));
        const gpOnly = entries.filter((entry) => entry.origin.source === 'gp');
        const all = new Set(ids(entries));
        for (const id of ids(gpOnly)) expect(all).toContain(id);
      }),
      { numRuns: 200 },
    );
  });
});

describe('why records stand in one line', () => {
  const referral = (id: string): Resource => ({
    resourceType: 'ServiceRequest',
    id,
    status: 'active',
    intent: 'order',
    category: [{ text: 'Referral' }],
    code: { text: 'Referral to cardiology' },
    authoredOn: '2026-10-01',
  });
  const reasons = (section: SectionId, ...entries: readonly Entry[]): readonly (string | undefined)[] =>
    buildRecord(parts({ entries }))
      .sections.find(({ id }) => id === section)
      ?.facts.map(({ reason }) => reason) ?? [];
  const asthma = (id: string): Resource => ({ resourceType: 'Condition', id, code: { text: 'Asthma' } });

  it('is not said of one record', () => {
    const facts = buildRecord(parts({ entries: entriesFrom('gp', asthma('1')) })).sections.flatMap(
      (view) => view.facts,
    );
    expect(facts).toHaveLength(1);
    expect(facts[0]).not.toHaveProperty('reason');
  });

  it('is what the records themselves have in common, else what their section compares', () => {
    const alert = (id: string): Resource => ({
      resourceType: 'Flag',
      id,
      status: 'active',
      code: { text: 'Lives alone' },
    });
    const penicillin = { resourceType: 'AllergyIntolerance', id: 'a', code: { text: 'Penicillin' } };
    const allergies = [...entriesFrom('gp', penicillin), ...entriesFrom('hospital', penicillin)];
    expect(reasons('allergies', ...allergies)).toEqual(['agent']);
    const flags = [...entriesFrom('gp', alert('1')), ...entriesFrom('hospital', alert('1'))];
    const [section] = flags.map((flag) => flag.section);
    if (section === undefined) throw new Error('expected a flag');
    expect(reasons(section, ...flags)).toEqual(['concept']);
  });

  it('is the referral itself where a Task tells what became of it', () => {
    const task: Resource = {
      resourceType: 'Task',
      id: 't',
      status: 'rejected',
      intent: 'order',
      focus: { reference: 'ServiceRequest/r' },
      lastModified: '2026-10-03',
    };
    expect(reasons('referrals', ...entriesFrom('gp', referral('r'), task))).toEqual(['same-referral']);
  });
});
