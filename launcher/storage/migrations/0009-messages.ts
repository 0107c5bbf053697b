import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../database.ts';

/**
 * Conversations about a resident as logs of acts, what is proven of each message, what waits to be delivered and what has
 * arrived. Who, whom and when are columns; what was said is sealed under the thread's own key, which is destroyed with it.
 */
export const m0009 = (dialect: Database['dialect']): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    const long = dialect === 'postgres' ? 'bigint' : 'integer';
    await db.schema
      .createTable('message_secrets')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('message_threads')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('patient_handle', 'text', (column) => column.notNull())
      .addColumn('restricted', 'integer', (column) => column.notNull())
      .addColumn('sealed_key', 'text')
      .addColumn('sealed', 'text')
      .addColumn('from_address', 'text', (column) => column.notNull())
      .addColumn('to_address', 'text', (column) => column.notNull())
      .addColumn('urgency', 'text', (column) => column.notNull())
      .addColumn('waits', 'integer', (column) => column.notNull())
      .addColumn('due_at', 'text')
      .addColumn('closed_at', 'text')
      .addColumn('check_at', 'text')
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('changed_at', 'text', (column) => column.notNull())
      .execute();
    await index(db, 'message_threads', ['patient_handle', 'changed_at']);
    await index(db, 'message_threads', ['from_address', 'changed_at']);
    await index(db, 'message_threads', ['to_address', 'waits', 'due_at']);
    await index(db, 'message_threads', ['check_at']);
    await index(db, 'message_threads', ['changed_at']);
    await db.schema
      .createTable('message_acts')
      .addColumn('thread_id', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('sender', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('from_address', 'text', (column) => column.notNull())
      .addColumn('to_address', 'text')
      .addColumn('due_at', 'text')
      .addColumn('rule', 'text')
      .addColumn('sealed', 'text')
      .addColumn('chain', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('message_acts_pk', ['thread_id', 'version'])
      .addUniqueConstraint('message_acts_sender_id', ['sender', 'id'])
      .execute();
    await db.schema
      .createTable('message_receipts')
      .addColumn('thread_id', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('person', 'text')
      .addColumn('code', 'text')
      .addPrimaryKeyConstraint('message_receipts_pk', ['thread_id', 'version', 'address', 'kind'])
      .execute();
    await outbox(db, long);
    await db.schema
      .createTable('message_inbox')
      .addColumn('arrival', dialect === 'postgres' ? 'bigserial' : 'integer', (column) =>
        dialect === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
      )
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('sender', 'text', (column) => column.notNull())
      .addColumn('message_id', 'text', (column) => column.notNull())
      .addColumn('thread_id', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('opened_at', 'text')
      .addUniqueConstraint('message_inbox_once', ['address', 'sender', 'message_id'])
      .execute();
    await index(db, 'message_inbox', ['thread_id', 'address']);
    await db.schema
      .createIndex('message_inbox_unopened')
      .on('message_inbox')
      .column('address')
      .where(sql.ref('opened_at'), 'is', null)
      .execute();
  },
});

async function outbox(db: Kysely<unknown>, long: 'bigint' | 'integer'): Promise<void> {
  await db.schema
    .createTable('message_outbox')
    .addColumn('thread_id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('to_address', 'text', (column) => column.notNull())
    .addColumn('sender', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_ms', long, (column) => column.notNull())
    .addColumn('lease', 'text')
    .addColumn('lease_until_ms', long, (column) => column.notNull())
    .addColumn('reference', 'text')
    .addPrimaryKeyConstraint('message_outbox_pk', ['thread_id', 'to_address', 'version'])
    .execute();
  // Only what waits is looked for: the index stays as small as that, however much has been delivered.
  await db.schema
    .createIndex('message_outbox_waiting')
    .on('message_outbox')
    .columns(['next_ms', 'thread_id'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute();
  await db.schema
    .createIndex('message_outbox_sender')
    .on('message_outbox')
    .column('sender')
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute();
  await index(db, 'message_outbox', ['message_id']);
}

async function index(db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns([...columns])
    .execute();
}
