import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { ArgumentError } from '../argument-error.ts';
import { type Config, readConfig } from '../config.ts';
import { copyBackup, putInPlace } from '../storage/copy-sqlite.ts';
import type { Database } from '../storage/database.ts';
import { openDatabase } from '../storage/open-database.ts';
import { takeLock } from '../storage/sqlite-lock.ts';
import { sweepLaunchTransactions } from '../storage/tables/launch-transactions.ts';
import { sweepSessions } from '../storage/tables/sessions.ts';
import { parseHead, signedBy, type TrustedKey } from '../verifier/notes.ts';
import { openLog } from '../verifier/read-store.ts';
import { verifyLog } from '../verifier/verify-log.ts';
import { readHead, several, trusted } from './audit-verify.ts';
import { sqliteFileOf } from './backup.ts';

type Options = {
  readonly storage?: string;
  readonly key: readonly string[];
  readonly heads: readonly string[];
  readonly acceptLoss?: boolean;
};

/** `corridor restore`: brings a backup back, after proving it and saying what it does not hold. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description(
      'bring back a backup of the embedded store; or, after pg_restore and without a file, make PostgreSQL fit to serve',
    )
    .argument('[file]', 'what corridor backup wrote')
    .option('--storage <url>', 'sqlite:FILE to replace, with its launcher stopped, or postgres://…')
    .option('--key <key>', 'public key of the log or of a witness (name+hash+key); may be given again', several, [])
    .option('--heads <file>', 'a signed head a witness holds, as it gave it; may be given again', several, [])
    .option('--accept-loss', 'restore although events are known that the backup does not hold')
    .action((file: string | undefined, options: Options) => restore(file, options));
}

async function restore(file: string | undefined, options: Options): Promise<void> {
  const config = readConfig(process.env, options.storage === undefined ? {} : { 'storage.url': options.storage });
  const target = sqliteFileOf(config.storage.url);
  if (target === undefined) return restorePostgres(file, config, options);
  if (file === undefined)
    throw new ArgumentError('argument.missing', 'restore: which file? (the one corridor backup wrote)');
  const from = resolve(file);
  if (!existsSync(from)) throw new ArgumentError('argument.unreadable_file', `${file}: is not there`);
  const lock = takeLock(target);
  const copy = `${target}.restoring`;
  try {
    copyBackup(from, copy);
    const size = await prove(`sqlite:${copy}`, config, options, await sizeOf(target));
    if (size === undefined) return;
    await endEverything(await openDatabase({ ...config.storage, url: `sqlite:${copy}` }, () => undefined));
    const aside = `${target}.before-${new Date().toISOString().replaceAll(':', '')}`;
    const replaced = existsSync(target);
    putInPlace(copy, target, aside);
    say(size, replaced ? `What was there before is ${aside}.` : undefined);
  } finally {
    for (const part of ['', '-wal', '-shm', '.lock']) rmSync(`${copy}${part}`, { force: true });
    lock.release();
  }
}

async function restorePostgres(file: string | undefined, config: Config, options: Options): Promise<void> {
  if (file !== undefined)
    throw new ArgumentError(
      'argument.does_not_fit',
      'restore: PostgreSQL is brought back by pg_restore; then call this without a file',
    );
  const size = await prove(config.storage.url, config, options, 0);
  if (size === undefined) return;
  await endEverything(await openDatabase(config.storage, () => undefined));
  say(size);
}

/** The size of the tree that was proved; `undefined` when it must not be served, which has been said. */
async function prove(url: string, config: Config, options: Options, known: number): Promise<number | undefined> {
  const keys = trusted(config, options.key);
  const heads = (await Promise.all(options.heads.map(readHead))).flat();
  const size = await verified(url, keys, heads);
  if (size === undefined) return undefined;
  const newest = Math.max(known, ...heads.map((note) => parseHead(note)?.size ?? 0));
  if (newest <= size || options.acceptLoss) {
    if (newest > size)
      warn(`${String(newest - size)} events are lost. No witness will sign this log again: see README.`);
    return size;
  }
  warn(`OLDER: it holds ${String(size)} audit events, and ${String(newest)} are known to have been written.`);
  warn('Look for a newer backup first. To go on without them: --accept-loss.');
  process.exitCode = 1;
  return undefined;
}

/** Heads beyond the end of the log don't make it wrong, only old; but each must be a trusted witness’s. */
async function verified(
  url: string,
  keys: readonly TrustedKey[],
  heads: readonly string[],
): Promise<number | undefined> {
  const strangers = heads.filter((note) => !isWitnessed(note, keys));
  if (strangers.length > 0) {
    warn('A head that was given is not signed by a witness whose key is known: give its --key.');
    process.exitCode = 1;
    return undefined;
  }
  const whole = await openLog(url, []);
  const { size } = whole;
  await whole.close();
  const image = await openLog(
    url,
    heads.filter((note) => (parseHead(note)?.size ?? 0) <= size),
  );
  try {
    const verdict = await verifyLog(image, { keys });
    if (verdict.ok) return verdict.size;
    warn(`WRONG: the audit in it is not what was signed, first at event ${String(verdict.first?.index)}.`);
    process.exitCode = 1;
    return undefined;
  } finally {
    await image.close();
  }
}

function isWitnessed(note: string, keys: readonly TrustedKey[]): boolean {
  const head = parseHead(note);
  return head !== undefined && keys.some((key) => key.kind === 'witness' && signedBy(head, key) !== undefined);
}

/** Events of the store that is about to be replaced. One that can't be read is often why a backup is brought back. */
async function sizeOf(target: string): Promise<number> {
  if (!existsSync(target)) return 0;
  try {
    const image = await openLog(`sqlite:${target}`, []);
    await image.close();
    return image.size;
  } catch (cause) {
    warn(
      `${target} can’t be read (${cause instanceof Error ? cause.message : 'unknown'}): how much it held is not known.`,
    );
    return 0;
  }
}

/** What ended after the backup was taken would live again: a session, a launch that was used. */
async function endEverything(database: Database): Promise<void> {
  try {
    await sweepSessions(database.queries, END_OF_TIME);
    await sweepLaunchTransactions(database.queries, END_OF_TIME);
  } finally {
    await database.close();
  }
}

const END_OF_TIME = '9999-12-31T23:59:59.999Z';

function say(size: number, more?: string): void {
  process.stdout.write(`Restored: ${String(size)} audit events, verified; every view and launch under way is over.\n`);
  if (more !== undefined) process.stdout.write(`${more}\n`);
  warn(
    'Objections recorded and keys erased since the backup are not in it: record and erase them again before serving.',
  );
}

function warn(words: string): void {
  process.stderr.write(`${words}\n`);
}
