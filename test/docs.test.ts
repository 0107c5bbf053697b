import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAGES, readmesWithSettings, withSettings } from '../docs/generate.ts';

describe('the settings in a plugin’s README', () => {
  it.each(readmesWithSettings())('$file has what its schema says', ({ file, manifest }) => {
    const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
    // Columns are aligned by prettier; what stands in them is the schema's.
    const plain = (page: string): string =>
      page
        .replace(/ {2,}/g, ' ')
        .replace(/-{3,}/g, '---')
        .replace(/\| ---/g, '|---')
        .replace(/--- \|/g, '---|');
    expect(plain(text)).toBe(plain(withSettings(text, manifest)));
  });

  it('stand in that of smart-launch', () => {
    expect(readmesWithSettings().map(({ file }) => file)).toContain('plugins/smart-launch/README.md');
  });
});

describe('pages made from tables', () => {
  it.each(Object.entries(PAGES))('%s is what `npm run docs` would write', (file, render) => {
    expect(readFileSync(new URL(`../docs/${file}`, import.meta.url), 'utf8')).toBe(render());
  });
});

const ROOT = join(import.meta.dirname, '..');
const WRITTEN = ['*.md', 'docs/**/*.md', 'plugins/*/README.md'].flatMap((pattern) => globSync(pattern, { cwd: ROOT }));

describe('pages written by hand', () => {
  it.each(WRITTEN)('%s links only to files that are there', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link ?? '');
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(file), link)))).toEqual([]);
  });

  it.each(WRITTEN)('%s names only source files that are there', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const named = [...text.matchAll(/`((?:src|launcher|plugins|sandbox|test|bench)\/[\w./-]+\.(?:ts|js))`/g)];
    expect(named.map(([, path]) => path ?? '').filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
