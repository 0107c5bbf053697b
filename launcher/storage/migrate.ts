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
  if (await isServedByNewer(database, known)) return [];
  const steps = Object.fromEntries(Object.entries(migrations).map(([name, step]) => [name, step(database.dialect)]));
  const migrator = new Migrator({
    db: database.queries,
    provider: { getMigrations: () => Promise.resolve(steps) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return (results ?? []).map((result) => result.migrationName);
  // A newer launcher may have been at it while this one waited for its turn.
  if (await isServedByNewer(database, known)) return [];
  const step = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first step';
  throw new StorageError(`The store can’t be brought to this version (${step}); it is unchanged.`, { cause: error });
}

/** Whether all our steps are done, and others after them that we don't know. */
async function isServedByNewer(database: Database, known: readonly string[]): Promise<boolean> {
  const done = await loadMigrationNames(database.queries);
  const unknown = done.filter((name) => !known.includes(name));
  const last = [...known].sort().at(-1) ?? '';
  if (unknown.length === 0 || !known.every((name) => done.includes(name))) return false;
  const contract = unknown.find((name) => name < last || name.endsWith('-contract'));
  if (contract === undefined) return true;
  throw new StorageError(
    `The store has been changed by a newer version in a way this one does not know (${contract}): run the newer version.`,
  );
}
