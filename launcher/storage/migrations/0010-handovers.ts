import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Who is told of whom and how each source is heard, what was heard, and the transitions that somebody must take on.
 * Residents stand under their keyed hash; who they are lies sealed beside it.
 */
export const m0010: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await subscriptions(db);
    await notices(db);
    await handovers(db);
  },
};

async function subscriptions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notice_subscriptions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('patient_handle', 'text', (column) => column.notNull())
    .addColumn('relationship', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('until', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .execute();
  await db.schema
    .createIndex('notice_subscriptions_patient')
    .on('notice_subscriptions')
    .columns(['patient_handle', 'until'])
    .execute();
  await db.schema.createIndex('notice_subscriptions_until').on('notice_subscriptions').columns(['until']).execute();
  await db.schema
    .createTable('notice_watches')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('subscription_id', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('remote_ids', 'text')
    .addColumn('secret_hash', 'text')
    .addColumn('last_events', 'text', (column) => column.notNull())
    .addColumn('changed_since', 'text', (column) => column.notNull())
    .addColumn('heard_at', 'text')
    .addColumn('told_at', 'text')
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('lease', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addUniqueConstraint('notice_watches_once', ['subscription_id', 'source'])
    .execute();
  await db.schema.createIndex('notice_watches_due').on('notice_watches').columns(['due_at']).execute();
}

async function notices(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notices')
    .addColumn('id', 'text', (column) => column.primaryKey())
    // By source and event, not by arrival: once, however often and by whatever route it is heard.
    .addColumn('event_key', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('happened', 'text')
    .addColumn('heard_at', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('resource', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull())
    .addColumn('route', 'text', (column) => column.notNull())
    .addColumn('patient_handle', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('withdrawn_at', 'text')
    .execute();
  await db.schema.createIndex('notices_patient').on('notices').columns(['patient_handle', 'heard_at']).execute();
  await db.schema.createIndex('notices_resource').on('notices').columns(['source', 'resource']).execute();
  await db.schema.createIndex('notices_heard_at').on('notices').columns(['heard_at']).execute();
  await db.schema
    .createTable('notice_teams')
    .addColumn('notice_id', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('notice_teams_once', ['notice_id', 'address'])
    .execute();
  await db.schema.createIndex('notice_teams_address').on('notice_teams').columns(['address']).execute();
}

async function handovers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handovers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('notice_id', 'text', (column) => column.notNull().unique())
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('letter', 'text')
    .addColumn('letter_is_summary', 'integer', (column) => column.notNull())
    .addColumn('unowned_at', 'text', (column) => column.notNull())
    .addColumn('on_leads_list_at', 'text')
    .addColumn('owned_at', 'text')
    .addColumn('withdrawn_at', 'text')
    .addColumn('audited_at', 'text')
    .execute();
  await db.schema.createIndex('handovers_unowned_at').on('handovers').columns(['unowned_at']).execute();
  await db.schema
    .createTable('handover_recipients')
    .addColumn('handover_id', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('late_at', 'text')
    .addColumn('acknowledged_at', 'text')
    .addColumn('owner_name', 'text')
    .addColumn('owner_team', 'text')
    .addColumn('owner_key', 'text')
    .addColumn('act_id', 'text')
    .addPrimaryKeyConstraint('handover_recipients_once', ['handover_id', 'address'])
    .execute();
  await db.schema.createIndex('handover_recipients_address').on('handover_recipients').columns(['address']).execute();
  await db.schema.createIndex('handover_recipients_due_at').on('handover_recipients').columns(['due_at']).execute();
  await db.schema
    .createTable('handover_escalations')
    .addColumn('handover_id', 'text', (column) => column.notNull())
    // The recipient that was late; empty: the handover as a whole.
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('audited_at', 'text')
    .addPrimaryKeyConstraint('handover_escalations_once', ['handover_id', 'about', 'rule'])
    .execute();
  await db.schema.createIndex('handover_escalations_address').on('handover_escalations').columns(['address']).execute();
}
