import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who is who among the users: each identity of a person, by each organisation that has claimed it, and how. */
export const m0004 = (): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('user_identities')
      .addColumn('identity', 'text', (column) => column.notNull())
      .addColumn('claimed_by', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('user_key', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('claimed_how', 'text', (column) => column.notNull())
      .addColumn('first_seen', 'text', (column) => column.notNull())
      .addColumn('last_seen', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('user_identities_pk', ['identity', 'claimed_by'])
      .execute();
    await db.schema.createIndex('user_identities_user_key').on('user_identities').columns(['user_key']).execute();
  },
});
