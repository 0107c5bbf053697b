import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../../launcher/audit/log.ts';
import { createStoreAudit } from '../../../launcher/audit/store-audit.ts';
import { createCheckpointSigner } from '../../../launcher/audit/tree/checkpoint.ts';
import { backupCommand } from '../../../launcher/commands/backup.ts';
import { restoreCommand } from '../../../launcher/commands/restore.ts';
import type { Database } from '../../../launcher/storage/database.ts';
import { migrate } from '../../../launcher/storage/migrate.ts';
import { openPostgres } from '../../../launcher/storage/postgres.ts';
import { findSession, saveSession } from '../../../launcher/storage/tables/sessions.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
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

let server: TestPostgres | undefined;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-restore-pg-'));
  server = await startPostgres();
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function open(url: string): Promise<Database> {
  return openPostgres({ url, poolSize: 2, connectMs: 5_000, statementMs: 10_000, onIdleError: () => undefined });
}

/** Adds events and gives what the witness then holds. */
async function grow(database: Database, name: string): Promise<string> {
  await createStoreAudit(database).recordAll([event, event, event]);
  const log = createAuditLog({ database, signer, witnesses: [], now: () => Date.now() });
  await log.checkpoint();
  const note = (await log.signedHead()) ?? '';
  const file = join(folder, name);
  writeFileSync(file, note + witness.cosign(note, Math.floor(Date.now() / 1_000)));
  return file;
}

const environment = {
  CORRIDOR_AUDIT_NAME: NAME,
  CORRIDOR_AUDIT_KEYS: `a:${SEED.toString('base64')}`,
  CORRIDOR_AUDIT_WITNESSES: witness.key,
};
const restore = (url: string, ...args: readonly string[]): Promise<CommandRun> =>
  runCommand(restoreCommand(), [...args, '--storage', url], environment);

describe('PostgreSQL after pg_restore', () => {
  it('is refused when the witness has seen more, proved when it has not, and every session in it is over', async () => {
    const url = (await server?.newDatabase()) ?? '';
    const database = await open(url);
    await migrate(database);
    await saveSession(database.queries, session);
    const asBackedUp = await grow(database, 'then');
    const newer = `${url}_newer`;
    await database.close();
    // What pg_dump and pg_restore come to, without their programs: a copy of the database as it is now.
    const maintenance = new URL(url);
    maintenance.pathname = '/postgres';
    const administrator = await open(maintenance.href);
    const [live, copy] = [new URL(url).pathname.slice(1), new URL(newer).pathname.slice(1)];
    await sql`create database ${sql.id(copy)} template ${sql.id(live)}`.execute(administrator.queries);
    const going = await open(url);
    const since = await grow(going, 'since');
    await going.close();

    const older = await restore(newer, '--heads', since);
    expect([older.code, older.err]).toEqual([1, expect.stringMatching(/holds 3 audit events, and 6 are known/)]);
    const restored = await open(newer);
    expect(await findSession(restored.queries, 'h')).toBeDefined();
    expect(await restore(newer, '--heads', asBackedUp)).toMatchObject({ code: 0 });
    expect(await findSession(restored.queries, 'h')).toBeUndefined();

    await sql`update audit_events set body = replace(body, 'session.ended', 'session.opened') where leaf = 1`.execute(
      restored.queries,
    );
    await restored.close();
    expect((await restore(newer)).err).toMatch(/WRONG.*event 1/);
    await sql`drop database ${sql.id(copy)}`.execute(administrator.queries);
    await administrator.close();
  });

  it('is told the way of its own when it is asked for a file', async () => {
    const backup = await runCommand(backupCommand(), ['b', '--storage', 'postgres://x@127.0.0.1:1/x']);
    expect([backup.code, backup.err]).toEqual([1, expect.stringContaining('pg_dump')]);
    const run = await restore('postgres://x@127.0.0.1:1/x', 'b');
    expect([run.code, run.err]).toEqual([1, expect.stringContaining('pg_restore')]);
  });
});
