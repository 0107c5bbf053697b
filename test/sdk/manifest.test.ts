import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiText } from '../../sdk/api-text.ts';
import { elementsOf, type ElementOf, type Manifest } from '../../sdk/manifest.ts';
import { eventNames } from '../../sdk/name-elements.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SOURCES = globSync(['src/components/*/corridor-*.ts', 'src/app/corridor-*.ts'], { cwd: ROOT }).filter(
  (file) => !file.endsWith('.styles.ts'),
);
const CLASSES = SOURCES.flatMap((file) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const name = /export class (Corridor\w+)/.exec(text)?.[1];
  return name === undefined ? [] : [{ file, text, name }];
});

let elements: readonly ElementOf[];
const of = (name: string): ElementOf | undefined => elements.find((element) => element.name === name);

beforeAll(async () => {
  const manifest = (await cli({ argv: ['analyze', '--quiet'], cwd: ROOT, noWrite: true })) as Manifest;
  elements = elementsOf(manifest);
}, 120_000);

describe('the manifest that vendors read', () => {
  it('differs in nothing from what was announced; a change is looked at, and written down with `npx vitest run test/sdk -u`', async () => {
    await expect(apiText(elements)).toMatchFileSnapshot('api.txt');
  });

  it('names every element', () => {
    expect(elements.map(({ name }) => name).sort()).toEqual(CLASSES.map(({ name }) => name).sort());
    expect(elements.length).toBeGreaterThan(50);
  });

  it('names every property of every element', () => {
    const missing = CLASSES.flatMap(({ name, text }) =>
      [...text.matchAll(/@property\([^)]*\)\s+(\w+)/g)]
        .map(([, property = '']) => property)
        .filter((property) => !of(name)?.members?.some((member) => member.name === property))
        .map((property) => `${name}.${property}`),
    );
    expect(missing).toEqual([]);
  });

  it('names every part that is written in a template, and what it is', () => {
    const missing = CLASSES.flatMap(({ name, file }) =>
      globSync('*.ts', { cwd: join(ROOT, dirname(file)) })
        .filter((other) => dirname(file) !== 'src/app' || file.endsWith(other))
        .flatMap((other) => [...readFileSync(join(ROOT, dirname(file), other), 'utf8').matchAll(/\spart="([\w-]+)"/g)])
        .map(([, part = '']) => part)
        .filter(
          (part) =>
            !CLASSES.some(
              (one) =>
                dirname(one.file) === dirname(file) &&
                of(one.name)?.cssParts?.some((known) => known.name === part && known.description),
            ),
        )
        .map((part) => `${name}::part(${part})`),
    );
    expect(missing).toEqual([]);
  });

  it('names every event that an element sends, with its class', () => {
    const names = eventNames();
    const missing = CLASSES.flatMap(({ name, text }) =>
      [...text.matchAll(/dispatchEvent\(\s*new (\w+)/g)]
        .map(([, event = '']) => event)
        .filter(
          (event) => !of(name)?.events?.some((said) => said.name === names.get(event) && said.type?.text === event),
        )
        .map((event) => `${name}: ${event}`),
    );
    expect(missing).toEqual([]);
    expect(elements.flatMap(({ events = [] }) => events).every(({ name }) => name?.startsWith('corridor-'))).toBe(true);
  });

  it('names every token that a host may set, on every element that it reaches', () => {
    const sheet = readFileSync(join(ROOT, 'src/components/tokens.styles.ts'), 'utf8');
    const tokens = [
      ...new Set([...sheet.matchAll(/var\((--corridor-[a-z-]+)/g)].map(([, token = '']) => token)),
    ].sort();
    for (const element of elements.filter(({ name }) => name !== 'CorridorFrame'))
      expect(element.cssProperties?.map(({ name }) => name).sort(), element.tagName).toEqual(tokens);
  });

  it('says of every element what it is', () => {
    expect(elements.filter(({ summary }) => (summary ?? '') === '').map(({ tagName }) => tagName)).toEqual([]);
  });
});
