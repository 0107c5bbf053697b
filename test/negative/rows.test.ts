import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROW_NUMBERS } from './rows.ts';

const FOLDER = new URL('.', import.meta.url);
const sources = globSync('*.test.ts', { cwd: FOLDER })
  .filter((file) => file !== 'rows.test.ts')
  .map((file) => readFileSync(new URL(file, FOLDER), 'utf8'));

/** Titles of tests, also of those in tables: a text of the source that begins with a row's number and goes on in words. */
const titles = sources
  .flatMap((source) => [...source.matchAll(/(['"`])((?:S\d\d|\d{1,3}) [^\d\s].*?)\1/g)])
  .map((match) => match[2] ?? '');

describe('the negative table', () => {
  it('has at least one named test for every row', () => {
    const tested = new Set(titles.map((title) => title.split(' ', 1)[0]));
    expect(ROW_NUMBERS.filter((number) => !tested.has(number))).toEqual([]);
  });

  it('has no test of a row that is none', () => {
    expect(titles.filter((title) => !ROW_NUMBERS.includes(title.split(' ', 1)[0] ?? ''))).toEqual([]);
  });

  it('skips nothing', () => {
    expect(sources.filter((source) => /\.(?:skip|todo|only|fails)\b/.test(source))).toEqual([]);
  });
});
