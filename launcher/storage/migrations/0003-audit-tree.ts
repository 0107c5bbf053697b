import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/**
 * The audit becomes a tree: each event has a leaf, its canonical AuditEvent and the hash of it. Events written before
 * this step have no leaf and are in no tree.
 */
export const m0003 = (dialect: Database['dialect']): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    const whole = dialect === 'postgres' ? 'bigint' : 'integer';
    await db.schema.alterTable('audit_events').addColumn('leaf', whole).execute();
    await db.schema.alterTable('audit_events').addColumn('leaf_hash', 'text').execute();
    await db.schema.alterTable('audit_events').addColumn('body', 'text').execute();
    await db.schema.createIndex('audit_events_leaf').on('audit_events').column('leaf').unique().execute();
    await db.schema
      .createTable('audit_tree')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('size', whole, (column) => column.notNull())
      .addColumn('peaks', 'text', (column) => column.notNull())
      .execute();
    await (db as Kysely<{ audit_tree: { id: number; size: number; peaks: string } }>)
      .insertInto('audit_tree')
      .values({ id: 1, size: 0, peaks: '' })
      .execute();
    await db.schema
      .createTable('audit_tiles')
      .addColumn('level', 'integer', (column) => column.notNull())
      .addColumn('place', whole, (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('audit_tiles_pk', ['level', 'place'])
      .execute();
    await db.schema
      .createTable('audit_checkpoints')
      .addColumn('size', whole, (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('note', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('audit_cosignatures')
      .addColumn('size', whole, (column) => column.notNull())
      .addColumn('witness', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('line', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('audit_cosignatures_pk', ['size', 'witness'])
      .execute();
  },
});
