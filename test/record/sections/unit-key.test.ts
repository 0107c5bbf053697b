import { describe, expect, it } from 'vitest';
import { unitKey } from '../../../src/record/sections/unit-key.ts';

describe('two units', () => {
  it.each([
    ['mg', 'Mg'],
    ['mmol/L', 'Mmol/L'],
    ['mg/L', 'µg/L'],
    ['mg/dL', 'mmol/L'],
    ['10*9/L', '10*6/L'],
    ['g/L', 'g/dL'],
    ['kg', 'lb'],
    ['mmHg', 'kPa'],
    ['IU/L', 'mIU/L'],
    ['mL', 'dL'],
  ])('are two: %s and %s', (one, other) => {
    expect(unitKey(one)).not.toBe(unitKey(other));
  });

  it.each([
    ['mmol/L', 'mmol/l'],
    ['µmol/L', 'umol/L'],
    ['µmol/L', 'μmol/l'],
    ['10*9/L', '×10^9/L'],
    ['10*9/L', '10⁹/L'],
    ['10*9/L', 'x10^9/l'],
    ['mm[Hg]', 'mmHg'],
    ['µg/L', 'mcg/L'],
    ['ml', 'mL'],
    ['Cel', '°C'],
  ])('are one, spelt in two ways: %s and %s', (one, other) => {
    expect(unitKey(one)).toBe(unitKey(other));
  });
});
