import { hostname } from 'node:os';
import SqliteDriver from 'better-sqlite3';
import { StorageError } from './database.ts';

export type Lock = { release(): void };

type Holder = { readonly pid: number; readonly host: string; readonly since: string };

/**
 * One launcher per SQLite file. The lock is the operating system's, held by an open transaction on a small database
 * beside the real one: the kernel lets it go when the process dies, however it dies, so a lock can't go stale. The row
 * in it only names the holder, for the message. (Two writers on an embedded store lose rows silently: safety finding 1.)
 */
export function takeLock(databaseFile: string): Lock {
  const file = `${databaseFile}.lock`;
  let driver: SqliteDriver.Database;
  try {
    driver = new SqliteDriver(file, { timeout: 0 });
  } catch (cause) {
    throw new StorageError(`The lock ${file} can’t be made: check that the folder exists and may be written to.`, {
      cause,
    });
  }
  try {
    hold(driver);
  } catch (cause) {
    const holder = isBusy(cause) ? readHolder(driver) : undefined;
    driver.close();
    if (!isBusy(cause)) throw new StorageError(`The lock ${file} can’t be taken.`, { cause });
    const who = holder ? `process ${String(holder.pid)} on ${holder.host}, since ${holder.since}` : 'another process';
    throw new StorageError(
      `The database ${databaseFile} is in use by ${who}. Stop that launcher first, or use PostgreSQL to run several.`,
    );
  }
  return { release: () => driver.close() };
}

/** The holder's name has to be committed to be read by others; the lock is then taken again and the name checked. */
function hold(driver: SqliteDriver.Database): void {
  const token = `${String(process.pid)}/${String(performance.timeOrigin)}/${String(performance.now())}`;
  driver.exec('BEGIN IMMEDIATE');
  for (;;) {
    driver.exec(
      'CREATE TABLE IF NOT EXISTS holder (id INTEGER PRIMARY KEY, pid INTEGER, host TEXT, since TEXT, token TEXT)',
    );
    driver
      .prepare('INSERT OR REPLACE INTO holder VALUES (1, ?, ?, ?, ?)')
      .run(process.pid, hostname(), new Date().toISOString(), token);
    driver.exec('COMMIT');
    driver.exec('BEGIN IMMEDIATE');
    if (driver.prepare<[], { token: string }>('SELECT token FROM holder').get()?.token === token) return;
  }
}

function readHolder(driver: SqliteDriver.Database): Holder | undefined {
  try {
    return driver.prepare<[], Holder>('SELECT pid, host, since FROM holder').get();
  } catch (cause) {
    // The holder is between making the lock and naming itself: the refusal stands, only the name is missing.
    if (cause instanceof SqliteDriver.SqliteError) return undefined;
    throw cause;
  }
}

function isBusy(cause: unknown): boolean {
  return cause instanceof SqliteDriver.SqliteError && cause.code.startsWith('SQLITE_BUSY');
}
