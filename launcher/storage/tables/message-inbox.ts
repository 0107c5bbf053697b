import { sql, type Insertable } from 'kysely';
import type { Queries } from '../database.ts';
import type { MessageInboxTable } from '../schema.ts';
import { isUnder } from './messages.ts';

/** A message that came before is not put in again: exactly once, however often it is handed over. Gives whether it is new. */
export async function putInInbox(queries: Queries, row: Insertable<MessageInboxTable>): Promise<boolean> {
  const result = await queries
    .insertInto('message_inbox')
    .values(row)
    .onConflict((conflict) => conflict.columns(['address', 'sender', 'message_id']).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
}

/** Messages of these threads that came to these teams. */
export async function findArrived(
  queries: Queries,
  threadIds: readonly string[],
  addresses: readonly string[],
): Promise<
  readonly {
    readonly thread_id: string;
    readonly version: number;
    readonly address: string;
    readonly opened_at: string | null;
  }[]
> {
  if (threadIds.length === 0 || addresses.length === 0) return [];
  return queries
    .selectFrom('message_inbox')
    .select(['thread_id', 'version', 'address', 'opened_at'])
    .where('thread_id', 'in', threadIds)
    .where('address', 'in', addresses)
    .execute();
}

/** Handed back to a team that had it: it is there again, and nobody has opened it since. */
export async function markUnopened(
  queries: Queries,
  threadId: string,
  version: number,
  address: string,
): Promise<void> {
  await queries
    .updateTable('message_inbox')
    .set({ opened_at: null })
    .where('thread_id', '=', threadId)
    .where('version', '=', version)
    .where('address', '=', address)
    .execute();
}

export async function markOpened(
  queries: Queries,
  threadId: string,
  versions: readonly number[],
  addresses: readonly string[],
  at: string,
): Promise<void> {
  if (versions.length === 0 || addresses.length === 0) return;
  await queries
    .updateTable('message_inbox')
    .set({ opened_at: at })
    .where('thread_id', '=', threadId)
    .where('version', 'in', versions)
    .where('address', 'in', addresses)
    .where('opened_at', 'is', null)
    .execute();
}

/** Numbers for a badge: conversations, not messages. What nobody opened counts also where somebody has ended it. */
export async function countInbox(
  queries: Queries,
  addresses: readonly string[],
  nowIso: string,
): Promise<{ readonly unopened: number; readonly urgent: number; readonly overdue: number }> {
  if (addresses.length === 0) return { unopened: 0, urgent: 0, overdue: 0 };
  const at = sql.join(addresses);
  const holds = sql`(to_address in (${at}) or ${isUnder('to_address', addresses)})`;
  const { rows } = await sql<{ unopened: number | string; urgent: number | string; overdue: number | string }>`
    select
      (select count(distinct i.thread_id) from message_inbox as i join message_threads as t on t.id = i.thread_id
        where i.opened_at is null and i.address in (${at}) and t.sealed_key is not null) as unopened,
      (select count(*) from message_threads
        where ${holds} and waits = 1 and closed_at is null and urgency = 'urgent') as urgent,
      (select count(*) from message_threads
        where ${holds} and waits = 1 and closed_at is null and due_at <= ${nowIso}) as overdue
  `.execute(queries);
  const [row] = rows;
  return { unopened: Number(row?.unopened ?? 0), urgent: Number(row?.urgent ?? 0), overdue: Number(row?.overdue ?? 0) };
}
