import { describe, expect, it } from 'vitest';
import { loadUnitConverter } from '../../src/app/unit-converter.ts';

const convert = await loadUnitConverter();

describe('a unit is converted', () => {
  it.each([
    [13.1, 'g/dL', 'g/L', 131],
    [5, '10*9/L', '10*3/uL', 5],
    [120, 'mm[Hg]', 'kPa', 15.99864],
    [37, 'Cel', '[degF]', 98.6],
    [70, 'kg', 'g', 70_000],
    [1, 'ng/mL', 'ug/L', 1],
    [11, '[lb_av]', 'kg', 4.98951607],
  ])('%s %s is %s: %s', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBeCloseTo(expected, 8);
  });

  it('from mass to amount with the weight of the molecule, and back', () => {
    expect(convert(1, 'mg/dL', 'umol/L', 113.12)).toBeCloseTo(88.4017, 3);
    expect(convert(90, 'mg/dL', 'mmol/L', 180.16)).toBeCloseTo(4.99556, 4);
    expect(convert(5, 'mmol/L', 'mg/dL', 180.16)).toBeCloseTo(90.08, 2);
  });
});

describe('a unit is never converted', () => {
  it.each([
    ['from mass to amount without the weight', 'mg/dL', 'umol/L'],
    ['from per cent to a ratio of amounts (HbA1c)', '%', 'mmol/mol'],
    ['from one bare ratio to another (haematocrit)', '%', 'L/L'],
    ['from an arbitrary unit', '[iU]/L', 'U/L'],
    ['from one arbitrary unit to another', '[iU]/L', '[arb\u0027U]/L'],
    ['from equivalents', 'meq/L', 'mmol/L'],
    ['from cells to moles', '10*9/L', 'mmol/L'],
    ['to a unit with another remark', 'mL/min/{1.73_m2}', 'mL/min'],
    ['to another property', 'kg', 'cm'],
    ['from what is not UCUM', 'mmHg', 'kPa'],
    ['from words', 'about', 'kg'],
    ['from nothing', '', 'kg'],
  ])('%s', (_why, from, to) => {
    expect(convert(5, from, to)).toBeUndefined();
  });

  it('from cells to moles even where a weight is known', () => {
    expect(convert(5, '10*9/L', 'mmol/L', 100)).toBeUndefined();
  });
});
