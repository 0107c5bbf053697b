import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/**
 * What each view showed, sealed under a key of its patient. A key that is destroyed takes with it all that was sealed
 * under it, wherever copies of the rows are; the tree over the audit does not change.
 */
export const m0006 = (dialect: Database['dialect']): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('patient_keys')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('patient_handle', 'text', (column) => column.notNull())
      .addColumn('month', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text')
      .addColumn('destroyed_at', 'text')
      .execute();
    await db.schema
      .createIndex('patient_keys_patient_handle_month')
      .on('patient_keys')
      .columns(['patient_handle', 'month'])
      .execute();
    await db.schema.createIndex('patient_keys_month').on('patient_keys').column('month').execute();
    await db.schema
      .createTable('seen_views')
      .addColumn('view_id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('manifest', 'text', (column) => column.notNull())
      .addColumn('payload', 'text')
      .execute();
    await db.schema.createIndex('seen_views_at').on('seen_views').column('at').execute();
    await db.schema
      .createTable('bulk_browsing')
      .addColumn('user_key', 'text', (column) => column.notNull())
      .addColumn('hour', 'text', (column) => column.notNull())
      .addColumn('patient_handle', 'text', (column) => column.notNull())
      .addColumn('views', dialect === 'postgres' ? 'bigint' : 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('bulk_browsing_pk', ['user_key', 'hour', 'patient_handle'])
      .execute();
  },
});
