import { describe, expect, it } from 'vitest';
import { groupEntries } from '../../../src/record/group-entries.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { discharges, type DischargeEntry } from '../../../src/record/sections/discharges.ts';
import { entriesFrom } from '../../support/record.ts';
import { readBy } from '../../support/section.ts';
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
  summary,
  type Change,
} from '../../support/stay.ts';

const dischargesIn = (source: string, resource: Resource): readonly DischargeEntry[] =>
  entriesFrom(source, resource).filter((entry): entry is DischargeEntry => entry.section === 'discharges');
const discharge = (resource: Resource): DischargeEntry | undefined => dischargesIn('hospital', resource)[0];

describe('a discharge, in full', () => {
  it('says what is recorded of it, and nothing besides', () => {
    expect(dischargesIn('hospital', FULL_STAY)).toEqual([
      {
        ...OF_FULL_STAY,
        id: 'hospital/Encounter/e1#discharge',
        section: 'discharges',
        kind: 'discharge',
        date: '2026-10-30T15:45:00Z',
        method: 'On clinical advice',
        to: 'Care home',
        place: 'St Hilda’s',
        legalStatus: ['Discharge: Informal'],
      },
    ]);
  });

  it('of which only the class and that it is over are recorded says nothing else', () => {
    expect(dischargesIn('hospital', BARE_STAY)).toEqual([
      { ...OF_BARE_STAY, id: 'hospital/Encounter/e1#discharge', section: 'discharges', kind: 'discharge' },
    ]);
  });

  it('says its legal status where the source speaks of no other moment than its own', () => {
    const status = { url: 'legalStatusClassification', valueCodeableConcept: { text: 'Section 3' } };
    expect(discharge(stay({ extension: [{ url: LEGAL, extension: [status] }] }))?.legalStatus).toEqual(['Section 3']);
    expect(discharge(stay({ extension: [legal('on ADMISSION', 'Section 3')] }))?.legalStatus).toEqual([]);
  });

  it('says where its words and its code differ', () => {
    const type = [{ text: 'Elective admission', coding: STAY_CODE }];
    expect(discharge(stay({ type }))?.cautions).toEqual(['text-differs']);
  });

  it('is none where nothing says what ended', () => {
    expect(discharge(stay({ class: undefined, type: undefined, serviceType: undefined }))).toBeUndefined();
  });
});

describe('how a stay is to end', () => {
  const SAFE = 'https://fhir.yhcr.nhs.uk/StructureDefinition/Extension-Interweave-MedicallySafeForDischarge';
  const foreseen = { extension: [{ url: SAFE, extension: [{ url: 'predictedDate', valueDateTime: '2026-11-28' }] }] };
  const stays = (status: string | undefined, change: Change = {}): DischargeEntry | undefined =>
    discharge(stay({ status, period: undefined, hospitalization: undefined, ...change }));

  it('is dated by what is foreseen, and said to be only that', () => {
    const entry = stays('in-progress', { hospitalization: foreseen });
    expect(entry).toMatchObject({ state: 'planned', date: '2026-11-28', expected: true });
  });

  it('is not said to be on a day where none is foreseen', () => {
    const entry = stays('in-progress', { hospitalization: { dischargeDisposition: { text: 'Care home' } } });
    expect(entry).toMatchObject({ state: 'planned', to: 'Care home' });
    expect(entry).not.toHaveProperty('expected');
    expect(entry).not.toHaveProperty('date');
  });

  it('is not the day that was foreseen once it is over', () => {
    const entry = stays('finished', { hospitalization: foreseen });
    expect(entry).toMatchObject({ state: 'past' });
    expect(entry).not.toHaveProperty('date');
    expect(entry).not.toHaveProperty('expected');
  });

  it.each([
    ['unknown', 'unknown'],
    [undefined, 'unknown'],
    ['onleave', 'planned'],
  ])('with status %s is %s, if anything is said of it', (status, state) => {
    expect(stays(status, { hospitalization: foreseen })?.state).toBe(state);
    expect(stays(status, { period: { start: '2026-10-25', end: '2026-10-30' } })?.state).toBe(state);
    expect(stays(status, { period: { start: '2026-10-25' } })).toBeUndefined();
  });

  it.each(['planned', 'cancelled', 'entered-in-error'])('is nothing of a stay with status %s', (status) => {
    expect(stays(status, { hospitalization: foreseen })).toBeUndefined();
  });
});

describe('a discharge summary alone', () => {
  it('says what is recorded of it, and nothing besides', () => {
    const type = [{ system: 'http://snomed.info/sct', code: '373942005', display: 'Discharge summary' }];
    const letter = summary({
      masterIdentifier: { system: 'urn:ietf:rfc:3986', value: 'urn:oid:1.2.3' },
      type: { coding: type },
      docStatus: 'amended',
      author: [{ display: 'Dr Ada' }],
      custodian: {
        display: 'Royal Infirmary',
        identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'XB101' },
      },
      context: { period: { start: '2026-10-25', end: '2026-10-30' }, practiceSetting: { text: 'Cardiology' } },
    });
    expect(discharge(letter)).toEqual({
      id: 'hospital/DocumentReference/d1#discharge',
      section: 'discharges',
      origin: { source: 'hospital', resource: 'DocumentReference/d1', by: 'Dr Ada' },
      kind: 'summary',
      title: 'Discharge summary, Cardiology',
      code: { text: 'Discharge summary', codings: type },
      state: 'past',
      statusAsRecorded: 'current',
      date: '2026-10-30',
      provider: 'Royal Infirmary',
      providerCode: 'XB101',
      specialty: 'Cardiology',
      legalStatus: [],
      reference: 'DocumentReference/d1',
      businessId: 'urn:ietf:rfc:3986|urn:oid:1.2.3',
      cautions: ['amended'],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('of which only the type is recorded says nothing else', () => {
    const bare = { resourceType: 'DocumentReference', id: 'd1', type: { text: 'Discharge summary' } };
    expect(discharge(bare)).toEqual({
      id: 'hospital/DocumentReference/d1#discharge',
      section: 'discharges',
      origin: { source: 'hospital', resource: 'DocumentReference/d1' },
      kind: 'summary',
      title: 'Discharge summary',
      code: { text: 'Discharge summary', codings: [] },
      state: 'unknown',
      legalStatus: [],
      reference: 'DocumentReference/d1',
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('is called by its description, else by a file, else by its type', () => {
    const content = [{ attachment: { contentType: 'application/pdf' } }, { attachment: { title: 'Leaving ward 5' } }];
    expect(discharge(summary({ content }))?.title).toBe('Discharge summary, Cardiology');
    expect(discharge(summary({ content, description: undefined }))?.title).toBe('Leaving ward 5');
    expect(discharge(summary({ description: undefined }))?.title).toBe('Discharge summary');
  });

  it('is dated by the day on which it was written before that on which it was filed', () => {
    const content = [{ attachment: {} }, { attachment: { creation: '2026-10-30T17:00:00Z' } }];
    expect(discharge(summary({ content }))).toMatchObject({ date: '2026-10-30T17:00:00Z', dateIs: 'recorded' });
    const undated = discharge(summary({ date: undefined }));
    expect(undated).not.toHaveProperty('date');
    expect(undated).not.toHaveProperty('dateIs');
  });

  it('is told where what it names as its stay is an episode, which this source does not tell of as a stay', () => {
    const context = { encounter: [{ reference: 'EpisodeOfCare/7' }] };
    expect(discharge(summary({ context }))).toMatchObject({ kind: 'summary' });
  });
});

describe('discharges', () => {
  it('of the last half year are shown, and a letter that says less contradicts nothing', () => {
    expect(discharges).toMatchObject({
      id: 'discharges',
      heading: 'Discharge details',
      groupedBy: 'identifier',
      reads: ['Encounter', 'DocumentReference'],
      takes: ['Encounter', 'DocumentReference'],
      window: { months: 6 },
    });
    expect(discharges.conflicts([])).toEqual([]);
  });

  it('leave the encounter and the letter to those who own them', () => {
    expect(readBy(discharges, stay())).toBeNull();
    expect(readBy(discharges, summary())).toBeNull();
  });
});

describe('one line for several records of a discharge', () => {
  const linesFrom = (one: Resource, ...others: readonly Resource[]): number => {
    const copies = others.flatMap((resource, id) => dischargesIn('b', { ...resource, id: `${id}` }));
    return groupEntries(discharges, [...dischargesIn('a', one), ...copies]).length;
  };
  const lines = (one: Change, ...others: readonly Change[]): number =>
    linesFrom(stay(one), ...others.map((change) => stay(change)));
  const to = (hospitalization: object): Change => ({ hospitalization });

  it.each([
    [
      'the kind of destination',
      to({}),
      to({ dischargeDisposition: { text: 'Care home' } }),
      to({ dischargeDisposition: { text: 'Patient died' } }),
    ],
    ['the place', to({}), to({ destination: { display: 'St Hilda’s' } }), to({ destination: { display: 'The Elms' } })],
    ['the organisation', { serviceProvider: undefined }, {}, { serviceProvider: { display: 'South' } }],
    ['the specialty', { serviceType: undefined }, {}, { serviceType: { text: 'Nephrology' } }],
    [
      'the legal status',
      {},
      { extension: [legal('Discharge', 'Informal')] },
      { extension: [legal('Discharge', 'Section 3')] },
    ],
  ])('is made of one that leaves out %s, while the others tell only one', (_what, silent, told, toldToo) => {
    const numbered = (change: Change): Change => ({ ...SPELL, ...change });
    expect(lines(numbered(silent), numbered(told))).toBe(1);
    expect(lines(numbered(silent), numbered(told), numbered(toldToo))).toBe(3);
  });

  it('is made of the same words in other capitals, and of the same moment in another zone', () => {
    const told = to({ dischargeDisposition: { text: 'Care home' }, destination: { display: 'The Elms' } });
    const shouted = {
      type: [{ text: 'EMERGENCY ADMISSION' }],
      serviceProvider: { display: 'ROYAL INFIRMARY' },
      serviceType: { text: 'cardiology' },
      ...to({ dischargeDisposition: { text: 'CARE HOME' }, destination: { display: 'the elms' } }),
      period: { start: '2026-10-25T12:20:00+01:00', end: '2026-10-30T16:45:00+01:00' },
    };
    expect(lines(told, shouted)).toBe(1);
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
    ['one that is foreseen and one that is over', { ...SPELL, status: 'in-progress' }, { ...SPELL }],
    ['two kinds of stay', { ...SPELL }, { ...SPELL, type: [{ text: 'Elective admission' }] }],
    ['two days of leaving', { ...SPELL }, { ...SPELL, period: { start: '2026-10-25', end: '2026-10-31' } }],
  ])('is not made of %s', (_what, one, other) => {
    expect(lines(one, other)).toBe(2);
  });

  it('is made of copies of one letter by its number, whoever keeps them, and of nothing less', () => {
    const kept = (display: string, change: Change = {}): Resource =>
      summary({ ...SPELL, custodian: { display }, ...change });
    expect(linesFrom(kept('Royal Infirmary'), kept('Northcliffe Surgery'))).toBe(1);
    const setting = { context: { practiceSetting: { text: 'Cardiology' } } };
    expect(linesFrom(summary(setting), summary(setting))).toBe(2);
  });
});
