import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDepth, decodeText } from '../../../launcher/federation/source-body.ts';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function passes(text: string, limit: number): boolean {
  try {
    checkDepth(Buffer.from(text), limit);
    return true;
  } catch {
    return false;
  }
}

describe('the depth of JSON', () => {
  it('is judged as the parser would, whatever stands in its strings', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 8 }), (value, limit) => {
        expect(passes(JSON.stringify(value), limit)).toBe(depthOf(value) <= limit);
      }),
      { numRuns: 2_000 },
    );
    expect(passes('["a\\"[[[[","\\\\",[1]]', 2)).toBe(true);
    expect(passes('["\\\\",[[1]]]', 2)).toBe(false);
  });

  it('of a million levels is refused, quickly and without falling over', () => {
    const started = performance.now();
    expect(passes('[{"a":'.repeat(1_000_000), 64)).toBe(false);
    expect(passes('"never ends [[[', 0)).toBe(true);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('text', () => {
  it('keeps every character, drops only the mark at its beginning', () => {
    expect(decodeText(Buffer.from('\ufeffnaïve 😀 \u0000'))).toBe('naïve 😀 \u0000');
  });

  it('that is not UTF-8 is refused, never mended', () => {
    for (const bytes of [
      Buffer.from('naïve', 'latin1'),
      Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
      Buffer.from([0x7b, 0xc3]),
    ]) {
      expect(() => decodeText(bytes)).toThrow('not UTF-8');
    }
  });
});
