import { statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import SqliteDriver from 'better-sqlite3';
import {
  CompiledQuery,
  type DialectAdapter,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
} from 'kysely';
import { type Database, databaseOver, type Queries, StorageError } from './database.ts';
import type { Schema } from './schema.ts';
import { shareCommits } from './shared-commits.ts';
import { takeLock } from './sqlite-lock.ts';

export type SqliteOptions = {
  /** Path of the database, or `:memory:`. */
  readonly file: string;
  readonly busyMs: number;
  /** Reads beside a running launcher (`corridor audit list`): takes no lock and can't write. */
  readonly readOnly?: boolean;
};

/**
 * The embedded store. WAL with full synchronous writes: a commit that was acknowledged survives a killed process and
 * a power cut (dependencies.md §3). Exactly one launcher writes to it; a second refuses to start.
 */
export function openSqlite(options: SqliteOptions): Database {
  const file = options.file === ':memory:' ? options.file : resolve(options.file);
  const readOnly = options.readOnly ?? false;
  const onDisk = file !== ':memory:';
  if (onDisk) refuseNetworkFolder(dirname(file));
  const lock = onDisk && !readOnly ? takeLock(file) : undefined;
  try {
    const driver = new SqliteDriver(file, { readonly: readOnly, fileMustExist: readOnly, timeout: options.busyMs });
    if (!readOnly) {
      driver.pragma('journal_mode = WAL');
      driver.pragma('synchronous = FULL');
    }
    driver.pragma('foreign_keys = ON');
    driver.pragma('trusted_schema = OFF');
    const queries = new Kysely<Schema>({ dialect: new TransactionalSqliteDialect({ database: preparing(driver) }) });
    return databaseOver('sqlite', queries, () => lock?.release(), {
      together: shareCommits(queries),
      before: (work) => unflushed(queries, work),
    });
  } catch (cause) {
    lock?.release();
    throw new StorageError(
      `The database ${file} can’t be opened: check that the folder exists and may be written to.`,
      { cause },
    );
  }
}

/**
 * Writes without waiting for the disk: WAL keeps the order, so the next commit that waits makes this one durable first
 * (sqlite.org/pragma.html#pragma_synchronous). A killed process loses nothing of it; a power cut may, and then also
 * everything that came after.
 */
function unflushed<T>(queries: Queries, work: (queries: Queries) => Promise<T>): Promise<T> {
  return queries.connection().execute(async (alone) => {
    await alone.executeQuery(CompiledQuery.raw('pragma synchronous = NORMAL'));
    try {
      return await work(alone);
    } finally {
      await alone.executeQuery(CompiledQuery.raw('pragma synchronous = FULL'));
    }
  });
}

/** Statements of our own code are few and are prepared once; SQLite prepares them again by itself when a table changes. */
function preparing(driver: SqliteDriver.Database): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    prepare: (text) => {
      const known = prepared.get(text);
      if (known) return known;
      const statement = driver.prepare<unknown[]>(text) as SqliteStatement;
      if (prepared.size < MOST_PREPARED) prepared.set(text, statement);
      return statement;
    },
    close: () => driver.close(),
  };
}

const MOST_PREPARED = 200;

/**
 * SQLite can change its schema inside a transaction; kysely does not count on it, and would leave a migration that
 * fails half-way half done.
 */
class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new TransactionalSqliteAdapter();
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** File locks don't hold on network file systems, and WAL needs shared memory: sqlite.org/wal.html §2. */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
]);

function refuseNetworkFolder(folder: string): void {
  let type: number;
  try {
    type = statfsSync(folder).type;
  } catch (cause) {
    throw new StorageError(
      `The folder ${folder} of the database can’t be read: make it, or set CORRIDOR_STORAGE_URL.`,
      { cause },
    );
  }
  const network = NETWORK_FILE_SYSTEMS.get(type);
  if (network === undefined) return;
  throw new StorageError(
    `The folder ${folder} is on ${network}, where SQLite can lose writes: use a local disk, or PostgreSQL.`,
  );
}
