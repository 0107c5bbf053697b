import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PAGES } from '../docs/generate.ts';

describe('pages made from tables', () => {
  it.each(Object.entries(PAGES))('%s is what `npm run docs` would write', (file, render) => {
    expect(readFileSync(new URL(`../docs/${file}`, import.meta.url), 'utf8')).toBe(render());
  });
});
