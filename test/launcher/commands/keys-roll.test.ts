import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysCommand } from '../../../launcher/commands/keys.ts';
import { readConfig, SETTINGS } from '../../../launcher/config.ts';
import { createSealing } from '../../../launcher/session/seal.ts';
import { migrate } from '../../../launcher/storage/migrate.ts';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { saveSession } from '../../../launcher/storage/tables/sessions.ts';
import { loadKeys } from '../../../launcher/trust/keys.ts';
import { ecKey } from '../../support/key-file.ts';
import { type CommandRun, runCommand } from '../../support/run-command.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-roll-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function roll(args: readonly string[], environment: { readonly [name: string]: string } = {}): Promise<CommandRun> {
  return runCommand(keysCommand(), ['roll', ...args], environment);
}

/** What a launcher would be given: the line as it was printed. */
function valueOf(out: string, name: 'CORRIDOR_SEAL_KEYS' | 'CORRIDOR_AUDIT_KEYS'): string {
  const [, value = ''] = new RegExp(`^${name}=(.+)$`, 'm').exec(out) ?? [];
  return value;
}

const sealKeysOf = (value: string) => readConfig({ CORRIDOR_SEAL_KEYS: value }).seal.keys;

describe('corridor keys roll client', () => {
  it('refuses a step out of turn or too early, changes the file step by step, and each step’s file is one the launcher takes', async () => {
    const file = at('keys.json');
    writeFileSync(file, JSON.stringify({ keys: [ecKey('first')] }));
    const client = (...args: readonly string[]): Promise<CommandRun> => roll(['client', ...args, '--file', file]);

    expect(await client('use')).toMatchObject({ code: 1, err: expect.stringContaining('no next keys') as unknown });
    expect((await client('add')).code).toBe(0);
    const published = await loadKeys(file);
    expect(published.signingKey().kid).toBe('first');
    expect(published.jwks.keys).toHaveLength(5);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const before = readFileSync(file, 'utf8');
    const early = await client('use');
    expect([early.code, early.err]).toEqual([1, expect.stringMatching(/wait until/)]);
    expect(readFileSync(file, 'utf8')).toBe(before);

    expect((await client('use', '--overlap-hours', '0')).code).toBe(0);
    const overlapping = await loadKeys(file);
    const kid = overlapping.signingKey().kid;
    expect(kid).toMatch(/^es384-/);
    // What was signed a moment ago still verifies: the key set holds the old key.
    expect(overlapping.jwks.keys.map((key) => key['kid'])).toContain('first');

    expect((await client('drop')).code).toBe(1);
    expect((await client('drop', '--overlap-hours', '0')).code).toBe(0);
    const done = await loadKeys(file);
    expect(done.signingKey().kid).toBe(kid);
    expect(done.jwks.keys.map((key) => key['kid'])).not.toContain('first');
    expect(done.jwks.keys).toHaveLength(4);
  });

  it('prints no private half', async () => {
    const file = at('quiet.json');
    const key = ecKey('only');
    writeFileSync(file, JSON.stringify({ keys: [key] }));
    const run = await roll(['client', 'add', '--file', file]);
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: readonly { readonly d: string }[] };
    for (const { d } of keys) expect(run.out + run.err).not.toContain(d);
  });
});

describe('corridor keys roll seal', () => {
  it('lets every launcher open what any of them sealed, at each step, and drops no key that something is sealed under', async () => {
    const storage = `sqlite:${at('seal.sqlite')}`;
    const first = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
    const added = valueOf((await roll(['seal', 'add'], { CORRIDOR_SEAL_KEYS: first })).out, 'CORRIDOR_SEAL_KEYS');
    const used = valueOf((await roll(['seal', 'use'], { CORRIDOR_SEAL_KEYS: added })).out, 'CORRIDOR_SEAL_KEYS');
    const steps = [first, added, used].map((value) => createSealing(sealKeysOf(value)));
    for (const [index, sealing] of steps.entries())
      for (const neighbour of steps.slice(Math.max(0, index - 1), index + 2))
        expect(neighbour.open('session', sealing.seal('session', { n: index }))).toEqual({ n: index });
    expect(sealKeysOf(used)?.[0]?.id).toMatch(/^k\d{8}-/);

    const database = openSqlite({ file: at('seal.sqlite'), busyMs: 1_000 });
    await migrate(database);
    const row = { bearerHash: 'h', sessionId: 's', sealed: steps[0]?.seal('session', {}) ?? '' };
    const times = { openedAt: '2026-11-22', idleExpiresAt: '2026-11-22', expiresAt: '2026-11-22' };
    await saveSession(database.queries, { ...row, ...times });
    const drop = (): Promise<CommandRun> => roll(['seal', 'drop', '--storage', storage], { CORRIDOR_SEAL_KEYS: used });
    expect(await drop()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('k1: 1') as unknown });
    await database.queries.deleteFrom('sessions').execute();
    await database.close();
    const dropped = sealKeysOf(valueOf((await drop()).out, 'CORRIDOR_SEAL_KEYS'));
    expect(dropped?.map(({ id }) => id)).toEqual([sealKeysOf(used)?.[0]?.id]);
  });

  it('refuses where no keys are set', async () => {
    const run = await roll(['seal', 'add']);
    expect([run.code, run.err]).toEqual([1, expect.stringContaining('CORRIDOR_SEAL_KEYS')]);
  });
});

describe('corridor keys roll audit', () => {
  it('puts the new key in front, leaves the one that names patients last, and says what witnesses need', async () => {
    const first = `a1:${Buffer.alloc(32, 5).toString('base64')}`;
    const run = await roll(['audit', 'add'], {
      CORRIDOR_AUDIT_KEYS: first,
      CORRIDOR_AUDIT_NAME: 'record.example/audit',
    });
    const keys = readConfig({ CORRIDOR_AUDIT_KEYS: valueOf(run.out, 'CORRIDOR_AUDIT_KEYS') }).audit.keys;
    expect(keys?.map(({ id }) => id)).toEqual([expect.stringMatching(/^k\d{8}-/), 'a1']);
    expect(run.err).toMatch(/record\.example\/audit\+[0-9a-f]{8}\+/);
    expect(SETTINGS['audit.keys'].doc).toContain('the second beside it');
  });
});
