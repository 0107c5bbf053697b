import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a rule holds back and may still go is found by when it is looked at next, and there is seldom any. */
export const m0014: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create index message_outbox_withheld on message_outbox (next_ms) where state = 'withheld'`.execute(db);
  },
};
