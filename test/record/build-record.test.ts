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
