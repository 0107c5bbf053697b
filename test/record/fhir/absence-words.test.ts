import { expect, it } from 'vitest';
import { absenceWords } from '../../../src/record/fhir/absence-words.ts';

it.each([
  ['unknown', 'not known'],
  ['asked-unknown', 'asked, and not known'],
  ['temp-unknown', 'not known yet'],
  ['not-asked', 'not asked'],
  ['asked-declined', 'asked, and declined to answer'],
  ['masked', 'kept back by the source'],
  ['not-applicable', 'does not apply'],
  ['unsupported', 'cannot be said in the source’s system'],
  ['as-text', 'in the source’s own text'],
  ['error', 'not there for an error at the source'],
  ['not-performed', 'not done'],
  ['not-permitted', 'not permitted'],
])('the reason %s is told as “%s”, never as a word that could be the answer', (code, words) => {
  expect(absenceWords(code)).toBe(words);
});

it('a reason that nobody knows is told as it is written', () => {
  expect(absenceWords('Lost in the post')).toBe('Lost in the post');
  expect(absenceWords('constructor')).toBe('constructor');
});
