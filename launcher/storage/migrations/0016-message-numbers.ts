import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What else a resident is known under than by the number a conversation about them began with; sealed as the conversation is. */
export const m0016: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('message_numbers')
      .addColumn('thread_id', 'text', (column) => column.notNull())
      .addColumn('patient_handle', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text')
      .addPrimaryKeyConstraint('message_numbers_once', ['thread_id', 'patient_handle'])
      .execute();
    await db.schema
      .createIndex('message_numbers_patient')
      .on('message_numbers')
      .columns(['patient_handle', 'thread_id'])
      .execute();
  },
};
