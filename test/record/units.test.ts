import { describe, expect, it } from 'vitest';
import { axisOf, unitsDiffer } from '../../src/record/units.ts';

describe('the axis of a number', () => {
  it('is none where nobody says what it is in', () => {
    expect(axisOf({ value: '5' })).toBeUndefined();
    expect(axisOf({ value: '5', unitCode: '258797006' })).toBeUndefined();
  });

  it('is only in words where these are no unit of UCUM beyond doubt', () => {
    for (const unit of ['drops', 'M', 'constructor', 'toString']) {
      expect(axisOf({ value: '5', unit })).toEqual({ key: unit });
      expect(axisOf({ value: '5', unit, unitCode: '258797006' })).toEqual({ key: unit });
    }
  });

  const written = 'kg g mg cm m mg/L mg/dL g/L g/dL ng/mL ng/L mmol/L pmol/L nmol/L kPa mm/h fL pg U/L 10*9/L 10*12/L';

  it.each<readonly [string, string, string]>([
    ...written.split(' ').map((unit) => [unit, unit, unit] as const),
    ['mmHg', 'mmHg', 'mm[Hg]'],
    ['°C', '°C', 'Cel'],
    ['°F', '°F', '[degF]'],
    ['umol/l', 'µmol/L', 'umol/L'],
    ['ug/L', 'µg/L', 'ug/L'],
    ['mcg/dL', 'µg/dL', 'ug/dL'],
    ['x10^9/L', '10*9/L', '10*9/L'],
  ])('is a unit of UCUM where its words mean that and nothing else: %s', (unit, key, ucum) => {
    expect(axisOf({ value: '5', unit })).toEqual({ key, ucum });
    expect(axisOf({ value: '5', unit, unitCode: '258797006' })).toEqual({ key, ucum });
  });

  it('is its code, where words and code are one unit or the words are none', () => {
    expect(axisOf({ value: '5', unitCode: ' umol/L ' })).toEqual({ key: 'µmol/L', ucum: 'umol/L' });
    expect(axisOf({ value: '5', unit: 'µmol/l', unitCode: 'umol/L' })).toEqual({ key: 'µmol/L', ucum: 'umol/L' });
    expect(axisOf({ value: '5', unit: 'per litre', unitCode: 'g/L' })).toEqual({ key: 'g/L', ucum: 'g/L' });
    expect(axisOf({ value: '5', unitCode: '10*9/L' })).toEqual({ key: '10*9/L', ucum: '10*9/L' });
    expect(axisOf({ value: '5', unitCode: 'm2' })).toEqual({ key: 'm2', ucum: 'm2' });
  });

  it('is that of the pair alone where words and code are two units', () => {
    expect(axisOf({ value: '5', unit: 'mmol/L', unitCode: 'mg/dL' })).toEqual({ key: 'mmol/L|mg/dL' });
  });
});

describe('micrograms', () => {
  it.each(['micrograms', 'mcg', 'µg', 'ug'])('are one axis however they are written: %s', (unit) => {
    expect(axisOf({ value: '5', unit })).toEqual({ key: 'µg', ucum: 'ug' });
  });
});

describe('a unit of two names', () => {
  const differ = (unit?: string, unitCode?: string): boolean =>
    unitsDiffer({ value: '5', ...(unit !== undefined && { unit }), ...(unitCode !== undefined && { unitCode }) });

  it.each([
    ['none', undefined, undefined],
    ['words alone', 'mg', undefined],
    ['a code alone', undefined, 'mg'],
    ['the same twice', 'mg', 'mg'],
    ['its words in full', 'milligrams', 'mg'],
    ['its words in full and its code by the micro sign', 'micrograms', 'ug'],
    ['its volume in full', 'millilitres', 'ml'],
    ['international units by their letter', 'U/L', '[IU]/L'],
    ['international units in small letters', 'u/l', '[iU]/L'],
    ['international units without their brackets', 'U/L', 'IU/L'],
    ['a power written by hand', '10^9/L', '10*9/L'],
    ['words that no table knows', 'puffs', '{puff}'],
    ['words that no table knows, beside a measure', 'sachets', 'g'],
  ])('is one where it has %s', (_what, unit, unitCode) => {
    expect(differ(unit, unitCode)).toBe(false);
  });

  it.each([
    ['mg', 'ug'],
    ['micrograms', 'mg'],
    ['mcg', 'mg'],
    ['milligrams', 'ug'],
    ['Micrograms', 'mg'],
    ['nanograms', 'ug'],
    ['mL', 'L'],
    ['mmol/L', 'mg/dL'],
    ['%', 'mmol/mol'],
    ['mmol/mol', '%'],
    ['mg/mmol', 'mmol/mol'],
    ['pg/mL', 'ng/mL'],
    ['U/L', 'mmol/L'],
  ])('is two where it is %s in words and %s in its code', (unit, unitCode) => {
    expect(differ(unit, unitCode)).toBe(true);
  });
});
