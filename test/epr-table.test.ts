import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EPRS, manifestOf, namesOf, readmeWithEprs } from '../docs/epr-table.ts';
import { PLUGINS } from '../plugins/index.ts';
import { settingsSchema } from '../plugins/manifest.ts';
import { DIALECTS } from '../plugins/smart-launch/dialects/index.ts';

const readmeOf = (id: string): string =>
  readFileSync(new URL(`../plugins/${id}/README.md`, import.meta.url), 'utf8').replace(/\s+/g, ' ');

/** Ways in; the others read or write an EPR and open nothing. */
const DOORS = PLUGINS.filter(({ launch, host, router }) => launch ?? host ?? router).map(({ id }) => id);

describe('the README’s table of EPRs', () => {
  it('is what the plugins’ manifests say', () => {
    expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toBe(readmeWithEprs());
  });

  it.each(EPRS)(
    'names for %s only doors that are there, of kinds that are there, and says what was not tried',
    (epr, ways) => {
      for (const [id, kind] of ways) {
        const names = namesOf(epr);
        expect(
          manifestOf(id).hosts.some((host) => names.includes(host) || epr === host),
          `${id} hosts ${epr}`,
        ).toBe(true);
        if (kind !== undefined && id === 'smart-launch') expect(DIALECTS.map((dialect) => dialect.id)).toContain(kind);
        if (kind !== undefined && id === 'url-launch')
          expect(existsSync(new URL(`../plugins/url-launch/profiles/${kind}.ts`, import.meta.url))).toBe(true);
      }
      const untried = ways.flatMap(([id]) =>
        namesOf(epr).filter((name) => manifestOf(id).notTestedWith.includes(name)),
      );
      expect(untried.length).toBeGreaterThan(0);
    },
  );

  it('names every EPR that a door names, and every door', () => {
    const named = new Set(EPRS.flatMap(([epr]) => namesOf(epr)));
    for (const id of DOORS) expect(manifestOf(id).hosts.filter((host) => !named.has(host))).toEqual([]);
    expect([...new Set(EPRS.flatMap(([, ways]) => ways.map(([id]) => id)))].sort()).toEqual([...DOORS].sort());
  });
});

describe('the README of a plugin', () => {
  const opensOrReads = PLUGINS.filter((plugin) => plugin.source ?? DOORS.includes(plugin.id));

  it.each(opensOrReads.map(({ id }) => id))('of %s says how it is installed, and its settings by its schema', (id) => {
    expect(readmeOf(id)).toMatch(/## Install(?:ing)?\s/);
    const { properties = {} } = settingsSchema(manifestOf(id)) as { readonly properties?: object };
    if (Object.keys(properties).length > 0) expect(readmeOf(id)).toMatch(/made by `npm run docs`/);
  });

  it.each(PLUGINS.map(({ id }) => id))('of %s says what it was not tested with, product by product', (id) => {
    expect(readmeOf(id)).toMatch(/## State of proof/);
    expect(readmeOf(id)).toMatch(/not tested with/i);
    for (const product of manifestOf(id).notTestedWith) expect(readmeOf(id)).toContain(product);
  });
});
