import { expect, it } from 'vitest';
import { keyOfParts } from '../../../src/record/sections/key-of-parts.ts';

it('a key is never equal to that of other parts, however these are written', () => {
  const keys = [
    keyOfParts('a|b', 'c'),
    keyOfParts('a', 'b|c'),
    keyOfParts('a', 'b', 'c'),
    keyOfParts(['a', 'b'], 'c'),
    keyOfParts('a', ['b', 'c']),
    keyOfParts('a', undefined),
    keyOfParts('a', ''),
    keyOfParts('a', 'undefined'),
    keyOfParts('a', 'null'),
    keyOfParts('a', 1),
    keyOfParts('a', '1'),
    keyOfParts('a', true),
    keyOfParts('a', '"'),
    keyOfParts('a', '","'),
    keyOfParts('a'),
    keyOfParts(),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

it('a key is equal to that of equal parts', () => {
  expect(keyOfParts('a', undefined, ['b', 2, false])).toBe(keyOfParts('a', undefined, ['b', 2, false]));
});
