import { Migrator } from 'kysely/migration';
import { type Database, StorageError } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';

/**
 * Brings the store to this version's schema. Each step is one transaction; several launchers starting at once wait for
 * each other (kysely's migration lock). A failed step changes nothing and the launcher does not start.
 */
export async function migrate(
  database: Database,
  migrations: typeof MIGRATIONS = MIGRATIONS,
): Promise<readonly string[]> {
  const steps = Object.fromEntries(Object.entries(migrations).map(([name, step]) => [name, step(database.dialect)]));
  const migrator = new Migrator({
    db: database.queries,
    provider: { getMigrations: () => Promise.resolve(steps) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const step = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first step';
    throw new StorageError(`The store can’t be brought to this version (${step}); it is unchanged.`, { cause: error });
  }
  return (results ?? []).map((result) => result.migrationName);
}
