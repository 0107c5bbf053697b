import { describe, expect, it } from 'vitest';
import { ANALYTES } from '../../../sandbox/people/blocks/analyte-catalogue.ts';
import { investigationResults, type InvestigationEntry } from '../../../src/record/sections/investigation-results.ts';
import { entryFrom } from '../../support/record.ts';

const SODIUM = { system: 'http://snomed.info/sct', code: '1000661000000107', display: 'Serum sodium level' };
const LOINC_SODIUM = { system: 'http://loinc.org', code: '2951-2' };
const LOINC_URINE_SODIUM = { system: 'http://loinc.org', code: '2955-3' };

function key(coding: readonly object[], change: object = {}): string {
  const result = {
    resourceType: 'Observation',
    id: 'o',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { coding, text: 'Serum sodium level' },
    effectiveDateTime: '2026-11-02T09:15:00Z',
    valueQuantity: { value: 136, unit: 'mmol/L' },
    ...change,
  };
  return investigationResults.factKey(entryFrom<InvestigationEntry>(result));
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
    expect(key([LOINC_SODIUM], { specimen: { display: 'Serum' } })).toBe(practice);
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
