import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/** One team is told of one resident, for as long as it was shown to care for them. */
export type NoticeSubscriptionRow = {
  /** The same for the same team and resident: shown anew, it lasts longer. */
  readonly id: string;
  readonly address: string;
  readonly patientHandle: string;
  readonly relationship: string;
  readonly role: string;
  readonly sealed: string;
  readonly since: string;
  readonly until: string;
};

/**
 * Begins it, or lets it last longer; never shorter. One that was ended, or had run out when it is shown again, begins anew
 * there: of the time between nothing is news.
 */
export async function saveNoticeSubscription(queries: Queries, row: NoticeSubscriptionRow): Promise<void> {
  await queries
    .insertInto('notice_subscriptions')
    .values({
      id: row.id,
      address: row.address,
      patient_handle: row.patientHandle,
      relationship: row.relationship,
      role: row.role,
      sealed: row.sealed,
      since: row.since,
      until: row.until,
      ended_at: null,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        relationship: eb.ref('excluded.relationship'),
        role: eb.ref('excluded.role'),
        sealed: eb.ref('excluded.sealed'),
        since: sql<string>`case when notice_subscriptions.ended_at is not null or notice_subscriptions.until <= excluded.since
          then excluded.since else notice_subscriptions.since end`,
        until: eb.ref('excluded.until'),
        ended_at: null,
      })),
    )
    .execute();
}

export async function countNoticeSubscriptions(queries: Queries, now: string): Promise<number> {
  const { count } = await queries
    .selectFrom('notice_subscriptions')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('ended_at', 'is', null)
    .where('until', '>', now)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function findNoticeSubscription(
  queries: Queries,
  id: string,
): Promise<(NoticeSubscriptionRow & { readonly endedAt?: string }) | undefined> {
  const row = await queries.selectFrom('notice_subscriptions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { ...rowOf(row), ...(row.ended_at !== null && { endedAt: row.ended_at }) };
}

/** Those that last: of a resident, or of teams. */
export async function loadNoticeSubscriptions(
  queries: Queries,
  by: { readonly patientHandle: string } | { readonly addresses: readonly string[] },
  now: string,
): Promise<readonly NoticeSubscriptionRow[]> {
  const lasting = queries
    .selectFrom('notice_subscriptions')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('until', '>', now)
    .orderBy('id');
  if ('addresses' in by && by.addresses.length === 0) return [];
  const rows =
    'addresses' in by
      ? await lasting
          .where('address', 'in', [...by.addresses])
          .limit(MOST)
          .execute()
      : await lasting.where('patient_handle', '=', by.patientHandle).limit(MOST).execute();
  return rows.map(rowOf);
}

const MOST = 5_000;

/** The same care, said anew: nothing but what is sealed changes. */
export async function resealNoticeSubscription(queries: Queries, id: string, sealed: string): Promise<void> {
  await queries.updateTable('notice_subscriptions').set({ sealed }).where('id', '=', id).execute();
}

/** True for the one call that ended it. */
export async function endNoticeSubscription(queries: Queries, id: string, endedAt: string): Promise<boolean> {
  const result = await queries
    .updateTable('notice_subscriptions')
    .set({ ended_at: endedAt })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

type Row = {
  readonly id: string;
  readonly address: string;
  readonly patient_handle: string;
  readonly relationship: string;
  readonly role: string;
  readonly sealed: string;
  readonly since: string;
  readonly until: string;
};

function rowOf(row: Row): NoticeSubscriptionRow {
  const { id, address, relationship, role, sealed, since, until } = row;
  return { id, address, patientHandle: row.patient_handle, relationship, role, sealed, since, until };
}
