import { expect, it } from 'vitest';
import type { Conflict } from '../../src/record/fact.ts';
import { partsOf } from '../../src/record/parts-of.ts';

it('a disagreement is what it holds, each by itself, or itself', () => {
  const one: Conflict = { id: '1', kind: 'two-doses', section: 'medications', facts: [], sides: [] };
  const other: Conflict = { ...one, id: '2', kind: 'allergy-and-medicine' };
  expect(partsOf(one)).toEqual([one]);
  expect(partsOf({ ...one, id: '3', of: [other, one] })).toEqual([other, one]);
});
