import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNhsNumber, NHS_NUMBER_SYSTEM, parseNhsNumber } from '../../src/record/nhs-number.ts';

/** Modulus 11 as the NHS Data Dictionary words it, written the other way round: the whole sum is divisible by 11. */
function divisible(digits: string): boolean {
  return [...digits].reduce((sum, digit, index) => sum + Number(digit) * (10 - index || 1), 0) % 11 === 0;
}

describe('an NHS number', () => {
  it.each([undefined, null, 9990000018, ['9990000018'], { value: '9990000018' }])('is never made of %j', (value) => {
    expect(parseNhsNumber(value)).toBeUndefined();
  });

  it.each([
    '',
    '999000001',
    '99900000180',
    '19990000018',
    'x9990000018',
    '9990000018x',
    '999.000.0018',
    '999\u00a00000018',
  ])('is not found in "%s": nine or eleven digits, or anything beside them', (text) => {
    expect(parseNhsNumber(text)).toBeUndefined();
  });

  it.each(['9990000018', '999 000 0018', '999-000-0018', ' 9990000018 ', '99 90-00 00-18'])(
    'is read however it is spaced: "%s"',
    (text) => {
      expect(parseNhsNumber(text)).toBe('9990000018');
    },
  );

  it.each(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])('is not %s ten times', (digit) => {
    expect(parseNhsNumber(digit.repeat(10))).toBeUndefined();
  });

  it('may begin or end with a digit many times over', () => {
    expect(parseNhsNumber('1111111200')).toBe('1111111200');
    expect(parseNhsNumber('9000000009')).toBe('9000000009');
  });

  it('with any other last digit is refused', () => {
    for (const last of '012345679') expect(parseNhsNumber(`999000001${last}`)).toBeUndefined();
  });

  it('is exactly what modulus 11 allows, but for a digit repeated', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{10}$/), (digits) => {
        const repeated = new Set(digits).size === 1;
        expect(parseNhsNumber(digits) !== undefined).toBe(divisible(digits) && !repeated);
      }),
    );
  });

  it('is shown in threes and a four', () => {
    const number = parseNhsNumber('9876543210');
    expect(number && formatNhsNumber(number)).toBe('987 654 3210');
  });

  it('is known in FHIR by the system UK Core names', () => {
    expect(NHS_NUMBER_SYSTEM).toBe('https://fhir.nhs.uk/Id/nhs-number');
  });
});
