import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The privacy officer's queue. The patient stands there under a keyed hash only: the table alone names nobody. */
export const m0002 = (): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('alerts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('user_key', 'text', (column) => column.notNull())
      .addColumn('organisation', 'text', (column) => column.notNull())
      .addColumn('patient_handle', 'text')
      .addColumn('detail_code', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('alerts_state_at').on('alerts').columns(['state', 'at']).execute();
    await db.schema.createIndex('alerts_user_key_at').on('alerts').columns(['user_key', 'at']).execute();
  },
});
