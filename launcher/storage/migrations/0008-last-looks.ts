import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What one reader last saw of one person, as hashes, sealed: under a handle from which neither can be told. */
export const m0008: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('last_looks')
      .addColumn('handle', 'text', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('last_looks_at').on('last_looks').column('at').execute();
  },
};
