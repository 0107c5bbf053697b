import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const HAZARDS = Array.from({ length: 44 }, (_, index) => `H${String(index + 1).padStart(2, '0')}`);

type Row = { readonly hazard: string; readonly cells: readonly string[] };

const rows: readonly Row[] = text('docs/safety.md')
  .split('\n')
  .filter((line) => /^\| H\d\d /.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  .map((cells) => ({ hazard: (cells[0] ?? '').slice(0, 3), cells }));

const controlled = rows.filter(({ cells }) => cells.length === 6);

function text(file: string): string {
  return readFileSync(new URL(file, ROOT), 'utf8');
}

/** `path`: title, several of them parted by a line break. */
function testsOf({ hazard, cells }: Row): readonly { readonly file: string; readonly title: string }[] {
  return (cells[4] ?? '').split('<br>').map((part) => {
    const [, file, title] = /^`(test\/[^`]+)`: (.+)$/.exec(part.trim()) ?? [];
    if (file === undefined || title === undefined) throw new Error(`${hazard}: not a file and a title: ${part}`);
    return { file, title };
  });
}

/** Whether a test, and not a skipped one, has this title in that file's words. */
function hasTest(file: string, title: string): boolean {
  // A call with a long title has it on a line of its own.
  const source = text(file).replace(/\(\n\s+(?=['"`])/g, '(');
  const called = ["'", '"', '`'].map((quote) => `(${quote}${title}${quote}`).find((call) => source.includes(call));
  return called !== undefined && !/\.(skip|todo)\s*$/.test(source.slice(0, source.indexOf(called)));
}

describe('the page of hazards', () => {
  it('names every hazard once, as controlled or as not', () => {
    expect(rows.map(({ hazard }) => hazard).sort()).toEqual(HAZARDS);
  });

  it('claims no control without code and a test', () => {
    expect(rows.filter(({ cells }) => cells.length !== 6 && cells.length !== 3)).toEqual([]);
    for (const row of controlled) {
      expect(row.cells[3], row.hazard).toMatch(/`/);
      expect(testsOf(row).length, row.hazard).toBeGreaterThan(0);
    }
  });

  it.each(controlled.map((row) => [row.hazard, row] as const))('%s names files that are there', (_hazard, row) => {
    const files = [...(row.cells[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
    const missing = [...files, ...testsOf(row).map(({ file }) => file)].filter(
      (file) => !existsSync(new URL(file, ROOT)),
    );
    expect(missing).toEqual([]);
  });

  it.each(controlled.map((row) => [row.hazard, row] as const))('%s names tests that are there', (_hazard, row) => {
    const untold = testsOf(row).filter(({ file, title }) => !hasTest(file, title));
    expect(untold).toEqual([]);
  });
});
