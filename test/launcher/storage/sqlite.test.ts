import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStoreAudit } from '../../../launcher/audit/store-audit.ts';
import { migrate } from '../../../launcher/storage/migrate.ts';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { migrationsContract } from '../../contracts/migrations.contract.ts';
import { messageSearchContract } from '../../contracts/message-search.contract.ts';
import { messagesContract } from '../../contracts/messages.contract.ts';
import { storageContract } from '../../contracts/storage.contract.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-sqlite-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const WRITER = fileURLToPath(new URL('../../support/sqlite-writer.ts', import.meta.url));

/** Another process that holds the database and reports each audit event once it is durable. */
async function startWriter(
  file: string,
): Promise<{ readonly pid: number; readonly written: () => number; kill(): Promise<void> }> {
  const child = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the writer ended early')));
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString();
      if (output.split('\n').length > 20) resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    written: () => Math.max(...output.split('\n').map(Number)),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

describe('SQLite', () => {
  storageContract(() =>
    Promise.resolve(openSqlite({ file: at(`${String(performance.now())}.sqlite`), busyMs: 1_000 })),
  );
  migrationsContract(() => Promise.resolve(openSqlite({ file: ':memory:', busyMs: 1_000 })));
  messagesContract(() => Promise.resolve(openSqlite({ file: ':memory:', busyMs: 1_000 })));
  messageSearchContract(() => Promise.resolve(openSqlite({ file: ':memory:', busyMs: 1_000 })));

  it('refuses a second opener in the same process', async () => {
    const first = openSqlite({ file: at('one.sqlite'), busyMs: 100 });
    try {
      expect(() => openSqlite({ file: at('one.sqlite'), busyMs: 100 })).toThrow(`process ${String(process.pid)}`);
    } finally {
      await first.close();
    }
  });

  it('refuses a second process and names the one that holds it; after kill -9 it opens and nothing acknowledged is lost', async () => {
    const writer = await startWriter(at('one.sqlite'));
    try {
      expect(() => openSqlite({ file: at('one.sqlite'), busyMs: 100 })).toThrow(
        `in use by process ${String(writer.pid)}`,
      );
    } finally {
      await writer.kill();
    }
    const database = openSqlite({ file: at('one.sqlite'), busyMs: 100 });
    try {
      const events = await createStoreAudit(database).read({ limit: 1_000_000 });
      expect(events.length).toBeGreaterThanOrEqual(writer.written());
      expect(await migrate(database)).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('refuses a folder that is not there, in plain words', () => {
    expect(() => openSqlite({ file: at('none/one.sqlite'), busyMs: 100 })).toThrow(
      /folder .* of the database can’t be read/,
    );
  });

  it('refuses to write through a reader, which may read beside the launcher that holds it', async () => {
    const holder = openSqlite({ file: at('one.sqlite'), busyMs: 100 });
    await migrate(holder);
    const event = { type: 'session.ended', at: '2026-11-22T09:00:00.000Z', outcome: 'success' } as const;
    await createStoreAudit(holder).record(event);
    const reader = openSqlite({ file: at('one.sqlite'), busyMs: 100, readOnly: true });
    try {
      expect(await createStoreAudit(reader).read({ limit: 10 })).toMatchObject([event]);
      await expect(createStoreAudit(reader).record(event)).rejects.toThrow('audit.unavailable');
    } finally {
      await reader.close();
      await holder.close();
    }
  });

  it('lets go of the database when it is closed, once and for all', async () => {
    for (let time = 0; time < 3; time += 1) {
      const database = openSqlite({ file: at('one.sqlite'), busyMs: 100 });
      await Promise.all([database.close(), database.close()]);
    }
  });
});
