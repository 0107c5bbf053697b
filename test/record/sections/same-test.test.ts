import { describe, expect, it } from 'vitest';
import { ANALYTES } from '../../../sandbox/people/blocks/analyte-catalogue.ts';
import { groupEntries } from '../../../src/record/group-entries.ts';
import { investigationResults, type InvestigationEntry } from '../../../src/record/sections/investigation-results.ts';
import { sameTest } from '../../../src/record/sections/same-test.ts';
import { entryFrom } from '../../support/record.ts';

const SODIUM = { system: 'http://snomed.info/sct', code: '1000661000000107', display: 'Serum sodium level' };
const LOINC_SODIUM = { system: 'http://loinc.org', code: '2951-2' };
const LOINC_URINE_SODIUM = { system: 'http://loinc.org', code: '2955-3' };

function key(coding: readonly object[], change: object = {}): string {
  return investigationResults.factKey(result(coding, change));
}

function result(coding: readonly object[], change: object = {}, source = 'gp'): InvestigationEntry {
  const resource = {
    resourceType: 'Observation',
    id: 'o',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { coding, text: 'Serum sodium level' },
    effectiveDateTime: '2026-11-02T09:15:00Z',
    valueQuantity: { value: 136, unit: 'mmol/L' },
    ...change,
  };
  return entryFrom<InvestigationEntry>(resource, source);
}

describe('one measurement named in LOINC by the laboratory and in SNOMED CT by the practice', () => {
  const practice = key([SODIUM]);

  it.each([
    ['another value', { valueQuantity: { value: 137, unit: 'mmol/L' } }],
    ['another unit', { valueQuantity: { value: 136, unit: 'mEq/L' } }],
    ['a comparator', { valueQuantity: { value: 136, unit: 'mmol/L', comparator: '<' } }],
    ['another time', { effectiveDateTime: '2026-11-02T09:16:00Z' }],
    ['another standing', { status: 'preliminary' }],
    ['another specimen', { specimen: { display: 'Urine' } }],
    ['words that name another test', { code: { coding: [LOINC_SODIUM], text: 'Serum potassium level' } }],
    ['words of another specimen', { code: { coding: [LOINC_SODIUM], text: 'Sodium (arterial blood gas)' } }],
    ['no words', { code: { coding: [LOINC_SODIUM] } }],
    ['words for a value', { valueQuantity: undefined, valueString: '136 mmol/L' }],
  ])('stays two lines by %s', (_why, change) => {
    expect(key([LOINC_SODIUM], change)).not.toBe(practice);
  });

  it('stays two lines where the codes name two tests, or one that is not in the table', () => {
    expect(key([LOINC_URINE_SODIUM])).not.toBe(practice);
    expect(key([SODIUM, LOINC_URINE_SODIUM])).not.toBe(practice);
    expect(key([{ system: 'http://loinc.org', code: '2823-3' }])).not.toBe(practice);
  });

  it('stays two lines where the words contradict the code', () => {
    const lactate = { code: { coding: [SODIUM], text: 'Lactate' } };
    expect(key([], lactate)).not.toBe(practice);
  });

  it('is one line when specimen, value, unit, time and standing agree', () => {
    expect(key([LOINC_SODIUM])).toBe(practice);
    expect(key([SODIUM, LOINC_SODIUM])).toBe(practice);
  });

  it('is one line where one of the two names its blood, and two where it names urine', () => {
    const linesWith = (specimen: string): number =>
      groupEntries(investigationResults, [
        result([SODIUM]),
        result([LOINC_SODIUM], { specimen: { display: specimen } }, 'hospital'),
      ]).length;
    expect(['Serum', 'Venous blood', 'Urine'].map(linesWith)).toEqual([1, 1, 2]);
  });

  const COMMON = ['sodium', 'potassium', 'creatinine', 'crp', 'alt', 'alp', 'albumin', 'tsh'] as const;
  const BLOOD = ['haemoglobin', 'whiteCells', 'platelets', 'mcv'] as const;

  it.each([...COMMON, ...BLOOD])('is one line for %s', (analyte) => {
    const { name, snomed, loinc, unit } = ANALYTES[analyte];
    const as = (coding: object): string =>
      key([], { code: { coding: [coding], text: name }, valueQuantity: { value: 12, unit } });
    expect(as({ system: 'http://loinc.org', code: loinc })).toBe(
      as({ system: 'http://snomed.info/sct', code: snomed }),
    );
  });

  it('stays two lines for what methods measure differently', () => {
    const { name, snomed, loinc } = ANALYTES.hba1c;
    const as = (coding: object): string => key([], { code: { coding: [coding], text: name } });
    expect(as({ system: 'http://loinc.org', code: loinc })).not.toBe(
      as({ system: 'http://snomed.info/sct', code: snomed }),
    );
  });
});

const SCT = 'http://snomed.info/sct';
const LN = 'http://loinc.org';

/** Each test by the code of general practice, the code of the laboratory, a name, and what it is measured in. */
const TESTS = [
  ['sodium', '1000661000000107', '2951-2', 'Serum sodium level', 'Serum'],
  ['potassium', '1000651000000109', '2823-3', 'Serum potassium level', 'Plasma'],
  ['creatinine', '1000731000000107', '14682-9', 'Creatinine', 'Venous blood'],
  ['crp', '1001371000000100', '1988-5', 'CRP', 'Serum'],
  ['alt', '1018251000000107', '1742-6', 'ALT', 'Serum'],
  ['alp', '1000621000000104', '6768-6', 'ALP', 'Serum'],
  ['albumin', '1000821000000103', '1751-7', 'Albumin', 'Serum'],
  ['tsh', '1022791000000101', '3016-3', 'TSH', 'Serum'],
  ['haemoglobin', '1022431000000105', '718-7', 'Hb', 'EDTA'],
  ['white-cells', '1022541000000102', '6690-2', 'WBC', 'Blood'],
  ['platelets', '1022651000000100', '777-3', 'Platelet count', 'Blood'],
  ['mcv', '1022491000000106', '787-2', 'MCV', 'Blood'],
] as const;
/** What is measured on the body itself, and by no specimen. */
const SIGNS = [
  ['weight', '27113001', '29463-7', 'Body weight'],
  ['height', '50373000', '8302-2', 'Body height'],
  ['heart-rate', '364075005', '8867-4', 'Heart rate'],
  ['temperature', '386725007', '8310-5', 'Body temperature'],
  ['respiratory-rate', '86290005', '9279-1', 'Respiratory rate'],
] as const;

const named = (text: string, ...codings: readonly { system: string; code: string }[]) => ({ text, codings });

describe('which test it is', () => {
  it.each(TESTS)('%s by both its codes, in its own specimen and no other', (id, snomed, loinc, name, specimen) => {
    for (const coding of [
      { system: SCT, code: snomed },
      { system: LN, code: loinc },
    ]) {
      expect(sameTest(named(name, coding), undefined, name)).toBe(id);
      expect(sameTest(named(name, coding), specimen, name)).toBe(id);
      expect(sameTest(named(name, coding), 'Urine', name)).toBeUndefined();
    }
  });

  it.each(SIGNS)('%s by both its codes, and in no specimen', (id, snomed, loinc, name) => {
    for (const coding of [
      { system: SCT, code: snomed },
      { system: LN, code: loinc },
    ]) {
      expect(sameTest(named(name, coding), undefined, name)).toBe(id);
      expect(sameTest(named(name, coding), 'Blood', name)).toBeUndefined();
    }
  });

  it.each([
    ['Serum potassium level', 'potassium'],
    ['Plasma   potassium  concentration', 'potassium'],
    ['Potassium', 'potassium'],
    ['Na', 'sodium'],
    ['C-reactive protein', 'crp'],
    ['Alanine transaminase', 'alt'],
    ['Thyroid stimulating hormone level', 'tsh'],
    ['Haemoglobin estimation', 'haemoglobin'],
    ['Hemoglobin', 'haemoglobin'],
    ['Total white cell count', 'white-cells'],
    ['White blood cells', 'white-cells'],
    ['Leukocytes', 'white-cells'],
    ['Leucocyte count', 'white-cells'],
    ['Platelet count', 'platelets'],
    ['Platelets', 'platelets'],
    ['Mean corpuscular volume', 'mcv'],
  ])('is told by its name alone where it has no such code: %s', (name, id) => {
    expect(sameTest(named(name), undefined, name)).toBe(id);
    expect(sameTest(undefined, undefined, name)).toBe(id);
    expect(sameTest(named(name, { system: 'https://local.example', code: '7' }), undefined, name)).toBe(id);
  });

  it.each([
    'Potassium supplement advice',
    'Dietary potassium',
    'Leubocytes',
    'Potassium (point of care)',
    'Urine potassium',
    'Serum',
    '',
  ])('is not told by words that say more, or less: "%s"', (name) => {
    expect(sameTest(named(name), undefined, name)).toBeUndefined();
  });

  it('is none where a code of another system is beside one that names none of these', () => {
    const other = named('Potassium', { system: SCT, code: '1' }, { system: 'https://local.example', code: '2823-3' });
    expect(sameTest(other, undefined, 'Potassium')).toBeUndefined();
  });

  it('is not changed by a code of another system beside its own', () => {
    const both = named('Potassium', { system: LN, code: '2823-3' }, { system: 'https://local.example', code: '7' });
    expect(sameTest(both, undefined, 'Potassium')).toBe('potassium');
  });

  it('is not told by its name where its code is another’s', () => {
    expect(sameTest(named('Potassium', { system: LN, code: '2951-2' }), undefined, 'Potassium')).toBeUndefined();
  });
});
