import { chmodSync, closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import SqliteDriver from 'better-sqlite3';
import { StorageError } from './database.ts';

/** All at once: a copy in small steps begins again whenever the launcher writes, and need never end. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies the store beside the launcher that writes to it (SQLite Online Backup API), as one file for its owner alone.
 * The copy is whole and sound, or not there. What is there already is never overwritten.
 */
export async function backUpSqlite(from: string, to: string): Promise<void> {
  if (!existsSync(from)) throw new StorageError(`There is no database ${from}.`);
  refuseExisting(to);
  const unfinished = `${to}.unfinished`;
  rmSync(unfinished, { force: true });
  // Made first, so that its mode holds before there is anything in it.
  closeSync(openSync(unfinished, 'wx', 0o600));
  const driver = new SqliteDriver(from, { readonly: true });
  try {
    await driver.backup(unfinished, { progress: () => ALL_PAGES });
    settle(unfinished);
    refuseExisting(to);
    renameSync(unfinished, to);
  } finally {
    driver.close();
    rmSync(unfinished, { force: true });
  }
}

/** A copy of a backup to work on, beside the database it is to become. */
export function copyBackup(from: string, to: string): void {
  rmSync(to, { force: true });
  copyFileSync(from, to);
  chmodSync(to, 0o600);
  settle(to);
}

/** Puts a finished copy in the place of a database that nobody has open. What was there stays, under another name. */
export function putInPlace(copy: string, database: string, aside: string): void {
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(`${database}${part}`)) renameSync(`${database}${part}`, `${aside}${part}`);
  }
  renameSync(copy, database);
}

/** One file, found sound, and on the disk. */
function settle(file: string): void {
  const driver = new SqliteDriver(file);
  try {
    driver.pragma('journal_mode = DELETE');
    const found = driver.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new StorageError(`${file} is damaged (SQLite’s integrity_check).`);
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    throw new StorageError(`${file} is not a database that can be read.`, { cause });
  } finally {
    driver.close();
  }
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

function refuseExisting(file: string): void {
  if (existsSync(file)) throw new StorageError(`${file} is there already: a backup never overwrites another.`);
}
