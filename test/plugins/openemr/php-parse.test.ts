import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine, type Node } from 'php-parser';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const MODULE = 'plugins/openemr/module/oe-module-shared-record';
const files = globSync([`${MODULE}/**/*.php`, 'test/plugins/openemr/harness/**/*.php'], { cwd: ROOT }).sort();
const parser = new Engine({
  parser: { php7: true, version: 801, suppressErrors: false },
  ast: { withPositions: true },
});

function nodesOf(file: string): readonly Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      if (typeof (value as Partial<Node>).kind === 'string') found.push(value as Node);
      for (const [name, part] of Object.entries(value)) if (name !== 'loc') visit(part);
    }
  };
  visit(parser.parseCode(readFileSync(join(ROOT, file), 'utf8'), file));
  return found;
}

/** Names as the parser has them, however they are nested. */
function nameOf(node: unknown): string {
  const name = (node as { readonly name?: unknown }).name;
  return typeof name === 'string' ? name : typeof name === 'object' && name !== null ? nameOf(name) : '';
}

describe('the PHP module of OpenEMR', () => {
  it('has the files OpenEMR looks for', () => {
    for (const file of ['openemr.bootstrap.php', 'moduleConfig.php', 'version.php'])
      expect(files).toContain(`${MODULE}/${file}`);
    expect(readFileSync(join(ROOT, MODULE, 'info.txt'), 'utf8').trim()).toBe('Shared Record (Corridor)');
  });

  it.each(files)('%s parses', (file) => {
    expect(nodesOf(file).length).toBeGreaterThan(0);
  });

  it.each(files.filter((file) => file.startsWith(MODULE)))(
    '%s runs no text, no command and no query, and reads no parameter of an address',
    (file) => {
      const nodes = nodesOf(file);
      const called = nodes.filter(({ kind }) => kind === 'call').map((node) => nameOf((node as never)['what']));
      expect(
        called.filter((name) =>
          /^(?:exec|system|passthru|shell_exec|popen|proc_open|unserialize|extract|sql\w+)$/i.test(name),
        ),
      ).toEqual([]);
      expect(nodes.filter(({ kind }) => kind === 'eval')).toEqual([]);
      const variables = nodes.filter(({ kind }) => kind === 'variable').map(nameOf);
      expect(variables.filter((name) => ['_GET', '_REQUEST', '_COOKIE'].includes(name))).toEqual([]);
    },
  );

  it('says nothing into a page but through one place, and one tag', () => {
    const said = files
      .filter((file) => file.startsWith(MODULE))
      .flatMap((file) =>
        nodesOf(file)
          .filter(({ kind }) => kind === 'echo' || kind === 'print' || kind === 'inline')
          .map(() => file),
      );
    expect(said).toEqual([`${MODULE}/src/Bootstrap.php`, `${MODULE}/src/Reply.php`]);
  });

  it('escapes every value of the card by a filter of OpenEMR’s', () => {
    const card = readFileSync(join(ROOT, MODULE, 'templates/corridor/card.html.twig'), 'utf8');
    const values = [...card.matchAll(/\{\{\s*(.*?)\s*\}\}/g)].map(([, value]) => value);
    expect(values.length).toBeGreaterThan(5);
    for (const value of values) expect(value).toMatch(/^[a-z]+\|(?:text|attr)$/);
    expect(card).not.toMatch(/\|raw|autoescape/);
  });
});
