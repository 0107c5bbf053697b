import { describe, expect, it } from 'vitest';
import { formatQuantity, readQuantity } from '../../../src/record/fhir/quantity.ts';

function shown(quantity: object): string | undefined {
  const read = readQuantity({ value: 241, ...quantity });
  return read && formatQuantity(read);
}

describe('a unit', () => {
  it.each(['x10^9/L', 'mmol/L', '×10⁹/L', 'mm Hg', 'IU'])('in the words %s of the source stays as they are', (unit) => {
    expect(shown({ unit, code: '10*9/L' })).toBe(`241 ${unit}`);
  });

  it.each([
    ['10*9/L', '241 ×10^9/L'],
    ['10*12/L', '241 ×10^12/L'],
    ['10*-3/L', '241 ×10^-3/L'],
    ['mm[Hg]', '241 mmHg'],
    ['Cel', '241 °C'],
    ['[iU]', '241 international units'],
    ['{beats}/min', '241 beats/min'],
    ['{score}', '241 score'],
    ['mmol/L', '241 mmol/L'],
    ['constructor', '241 constructor'],
  ])('of which only the code %s is sent is written as %s', (code, text) => {
    expect(shown({ code })).toBe(text);
    expect(shown({ unit: code, code })).toBe(text);
  });

  it('that is a code in the place of words is written as one', () => {
    expect(shown({ unit: '10*9/L' })).toBe('241 ×10^9/L');
  });

  it('is kept as it came for comparing', () => {
    expect(readQuantity({ value: 241, unit: '10*9/L', code: '10*9/L' })).toMatchObject({
      unit: '10*9/L',
      unitCode: '10*9/L',
    });
  });
});
