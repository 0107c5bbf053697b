import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ASVS } from '../docs/assurance-items.ts';

const ROOT = new URL('../', import.meta.url);

/** Whether a test, and not a skipped one, has this title in that file's words. */
function hasTest(file: string, title: string): boolean {
  const source = readFileSync(new URL(file, ROOT), 'utf8');
  const called = ["'", '"', '`'].map((quote) => `(${quote}${title}${quote}`);
  const wrapped = ["'", '"', '`'].map((quote) => `${quote}${title}${quote},`);
  return (
    [...called, ...wrapped].some((words) => source.includes(words)) && !/\b(it|describe)\.(skip|todo)\b/.test(source)
  );
}

describe('the page of ASVS items', () => {
  it('claims nothing without code and a test, and says of the rest that it is not met', () => {
    for (const { item, code, proofs, open } of ASVS) {
      if (proofs.length === 0) expect([item, open]).toEqual([item, expect.stringMatching(/^Not met/)]);
      else expect([item, code.length > 0]).toEqual([item, true]);
    }
  });

  it('names every item once', () => {
    const items = ASVS.flatMap(({ item }) => item.match(/\d+\.\d+\.\d+/g) ?? []);
    expect(new Set(items).size).toBe(items.length);
  });

  it.each(ASVS.map((one) => [one.item, one] as const))('%s names files and tests that are there', (_item, one) => {
    const files = [...one.code, ...one.proofs.map(({ file }) => file)];
    expect(files.filter((file) => !existsSync(new URL(file, ROOT)))).toEqual([]);
    expect(one.proofs.filter(({ file, title }) => !hasTest(file, title))).toEqual([]);
  });
});
