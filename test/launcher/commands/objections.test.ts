import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Launcher, startLauncher } from '../../../launcher/main.ts';
import { bareEnvironment } from '../../support/bare-environment.ts';
import { TEST_NUMBER } from '../../support/audit-events.ts';

const CLI = fileURLToPath(new URL('../../../launcher/cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'corridor-objections-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Run = { readonly code: number | null; readonly out: string; readonly err: string };

const TOKEN = 'the-admin-secret-that-only-this-test-knows';

function corridor(...args: readonly string[]): Promise<Run> {
  return corridorWith({}, ...args);
}

function corridorWith(more: Record<string, string>, ...args: readonly string[]): Promise<Run> {
  const env = { ...bareEnvironment(), CORRIDOR_STORAGE_URL: `sqlite:${join(folder, 'store.sqlite')}`, ...more };
  const child = spawn(process.execPath, [CLI, ...args], { env });
  let out = '';
  let err = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

const add = (...more: readonly string[]): Promise<Run> =>
  corridor('objections', 'add', '--patient', TEST_NUMBER, '--by', 'Ada L', ...more);

describe('an objection recorded by the community team', () => {
  it.each([
    ['days the calendar has not', ['--from', '2026-02-31']],
    ['no day', ['--to', 'tomorrow']],
    ['an end before its beginning', ['--from', '2026-05-02', '--to', '2026-05-01']],
    ['nobody who recorded it', ['--by', ' ']],
  ])(
    'is refused with %s, for it would hold nowhere or be nobody’s',
    async (_what, more) => {
      expect((await add(...more)).code).not.toBe(0);
      expect((await corridor('objections', 'list', '--patient', TEST_NUMBER)).out).toBe('');
    },
    30_000,
  );

  it('stands in the audit with who recorded and who ended it', async () => {
    const id = (await add()).out.trim();
    expect((await corridor('objections', 'end', id, '--by', 'Bea M')).code).toBe(0);
    const { out } = await corridor('audit', 'list');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      expect.objectContaining({
        type: 'objection.recorded',
        user: 'urn:corridor:community-team|Ada L',
        detail: { objection: id },
      }),
      expect.objectContaining({ type: 'objection.ended', user: 'urn:corridor:community-team|Bea M' }),
    ]);
    expect((await corridor('audit', 'verify')).code).toBe(0);
  });
});

const COMMUNITY = `
corridor: 1
name: Test Care
environment: test
pathways: [{ id: care, name: Care, purpose: direct-care, askers: all, givers: all, from: 2026-01-01 }]
roles: [{ id: gp, name: GP, sections: all, clearance: N }]
organisations: [{ ods: XT001, name: Test Surgery, kind: gp }]
`;

describe('beside a running launcher on the embedded store', () => {
  const storage = { CORRIDOR_STORAGE_URL: `sqlite:${join(folder, 'running.sqlite')}` };
  const secret = { ...storage, CORRIDOR_ADMIN_TOKEN: TOKEN };
  let launcher: Launcher;

  beforeAll(async () => {
    launcher = await startLauncher({
      environment: {},
      logTo: { write: () => undefined },
      settings: { 'server.port': 0, 'storage.url': storage.CORRIDOR_STORAGE_URL, 'admin.token': TOKEN },
      communityText: COMMUNITY,
    });
  });
  afterAll(() => launcher.close());

  const through = (env: Record<string, string>, ...more: readonly string[]): Promise<Run> =>
    corridorWith(env, 'objections', ...more, '--by', 'Ada L', '--launcher', launcher.url);
  const record = (env: Record<string, string>, ...more: readonly string[]): Promise<Run> =>
    through(env, 'add', '--patient', TEST_NUMBER, ...more);

  it('an objection is refused without the launcher’s own secret, for an unknown organisation and of a wrong day', async () => {
    const alone = await corridorWith(storage, 'objections', 'add', '--patient', TEST_NUMBER, '--by', 'Ada L');
    expect(alone).toMatchObject({ code: 1, err: expect.stringContaining('--launcher URL') as string });
    expect((await record(storage)).err).toContain('CORRIDOR_ADMIN_TOKEN');
    expect((await record({ ...secret, CORRIDOR_ADMIN_TOKEN: 'x'.repeat(40) })).err).toContain('is not the one');
    expect((await record(secret, '--giver', 'XT999')).err).toContain('--giver XT999: is not in the community file');
    const wrongDay = await fetch(`${launcher.url}/admin/objections`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ patient: TEST_NUMBER, by: 'Ada L', use: 'TREAT', from: '2026-02-31' }),
    });
    expect(wrongDay.status).toBe(400);
    expect(await launcher.audit.read({ type: 'objection.recorded', limit: 10 })).toEqual([]);
  });

  it('it is recorded and ended through the launcher, in the audit with who did it', async () => {
    const id = (await record(secret, '--giver', 'XT001')).out.trim();
    const list = (): Promise<Run> => corridorWith(storage, 'objections', 'list', '--patient', TEST_NUMBER);
    expect(JSON.parse((await list()).out)).toMatchObject({
      id,
      recordedBy: 'Ada L',
      statement: { base: { givers: ['XT001'] } },
    });
    expect((await through(secret, 'end', id)).code).toBe(0);
    expect((await list()).out).toBe('');
    expect((await through(secret, 'end', id)).code).toBe(1);
    const by = { user: 'urn:corridor:community-team|Ada L', detail: { objection: id } };
    const [recorded] = await launcher.audit.read({ type: 'objection.recorded', limit: 10 });
    const [ended] = await launcher.audit.read({ type: 'objection.ended', limit: 10 });
    expect([recorded, ended]).toEqual([
      expect.objectContaining({ ...by, nhsNumber: TEST_NUMBER }),
      expect.objectContaining(by),
    ]);
  });

  it('who reads the audit beside it is written down by it, or told that they are not', async () => {
    const report = (env: Record<string, string>, ...more: readonly string[]): Promise<Run> =>
      corridorWith(env, 'audit', 'report', '--patient', TEST_NUMBER, '--by', 'Ada L', ...more);
    const looks = () => launcher.audit.read({ type: 'audit.read', limit: 10 });
    expect((await report(storage)).err).toContain('not in the audit');
    expect((await report(storage, '--launcher', launcher.url)).code).not.toBe(0);
    expect(await looks()).toEqual([]);
    expect((await report(secret, '--launcher', launcher.url)).code).toBe(0);
    expect(await looks()).toEqual([
      expect.objectContaining({
        user: 'urn:corridor:operator|Ada L',
        nhsNumber: TEST_NUMBER,
        detail: { what: 'report', of: 'patient' },
      }),
    ]);
  });
});
