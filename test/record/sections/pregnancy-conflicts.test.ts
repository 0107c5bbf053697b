import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { condition, DUE, said, text } from '../../support/pregnancy.ts';
import { conflictKinds, conflictsOf } from '../../support/record.ts';

type Change = { readonly [element: string]: unknown };

const on = (day: string | undefined, words: string, change: Change = {}): Resource =>
  said({ ...text(words), effectiveDateTime: day, ...change });
const pregnant = (day?: string, change: Change = {}): Resource => on(day, 'Pregnant', change);
const not = (day?: string, change: Change = {}): Resource => on(day, 'Not pregnant', change);
const due = (day: string, change: Change = {}): Resource => said({ code: DUE, valueDateTime: day, ...change });
const second = { id: '2' };

describe('pregnant here and not there', () => {
  it.each<[why: string, gp: readonly Resource[], hospital: readonly Resource[]]>([
    ['both say yes', [pregnant('2026-10-01')], [pregnant('2026-10-20')]],
    ['both say no', [not('2026-10-01')], [not('2026-10-20')]],
    ['the denial is older', [pregnant('2026-10-01')], [not('2026-06-01')]],
    ['one says that she may be', [on('2026-10-01', 'Possibly pregnant')], [not('2026-10-20')]],
    ['one does not know', [pregnant('2026-10-01')], [on('2026-10-20', 'Unknown')]],
    ['the denial was withdrawn', [pregnant('2026-10-01')], [not('2026-10-20', { status: 'entered-in-error' })]],
    ['the pregnancy was withdrawn', [pregnant('2026-10-01', { status: 'cancelled' })], [not('2026-10-20')]],
    ['the pregnancy is of years ago', [pregnant('2024-10-01')], [not('2026-10-20')]],
    ['one record tells of a change', [pregnant('2026-10-01'), not('2026-11-01', second)], []],
    [
      'the other tells of the change too',
      [pregnant('2026-10-01'), not('2026-11-01', second)],
      [not('2026-11-03', { id: '3' })],
    ],
    [
      'the change is told before what it was',
      [not('2026-11-01', second), pregnant('2026-10-01')],
      [not('2026-11-03', { id: '3' })],
    ],
    ['the child was due by then', [due('2026-10-18', { effectiveDateTime: '2026-05-01' })], [not('2026-10-20')]],
    ['she was due that day', [due('2026-10-20', { effectiveDateTime: '2026-05-01' })], [not('2026-10-20')]],
    ['the denial is older than the date of delivery', [due('2027-03-05')], [not('2026-06-01')]],
    [
      'the date of delivery was given up for the denial',
      [due('2027-03-05'), not('2026-11-01', second)],
      [not('2026-11-02')],
    ],
  ])('is no disagreement where %s', (_, gp, hospital) => {
    expect(conflictKinds({ gp, hospital })).toEqual([]);
  });

  it.each<[why: string, gp: readonly Resource[], hospital: readonly Resource[]]>([
    ['another denies it later', [pregnant('2026-10-01')], [not('2026-10-20')]],
    ['another denies it on that day', [pregnant('2026-10-01')], [not('2026-10-01')]],
    ['the pregnancy has no day', [pregnant()], [not('2026-10-20')]],
    ['the denial has no day', [pregnant('2026-10-01')], [not()]],
    ['the newest of one is a pregnancy', [not('2026-06-01'), pregnant('2026-10-01', second)], [not('2026-10-20')]],
    ['the newest comes first', [pregnant('2026-10-01', second), not('2026-06-01')], [not('2026-10-20')]],
    ['a day is told, and none', [pregnant('2026-10-01', second), not()], [not('2026-10-20', { id: '3' })]],
    ['none is told, and a day', [not(), pregnant('2026-10-01', second)], [not('2026-10-20', { id: '3' })]],
    ['it is a diagnosis', [condition({ text: 'Pregnant' }, { onsetDateTime: '2026-09-01' })], [not('2026-10-20')]],
    ['a date of delivery came after a denial', [not('2026-06-01'), due('2027-03-05', second)], [not('2026-10-20')]],
    ['only the date of delivery is told', [due('2027-03-05')], [not('2026-10-20')]],
  ])('is a disagreement where %s', (_, gp, hospital) => {
    expect(conflictKinds({ gp, hospital })).toEqual(['pregnancy-differs']);
    expect(conflictKinds({ hospital: gp, gp: hospital })).toEqual(['pregnancy-differs']);
  });

  it('is one where it is denied after one of several records of the pregnancy', () => {
    const said = { gp: [pregnant('2026-10-01')], clinic: [pregnant('2026-11-01')], hospital: [not('2026-10-20')] };
    expect(conflictsOf(said)).toMatchObject([
      { section: 'pregnancy-status', facts: [{}, {}, {}].map(() => expect.any(String)) },
    ]);
  });

  it('names each side once, with every record of it, and no other', () => {
    const said = {
      gp: [pregnant('2026-10-01')],
      clinic: [pregnant('2026-10-01')],
      hospital: [not('2026-10-20'), on('2026-10-21', 'Unknown', second)],
      council: [not('2026-01-01')],
    };
    const [found, ...others] = conflictsOf(said);
    expect(others).toEqual([]);
    expect(found?.facts).toHaveLength(2);
    expect([...(found?.sides ?? [])].sort()).toEqual([
      'clinic/Observation/1',
      'gp/Observation/1',
      'hospital/Observation/1',
    ]);
  });
});

describe('two dates of delivery', () => {
  it.each<[why: string, gp: readonly Resource[], hospital: readonly Resource[]]>([
    ['they are one', [due('2027-03-05')], [due('2027-03-05')]],
    ['they are of one day', [due('2027-03-05')], [due('2027-03-05T09:00:00Z')]],
    ['one is the month of the other', [due('2027-03-05')], [due('2027-03')]],
    ['the other is the month of the one', [due('2027-03')], [due('2027-03-05')]],
    ['one is withdrawn', [due('2027-03-05')], [due('2027-03-19', { status: 'entered-in-error' })]],
    ['one is long over', [due('2027-03-05')], [due('2024-03-19', { effectiveDateTime: '2023-10-01' })]],
    ['both are of one record', [due('2027-03-05'), due('2027-03-19', second)], []],
    [
      'another only says that she is pregnant',
      [due('2027-03-05'), due('2027-03-19', second)],
      [pregnant('2026-10-01')],
    ],
  ])('are no disagreement where %s', (_, gp, hospital) => {
    expect(conflictKinds({ gp, hospital })).toEqual([]);
  });

  it('are one in two records, with every date that stands and nothing else', () => {
    const said = {
      gp: [due('2027-03-05'), due('2024-03-19', { effectiveDateTime: '2023-10-01', id: '2' })],
      hospital: [due('2027-03-19'), pregnant('2026-10-01', second)],
    };
    expect(conflictsOf(said)).toMatchObject([
      {
        kind: 'pregnancy-differs',
        section: 'pregnancy-status',
        sides: expect.arrayContaining(['gp/Observation/1', 'hospital/Observation/1']) as unknown,
      },
    ]);
    expect(conflictsOf(said)[0]?.sides).toHaveLength(2);
  });
});
