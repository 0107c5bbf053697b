import { sql, type RawBuilder, type Selectable } from 'kysely';
import type { Database, Queries } from '../database.ts';
import { isAboutAny } from './message-numbers.ts';
import type { MessageActTable, MessageReceiptTable, MessageThreadTable } from '../schema.ts';

export type ThreadRow = Selectable<MessageThreadTable>;
export type ActRow = Selectable<MessageActTable>;
export type ReceiptRow = Selectable<MessageReceiptTable>;

/** An address of a team, or of one person there, under one of these. */
export function isUnder(
  column: 'from_address' | 'to_address' | 'address' | 'r.address',
  above: readonly string[],
): RawBuilder<boolean> {
  const each = above.map((one) => sql`substr(${sql.ref(column)}, 1, ${sql.lit(one.length + 1)}) = ${`${one}/`}`);
  return sql<boolean>`(${sql.join(each, sql` or `)})`;
}

/** What an act changes of its thread. */
type ThreadChange = Pick<
  ThreadRow,
  'to_address' | 'waits' | 'due_at' | 'closed_at' | 'check_at' | 'answer_check_at' | 'changed_at'
>;

export async function saveThread(queries: Queries, row: ThreadRow): Promise<void> {
  await queries.insertInto('message_threads').values(row).execute();
}

/** Held until the transaction ends: two who act at once are told apart by the version. */
export async function lockThread(
  queries: Queries,
  dialect: Database['dialect'],
  id: string,
): Promise<ThreadRow | undefined> {
  const query = queries.selectFrom('message_threads').selectAll().where('id', '=', id);
  return (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}

export async function changeThread(
  queries: Queries,
  id: string,
  version: number,
  change: Partial<ThreadChange>,
): Promise<void> {
  await queries
    .updateTable('message_threads')
    .set({ version, ...change })
    .where('id', '=', id)
    .execute();
}

export async function markRestricted(queries: Queries, patientHandles: readonly string[]): Promise<void> {
  await queries
    .updateTable('message_threads')
    .set({ restricted: 1 })
    .where((where) => isAboutAny(where, patientHandles))
    .where('restricted', '=', 0)
    .execute();
}

/**
 * Takes what a rule is to be looked at for, for this launcher alone until `untilIso`; another that looks at this moment
 * passes over it. Who is killed in between leaves it to whoever looks after that.
 */
export async function claimDueThreads(
  queries: Queries,
  dialect: Database['dialect'],
  claim: {
    readonly by: 'check_at' | 'answer_check_at';
    readonly nowIso: string;
    readonly untilIso: string;
    readonly limit: number;
  },
): Promise<readonly ThreadRow[]> {
  const due = queries
    .selectFrom('message_threads')
    .select('id')
    .where(claim.by, '<=', claim.nowIso)
    .orderBy(claim.by)
    .limit(claim.limit);
  return queries
    .updateTable('message_threads')
    .set({ [claim.by]: claim.untilIso })
    .where('id', 'in', dialect === 'postgres' ? due.forUpdate().skipLocked() : due)
    .returningAll()
    .execute();
}

export async function findThreads(queries: Queries, ids: readonly string[]): Promise<readonly ThreadRow[]> {
  if (ids.length === 0) return [];
  return queries.selectFrom('message_threads').selectAll().where('id', 'in', ids).execute();
}

/** Newest first; of one organisation those alone that it began or was ever given. */
export async function findThreadsOf(
  queries: Queries,
  patientHandles: readonly string[],
  limit: number,
  ods?: string,
): Promise<readonly ThreadRow[]> {
  const given = queries.selectFrom('message_acts').select('thread_id');
  return queries
    .selectFrom('message_threads')
    .selectAll()
    .where((where) => isAboutAny(where, patientHandles))
    .$if(ods !== undefined, (query) =>
      query.where((where) =>
        where.or([
          isUnder('from_address', [ods ?? '']),
          isUnder('to_address', [ods ?? '']),
          where('id', 'in', given.where(isUnder('to_address', [ods ?? '']))),
        ]),
      ),
    )
    .orderBy('changed_at', 'desc')
    .limit(limit)
    .execute();
}

/**
 * What these teams have, have had, or have begun and is not closed, or is and has something for them that nobody there
 * has opened. What waits comes first, by when it is due, in turn with what nobody has opened: however many there are of
 * either, they push none of the other out of the list, and what is answered pushes out nothing.
 */
export async function findThreadsAt(
  queries: Queries,
  addresses: readonly string[],
  limit: number,
): Promise<readonly ThreadRow[]> {
  if (addresses.length === 0) return [];
  const unopened = queries
    .selectFrom('message_inbox')
    .select('thread_id')
    .where('address', 'in', addresses)
    .where('opened_at', 'is', null);
  return queries
    .selectFrom('message_threads')
    .selectAll()
    .where((where) =>
      where.or([
        where('closed_at', 'is', null),
        where.and([where('sealed_key', 'is not', null), where('id', 'in', unopened)]),
      ]),
    )
    .where((where) =>
      where.or([
        where('from_address', 'in', addresses),
        where('to_address', 'in', addresses),
        isUnder('to_address', addresses),
        where('id', 'in', queries.selectFrom('message_inbox').select('thread_id').where('address', 'in', addresses)),
      ]),
    )
    .orderBy(sql`case when waits = 1 or id in ${unopened} then 0 else 1 end`)
    .orderBy(
      sql`row_number() over (partition by case when waits = 1 then 0 when id in ${unopened} then 1 else 2 end
        order by case when due_at is null then 1 else 0 end, due_at, changed_at desc, id)`,
    )
    .orderBy('waits', 'desc')
    .limit(limit)
    .execute();
}

export async function saveAct(queries: Queries, row: ActRow): Promise<void> {
  await queries.insertInto('message_acts').values(row).execute();
}

export async function findActOf(queries: Queries, sender: string, id: string): Promise<ActRow | undefined> {
  return queries
    .selectFrom('message_acts')
    .selectAll()
    .where('sender', '=', sender)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** By a message's own id, whoever sent it: two senders may have chosen the same. */
export async function findThreadIdsOf(queries: Queries, messageId: string): Promise<readonly string[]> {
  const rows = await queries.selectFrom('message_acts').select('thread_id').where('id', '=', messageId).execute();
  return rows.map(({ thread_id }) => thread_id);
}

/** In order, of each thread. */
export async function loadActs(queries: Queries, threadIds: readonly string[]): Promise<readonly ActRow[]> {
  if (threadIds.length === 0) return [];
  return queries
    .selectFrom('message_acts')
    .selectAll()
    .where('thread_id', 'in', threadIds)
    .orderBy('thread_id')
    .orderBy('version')
    .execute();
}

export async function loadReceipts(queries: Queries, threadIds: readonly string[]): Promise<readonly ReceiptRow[]> {
  if (threadIds.length === 0) return [];
  return queries.selectFrom('message_receipts').selectAll().where('thread_id', 'in', threadIds).orderBy('at').execute();
}

/** A receipt is given once: the first stands. Gives how many were new. */
export async function saveReceipts(queries: Queries, rows: readonly ReceiptRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const result = await queries
    .insertInto('message_receipts')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0);
}

/** Opened by somebody: the first stands, but where it was handed back there since. */
export async function saveOpened(
  queries: Queries,
  rows: readonly ReceiptRow[],
  back: { readonly address: string; readonly since: string },
): Promise<void> {
  if (rows.length === 0) return;
  await queries
    .insertInto('message_receipts')
    .values([...rows])
    .onConflict((conflict) =>
      conflict
        .columns(['thread_id', 'version', 'address', 'kind'])
        .doUpdateSet({ at: sql`excluded.at`, person: sql`excluded.person` })
        .where('message_receipts.address', '=', back.address)
        .where('message_receipts.at', '<', back.since),
    )
    .execute();
}

/**
 * Destroys the key and what it sealed of conversations that have not changed since; gives how many. A question that still
 * waits for its answer is kept, however old it is, and no other goes before its time to answer is as long over
 * (docs/decisions/0049-what-still-waits-is-kept.md).
 */
export async function destroyThreads(queries: Queries, before: string): Promise<number> {
  const old = queries
    .selectFrom('message_threads')
    .select('id')
    .where('changed_at', '<', before)
    .where('sealed_key', 'is not', null)
    .where((eb) => eb.or([eb('waits', '=', 0), eb('closed_at', 'is not', null)]))
    .where((eb) => eb.or([eb('due_at', 'is', null), eb('due_at', '<', before)]));
  for (const each of ['message_acts', 'message_numbers'] as const)
    await queries.updateTable(each).set({ sealed: null }).where('thread_id', 'in', old).execute();
  const result = await queries
    .updateTable('message_threads')
    .set({ sealed_key: null, sealed: null, check_at: null, answer_check_at: null, waits: 0, due_at: null })
    .where('changed_at', '<', before)
    .where('sealed_key', 'is not', null)
    .where((eb) => eb.or([eb('waits', '=', 0), eb('closed_at', 'is not', null)]))
    .where((eb) => eb.or([eb('due_at', 'is', null), eb('due_at', '<', before)]))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

const TABLES = ['message_acts', 'message_receipts', 'message_outbox', 'message_inbox', 'message_numbers'] as const;

/** Removes what has been destroyed for so long that nobody asks what there was. */
export async function sweepThreads(queries: Queries, before: string): Promise<number> {
  const gone = queries
    .selectFrom('message_threads')
    .select('id')
    .where('changed_at', '<', before)
    .where('sealed_key', 'is', null);
  for (const table of TABLES) await queries.deleteFrom(table).where('thread_id', 'in', gone).execute();
  const result = await queries
    .deleteFrom('message_threads')
    .where('changed_at', '<', before)
    .where('sealed_key', 'is', null)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
