import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/** Names of the steps this store has been through, whichever version took it there (kysely's own table). */
export async function loadMigrationNames(queries: Queries): Promise<readonly string[]> {
  const tables = await queries.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(queries);
  return rows.map(({ name }) => name);
}
