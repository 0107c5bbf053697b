import { describe, expect, it } from 'vitest';
import { picturesCy } from '../../src/words/pictures-cy.ts';
import { picturesEnGB } from '../../src/words/pictures-en-GB.ts';

function words(value: unknown, path = ''): readonly (readonly [path: string, said: unknown])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => words(inner, `${path}/${key}`));
}

describe('the words of the pictures', () => {
  it('are the same keys in Welsh as in English, and never empty', () => {
    expect(words(picturesCy).map(([path]) => path)).toEqual(words(picturesEnGB).map(([path]) => path));
    for (const [, said] of [...words(picturesEnGB), ...words(picturesCy)])
      if (typeof said === 'string') expect(said).toMatch(/\S/);
  });

  it('are said in Welsh: no sentence of more than one word is left in English', () => {
    const english = new Map(words(picturesEnGB));
    for (const [path, said] of words(picturesCy))
      if (typeof said === 'string' && said.includes(' ')) expect(said).not.toBe(english.get(path));
  });

  it('count with their units in both languages', () => {
    expect(picturesEnGB.timeline.undated(1)).toBe('1 item without a date');
    expect(picturesEnGB.charts.olderDates(1200)).toBe('Show 1,200 older dates');
    expect(picturesCy.timeline.undated(2)).toBe('2 eitem heb ddyddiad');
  });

  it('do not say that something is excluded, which hints that it exists', () => {
    for (const [, said] of words(picturesEnGB))
      if (typeof said === 'string') expect(said).not.toMatch(/excluded|redacted|hidden/i);
  });
});
