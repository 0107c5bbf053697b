import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkEpr } from '../../../launcher/build-conformance.ts';
import { readConfig } from '../../../launcher/config.ts';
import { asHtml, asText, holds, type CheckReport } from '../../../launcher/conformance/report.ts';
import { parseCommunity } from '../../../launcher/trust/parse-community.ts';
import { loadKeys } from '../../../launcher/trust/keys.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import { startSandbox, type RunningSandbox } from '../../../sandbox/start.ts';
import { ecKey } from '../../support/key-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'corridor-epr-'));
const keysFile = join(folder, 'keys.json');
let sandbox: RunningSandbox;

beforeAll(async () => {
  writeFileSync(keysFile, JSON.stringify({ keys: [ecKey('check')] }), { mode: 0o600 });
  sandbox = await startSandbox({
    port: 'free',
    launcher: {
      logTo: { write: () => undefined },
      settings: { 'keys.file': keysFile, 'storage.url': 'sqlite::memory:' },
    },
  });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

async function check(ods: string, more: { readonly nhsNumber?: string } = {}): Promise<CheckReport> {
  const parsed = parseCommunity(sandbox.communityText, PLUGINS);
  if (!parsed.ok) throw new Error('the sandbox’s own community file');
  return checkEpr({
    community: parsed.community,
    ods,
    keys: await loadKeys(keysFile),
    config: readConfig({}),
    plugins: PLUGINS,
    issuer: sandbox.launcherUrl,
    now: () => Date.now(),
    ...more,
  });
}

function hero(): string {
  return sandbox.resident('hero').nhsNumber ?? '';
}

function levels({ score }: CheckReport): Readonly<Record<string, number>> {
  return Object.fromEntries((score?.sections ?? []).map(({ section, level }) => [section, level]));
}

describe('an organisation’s score, from what it really answers', () => {
  it('is nothing for one that is down, and says what it could not be asked', async () => {
    sandbox.setMode('XB103', 'down');
    const report = await check('XB103', { nhsNumber: hero() });
    sandbox.setMode('XB103', 'normal');
    expect(holds(report)).toBe(false);
    expect(report.score).toMatchObject({ connection: 'not reached', maturity: 0 });
  });

  it('is low for a practice that has letters only, and says which sections it does not offer', async () => {
    const ods = 'XB003';
    const letters = await check(ods, { nhsNumber: sandbox.resident('documents-only').nhsNumber ?? '' });
    const full = await check('XB101', { nhsNumber: hero() });
    expect(letters.score?.maturity).toBeLessThan(full.score?.maturity ?? 0);
    expect(levels(letters)['problems']).toBeLessThan(2);
    expect(levels(full)['problems']).toBeGreaterThanOrEqual(3);
    expect(full.score?.connection).toBe('answers in full');
    expect(full.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });

  it('holds none of the person in the report', async () => {
    const report = await check('XB101', { nhsNumber: hero() });
    for (const words of [asText(report), asHtml(report), JSON.stringify(report)]) {
      expect(words).not.toContain(hero());
      expect(words).not.toMatch(/bedford/i);
    }
  });

  it('scores nobody’s sections when no person is named', async () => {
    const report = await check('XB101');
    expect(report.score).toMatchObject({ connection: 'authorises', sections: [] });
  });
});
