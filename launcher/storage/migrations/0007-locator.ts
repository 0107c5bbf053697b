import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/** Which organisations hold a record of whom: residents by keyed hash, one short row each. */
export const m0007 = (dialect: Database['dialect']): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    const big = dialect === 'postgres' ? 'bigint' : 'integer';
    await db.schema
      .createTable('locator_organisations')
      .addColumn('number', 'integer', (column) => column.primaryKey())
      .addColumn('organisation', 'text', (column) => column.notNull().unique())
      .execute();
    await db.schema
      .createTable('locator_residents')
      .addColumn('handle', 'text', (column) => column.primaryKey())
      .addColumn('pointers', 'text', (column) => column.notNull())
      .addColumn('changed_ms', big, (column) => column.notNull())
      .addColumn('expires_day', 'integer', (column) => column.notNull())
      .execute();
    // Launchers that run beside each other read what has changed since they last looked.
    await db.schema
      .createIndex('locator_residents_changed_ms')
      .on('locator_residents')
      .columns(['changed_ms', 'handle'])
      .execute();
    await db.schema
      .createIndex('locator_residents_expires_day')
      .on('locator_residents')
      .columns(['expires_day'])
      .execute();
  },
});
