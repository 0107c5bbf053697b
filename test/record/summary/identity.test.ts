import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uuidOf } from '../../../src/record/summary/identity.ts';

describe('the id that words give', () => {
  it('is a UUID of our own making, the same for the same words wherever it is made', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        expect(uuidOf(words)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(uuidOf(words)).toBe(uuidOf(words));
      }),
    );
    // A document that is made again, by a later build too, is the same document.
    expect(uuidOf('')).toBe('ab3e7c0b-a3d9-8ad4-a183-f3bbcb72770f');
    expect(uuidOf('view-1 gp/Condition/1')).toBe('b262d342-ac94-8066-ac36-3ed0a7b1b42c');
  });

  it('is another for other words, in all its parts', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => uuidOf(`view-1 gp/Condition/${String(index)}`));
    expect(new Set(ids).size).toBe(ids.length);
    for (const part of [0, 4])
      expect(new Set(ids.map((id) => id.split('-')[part])).size).toBeGreaterThan(ids.length * 0.999);
  });
});
