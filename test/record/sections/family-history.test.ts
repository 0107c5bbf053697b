// Proves src/record/sections/family-words.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { familyHistory, type FamilyHistoryEntry } from '../../../src/record/sections/family-history.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, readBy } from '../../support/section.ts';

const SNOMED = 'http://snomed.info/sct';
const read = (resource: Resource): FamilyHistoryEntry => entryFrom<FamilyHistoryEntry>(resource);

function relative(change: object = {}): Resource {
  return {
    resourceType: 'FamilyMemberHistory',
    id: '1',
    status: 'completed',
    date: '2024-05-01',
    name: 'Doris Sample',
    relationship: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'MTH', display: 'Mother' }],
    },
    condition: [{ code: { text: 'Breast cancer' }, onsetAge: { value: 54, unit: 'years' } }],
    ...change,
  };
}

const problem = (text: string, change: object = {}): Resource => ({
  resourceType: 'Condition',
  id: '1',
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text },
  recordedDate: '2024-05-01',
  ...change,
});

describe('an illness of a relative', () => {
  it.each([
    'Family history of breast cancer',
    'FH: Ischaemic heart disease',
    'Mother has dementia',
    'No family history of diabetes',
    'Nil significant FH',
    'Negative family history',
    'No known relevant fhx of note',
    'F/H: stroke',
    'Maternal history of epilepsy',
    'Paternal family history: gout',
    'Mum had breast cancer',
    'Maternal grandmother had dementia',
    'Half-brother has haemophilia',
    'Brothers have haemophilia',
    'Son has autism',
    'Father: stroke',
    'Father - stroke',
    'Father – stroke',
    'Sister was diagnosed with lupus',
    'Sisters were affected by lupus',
    'Cousin diagnosed with lupus',
    'Father died of stroke',
  ])('never stands among the patient’s own problems: %s', (text) => {
    expect(entryFrom(problem(text)).section).toBe('family-history');
  });

  it('is not what the patient’s own illness is, whatever its code', () => {
    const coding = [{ system: SNOMED, code: '160377001', display: 'Family history of asthma' }];
    expect(entryFrom(problem('Asthma', { code: { text: 'Asthma', coding } })).section).toBe('problems');
    expect(entryFrom(problem('Familial hypercholesterolaemia')).section).toBe('problems');
  });

  it.each([
    'Anxiety about family history',
    'Worried that mother has cancer',
    'Anxious, father: stroke',
    'Mother-child bonding problem',
    'Son died',
    'Daughter died',
    'Grandmother, has asthma',
    'Past maternal history',
  ])('is not meant by “%s”', (text) => {
    expect(entryFrom(problem(text)).section).toBe('problems');
  });

  it('is told by the words of a code that agree', () => {
    const coding = [{ system: SNOMED, code: '160377001', display: 'Family history of asthma' }, { code: '1' }];
    expect(entryFrom(problem('', { code: { coding } })).section).toBe('family-history');
    const text = 'Asthma (family history)';
    const other = [{ system: 'urn:x', code: '1', display: 'Family history of asthma (situation)' }];
    expect(entryFrom(problem('', { code: { text, coding: other } })).section).toBe('family-history');
  });

  it('names the relative before the illness in every title', () => {
    expect(read(relative())).toMatchObject({
      title: 'Mother: Breast cancer',
      relative: 'Mother',
      onset: 'aged 54 years',
    });
  });

  it('gives away neither the name nor the birth date of the relative', () => {
    expect(JSON.stringify(entriesFrom('gp', relative({ bornDate: '1921-02-03' })))).not.toMatch(/Doris|1921/);
  });

  it('without a relative is unread', () => {
    expect(readResources([relative({ relationship: undefined })], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'FamilyMemberHistory.relationship' }],
    });
    expect(read(relative({ relationship: undefined, name: 'Father' })).title).toBe('Father: Breast cancer');
  });

  it('without a name is unread, and its siblings are not', () => {
    const reading = readResources([relative({ condition: [{}, { code: { text: 'Asthma' } }] })], 'gp' as SourceId);
    expect(reading.entries.map(({ title }) => title)).toEqual(['Mother: Asthma']);
    expect(reading.unread).toHaveLength(1);
  });
});

describe('a family history that is denied or not known', () => {
  it.each([
    ['No family history of diabetes', 'none-known', 'negated'],
    ['Family history: nil', 'none-known', 'negated'],
    ['Family history unknown', 'not-known', 'unknown'],
    ['Family history not known: adopted', 'not-known', 'unknown'],
    ['Family history of diabetes', 'history', 'current'],
  ])('%s is %s', (text, statement, state) => {
    expect(read(problem(text))).toMatchObject({ statement, state });
  });

  it('by its value is a denial too', () => {
    const asked = (value: object): Resource => ({
      resourceType: 'Observation',
      id: '1',
      status: 'final',
      code: { text: 'Family history of stroke' },
      ...value,
    });
    expect(read(asked({ valueBoolean: false }))).toMatchObject({
      statement: 'none-known',
      state: 'negated',
      title: 'Family history of stroke: No',
    });
    expect(read(asked({ valueString: 'Unknown' }))).toMatchObject({ statement: 'not-known', state: 'unknown' });
    expect(read(asked({ valueBoolean: true }))).toMatchObject({ statement: 'history', state: 'current' });
  });

  it('of a relative whose health is unknown is not a healthy relative', () => {
    expect(read(relative({ status: 'health-unknown', condition: undefined }))).toMatchObject({
      title: 'Mother',
      statement: 'not-known',
      state: 'unknown',
    });
  });

  it('that was refuted or made in error is neither', () => {
    const refuted = { verificationStatus: { coding: [{ code: 'refuted' }] } };
    expect(read(problem('Family history of diabetes', refuted)).state).toBe('negated');
    expect(read(relative({ status: 'entered-in-error' })).state).toBe('in-error');
  });
});

describe('the date of a family history', () => {
  it('is when it was told, never when an illness of the patient began', () => {
    expect(read(relative())).toMatchObject({ date: '2024-05-01', dateIs: 'recorded' });
    expect(read(problem('Family history of diabetes', { onsetDateTime: '2010-01-01' }))).not.toHaveProperty('period');
  });
});

describe('one line for several family histories', () => {
  const key = (resource: Resource): string => familyHistory.factKey(read(resource));

  it('is made of the same illness of the one mother', () => {
    expect(key(relative({ date: '2020-01-01' }))).toBe(key(relative()));
  });

  it('is never made of two brothers, or where onset or outcome differ', () => {
    const brother = { relationship: { text: 'Brother' } };
    expect(key(relative({ ...brother, id: '2' }))).not.toBe(key(relative(brother)));
    expect(key(relative({ condition: [{ code: { text: 'Breast cancer' } }] }))).not.toBe(key(relative()));
    expect(key(problem('No family history of diabetes'))).not.toBe(key(problem('Family history of diabetes')));
  });
});

describe('family history, in full', () => {
  const observed = (change: object = {}): Resource => ({
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    code: { text: 'Family history of asthma' },
    ...change,
  });

  it('shows all that is said of a relative, and nothing besides', () => {
    const full = relative({
      relationship: { text: 'Natural father' },
      deceasedAge: { value: 61, code: 'a' },
      note: [{ text: 'Told by her' }],
      condition: [
        {
          code: { text: 'Stroke' },
          outcome: { text: 'Died' },
          contributedToDeath: true,
          onsetRange: { low: { value: 60, unit: 'years' }, high: { value: 61, unit: 'years' } },
          note: [{ text: 'Sudden' }],
        },
        { code: { text: 'Gout' }, contributedToDeath: false },
      ],
    });
    const shared = {
      section: 'family-history',
      origin: { source: 'gp', resource: 'FamilyMemberHistory/1' },
      cautions: [],
      labels: [],
      links: [],
      state: 'current',
      statusAsRecorded: 'completed',
      date: '2024-05-01',
      dateIs: 'recorded',
      relative: 'Natural father',
      died: 'aged 61 years',
      oneOnly: true,
      statement: 'history',
    };
    expect(entriesFrom('gp', full)).toEqual([
      {
        ...shared,
        id: 'gp/FamilyMemberHistory/1#1',
        title: 'Natural father: Stroke',
        code: { text: 'Stroke', codings: [] },
        notes: ['Told by her', 'Sudden'],
        onset: 'aged 60 to 61 years',
        outcome: 'Died',
        causedDeath: true,
      },
      {
        ...shared,
        id: 'gp/FamilyMemberHistory/1#2',
        title: 'Natural father: Gout',
        code: { text: 'Gout', codings: [] },
        notes: ['Told by her'],
      },
    ]);
  });

  it('shows all that is observed, and the doubt of nobody but of its code', () => {
    const focus = [{ reference: 'RelatedPerson/1' }];
    expect(read(observed({ focus, valueString: 'Yes', effectiveDateTime: '2024-05-01' }))).toEqual({
      id: 'gp/Observation/1',
      section: 'family-history',
      origin: { source: 'gp', resource: 'Observation/1' },
      cautions: [],
      labels: [],
      notes: [],
      links: [],
      title: 'Family history of asthma: Yes',
      code: { text: 'Family history of asthma', codings: [] },
      said: 'Yes',
      state: 'current',
      statusAsRecorded: 'final',
      date: '2024-05-01',
      statement: 'history',
      oneOnly: false,
    });
    expect(read(observed({ status: 'preliminary', focus })).cautions).toEqual(['preliminary']);
    const bare = read(observed({ status: undefined }));
    expect(bare.title).toBe('Family history of asthma');
    for (const absent of ['said', 'statusAsRecorded', 'date']) expect(bare).not.toHaveProperty(absent);
    const differing = { text: 'Family history of asthma', coding: [{ system: SNOMED, code: '1', display: 'Gout' }] };
    expect(read(problem('', { code: differing })).cautions).toEqual(['text-differs']);
  });

  it.each([
    [
      { condition: [{ code: { text: 'Stroke' }, onsetRange: { low: { value: 60, unit: 'years' } } }] },
      'aged ≥ 60 years',
    ],
    [
      { condition: [{ code: { text: 'Stroke' }, onsetRange: { high: { value: 60, unit: 'years' } } }] },
      'aged ≤ 60 years',
    ],
    [{ condition: [{ code: { text: 'Stroke' }, onsetAge: { value: 60, unit: 'y', code: 'a' } }] }, 'aged 60 y'],
    [{ condition: [{ code: { text: 'Stroke' }, onsetAge: { value: 60, code: 'mo' } }] }, 'aged 60 months'],
    [{ condition: [{ code: { text: 'Stroke' }, onsetAge: { value: 60, unit: 'a' } }] }, 'aged 60 years'],
    [
      {
        condition: [
          { code: { text: 'Stroke' }, onsetRange: { low: { value: 50, unit: 'a' }, high: { value: 60, unit: 'a' } } },
        ],
      },
      'aged 50 to 60 years',
    ],
    [{ condition: [{ code: { text: 'Stroke' }, onsetString: 'In her sixties' }] }, 'In her sixties'],
    [{ condition: [{ code: { text: 'Stroke' }, onsetPeriod: { start: '1990' } }] }, '1990'],
    [{ condition: [{ code: { text: 'Stroke' } }] }, undefined],
  ])('tells when it began as recorded, and a limit as a limit: %j', (change, onset) => {
    expect(read(relative(change)).onset).toBe(onset);
    expect('onset' in read(relative(change))).toBe(onset !== undefined);
  });

  it.each([
    [{ deceasedAge: { value: 61, unit: 'years' } }, 'aged 61 years'],
    [{ deceasedString: 'In the war' }, 'In the war'],
    [{ deceasedDate: '1944' }, '1944'],
    [{ deceasedBoolean: true }, 'yes'],
    [{ deceasedBoolean: false }, undefined],
    [{}, undefined],
  ])('tells of a death as recorded: %j', (change, died) => {
    expect(read(relative(change)).died).toBe(died);
    expect('died' in read(relative(change))).toBe(died !== undefined);
  });

  it.each([
    [{ status: 'partial' }, 'history', 'current'],
    [{ status: 'completed' }, 'history', 'current'],
    [{ status: 'health-unknown' }, 'not-known', 'unknown'],
    [{ status: undefined }, 'not-known', 'unknown'],
    [{ status: 'entered-in-error' }, 'history', 'in-error'],
    [{ dataAbsentReason: { coding: [{ code: 'unable-to-obtain' }] } }, 'not-known', 'unknown'],
  ])('of a relative of whom no illness is told says as much: %j', (change, statement, state) => {
    const entry = read(relative({ condition: undefined, ...change }));
    expect(entry).toMatchObject({ title: 'Mother', statement, state });
    expect('statusAsRecorded' in entry).toBe(!('status' in change && change.status === undefined));
  });

  it.each([
    [{ text: 'Breast cancer' }, 'history', 'current'],
    [{ text: 'None' }, 'none-known', 'negated'],
    [
      { text: 'No known problems', coding: [{ system: 'urn:absent-unknown', code: 'no-known-problems' }] },
      'none-known',
      'negated',
    ],
    [
      {
        text: 'Not known',
        coding: [{ system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code: 'no-problem-info' }],
      },
      'not-known',
      'unknown',
    ],
    [
      {
        text: 'Denies problems',
        coding: [{ system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code: 'no-known-problems' }],
      },
      'none-known',
      'negated',
    ],
  ])('of an illness says what its words and code say: %j', (code, statement, state) => {
    expect(read(relative({ condition: [{ code }] }))).toMatchObject({ statement, state });
  });

  it('that was refuted or made in error stays so, whatever it denies', () => {
    expect(read(observed({ status: 'cancelled', valueString: 'Unknown' })).state).toBe('negated');
    expect(read(observed({ status: 'entered-in-error', valueString: 'No' })).state).toBe('in-error');
  });

  it('doubts an illness and a relationship whose words and codes differ', () => {
    const differing = { text: 'Stroke', coding: [{ system: SNOMED, code: '1', display: 'Gout' }] };
    expect(read(relative({ condition: [{ code: differing }] })).cautions).toEqual(['text-differs']);
    const aunt = { text: 'Aunt', coding: [{ system: SNOMED, code: '1', display: 'Mother' }] };
    expect(read(relative({ relationship: aunt })).cautions).toEqual(['text-differs']);
  });

  it('counts an illness without a name as unread, and no other', () => {
    const condition = [{ code: { text: 'Stroke' } }, {}, { code: { text: 'Gout' } }];
    const { entries, unread } = readResources([relative({ condition })], 'gp' as SourceId);
    expect(entries.map(({ title }) => title)).toEqual(['Mother: Stroke', 'Mother: Gout']);
    expect(unread).toMatchObject([{ element: 'FamilyMemberHistory.condition.code' }]);
    expect(readResources([relative()], 'gp' as SourceId).unread).toEqual([]);
  });

  it.each([
    [{ coding: [{ code: 'MTH' }], text: 'Mam' }, true],
    [{ coding: [{ code: 'FTH' }], text: 'Tad' }, true],
    [{ coding: [{ code: 'NMTH' }], text: 'Mam' }, true],
    [{ coding: [{ code: 'NFTH' }], text: 'Tad' }, true],
    [{ coding: [{ code: '1' }, { code: 'FTH' }], text: 'Tad' }, true],
    [{ text: 'Mother' }, true],
    [{ text: 'Natural mother' }, true],
    [{ text: 'Grandmother' }, false],
    [{ text: 'Step mother' }, false],
    [{ text: 'Mother in law' }, false],
    [{ coding: [{ code: 'BRO' }], text: 'Brawd' }, false],
    [{ coding: [{ display: 'Aunt' }] }, false],
  ])('knows of which relative there is one only: %j', (relationship, oneOnly) => {
    expect(read(relative({ relationship })).oneOnly).toBe(oneOnly);
  });

  it.each(['Grandmother', 'Grandad', 'My mum', 'Uncle Bob'])(
    'knows a relative by the name that is given: %s',
    (name) => {
      expect(read(relative({ relationship: undefined, name })).relative).toBe(name);
    },
  );

  it('stands under its heading, and no two of them disagree', () => {
    expect(familyHistory).toMatchObject({
      id: 'family-history',
      heading: 'Family history',
      groupedBy: 'concept',
      window: null,
      showsEnded: true,
    });
    expect(familyHistory.conflicts([])).toEqual([]);
    expect(readBy(familyHistory, { resourceType: 'Condition', id: '1' })).toBeNull();
    expect(readBy(familyHistory, { resourceType: 'Procedure', id: '1', code: { text: 'FH: asthma' } })).toBeNull();
  });

  it('comes before what is not known, and that before what is denied', () => {
    const each = ['No family history of asthma', 'Family history unknown', 'Family history of gout'];
    const told = each.map((text, at) => observed({ id: String(at), code: { text } }));
    expect(listedInAnyOrder(familyHistory, told)).toEqual([[...each].reverse()]);
  });

  it('is one line for the same words in the same standing and doubt', () => {
    const lines = (here: object, there: object): number =>
      linesOf(familyHistory, [observed(here)], [observed({ id: '2', ...there })]).length;
    expect(lines({}, {})).toBe(1);
    expect(lines({ valueString: 'Yes' }, { valueString: 'YES' })).toBe(1);
    expect(lines({ valueString: 'Yes' }, { valueString: 'Mother' })).toBe(2);
    expect(lines({}, { status: 'preliminary' })).toBe(2);
    const illness = (relationship: string): Resource => relative({ relationship: { text: relationship } });
    expect(linesOf(familyHistory, [illness('Mother')], [illness('MOTHER')])).toHaveLength(1);
    expect(linesOf(familyHistory, [illness('Mother')], [illness('Father')])).toHaveLength(2);
  });
});
