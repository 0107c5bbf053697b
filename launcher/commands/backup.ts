import { resolve } from 'node:path';
import { Command } from 'commander';
import { ArgumentError } from '../argument-error.ts';
import { readConfig } from '../config.ts';
import { backUpSqlite } from '../storage/copy-sqlite.ts';
import { openLog } from '../verifier/read-store.ts';
import { verifyLog } from '../verifier/verify-log.ts';
import { trusted } from './audit-verify.ts';

/** `corridor backup FILE`: a copy of the embedded store, taken beside the running launcher and verified. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('copy the embedded store to a file, beside the running launcher, and verify the copy’s audit')
    .argument('<file>', 'file to write; one that is there is never overwritten')
    .option('--storage <url>', 'sqlite:FILE')
    .addHelpText(
      'after',
      '\nKeep CORRIDOR_SEAL_KEYS, CORRIDOR_AUDIT_KEYS and the key file elsewhere: they are not in it.',
    )
    .action((file: string, options: { readonly storage?: string }) => backUp(file, options));
}

async function backUp(file: string, options: { readonly storage?: string }): Promise<void> {
  const config = readConfig(process.env, options.storage === undefined ? {} : { 'storage.url': options.storage });
  const from = sqliteFileOf(config.storage.url);
  if (from === undefined)
    throw new ArgumentError(
      'argument.does_not_fit',
      'storage.url (CORRIDOR_STORAGE_URL): is PostgreSQL, which has its own way: pg_dump --format=custom --file=FILE DATABASE',
    );
  await backUpSqlite(from, resolve(file));
  const image = await openLog(`sqlite:${resolve(file)}`, []);
  try {
    const verdict = await verifyLog(image, { keys: trusted(config, []) });
    process.stdout.write(`${file}: ${String(verdict.size)} audit events, ${String(verdict.unsigned)} unsigned.\n`);
    if (verdict.ok) return;
    // A copy of a damaged log is still a copy, and may be all there is; but nobody must take it for a good one.
    process.stderr.write(
      `The audit in it is WRONG, first at event ${String(verdict.first?.index)}: corridor audit verify.\n`,
    );
    process.exitCode = 1;
  } finally {
    await image.close();
  }
}

export function sqliteFileOf(url: string): string | undefined {
  const file = /^sqlite:(.+)$/.exec(url)?.[1];
  return file === undefined ? undefined : resolve(file);
}
