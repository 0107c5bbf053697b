import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How often in a row the launcher that handed a message over was gone before it had ended. Null: never. */
export const m0013: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('message_outbox').addColumn('deaths', 'integer').execute();
    // What somebody has, or had when they were gone: as small as that, however much waits.
    await sql`
      create index message_outbox_taken on message_outbox (next_ms)
      where state = 'waiting' and (lease is not null or deaths > 0)
    `.execute(db);
  },
};
