import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../launcher/storage/database.ts';
import { createAuditLog } from '../../../launcher/audit/log.ts';
import { createStoreAudit } from '../../../launcher/audit/store-audit.ts';
import { createCheckpointSigner } from '../../../launcher/audit/tree/checkpoint.ts';
import { readTrustedKey } from '../../../launcher/verifier/notes.ts';
import { openLog } from '../../../launcher/verifier/read-store.ts';
import { verifyLog } from '../../../launcher/verifier/verify-log.ts';
import { migrate } from '../../../launcher/storage/migrate.ts';
import { MIGRATIONS } from '../../../launcher/storage/migrations/index.ts';
import { openPostgres } from '../../../launcher/storage/postgres.ts';
import { migrationsContract } from '../../contracts/migrations.contract.ts';
import { messageSearchContract } from '../../contracts/message-search.contract.ts';
import { messagesContract } from '../../contracts/messages.contract.ts';
import { reconcileContract } from '../../contracts/reconcile.contract.ts';
import { storageContract } from '../../contracts/storage.contract.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';

let server: TestPostgres | undefined;

beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server?.stop());

async function newUrl(): Promise<string> {
  if (!server) throw new Error('PostgreSQL is not running');
  return server.newDatabase();
}

/** For what is asked of the tables, and not of how they come to be. */
async function openStore(): Promise<Database> {
  if (!server) throw new Error('PostgreSQL is not running');
  return open(await server.newStore());
}

function open(url: string, statementMs = 10_000): Promise<Database> {
  return openPostgres({ url, poolSize: 4, connectMs: 5_000, statementMs, onIdleError: () => undefined });
}

describe('PostgreSQL', () => {
  storageContract(openStore);
  migrationsContract(async () => open(await newUrl()));
  messagesContract(openStore);
  messageSearchContract(openStore);
  reconcileContract(openStore);

  it('is refused in plain words when it can’t be reached', async () => {
    await expect(open('postgres://nobody:secret-word@127.0.0.1:1/none')).rejects.toThrow(/can’t be reached/);
    await expect(open('postgres://nobody:secret-word@127.0.0.1:1/none')).rejects.not.toThrow(/secret-word/);
  });

  it('is refused when its commits are not durable', async () => {
    const url = new URL(await newUrl());
    url.searchParams.set('options', '-c synchronous_commit=off');
    await expect(open(url.href)).rejects.toThrow(/synchronous_commit/);
  });

  it('stops a statement that takes too long', async () => {
    const database = await open(await newUrl(), 200);
    try {
      await expect(sql`select pg_sleep(5)`.execute(database.queries)).rejects.toThrow();
    } finally {
      await database.close();
    }
  });

  it('is migrated once when several launchers start together', async () => {
    const url = await newUrl();
    const databases = await Promise.all([open(url), open(url), open(url)]);
    try {
      const done = await Promise.all(databases.map((database) => migrate(database)));
      expect(done.flat()).toHaveLength(Object.keys(MIGRATIONS).length);
    } finally {
      await Promise.all(databases.map((database) => database.close()));
    }
  });

  it('lets several launchers write to one tree, in turn and without a gap, and verifies', async () => {
    const url = await newUrl();
    const databases = await Promise.all([open(url), open(url), open(url)]);
    try {
      await migrate(databases[0] as Database);
      const event = { type: 'session.ended', at: '2026-11-22T09:00:00.000Z', outcome: 'success' } as const;
      const audits = databases.map((database) => createStoreAudit(database));
      await Promise.all(
        Array.from({ length: 120 }, async (_, index) =>
          audits[index % 3]?.recordAll([event, event, event, event, event]),
        ),
      );
      const signer = createCheckpointSigner('test.example/audit', new Uint8Array(32).fill(7));
      const [database] = databases;
      await createAuditLog({ database, signer, witnesses: [], now: () => Date.now() }).checkpoint();
      const image = await openLog(url, []);
      try {
        const keys = [readTrustedKey(signer.verifierKey)].filter((key) => key !== undefined);
        const verdict = await verifyLog(image, { keys });
        expect(verdict).toMatchObject({ ok: true, size: 600, unsigned: 0 });
      } finally {
        await image.close();
      }
    } finally {
      await Promise.all(databases.map((database) => database.close()));
    }
  });
});
