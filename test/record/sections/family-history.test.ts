import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { familyHistory, type FamilyHistoryEntry } from '../../../src/record/sections/family-history.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';

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
  ])('never stands among the patient’s own problems: %s', (text) => {
    expect(entryFrom(problem(text)).section).toBe('family-history');
  });

  it('is not what the patient’s own illness is, whatever its code', () => {
    const coding = [{ system: SNOMED, code: '160377001', display: 'Family history of asthma' }];
    expect(entryFrom(problem('Asthma', { code: { text: 'Asthma', coding } })).section).toBe('problems');
    expect(entryFrom(problem('Familial hypercholesterolaemia')).section).toBe('problems');
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
