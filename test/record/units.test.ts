import { describe, expect, it } from 'vitest';
import { axisOf } from '../../src/record/units.ts';

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
