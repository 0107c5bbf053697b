import { describe, expect, it } from 'vitest';
import type { Entry, EntryId } from '../../src/record/entry.ts';
import { medicineChanges, type Compared } from '../../src/record/medicine-changes.ts';
import type { MedicationEntry } from '../../src/record/sections/medications.ts';
import type { SourceId } from '../../src/record/source.ts';
import { aDate } from '../support/record.ts';
import { medicine, sampleRecord, viewOf } from '../support/browser/sample-record.ts';

const [FROM, UNTIL] = ['2026-10-20T00:00:00Z', '2026-10-30T00:00:00Z'];
const SPAN = { from: Date.parse(FROM), until: Date.parse(UNTIL) };
const [BEFORE, DURING] = ['2026-01-10', '2026-10-25'];

type Held = Readonly<Record<string, readonly object[]>>;

function entriesOf(held: Held): readonly MedicationEntry[] {
  const said = Object.fromEntries(Object.entries(held).map(([id, resources]) => [id, { resources }]));
  return viewOf(sampleRecord(said), 'medications').facts.flatMap(
    ({ entries }) => entries as readonly Entry[] as readonly MedicationEntry[],
  );
}

function compared(held: Held, opposed: readonly string[] = []): Compared {
  return medicineChanges(entriesOf(held), new Set(['hospital' as SourceId]), SPAN, new Set(opposed as EntryId[]));
}

function changes(held: Held): readonly (readonly (string | undefined)[])[] {
  return compared(held).changes.map(({ how, entry, before }) => [
    how,
    entry.origin.resource.split('/')[1],
    before?.origin.resource.split('/')[1],
  ]);
}

const ramipril = (id: string, dose: string, authoredOn: string, more: object = {}): object =>
  medicine(id, dose, { authoredOn, ...more });
const named = (text: string): object => ({ medicationCodeableConcept: { text } });
const STOPPED = { status: 'stopped' };
const ON_HOLD = { status: 'on-hold' };
const inpatient = { category: [{ coding: [{ code: 'inpatient' }] }] };
const stopDate = (day: string): object => ({
  ...STOPPED,
  extension: [
    {
      url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-MedicationStatusChange',
      extension: [{ url: 'statusChangeDate', valueDateTime: day }],
    },
  ],
});

describe('what an organisation changed of medicines in a time', () => {
  it('is nothing that others recorded then, or that it recorded at another time, or only gave on the ward', () => {
    expect(compared({ hospital: [] })).toEqual({ changes: [], unchanged: 0 });
    expect(compared({ surgery: [ramipril('g', '5', DURING)] })).toEqual({ changes: [], unchanged: 0 });
    const other = ['2026-10-19', '2026-10-31'].map((day) => ramipril(`d${day}`, '5', day));
    expect(compared({ hospital: other })).toEqual({ changes: [], unchanged: 0 });
    expect(compared({ hospital: [ramipril('w', '5', DURING, inpatient)] })).toEqual({ changes: [], unchanged: 0 });
    expect(compared({ hospital: [ramipril('n', '5', '', { authoredOn: undefined })] }).changes).toEqual([]);
  });

  it.each([FROM, UNTIL])('is what was recorded at its first moment and at its last: %s', (moment) => {
    expect(changes({ hospital: [ramipril('h', '5', moment)] })).toEqual([['started', 'h', undefined]]);
  });

  it.each<[what: string, more: object]>([
    ['is over without having been stopped', { status: 'completed' }],
    ['is only planned', { status: 'draft' }],
    ['must not be given', { doNotPerform: true }],
    ['stands in a way that nobody knows', { status: 'unknown' }],
  ])('is nothing that %s', (_what, more) => {
    expect(compared({ hospital: [ramipril('h', '5', DURING, more)] })).toEqual({ changes: [], unchanged: 0 });
  });
});

describe('a medicine that is recorded as before', () => {
  const again = (before: object): Held => ({ surgery: [before], hospital: [ramipril('h', '5', DURING)] });

  it('is none that had ended before: it was begun anew', () => {
    expect(changes(again(ramipril('g', '5', BEFORE, stopDate('2026-06-01'))))).toEqual([['started', 'h', 'g']]);
    const course = { resourceType: 'MedicationStatement', status: 'completed' };
    const over = { ...course, effectivePeriod: { start: BEFORE, end: '2026-01-17' } };
    expect(changes(again(ramipril('g', '5', BEFORE, { ...over, dosage: [], dosageInstruction: undefined })))).toEqual([
      ['started', 'h', 'g'],
    ]);
  });

  it('is none that was not taken, or must not be given', () => {
    expect(changes(again(ramipril('g', '5', BEFORE, { doNotPerform: true })))).toEqual([['started', 'h', 'g']]);
  });

  it('is none of which only a record in error, or one of no day, had told', () => {
    const error = { status: 'entered-in-error' };
    expect(changes(again(ramipril('g', '5', BEFORE, error)))).toEqual([['started', 'h', undefined]]);
    expect(changes(again(ramipril('g', '5', '', { authoredOn: undefined })))).toEqual([['started', 'h', undefined]]);
    const withdrawn = entriesOf(again(ramipril('g', '5', BEFORE))).map((entry): MedicationEntry =>
      entry.origin.source === 'surgery' ? { ...entry, state: 'in-error' } : entry,
    );
    const own = new Set(['hospital' as SourceId]);
    expect(medicineChanges(withdrawn, own, SPAN, new Set()).changes.map(({ how }) => how)).toEqual(['started']);
  });

  it('is one that was stopped only since, as a practice does that acts on a letter, or of which no end is known', () => {
    for (const more of [stopDate('2026-11-05'), stopDate(FROM), { status: 'completed' }, {}])
      expect(compared(again(ramipril('g', '5', BEFORE, more)))).toEqual({ changes: [], unchanged: 1 });
  });

  it('is one that is still recorded as taken, though an end that was foreseen has come', () => {
    const held = entriesOf(again(ramipril('g', '5', BEFORE))).map((entry): MedicationEntry => {
      const end = entry.origin.source === 'surgery' ? aDate('2026-06-01') : undefined;
      return end ? { ...entry, period: { end } } : entry;
    });
    const own = new Set(['hospital' as SourceId]);
    expect(medicineChanges(held, own, SPAN, new Set())).toEqual({ changes: [], unchanged: 1 });
  });

  it('is counted by the medicine, not by the records of it', () => {
    const twice = [ramipril('h', '5', DURING), ramipril('h2', '5', '2026-10-26')];
    const held = { surgery: [ramipril('g', '5', BEFORE)], hospital: twice };
    expect(compared(held)).toEqual({ changes: [], unchanged: 1 });
    const more = ramipril('o', '20', DURING, named('Omeprazole 20mg capsules'));
    const known = ramipril('p', '20', BEFORE, named('Omeprazole 20mg capsules'));
    expect(compared({ surgery: [...held.surgery, known], hospital: [...twice, more] }).unchanged).toBe(2);
  });

  it('is so by what was recorded last before, and not on the first day of the time or after', () => {
    const surgery = [ramipril('g2', '5', '2026-09-01'), ramipril('g1', '2.5', BEFORE)];
    expect(compared({ surgery, hospital: [ramipril('h', '5', DURING)] })).toEqual({ changes: [], unchanged: 1 });
    expect(changes({ surgery: [...surgery].reverse(), hospital: [ramipril('h', '2.5', DURING)] })).toEqual([
      ['altered', 'h', 'g2'],
    ]);
    expect(changes(again(ramipril('g', '5', FROM)))).toEqual([['started', 'h', undefined]]);
  });

  it('is the same medicine by the same way into the body', () => {
    const injected = { dosageInstruction: [{ route: { text: 'Intravenous' } }] };
    const held = again(ramipril('g', '5', BEFORE, injected));
    expect(changes(held)).toEqual([['started', 'h', undefined]]);
    expect(changes(again(ramipril('g', '5', BEFORE, named('Bisoprolol 5mg tablets'))))).toEqual([
      ['started', 'h', undefined],
    ]);
  });
});

describe('a change of a medicine', () => {
  it('is each thing once that is said of it, as it was said last: a stop, a hold, and each dose', () => {
    const hospital = [
      ramipril('s1', '5', '2026-10-22', STOPPED),
      ramipril('s2', '10', '2026-10-24', STOPPED),
      ramipril('o1', '5', '2026-10-22', ON_HOLD),
      ramipril('o2', '10', '2026-10-24', ON_HOLD),
      ramipril('h1', '1.25', '2026-10-22'),
      ramipril('h2', '1.25', '2026-10-24'),
      ramipril('h3', '2.5', '2026-10-23'),
    ];
    const said = [
      ['stopped', 's2', 'g'],
      ['held', 'o2', 'g'],
      ['altered', 'h2', 'g'],
      ['altered', 'h3', 'g'],
    ];
    const surgery = [ramipril('g', '5', BEFORE)];
    expect(changes({ surgery, hospital })).toEqual(said);
    expect(changes({ surgery, hospital: hospital.reverse() })).toEqual(said);
  });

  it('is the newest of what says the same, in whatever order the records came', () => {
    const hospital = ['2026-10-22', '2026-10-26', '2026-10-24'].map((day) => ramipril(day, '5', day));
    const entries = entriesOf({ hospital });
    const own = new Set(['hospital' as SourceId]);
    for (const order of [entries, [...entries].reverse()])
      expect(medicineChanges(order, own, SPAN, new Set()).changes.map(({ entry }) => entry.date)).toEqual([
        '2026-10-26',
      ]);
  });

  it('is a stop, a hold and what has no dose, each by itself', () => {
    const none = { dosageInstruction: undefined };
    const hospital = [
      ramipril('s', '5', '2026-10-24', { ...none, ...STOPPED }),
      ramipril('o', '5', '2026-10-24', { ...none, ...ON_HOLD }),
      ramipril('h', '5', '2026-10-24', none),
    ];
    expect(changes({ hospital }).map(([how]) => how)).toEqual(['stopped', 'held', 'started']);
  });

  it('is that it was put on hold, as recorded, for a pharmacy’s hold is of the supply alone', () => {
    const surgery = [ramipril('g', '5', BEFORE)];
    expect(changes({ surgery, hospital: [ramipril('h', '5', DURING, ON_HOLD)] })).toEqual([['held', 'h', 'g']]);
    const pharmacy = { ...ON_HOLD, resourceType: 'MedicationDispense', whenPrepared: DURING };
    expect(changes({ surgery, hospital: [ramipril('h', '5', DURING, pharmacy)] })).toEqual([]);
  });

  it('stands beside what was recorded before it, never beside itself', () => {
    const own = ramipril('h', '5', BEFORE, stopDate(DURING));
    expect(changes({ hospital: [own] })).toEqual([['stopped', 'h', undefined]]);
    expect(changes({ hospital: [own], surgery: [ramipril('g', '5', '2025-01-01')] })).toEqual([['stopped', 'h', 'g']]);
  });

  it('puts first what harms soonest when it is missed, and then goes by name', () => {
    const of = (id: string, name: string, more: object = {}): object =>
      ramipril(id, '5', DURING, { ...named(name), ...more });
    const hospital = [
      of('a', 'Amlodipine'),
      of('h', 'Metformin', ON_HOLD),
      of('b', 'Bisoprolol'),
      of('z', 'Zopiclone', STOPPED),
      of('l', 'Lisinopril'),
      of('d', 'Digoxin', STOPPED),
    ];
    const surgery = [ramipril('g', '10', BEFORE, named('Lisinopril'))];
    const order = ['d', 'z', 'h', 'l', 'a', 'b'];
    expect(changes({ surgery, hospital }).map(([, id]) => id)).toEqual(order);
    expect(changes({ surgery, hospital: hospital.reverse() }).map(([, id]) => id)).toEqual(order);
  });

  it('disagrees where the record’s own rules say so, and nowhere else', () => {
    const hospital = [ramipril('h', '5', DURING), ramipril('b', '5', DURING, named('Bisoprolol'))];
    const { changes: found } = compared({ hospital }, ['hospital/MedicationRequest/h']);
    expect(found.map(({ entry, disagrees }) => [entry.id, disagrees])).toEqual([
      ['hospital/MedicationRequest/b', false],
      ['hospital/MedicationRequest/h', true],
    ]);
  });
});
