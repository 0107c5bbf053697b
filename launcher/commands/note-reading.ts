import { userInfo } from 'node:os';
import type { AuditEvent } from '../audit/audit.ts';
import { createStoreAudit } from '../audit/store-audit.ts';
import type { Config } from '../config.ts';
import { CorridorError } from '../errors.ts';
import { type Database, StorageError } from '../storage/database.ts';
import { openDatabase } from '../storage/open-database.ts';
import { askLauncher } from './ask-launcher.ts';

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
 * The store, after it was written down who reads it (safety H44): by itself, or by the launcher that holds it, where one
 * is named. Where neither can be, as in a copy that may only be read, the reader is told that this look stands nowhere.
 */
export async function openNoted(
  { storage, launcher }: { readonly storage: Config['storage']; readonly launcher?: string | undefined },
  reading: (database: Database) => Promise<Reading> | Reading,
): Promise<Database> {
  // A store that is not there must not be made by looking for it.
  await (await openDatabase(storage, () => undefined, true)).close();
  const writable = launcher === undefined ? await openWritable(storage) : undefined;
  const database = writable ?? (await openDatabase(storage, () => undefined, true));
  try {
    const look = await reading(database);
    if (launcher !== undefined) await noteThere(launcher, look);
    else if (!writable || !(await note(writable, look))) process.stderr.write(NOWHERE);
    return database;
  } catch (cause) {
    await database.close();
    throw cause;
  }
}

const NOWHERE =
  'This look is not in the audit: the store can’t be written now. Beside a running launcher, name it with --launcher.\n';

async function noteThere(launcher: string, { by, what, about, nhsNumber, viewId }: Reading): Promise<void> {
  await askLauncher(launcher, '/admin/readings', {
    by: operator(by),
    what,
    ...(about && { about }),
    ...(nhsNumber !== undefined && { patient: nhsNumber }),
    ...(viewId !== undefined && { view: viewId }),
  });
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
