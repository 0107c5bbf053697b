import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDriver from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../../launcher/audit/log.ts';
import { createStoreAudit } from '../../../launcher/audit/store-audit.ts';
import { createCheckpointSigner } from '../../../launcher/audit/tree/checkpoint.ts';
import { verifyCommand } from '../../../launcher/commands/audit-verify.ts';
import { backupCommand } from '../../../launcher/commands/backup.ts';
import { restoreCommand } from '../../../launcher/commands/restore.ts';
import type { Database } from '../../../launcher/storage/database.ts';
import { migrate } from '../../../launcher/storage/migrate.ts';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { findSession, saveSession } from '../../../launcher/storage/tables/sessions.ts';
import { type CommandRun, runCommand } from '../../support/run-command.ts';
import { testWitness } from '../../support/witness.ts';

const NAME = 'record.example/audit';
const SEED = Buffer.alloc(32, 4);
const signer = createCheckpointSigner(NAME, SEED);
const witness = testWitness('council.example/w');
const event = { type: 'session.ended', at: '2026-11-22T09:00:00.000Z', outcome: 'success' } as const;
const session = {
  bearerHash: 'h',
  sessionId: 's',
  sealed: 'k.x',
  openedAt: '2026-11-22T09:00:00.000Z',
  idleExpiresAt: '2026-11-22T09:15:00.000Z',
  expiresAt: '2026-11-22T17:00:00.000Z',
};

let folder: string;
let store: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-backup-'));
  store = at('one.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function corridor(name: 'backup' | 'restore' | 'verify', ...args: readonly string[]): Promise<CommandRun> {
  const command = { backup: backupCommand, restore: restoreCommand, verify: verifyCommand }[name]();
  return runCommand(command, [...args, '--storage', `sqlite:${store}`], {
    CORRIDOR_AUDIT_NAME: NAME,
    CORRIDOR_AUDIT_KEYS: `a:${SEED.toString('base64')}`,
    CORRIDOR_AUDIT_WITNESSES: witness.key,
  });
}

async function write(events: number): Promise<void> {
  const database = openSqlite({ file: store, busyMs: 1_000 });
  await migrate(database);
  await grow(database, events);
  await database.close();
}

async function grow(database: Database, events: number): Promise<string> {
  await createStoreAudit(database).recordAll(Array.from({ length: events }, () => event));
  const log = createAuditLog({ database, signer, witnesses: [], now: () => Date.now() });
  await log.checkpoint();
  return (await log.signedHead()) ?? '';
}

/** What a witness holds of the log as it stands. */
async function witnessed(): Promise<string> {
  const database = openSqlite({ file: store, busyMs: 1_000, readOnly: true });
  try {
    const head = await createAuditLog({ database, signer, witnesses: [], now: () => Date.now() }).signedHead();
    const note = head ?? '';
    const file = at(`head-${String(note.split('\n')[1])}`);
    writeFileSync(file, note + witness.cosign(note, Math.floor(Date.now() / 1_000)));
    return file;
  } finally {
    await database.close();
  }
}

function wipe(): void {
  for (const file of readdirSync(folder)) if (file.startsWith('one.sqlite')) rmSync(at(file));
}

describe('corridor backup', () => {
  it('refuses to overwrite, and a store it can’t copy', async () => {
    expect(await corridor('backup', at('b'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('no database') as unknown,
    });
    await write(3);
    writeFileSync(at('taken'), 'mine');
    const run = await corridor('backup', at('taken'));
    expect([run.code, run.err]).toEqual([1, expect.stringContaining('never overwrites')]);
    expect(statSync(at('taken')).size).toBe(4);
  });

  it('is taken beside the launcher that writes, for its owner alone, and verifies', async () => {
    const database = openSqlite({ file: store, busyMs: 1_000 });
    try {
      await migrate(database);
      await grow(database, 5);
      const run = await corridor('backup', at('b'));
      expect([run.code, run.err, run.out]).toEqual([0, '', expect.stringContaining('5 audit events, 0 unsigned')]);
      expect(statSync(at('b')).mode & 0o777).toBe(0o600);
      await grow(database, 5);
      expect(readdirSync(folder).filter((file) => file.startsWith('b'))).toEqual(['b']);
    } finally {
      await database.close();
    }
  });
});

describe('corridor restore', () => {
  it('refuses while a launcher holds the store, naming it, and leaves it as it is', async () => {
    await write(3);
    await corridor('backup', at('b'));
    const database = openSqlite({ file: store, busyMs: 1_000 });
    try {
      const run = await corridor('restore', at('b'));
      expect([run.code, run.err]).toEqual([1, expect.stringContaining(`process ${String(process.pid)}`)]);
      await grow(database, 1);
    } finally {
      await database.close();
    }
  });

  it('refuses a backup that was tampered with, and one that is damaged', async () => {
    await write(5);
    await corridor('backup', at('b'));
    const driver = new SqliteDriver(at('b'));
    driver.exec(`update audit_events set body = replace(body, 'session.ended', 'session.opened') where leaf = 2`);
    driver.close();
    const run = await corridor('restore', at('b'));
    expect([run.code, run.err]).toEqual([1, expect.stringMatching(/WRONG.*event 2/)]);
    writeFileSync(at('c'), 'not a database at all, but long enough to be taken for one by its name alone');
    const other = await corridor('restore', at('c'));
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('not a database')]);
    expect((await corridor('verify')).code).toBe(0);
  });

  it('refuses one that is older than what is there, or than what a witness holds, until the loss is accepted', async () => {
    await write(3);
    await corridor('backup', at('b'));
    await write(4);
    const head = await witnessed();
    const older = await corridor('restore', at('b'));
    expect([older.code, older.err]).toEqual([1, expect.stringMatching(/holds 3 audit events, and 7 are known/)]);
    wipe();
    const alone = await corridor('restore', at('b'), '--heads', head);
    expect([alone.code, alone.err]).toEqual([1, expect.stringMatching(/holds 3 audit events, and 7 are known/)]);
    expect(readdirSync(folder)).not.toContain('one.sqlite');

    const accepted = await corridor('restore', at('b'), '--heads', head, '--accept-loss');
    expect([accepted.code, accepted.err]).toEqual([0, expect.stringContaining('4 events are lost')]);
    // The loss can't be hidden afterwards: whoever holds the head finds it.
    const verdict = await corridor('verify', '--heads', head);
    expect([verdict.code, verdict.out]).toEqual([1, expect.stringContaining('signed a tree of 7')]);
  });

  it('refuses a head that no known witness signed', async () => {
    await write(3);
    await corridor('backup', at('b'));
    const stranger = testWitness('stranger.example/w');
    const database = openSqlite({ file: store, busyMs: 1_000 });
    const note = await grow(database, 1);
    await database.close();
    writeFileSync(at('head'), note + stranger.cosign(note));
    const run = await corridor('restore', at('b'), '--heads', at('head'), '--accept-loss');
    expect([run.code, run.err]).toEqual([1, expect.stringContaining('not signed by a witness')]);
  });

  it('brings a wiped store back as its witness knows it, with every session over, and keeps what it replaces', async () => {
    await write(6);
    const database = openSqlite({ file: store, busyMs: 1_000 });
    await saveSession(database.queries, session);
    await database.close();
    const head = await witnessed();
    await corridor('backup', at('b'));
    wipe();
    const run = await corridor('restore', at('b'), '--heads', head);
    expect([run.code, run.out]).toEqual([0, expect.stringContaining('6 audit events, verified')]);
    expect(await corridor('verify', '--heads', head)).toMatchObject({ code: 0 });
    const restored = openSqlite({ file: store, busyMs: 1_000 });
    expect(await findSession(restored.queries, 'h')).toBeUndefined();
    expect(await migrate(restored)).toEqual([]);
    await restored.close();
    expect((await corridor('restore', at('b'))).out).toMatch(/before is .*one\.sqlite\.before-/);
    expect(readdirSync(folder).filter((file) => file.includes('restoring'))).toEqual([]);
  });
});
