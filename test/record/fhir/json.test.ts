import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFhirJson } from '../../../src/record/fhir/json.ts';
import { formatQuantity, readDecimal, readQuantity, readRange } from '../../../src/record/fhir/quantity.ts';

/** A FHIR decimal as a source may write it: signs, leading and trailing zeros, many digits, exponents. */
const decimals = fc
  .tuple(
    fc.boolean(),
    fc.stringMatching(/^(0|[1-9]\d{0,17})$/),
    fc.option(fc.stringMatching(/^\d{1,20}$/), { nil: undefined }),
    fc.option(fc.stringMatching(/^[eE][+-]?\d{1,2}$/), { nil: undefined }),
  )
  .map(
    ([minus, whole, fraction, exponent]) =>
      `${minus ? '-' : ''}${whole}${fraction === undefined ? '' : `.${fraction}`}${exponent ?? ''}`,
  );

describe('a decimal', () => {
  it('keeps every digit that the source wrote, through parsing and reading', () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const parsed = parseFhirJson(`{"valueQuantity":{"value":${text},"unit":"mg"}}`) as { valueQuantity: unknown };
        expect(readQuantity(parsed.valueQuantity)?.value).toBe(text);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    '4.00',
    '4.0',
    '0.0000001',
    '-0',
    '1e3',
    '1E-7',
    '12345678901234567890',
    '1234567.890123456789',
    '0.1000',
    '12.50',
    '-120.0',
    '100',
  ])('is exact: %s', (text) => {
    expect(readDecimal((parseFhirJson(`[${text}]`) as unknown[])[0])).toBe(text);
  });

  it('is nothing when it is not one', () => {
    for (const value of ['4,5', '', '1.', '.5', '+1', 'NaN', 'Infinity', '0x10', Number.NaN, null, true, {}]) {
      expect(readDecimal(value)).toBeUndefined();
    }
  });

  it('leaves text that looks like a number as it was', () => {
    expect(parseFhirJson('{"a":"1.00","b":"x: 2.50"}')).toEqual({ a: '1.00', b: 'x: 2.50' });
  });

  it('is exact in a body that is laid out to be read, after any number of digits', () => {
    const laidOut = '{\n  "value": 12.50,\n  "low":\t-120.0,\n  "list": [ 7.10 , 1e3 ]\n}';
    expect(parseFhirJson(laidOut)).toEqual({ value: '12.50', low: '-120.0', list: ['7.10', '1e3'] });
  });

  it('leaves what loses nothing a number, beside what would', () => {
    expect(parseFhirJson('{"a":4.00,"b":1,"c":2.5,"d":-0.25,"e":null}')).toEqual({
      a: '4.00',
      b: 1,
      c: 2.5,
      d: -0.25,
      e: null,
    });
    expect(parseFhirJson('{"a":1,"b":2.5}')).toEqual({ a: 1, b: 2.5 });
  });

  it('reads past a byte order mark', () => {
    expect(parseFhirJson('\ufeff{"a":1}')).toEqual({ a: 1 });
  });
});

describe('a quantity', () => {
  it('is not a number when its comparator is not understood', () => {
    expect(readQuantity({ value: 0.1, comparator: 'about' })).toBeUndefined();
  });

  it('never loses its comparator or its unit', () => {
    const quantity = readQuantity({ value: 0.1, comparator: '<', unit: 'mmol/L', code: 'mmol/L' });
    expect(quantity && formatQuantity(quantity)).toBe('<0.1 mmol/L');
  });

  it('shows the code of the unit where the unit has no words', () => {
    expect(formatQuantity({ value: '5', unitCode: 'mg' })).toBe('5 mg');
  });

  it('reads a range of which only one side is given, or only words', () => {
    expect(readRange({ low: { value: 3 } })).toEqual({ low: { value: '3' } });
    expect(readRange({ text: 'negative' })).toEqual({ text: 'negative' });
    expect(readRange({})).toBeUndefined();
  });
});
