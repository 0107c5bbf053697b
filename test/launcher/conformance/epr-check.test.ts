import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkEpr } from '../../../launcher/build-conformance.ts';
import { readConfig } from '../../../launcher/config.ts';
import { asHtml } from '../../../launcher/conformance/report-page.ts';
import { asText, holds, type CheckReport } from '../../../launcher/conformance/report.ts';
import { parseCommunity } from '../../../launcher/trust/parse-community.ts';
import { loadKeys } from '../../../launcher/trust/keys.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import type { Mode } from '../../../sandbox/community.ts';
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

async function check(
  ods: string,
  more: { readonly nhsNumber?: string; readonly halfMs?: number; readonly launch?: string } = {},
): Promise<CheckReport> {
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

/** The organisation as it is in this mode, about somebody it knows. */
async function checkIn(mode: Mode, ods: string, more: { readonly halfMs?: number } = {}): Promise<CheckReport> {
  const before = sandbox.epr(ods).modes.mode;
  sandbox.setMode(ods, mode, SLOW_MS);
  try {
    return await check(ods, { nhsNumber: knownAt(ods), ...more });
  } finally {
    sandbox.setMode(ods, before);
  }
}

const SLOW_MS = 300;

function knownAt(ods: string): string {
  const known = sandbox.community.residents.filter(
    ({ nhsNumber, patientIds }) => nhsNumber !== undefined && patientIds[ods] !== undefined,
  );
  return (known.find(({ story }) => story === 'hero') ?? known[0])?.nhsNumber ?? '';
}

const failed = ({ checks }: CheckReport): readonly string[] =>
  checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id.replace(/^.*\.(?=[a-z-]+$)/, ''));

/**
 * What each deserves for what it really holds of one of its people, to a quarter of a level: letters only; a full
 * practice, hospital or trust of several makes; small services that write in words.
 */
const DESERVED: { readonly [ods: string]: number } = {
  XB001: 2.2,
  XB002: 1.4,
  XB003: 0.4,
  XB004: 1.4,
  XB005: 1.4,
  XB006: 1.2,
  XB101: 1.9,
  XB102: 1.5,
  XB201: 1.8,
  XB202: 1.1,
  XB211: 1.1,
  XB212: 1.2,
  XB301: 1.2,
  XB302: 1.2,
  XB401: 1.5,
  XB402: 1.1,
  XB403: 1.1,
  XB404: 1.4,
  XB501: 1.5,
  XB511: 1.3,
  XB521: 1.3,
  XB522: 1,
  XB531: 1.3,
  XB541: 1.3,
  XB551: 1.2,
};

describe('an organisation’s score, from what it really answers', () => {
  it('is nothing for one that is down, and says what it could not be asked', async () => {
    const report = await checkIn('down', 'XB101');
    expect(holds(report)).toBe(false);
    expect(report.score).toMatchObject({ connection: 'not reached', maturity: 0 });
    const unasked = report.checks.filter(({ outcome }) => outcome === 'not-asked');
    expect(unasked.length).toBeGreaterThan(10);
    for (const { id, words } of unasked) expect({ id, words }).not.toEqual({ id, words: '' });
    for (const words of [asText(report), asHtml(report)])
      expect(words).toContain(`${String(unasked.length)} could not be asked`);
  });

  it('is no more than reachable for one that answers with garbage', async () => {
    const report = await checkIn('garbage', 'XB002');
    expect(report.score).toMatchObject({ connection: 'reachable', maturity: 0 });
    expect(failed(report)).toContain('authorises');
  });

  it('is nothing for one that mixes people up, though it answers every question', async () => {
    const report = await checkIn('wrong-patient', 'XB002');
    expect(report.score).toMatchObject({ connection: 'finds the person', maturity: 0 });
    expect(failed(report)).toEqual(['strangers']);
  });

  it('is not in full for one that breaks off, and is less than its own', async () => {
    const report = await checkIn('half-way', 'XB002');
    expect(report.score?.connection).toBe('answers');
    expect(report.score?.maturity).toBeLessThan(DESERVED['XB002'] ?? 0);
    expect(failed(report)).toContain('reads');
  });

  it('is the same for one that is slow, which is said beside it', async () => {
    const report = await checkIn('slow', 'XB003', { halfMs: SLOW_MS - 50 });
    expect(report.score?.maturity).toBeCloseTo(DESERVED['XB003'] ?? 0, 0);
    expect(failed(report)).toEqual(['speed']);
  });

  it('is what it deserves at each of the sandbox’s organisations, and nothing else fails there', async () => {
    const scores: Record<string, number | undefined> = {};
    for (const { organisation, modes } of sandbox.eprs) {
      if (modes.mode !== 'normal') continue;
      const { ods } = organisation;
      const report = await check(ods, { nhsNumber: knownAt(ods) });
      expect({ ods, failed: failed(report), connection: report.score?.connection }).toEqual({
        ods,
        failed: [],
        connection: 'answers in full',
      });
      scores[ods] = report.score?.maturity;
    }
    expect(Object.keys(scores).sort()).toEqual(Object.keys(DESERVED).sort());
    for (const [ods, deserved] of Object.entries(DESERVED))
      expect(Math.abs((scores[ods] ?? 0) - deserved), `${ods} ${String(scores[ods])}`).toBeLessThanOrEqual(0.25);
  });

  it('tells a practice that has letters only from a full one, heading by heading', async () => {
    const letters = levels(await check('XB003', { nhsNumber: knownAt('XB003') }));
    const full = levels(await check('XB001', { nhsNumber: hero() }));
    expect(letters).toMatchObject({ problems: 0, medications: 0, allergies: 0 });
    expect(letters['documents']).toBeGreaterThanOrEqual(2);
    expect(full).toMatchObject({ problems: 4, allergies: 3 });
    expect(full['medications']).toBeGreaterThanOrEqual(3);
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

describe('a launch that the EPR has made', () => {
  const real = ({ checks }: CheckReport) =>
    Object.fromEntries(checks.filter(({ id }) => id.startsWith('real.')).map(({ id, words }) => [id, words]));

  it('opens once, and neither its answer, nor its code, nor itself is good a second time', async () => {
    const report = await check('XB101', { launch: sandbox.mintLaunch('XB101', 'hero') });
    expect(failed(report)).toEqual([]);
    expect(real(report)).toEqual({
      'real.opens': 'opened',
      'real.state': 'launch.state_invalid',
      'real.code': 'token.invalid_grant',
      'real.launch': 'none',
    });
  });

  it('that was used already is said not to open, and nothing more is asked of it', async () => {
    const launch = sandbox.mintLaunch('XB101', 'hero');
    await check('XB101', { launch });
    const report = await check('XB101', { launch });
    expect(failed(report)).toEqual(['opens']);
    expect(real(report)).toMatchObject({ 'real.opens': 'launch.denied', 'real.code': 'the launch did not open' });
  });
});

describe('the report as a page', () => {
  it('says first whether all holds, what does not, and every heading with its level in words too', async () => {
    const page = asHtml(await checkIn('wrong-patient', 'XB002'));
    expect(page).toContain('✗ Not all of it holds');
    expect(page.indexOf('What does not hold')).toBeLessThan(page.indexOf('Every check'));
    expect(page).toContain('<th scope="row">Allergies and adverse reactions</th>');
    expect(page).not.toMatch(/<script|https?:|style=/);
  });
});
