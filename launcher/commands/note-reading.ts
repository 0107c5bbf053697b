import { userInfo } from 'node:os';
import type { AuditEvent } from '../audit/audit.ts';
import { createStoreAudit } from '../audit/store-audit.ts';
import type { Config } from '../config.ts';
import { CorridorError } from '../errors.ts';
import { type Database, StorageError } from '../storage/database.ts';
import { openDatabase } from '../storage/open-database.ts';

export const BY_OPTION = [
  '--by <name>',
  'who reads; it stands in the audit (default: the account of this machine)',
] as const;

/** What somebody at a terminal is about to read; `what` is the command. */
export type Reading = Pick<AuditEvent, 'nhsNumber' | 'viewId'> & {
  readonly by: string | undefined;
  readonly what: string;
  readonly about?: { readonly [name: string]: string };
};

/**
 * The store, after it was written down who reads it (safety H44). Where it can't be written, which is beside a launcher
 * that holds it or in a copy that may only be read, the reader is told that this look stands nowhere, and looks.
 */
export async function openNoted(
  storage: Config['storage'],
  reading: (database: Database) => Promise<Reading> | Reading,
): Promise<Database> {
  // A store that is not there must not be made by looking for it.
  await (await openDatabase(storage, () => undefined, true)).close();
  const writable = await openWritable(storage);
  const database = writable ?? (await openDatabase(storage, () => undefined, true));
  try {
    const noted = writable !== undefined && (await note(writable, await reading(writable)));
    if (!noted) process.stderr.write('This look is not in the audit: the store can’t be written now.\n');
    return database;
  } catch (cause) {
    await database.close();
    throw cause;
  }
}

async function openWritable(storage: Config['storage']): Promise<Database | undefined> {
  try {
    return await openDatabase(storage, () => undefined);
  } catch (cause) {
    if (cause instanceof StorageError) return undefined;
    throw cause;
  }
}

async function note(database: Database, { by, what, about, ...of }: Reading): Promise<boolean> {
  try {
    await createStoreAudit(database).record({
      type: 'audit.read',
      at: new Date().toISOString(),
      outcome: 'success',
      user: operator(by),
      ...of,
      detail: { what, ...about },
    });
    return true;
  } catch (cause) {
    if (cause instanceof CorridorError) return false;
    throw cause;
  }
}

/** A name that was given, or the account: one is not taken for the other. */
export function operator(by: string | undefined): string {
  if (by !== undefined && by.trim() !== '') return `urn:corridor:operator|${by.trim()}`;
  return `urn:corridor:account|${userInfo().username}`;
}
