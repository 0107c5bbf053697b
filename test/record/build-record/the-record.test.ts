// Proves src/record/merge.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import { buildConflict } from '../../../src/record/build-conflict.ts';
import type { Entry } from '../../../src/record/entry.ts';
import { mergeAtOnce, type Merging } from '../../../src/record/merge.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { SECTIONS } from '../../../src/record/sections/index.ts';
import type { FinalSourceStatus } from '../../../src/record/source-status.ts';
import { asthma, empty, GP, parts, section, statuses } from '../../support/record-parts.ts';
import { answered, aPatient, entriesFrom } from '../../support/record.ts';

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

  it('holds what is filed under it though every line of it stands elsewhere', () => {
    const entries = entriesFrom('gp', asthma('1'));
    const findConflicts: Merging['findConflicts'] = (facts) => [
      buildConflict('two-doses', 'medications', facts.get('problems') ?? []),
    ];
    const record = mergeAtOnce(parts({ entries }), { sections: SECTIONS, join: (same) => same, findConflicts });
    const holding = record.sections.filter(({ conflicts }) => conflicts.length > 0).map(({ id }) => id);
    expect(holding.toSorted()).toEqual(['medications', 'problems']);
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
