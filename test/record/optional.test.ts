import { expect, it } from 'vitest';
import { optional } from '../../src/record/optional.ts';

it('what was not recorded is absent, and what was is there, an empty text, a nought and a no as well', () => {
  expect(optional('date', undefined)).toStrictEqual({});
  for (const value of ['', 0, false, null]) expect(optional('date', value)).toStrictEqual({ date: value });
});
