import { describe, expect, it } from 'vitest';
import { groupEntries } from '../../../src/record/group-entries.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { admissions, type AdmissionEntry } from '../../../src/record/sections/admissions.ts';
import { entriesFrom } from '../../support/record.ts';
import { listedInAnyOrder, readBy, standingsInOrder } from '../../support/section.ts';
import {
  BARE_STAY,
  FULL_STAY,
  LEGAL,
  legal,
  OF_BARE_STAY,
  OF_FULL_STAY,
  SPELL,
  stay,
  STAY_CODE,
  type Change,
} from '../../support/stay.ts';

const admissionsIn = (source: string, resource: Resource): readonly AdmissionEntry[] =>
  entriesFrom(source, resource).filter((entry): entry is AdmissionEntry => entry.section === 'admissions');
const admission = (change: Change = {}): AdmissionEntry | undefined => admissionsIn('hospital', stay(change))[0];

describe('an admission, in full', () => {
  it('says what is recorded of it, and nothing besides', () => {
    expect(admissionsIn('hospital', FULL_STAY)).toEqual([
      {
        ...OF_FULL_STAY,
        id: 'hospital/Encounter/e1#admission',
        section: 'admissions',
        date: '2026-10-25T11:20:00Z',
        period: { start: '2026-10-25T11:20:00Z', end: '2026-10-30T15:45:00Z' },
        method: 'Accident and emergency',
        from: 'Emergency department',
        reasons: ['Heart failure'],
        locations: ['Ward 5'],
        people: [{ name: 'Dr Ada', role: 'admitter' }],
        legalStatus: ['Admission: Section 2'],
      },
    ]);
  });

  it('of which only the class and that it is over are recorded says nothing else', () => {
    expect(admissionsIn('hospital', BARE_STAY)).toEqual([
      {
        ...OF_BARE_STAY,
        id: 'hospital/Encounter/e1#admission',
        section: 'admissions',
        reasons: [],
        locations: [],
        people: [],
      },
    ]);
  });

  it('says its legal status where the source speaks of no other moment than its own', () => {
    const status = { url: 'legalStatusClassification', valueCodeableConcept: { text: 'Section 3' } };
    expect(admission({ extension: [{ url: LEGAL, extension: [status] }] })?.legalStatus).toEqual(['Section 3']);
    expect(admission({ extension: [legal('on DISCHARGE', 'Section 3')] })?.legalStatus).toEqual([]);
  });

  it('says where its words and its code differ', () => {
    expect(admission({ type: [{ text: 'Elective admission', coding: STAY_CODE }] })?.cautions).toEqual([
      'text-differs',
    ]);
  });

  it('is none where nothing says what it was', () => {
    expect(admission({ class: undefined, type: undefined, serviceType: undefined })).toBeUndefined();
  });

  it('of which only the end is known has no day', () => {
    const entry = admission({ period: { end: '2026-10-30' } });
    expect(entry).not.toHaveProperty('date');
    expect(entry).toMatchObject({ period: { end: '2026-10-30' } });
  });
});

describe('admissions', () => {
  it('of the last half year are shown, and one that another source does not know of is everyday', () => {
    expect(admissions).toMatchObject({
      id: 'admissions',
      heading: 'Admission details',
      groupedBy: 'identifier',
      reads: ['Encounter'],
      takes: ['Encounter'],
      window: { months: 6 },
    });
    expect(admissions.conflicts([])).toEqual([]);
  });

  it('leave the encounter to the contacts, which own it', () => {
    expect(readBy(admissions, stay())).toBeNull();
  });

  it('stand with who is in hospital now first, then who waits, then what is not known, then what is over', () => {
    const entry = admission();
    expect(entry && standingsInOrder(admissions, entry)).toEqual([
      'current, planned, unknown, past, negated, in-error',
    ]);
    const on = (id: string, status: string, start: string): Resource =>
      stay({ id, status, period: { start }, type: [{ text: id }] });
    expect(
      listedInAnyOrder(admissions, [
        on('over', 'finished', '2026-11-10'),
        on('waiting', 'planned', '2026-12-10'),
        on('in hospital', 'in-progress', '2026-11-01'),
      ]),
    ).toEqual([['in hospital', 'waiting', 'over']]);
  });
});

describe('one line for several records of an admission', () => {
  const lines = (one: Change, ...others: readonly Change[]): number => {
    const copies = others.flatMap((change, id) => admissionsIn('b', stay({ id: `${id}`, ...change })));
    return groupEntries(admissions, [...admissionsIn('a', stay(one)), ...copies]).length;
  };

  it.each([
    [
      'the end',
      { period: { start: '2026-10-25T11:20:00Z' } },
      {},
      { period: { start: '2026-10-25T11:20:00Z', end: '2026-10-31T15:45:00Z' } },
    ],
    ['the organisation', { serviceProvider: undefined }, {}, { serviceProvider: { display: 'South' } }],
    ['the specialty', { serviceType: undefined }, {}, { serviceType: { text: 'Nephrology' } }],
    [
      'the legal status',
      {},
      { extension: [legal('Admission', 'Section 2')] },
      { extension: [legal('Admission', 'Section 3')] },
    ],
  ])('is made of one that leaves out %s, while the others tell only one', (_what, silent, told, toldToo) => {
    const numbered = (change: Change): Change => ({ ...SPELL, ...change });
    expect(lines(numbered(silent), numbered(told))).toBe(1);
    expect(lines(numbered(silent), numbered(told), numbered(toldToo))).toBe(3);
  });

  it('is made of the same words in other capitals, and of the same moment in another zone', () => {
    const shouted = {
      type: [{ text: 'EMERGENCY ADMISSION' }],
      serviceProvider: { display: 'ROYAL INFIRMARY' },
      serviceType: { text: 'cardiology' },
    };
    expect(lines({}, shouted)).toBe(1);
    expect(lines({}, { period: { start: '2026-10-25T12:20:00+01:00', end: '2026-10-30T16:45:00+01:00' } })).toBe(1);
  });

  it.each([
    [
      'two without a date, though they share a number',
      { ...SPELL, period: undefined },
      { ...SPELL, period: undefined },
    ],
    [
      'two that share no more than the minute, where no specialty says what they were',
      { serviceType: undefined },
      { serviceType: undefined },
    ],
    ['one that is planned and one that is over', { ...SPELL, status: 'planned' }, { ...SPELL }],
    ['two kinds of admission', { ...SPELL }, { ...SPELL, type: [{ text: 'Elective admission' }] }],
    ['two days', { ...SPELL }, { ...SPELL, period: { start: '2026-10-26T11:20:00Z' } }],
  ])('is not made of %s', (_what, one, other) => {
    expect(lines(one, other)).toBe(2);
  });
});
