import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When answers that nobody has opened are to be looked at by a rule. Null: none are. */
export const m0012: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('message_threads').addColumn('answer_check_at', 'text').execute();
    await db.schema
      .createIndex('message_threads_answer_check_at')
      .on('message_threads')
      .column('answer_check_at')
      .execute();
  },
};
