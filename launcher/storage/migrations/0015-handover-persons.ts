import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * A handover may be given to one person of a team, at an address below the team's. Null: to the team. Whoever looks for
 * what a team has looks for its people's too, of whom there are few.
 */
export const m0015: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('handover_recipients').addColumn('person', 'text').execute();
    await sql`create index handover_recipients_person on handover_recipients (address) where person is not null`.execute(
      db,
    );
  },
};
