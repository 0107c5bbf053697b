import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What people said of the sharing of their record, and who broke the glass, until when and why. */
export const m0005 = (): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('consents')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('nhs_number', 'text', (column) => column.notNull())
      .addColumn('held_by', 'text')
      .addColumn('statement', 'text', (column) => column.notNull())
      .addColumn('recorded_at', 'text', (column) => column.notNull())
      .addColumn('recorded_by', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text')
      .execute();
    await db.schema.createIndex('consents_nhs_number').on('consents').columns(['nhs_number', 'ended_at']).execute();
    await db.schema
      .createTable('break_glass')
      .addColumn('alert_id', 'text', (column) => column.primaryKey())
      .addColumn('session_id', 'text', (column) => column.notNull())
      .addColumn('user_key', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('opened_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('break_glass_session_id').on('break_glass').columns(['session_id']).execute();
  },
});
