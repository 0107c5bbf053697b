import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/** Takes `Kysely<unknown>`: a step must not depend on today's schema types, which move on. */
export const m0001 = (dialect: Database['dialect']): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await makeAuditEvents(db, dialect);
    await db.schema
      .createTable('launch_transactions')
      .addColumn('state_hash', 'text', (column) => column.primaryKey())
      .addColumn('organisation', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .execute();
    await index(db, 'launch_transactions', ['organisation', 'expires_at']);
    await index(db, 'launch_transactions', ['expires_at']);
    await db.schema
      .createTable('sessions')
      .addColumn('bearer_hash', 'text', (column) => column.primaryKey())
      .addColumn('session_id', 'text', (column) => column.notNull().unique())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('opened_at', 'text', (column) => column.notNull())
      .addColumn('idle_expires_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text')
      .execute();
    await index(db, 'sessions', ['expires_at']);
    await db.schema
      .createTable('readiness')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .execute();
  },
});

async function makeAuditEvents(db: Kysely<unknown>, dialect: Database['dialect']): Promise<void> {
  const onPostgres = dialect === 'postgres';
  await db.schema
    .createTable('audit_events')
    .addColumn('sequence', onPostgres ? 'bigint' : 'integer', (column) =>
      onPostgres ? column.generatedAlwaysAsIdentity().primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('launch_id', 'text')
    .addColumn('view_id', 'text')
    .addColumn('request_id', 'text')
    .addColumn('user_key', 'text')
    .addColumn('role', 'text')
    .addColumn('organisation', 'text')
    .addColumn('purpose', 'text')
    .addColumn('nhs_number', 'text')
    .addColumn('source', 'text')
    .addColumn('code', 'text')
    .addColumn('detail', 'text')
    .execute();
  await index(db, 'audit_events', ['at']);
  await index(db, 'audit_events', ['nhs_number', 'at']);
  await index(db, 'audit_events', ['user_key', 'at']);
  await index(db, 'audit_events', ['launch_id']);
}

async function index(db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns([...columns])
    .execute();
}
