import { Migrator } from 'kysely/migration';
import { type Database, StorageError } from './database.ts';
import { loadMigrationNames } from './tables/migrations-done.ts';
import { MIGRATIONS } from './migrations/index.ts';

/**
 * Brings the store to this version's schema. Each step is one transaction; several launchers starting at once wait for
 * each other (kysely's migration lock). A failed step changes nothing and the launcher does not start.
 *
 * In a rolling upgrade a launcher of the version before may start on a store that the next has widened already. It
 * serves, for a step only ever adds what the version before need not know; one that takes away is called `…-contract`,
 * and is left to a later release. A launcher that does not know such a step does not start.
 */
export async function migrate(
  database: Database,
  migrations: typeof MIGRATIONS = MIGRATIONS,
): Promise<readonly string[]> {
  const known = Object.keys(migrations);
  const done = await loadMigrationNames(database);
  // Nothing to do, as at most starts: a restart takes up what was under way without making a migrator first.
  if (isSame(done, known) || isServedByNewer(done, known)) return [];
  const steps = Object.fromEntries(Object.entries(migrations).map(([name, step]) => [name, step(database.dialect)]));
  const migrator = new Migrator({
    db: database.queries,
    provider: { getMigrations: () => Promise.resolve(steps) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return (results ?? []).map((result) => result.migrationName);
  // A newer launcher may have been at it while this one waited for its turn.
  if (isServedByNewer(await loadMigrationNames(database), known)) return [];
  const step = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first step';
  throw new StorageError(`The store can’t be brought to this version (${step}); it is unchanged.`, { cause: error });
}

function isSame(done: readonly string[], known: readonly string[]): boolean {
  return done.length === known.length && known.every((name) => done.includes(name));
}

/** Whether all our steps are done, and others after them that we don't know. */
function isServedByNewer(done: readonly string[], known: readonly string[]): boolean {
  const unknown = done.filter((name) => !known.includes(name));
  const last = [...known].sort().at(-1) ?? '';
  if (unknown.length === 0 || !known.every((name) => done.includes(name))) return false;
  const contract = unknown.find((name) => name < last || name.endsWith('-contract'));
  if (contract === undefined) return true;
  throw new StorageError(
    `The store has been changed by a newer version in a way this one does not know (${contract}): run the newer version.`,
  );
}
