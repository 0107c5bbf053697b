import { describe, expect, it } from 'vitest';
import {
  formatLimits,
  formatQuantity,
  readDecimal,
  readQuantity,
  readRange,
  unitInWords,
  type Quantity,
} from '../../../src/record/fhir/quantity.ts';

function shown(quantity: object): string | undefined {
  const read = readQuantity({ value: 241, ...quantity });
  return read && formatQuantity(read);
}

describe('a decimal', () => {
  it.each([undefined, null, NaN, Infinity, -Infinity, true, ['4'], { value: 4 }])('is never made of %s', (value) => {
    expect(readDecimal(value)).toBeUndefined();
  });

  it.each([
    '',
    ' 4',
    '4 ',
    '04',
    '4.',
    '.5',
    '+4',
    '--4',
    '4.5.6',
    '4,5',
    'x4',
    '4x',
    '1e',
    '1e+',
    'e5',
    '1x5',
    '0x1F',
    '4e5e6',
  ])('is not found in "%s"', (text) => {
    expect(readDecimal(text)).toBeUndefined();
  });

  it.each(['0', '4', '40', '241', '4.00', '4.05', '-4', '-0', '-0.10', '0.000012', '1e3', '1E3', '1e+30', '1.5e-30'])(
    'that came as the text %s keeps each of its digits',
    (text) => {
      expect(readDecimal(text)).toBe(text);
    },
  );

  it.each([
    [4, '4'],
    [-0.5, '-0.5'],
    [0, '0'],
  ])('that came as the number %d is written as it is', (value, text) => {
    expect(readDecimal(value)).toBe(text);
  });
});

describe('a quantity', () => {
  it.each([undefined, null, 4, '4', [], [{ value: 4 }], {}, { unit: 'mg' }, { value: 'four', unit: 'mg' }])(
    'without a value is none: %j',
    (value) => {
      expect(readQuantity(value)).toBeUndefined();
    },
  );

  it.each(['<', '<=', '>', '>=', 'ad'])('keeps its comparator %s', (comparator) => {
    expect(readQuantity({ value: '0.1', comparator, unit: 'ng/mL' })).toStrictEqual({
      value: '0.1',
      comparator,
      unit: 'ng/mL',
    });
    expect(shown({ comparator, unit: 'ng/mL' })).toBe(`${comparator}241 ng/mL`);
  });

  it.each(['', '=', '~', '<>', null, 0, {}])('with a comparator nobody knows is none: %j', (comparator) => {
    expect(readQuantity({ value: 4, comparator })).toBeUndefined();
  });

  it('says only what was said', () => {
    expect(readQuantity({ value: 4, unit: ' ', code: '' })).toStrictEqual({ value: '4' });
    expect(shown({})).toBe('241');
    expect(shown({ unit: 'mg' })).toBe('241 mg');
  });
});

describe('a range', () => {
  const low = { value: '3.5', unit: 'mmol/L' };
  const high = { value: '5.3', unit: 'mmol/L' };

  it.each([undefined, {}, { low: {}, high: {}, text: ' ' }])('of nothing is none: %j', (value) => {
    expect(readRange(value)).toBeUndefined();
  });

  it.each([{ low }, { high }, { text: 'negative' }, { low, high }, { low, high, text: 'adults' }])(
    'holds what was said of it and no more: %j',
    (value) => {
      expect(readRange(value)).toStrictEqual(value);
    },
  );

  it.each<[Quantity | undefined, Quantity | undefined, string]>([
    [low, high, '3.5 to 5.3 mmol/L'],
    [low, undefined, '≥ 3.5 mmol/L'],
    [undefined, high, '≤ 5.3 mmol/L'],
    [undefined, undefined, ''],
    [{ ...low, unit: 'mg/dL' }, high, '3.5 mg/dL to 5.3 mmol/L'],
    [{ value: '3.5', unitCode: 'mg/dL' }, { value: '5.3', unitCode: 'mmol/L' }, '3.5 mg/dL to 5.3 mmol/L'],
    [{ ...low, unitCode: 'a' }, { ...high, unitCode: 'b' }, '3.5 mmol/L to 5.3 mmol/L'],
    [{ ...low, comparator: '>' }, high, '>3.5 mmol/L to 5.3 mmol/L'],
    [{ ...low, unit: 'g' }, { ...high, comparator: '<' }, '3.5 g to <5.3 mmol/L'],
  ])('from %j to %j is written out', (from, to, text) => {
    expect(formatLimits(from, to)).toBe(text);
  });
});

describe('a unit', () => {
  it('that is not given is none', () => {
    expect(unitInWords({ value: '4' })).toBeUndefined();
  });

  it('in words that begin like a code, or stand in braces, stays as it is', () => {
    expect(unitInWords({ value: '4', unit: '{score}', unitCode: '1' })).toBe('{score}');
    expect(unitInWords({ value: '4', unit: 'Cel' })).toBe('Cel');
    expect(unitInWords({ value: '4', unit: 'Cel', unitCode: 'Cel' })).toBe('°C');
  });

  it.each(['x10^9/L', 'mmol/L', '×10⁹/L', 'mm Hg', 'IU'])('in the words %s of the source stays as they are', (unit) => {
    expect(shown({ unit, code: '10*9/L' })).toBe(`241 ${unit}`);
  });

  it.each([
    ['10*9/L', '241 ×10^9/L'],
    ['10*12/L', '241 ×10^12/L'],
    ['10*-3/L', '241 ×10^-3/L'],
    ['mm[Hg]', '241 mmHg'],
    ['Cel', '241 °C'],
    ['[degF]', '241 °F'],
    ['[iU]', '241 international units'],
    ['[IU]', '241 international units'],
    ['10*3', '241 ×10^3'],
    ['10^3.g', '241 ×10^3.g'],
    ['10*9L', '241 10*9L'],
    ['x10*9/L', '241 x10*9/L'],
    ['10*/L', '241 10*/L'],
    ['{a}/{b}', '241 a/b'],
    ['{}', '241 {}'],
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

describe('a unit that is sent as a number alone', () => {
  it('never reads as more digits of the value', () => {
    expect(formatQuantity({ value: '5', unitCode: '258797006' })).toBe('5 (unit code 258797006)');
    expect(formatQuantity({ value: '5', unit: '258797006' })).toBe('5 (unit code 258797006)');
    expect(formatQuantity({ value: '5', unit: '415818006', unitCode: '{tablet}' })).toBe('5 (unit code 415818006)');
    expect(formatQuantity({ value: '5', unit: 'mg', unitCode: '258797006' })).toBe('5 mg');
    expect(formatQuantity({ value: '5', unit: 'H2O', unitCode: 'x' })).toBe('5 H2O');
  });

  it('is none where it is the unity of UCUM: 2.5 is not “2.5 1”', () => {
    expect(formatQuantity({ value: '2.5', unitCode: '1' })).toBe('2.5');
    expect(formatQuantity({ value: '2.5', unit: '1', unitCode: '1' })).toBe('2.5');
    expect(formatQuantity({ value: '47', unit: 'Recurrence score', unitCode: '1' })).toBe('47 Recurrence score');
  });
});
