import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import { believableDate, markFutureDate } from '../../src/record/future-date.ts';
import type { Fact } from '../../src/record/fact.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import { aDate, aPatient, entriesFrom, entryFrom } from '../support/record.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 9);

function factsOf(id: SectionId, entries: readonly Entry[]): readonly Fact[] {
  const record = buildRecord({
    patient: aPatient(),
    sources: [],
    statuses: new Map(),
    entries,
    unread: [],
    nowMs: NOW_MS,
  });
  return record.sections.find((section) => section.id === id)?.facts ?? [];
}

function cautionsOf(resource: Resource): readonly string[] {
  const entries = entriesFrom('gp', resource);
  const facts = entries.flatMap((entry) => factsOf(entry.section, [entry]));
  expect(facts).not.toEqual([]);
  return facts.flatMap((fact) => fact.entries[0].cautions);
}

const result = (id: string, date: string | undefined, change: object = {}): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: { text: 'Potassium' },
  valueQuantity: { value: 4.1, unit: 'mmol/L' },
  ...(date && { effectiveDateTime: date }),
  ...change,
});

const problem = (id: string, date: string, change: object = {}): Resource => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: 'Asthma' },
  onsetDateTime: date,
  ...change,
});

describe('a date to come', () => {
  it.each([
    ['a result', result('1', '2062-01-05')],
    ['a problem', problem('1', '9999')],
    ['a problem of next month', problem('1', '2026-12')],
    ['a result of tomorrow', result('1', '2026-11-23')],
    [
      'a contact that has ended',
      {
        resourceType: 'Encounter',
        id: '1',
        status: 'finished',
        class: { code: 'AMB', display: 'Clinic' },
        period: { start: '2035-01-01' },
      },
    ],
    [
      'a vaccination given',
      {
        resourceType: 'Immunization',
        id: '1',
        status: 'completed',
        vaccineCode: { text: 'MMR' },
        occurrenceDateTime: '2030',
      },
    ],
  ])('of %s is a caution', (_what, resource: Resource) => {
    expect(cautionsOf(resource)).toContain('date-in-future');
  });

  it.each([
    ['an appointment', { resourceType: 'Appointment', id: '1', status: 'booked', start: '2030-01-01T09:00:00Z' }],
    [
      'a planned contact',
      {
        resourceType: 'Encounter',
        id: '1',
        status: 'planned',
        period: { start: '2027-01-01' },
        class: { code: 'AMB', display: 'Clinic' },
      },
    ],
    [
      'a contact called off',
      {
        resourceType: 'Encounter',
        id: '1',
        status: 'cancelled',
        class: { code: 'AMB', display: 'Clinic' },
        period: { start: '2027-01-01' },
      },
    ],
    [
      'an end alone',
      {
        resourceType: 'Encounter',
        id: '1',
        status: 'in-progress',
        class: { code: 'AMB', display: 'Clinic' },
        period: { end: '2026-12-01' },
      },
    ],
    [
      'a prescription dated ahead',
      {
        resourceType: 'MedicationRequest',
        id: '1',
        status: 'active',
        intent: 'order',
        medicationCodeableConcept: { text: 'Aspirin' },
        authoredOn: '2026-12-01',
      },
    ],
    ['a problem of today', problem('1', '2026-11-22')],
    ['a problem of this year', problem('1', '2026')],
    ['a result of this evening in no zone', result('1', '2026-11-22T22:00')],
    ['a result by a clock that is fast', result('1', '2026-11-22T09:10:00Z')],
  ])('of %s is none', (_what, resource: Resource) => {
    expect(cautionsOf(resource)).not.toContain('date-in-future');
  });

  it('is shown as recorded, and is not the newest', () => {
    const entries = entriesFrom('gp', result('slip', '2062-01-05'), result('new', '2026-11-20'), result('old', '2020'));
    const facts = factsOf('investigation-results', entries);
    expect(facts.map((fact) => fact.entries[0].date)).toEqual(['2026-11-20', '2020', '2062-01-05']);
    expect(facts.map((fact) => believableDate(fact.entries[0]))).toEqual(['2026-11-20', '2020', undefined]);
  });

  it('does not lead the line of a problem that another record dates rightly', () => {
    const entries = [...entriesFrom('gp', problem('1', '2150')), ...entriesFrom('hospital', problem('2', '2019'))];
    expect(factsOf('problems', entries).map((fact) => fact.entries.map(({ date }) => date))).toEqual([
      ['2019', '2150'],
    ]);
  });

  it('leaves the order the same whatever came first', () => {
    const resources = [
      result('a', '2062-01-05'),
      result('b', '2063-01-05'),
      result('c', '2026-11-20'),
      result('d', undefined),
      result('e', '2062-01-05', { valueQuantity: { value: 5, unit: 'mmol/L' } }),
    ];
    const entries = entriesFrom('gp', ...resources);
    const order = (list: readonly Entry[]): readonly string[] =>
      factsOf('investigation-results', list).map((fact) => fact.key);
    fc.assert(
      fc.property(fc.shuffledSubarray([...entries], { minLength: entries.length }), (shuffled) => {
        expect(order(shuffled)).toEqual(order(entries));
      }),
    );
  });
});

describe('which statements may lie ahead', () => {
  const plain = entryFrom(problem('1', '2062'));
  const marked = (change: Partial<Entry>): boolean =>
    markFutureDate({ ...plain, ...change }, NOW_MS).cautions.includes('date-in-future');

  it('is told by the section: what was, and what may begin later', () => {
    const ahead = SECTIONS.map(({ id }) => id).filter((section) => !marked({ section }));
    expect(ahead.toSorted()).toEqual([
      'appointments',
      'care-plans',
      'contingency-plans',
      'demographics',
      'equipment',
      'gp-practice',
      'local-authority',
      'medications',
      'participation-in-research',
      'personal-contacts',
      'professional-contacts',
      'services-and-care',
      'support-reason',
      'supporting-plans',
    ]);
  });

  it.each([
    ['current', true],
    ['past', true],
    ['unknown', true],
    ['planned', false],
    ['negated', false],
    ['in-error', false],
  ] as const)('is told by how it stands: %s', (state, doubtful) => {
    expect(marked({ state })).toBe(doubtful);
  });

  it('is told by when it began: an end alone may lie ahead, a beginning may not, whatever its end', () => {
    const { date: _date, period: _period, ...undated } = plain;
    const [soon, later] = [aDate('2030-01-01'), aDate('2031-01-01')];
    const of = (period: NonNullable<Entry['period']>): boolean =>
      markFutureDate({ ...undated, period }, NOW_MS).cautions.includes('date-in-future');
    expect(of({ end: later })).toBe(false);
    expect(of({ start: soon, end: later })).toBe(true);
    expect(of({ start: soon, end: soon })).toBe(true);
    expect(of({ start: soon })).toBe(true);
    expect(of({ start: aDate('2020'), end: later })).toBe(false);
  });

  it('is nothing new for what has no date: the very entry comes back', () => {
    const { date: _date, period: _period, ...undated } = plain;
    expect(markFutureDate(undated, NOW_MS)).toBe(undated);
  });

  it('is said once, and beside what else is doubtful', () => {
    const twice = markFutureDate({ ...plain, cautions: ['date-in-future', 'unconfirmed'] }, NOW_MS);
    expect(twice.cautions).toEqual(['date-in-future', 'unconfirmed']);
    expect(markFutureDate({ ...plain, cautions: ['amended'] }, NOW_MS).cautions).toEqual(['amended', 'date-in-future']);
  });

  it('begins a quarter of an hour ahead, for clocks differ', () => {
    expect(marked({ date: aDate('2026-11-22T09:15:00Z') })).toBe(false);
    expect(marked({ date: aDate('2026-11-22T09:15:01Z') })).toBe(true);
  });
});

describe('when something was', () => {
  const { date: _date, period: _period, ...undated } = entryFrom(problem('1', '2019'));
  const [date, start, end] = [aDate('2019'), aDate('2018'), aDate('2020')];

  it('is its date, else its beginning, else its end', () => {
    expect(believableDate({ ...undated, date, period: { start, end } })).toBe('2019');
    expect(believableDate({ ...undated, period: { start, end } })).toBe('2018');
    expect(believableDate({ ...undated, period: { end } })).toBe('2020');
    expect(believableDate(undated)).toBeUndefined();
  });
});
