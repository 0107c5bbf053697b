import { describe, expect, it } from 'vitest';
import { alike } from '../../src/record/alike.ts';

/** As deep as a CodeableConcept with extensions. */
const DEEP = 6;

describe('two values that were read', () => {
  it.each<[string, unknown, unknown]>([
    ['numbers', 120, 130],
    ['a number and its text', 120, '120'],
    ['words in other capitals', 'left', 'Left'],
    ['nothing and an empty object', null, {}],
    ['an empty object and nothing', {}, null],
    ['nothing and what is not there', null, undefined],
    ['an object and a word', { text: 'left' }, 'left'],
    ['a word and an object', 'left', { text: 'left' }],
    ['a list and its one item', ['left'], 'left'],
    ['a list and an object of the same places', ['left'], { 0: 'left' }],
    ['an object and a list of the same places', { 0: 'left' }, ['left']],
    ['an empty word and an empty object', '', {}],
    ['an empty object and a number', {}, 0],
    ['a list and an object that looks like one', ['left'], { 0: 'left', length: 1 }],
    ['an object that looks like a list and a list', { 0: 'left', length: 1 }, ['left']],
    ['a list and a longer one', ['a'], ['a', 'b']],
    ['a list and a shorter one', ['a', 'b'], ['a']],
    ['lists in another order', ['a', 'b'], ['b', 'a']],
    ['lists that differ at the end', ['a', 'b'], ['a', 'c']],
    ['a part that differs', { code: 'a', text: 'left' }, { code: 'a', text: 'right' }],
    ['a part more', { code: 'a' }, { code: 'a', text: 'left' }],
    ['a part less', { code: 'a', text: 'left' }, { code: 'a' }],
    ['a part of another name', { code: 'a' }, { text: 'a' }],
    ['codings of two systems', { coding: [{ code: '1' }] }, { coding: [{ code: '1', system: 'https://x.example' }] }],
  ])('are not alike: %s', (_what, one, other) => {
    expect(alike(one, other, DEEP)).toBe(false);
  });

  it.each<[string, unknown, unknown]>([
    ['words', 'left', 'left'],
    ['nothing', null, null],
    ['empty lists', [], []],
    ['empty objects', {}, {}],
    ['parts in another order', { code: 'a', text: 'left' }, { text: 'left', code: 'a' }],
    ['codings', { coding: [{ code: '1' }, { code: '2' }] }, { coding: [{ code: '1' }, { code: '2' }] }],
  ])('are alike: %s', (_what, one, other) => {
    expect(alike(one, other, DEEP)).toBe(true);
  });

  it('are compared no deeper than is asked, and are not alike where they go deeper', () => {
    const [one, other] = [{ coding: [{ code: '1' }] }, { coding: [{ code: '1' }] }];
    expect(alike(one, other, 3)).toBe(true);
    expect(alike(one, other, 2)).toBe(false);
    expect(alike({ a: { b: '1' } }, { a: { b: '1' } }, 2)).toBe(true);
    expect(alike({ a: { b: '1' } }, { a: { b: '1' } }, 1)).toBe(false);
    expect(alike('left', 'left', 0)).toBe(true);
  });
});
