import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Names of the steps this store has been through, whichever version took it there (kysely's own table). */
export async function loadMigrationNames({ dialect, queries }: Database): Promise<readonly string[]> {
  // One name is asked for: to look at every table with all its columns takes longer than the rest of a start does.
  const table =
    dialect === 'postgres'
      ? sql<{ there: string | null }>`select to_regclass('kysely_migration')::text as there`
      : sql<{ there: string | null }>`select name as there from sqlite_master where name = 'kysely_migration'`;
  const [found] = (await table.execute(queries)).rows;
  if (found === undefined || found.there === null) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(queries);
  return rows.map(({ name }) => name);
}
