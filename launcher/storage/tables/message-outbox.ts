import { sql, type Selectable } from 'kysely';
import type { Database, Queries } from '../database.ts';
import type { MessageOutboxTable } from '../schema.ts';

export type OutboxRow = Selectable<MessageOutboxTable>;

/** Once for each team it goes to: handed back and forth, it is delivered there once. */
export async function enqueueMessage(
  queries: Queries,
  row: Pick<OutboxRow, 'thread_id' | 'version' | 'to_address' | 'sender' | 'message_id' | 'next_ms'>,
): Promise<void> {
  await queries
    .insertInto('message_outbox')
    .values({ ...row, state: 'waiting', attempts: 0, deaths: null, lease: null, lease_until_ms: 0, reference: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const TAKEN = sql`(o.lease is not null or o.deaths > 0)`;
const DIED = sql<number>`(coalesce(o.deaths, 0) + case when o.lease is null then 0 else 1 end)`;

/** How many of an organisation's wait, counted no further than `limit`. */
export async function countWaiting(queries: Queries, sender: string, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    select count(*) as count from (
      select 1 from message_outbox where sender = ${sender} and state = 'waiting' limit ${sql.lit(limit)}
    ) as few
  `.execute(queries);
  return Number(rows[0]?.count ?? 0);
}

/**
 * Takes what is due for this worker alone, until the lease runs out. Only the first that waits of each thread and team:
 * what is before it has been delivered or given up, so that order holds whatever fails and whoever delivers. Launchers
 * that share a PostgreSQL pass over each other's rows instead of waiting for them. A lease that ran out unsettled is a death
 * of whoever had it, and no attempt: that one never ended.
 */
export async function claimMessages(
  queries: Queries,
  dialect: Database['dialect'],
  claim: {
    readonly lease: string;
    readonly nowMs: number;
    readonly untilMs: number;
    readonly limit: number;
    /** Of these addresses alone, or of all but these. */
    readonly only?: readonly string[];
    readonly except?: readonly string[];
    /** Of those alone that launchers have died of so often in a row. Left out: however often. */
    readonly died?: number;
  },
): Promise<readonly OutboxRow[]> {
  const skip = dialect === 'postgres' ? sql`for update skip locked` : sql``;
  const { only, except = [], died } = claim;
  const chosen = only
    ? sql`and o.to_address in (${sql.join(only)})`
    : except.length > 0
      ? sql`and o.to_address not in (${sql.join(except)})`
      : sql``;
  const of = died === undefined ? sql`` : died === 0 ? sql`and ${DIED} = 0` : sql`and ${TAKEN} and ${DIED} = ${died}`;
  const { rows } = await sql<OutboxRow>`
    update message_outbox set lease = ${claim.lease}, lease_until_ms = ${claim.untilMs},
      attempts = attempts + case when lease is null then 1 else 0 end,
      deaths = case when lease is null then deaths else coalesce(deaths, 0) + 1 end
    where (thread_id, to_address, version) in (
      select o.thread_id, o.to_address, o.version from message_outbox as o
      where o.state = 'waiting' and o.next_ms <= ${claim.nowMs} and o.lease_until_ms <= ${claim.nowMs} ${chosen} ${of}
        and not exists (
          select 1 from message_outbox as e
          where e.thread_id = o.thread_id and e.to_address = o.to_address and e.version < o.version
            and e.state = 'waiting'
        )
      order by o.next_ms, o.thread_id limit ${sql.lit(claim.limit)} ${skip}
    )
    returning thread_id, version, to_address, sender, message_id, state, attempts, deaths, next_ms, lease, lease_until_ms,
      reference
  `.execute(queries);
  return rows;
}

/** Of what is due and launchers have died of: how often, of that which they died of least. Nothing: there is none. */
export async function leastDeaths(queries: Queries, nowMs: number): Promise<number | undefined> {
  const { rows } = await sql<{ died: number | null }>`
    select min(${DIED}) as died from message_outbox as o
    where o.state = 'waiting' and ${TAKEN} and o.next_ms <= ${nowMs} and o.lease_until_ms <= ${nowMs}
  `.execute(queries);
  return rows[0]?.died ?? undefined;
}

/** Only who still holds the lease ends it: a worker that was too slow changes nothing. */
export async function settleMessage(
  queries: Queries,
  row: Pick<OutboxRow, 'thread_id' | 'version' | 'to_address' | 'lease'>,
  change: {
    readonly state: string;
    readonly next_ms?: number;
    readonly reference?: string;
    readonly attempts?: number;
    readonly deaths?: null;
  },
): Promise<boolean> {
  const result = await queries
    .updateTable('message_outbox')
    .set({ ...change, lease: null, lease_until_ms: 0 })
    .where('thread_id', '=', row.thread_id)
    .where('to_address', '=', row.to_address)
    .where('version', '=', row.version)
    .where('lease', '=', row.lease)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** What the other side speaks of by what it was called on the wire; only what is for that organisation. */
export async function findSent(queries: Queries, messageId: string, toOds: string): Promise<readonly OutboxRow[]> {
  return queries
    .selectFrom('message_outbox')
    .selectAll()
    .where('message_id', '=', messageId)
    .where('to_address', 'like', `${toOds}/%`)
    .execute();
}

/** A receipt that comes later ends the waiting for it. */
export async function settleAccepted(
  queries: Queries,
  row: Pick<OutboxRow, 'thread_id' | 'version' | 'to_address'>,
  state: 'delivered' | 'undeliverable',
): Promise<void> {
  await queries
    .updateTable('message_outbox')
    .set({ state })
    .where('thread_id', '=', row.thread_id)
    .where('to_address', '=', row.to_address)
    .where('version', '=', row.version)
    .where('state', 'in', ['accepted', 'waiting'])
    .execute();
}

/**
 * What was taken waits once more, and so does what is on its way this moment: whoever has it settles nothing of it then.
 * What waits for its turn already keeps it.
 */
export async function waitAgain(
  queries: Queries,
  row: Pick<OutboxRow, 'thread_id' | 'version' | 'to_address'>,
  nextMs: number,
): Promise<void> {
  await queries
    .updateTable('message_outbox')
    .set({ state: 'waiting', next_ms: nextMs, lease: null, lease_until_ms: 0 })
    .where('thread_id', '=', row.thread_id)
    .where('to_address', '=', row.to_address)
    .where('version', '=', row.version)
    .where((where) =>
      where.or([
        where('state', '=', 'accepted'),
        where.and([where('state', '=', 'waiting'), where('lease', 'is not', null)]),
      ]),
    )
    .execute();
}

/** A delivery that takes long goes on being this worker's. */
export async function extendLeases(queries: Queries, lease: string, untilMs: number): Promise<void> {
  await queries
    .updateTable('message_outbox')
    .set({ lease_until_ms: untilMs })
    .where('lease', '=', lease)
    .where('state', '=', 'waiting')
    .execute();
}

/** Left by a launcher that stops. */
export async function releaseLeases(queries: Queries, lease: string): Promise<void> {
  await queries
    .updateTable('message_outbox')
    .set({ lease: null, lease_until_ms: 0 })
    .where('state', '=', 'waiting')
    .where('lease', '=', lease)
    .execute();
}

/** Where only one can write, whoever had anything before this one was killed with it: it waits no longer for them. */
export async function endLeases(queries: Queries): Promise<void> {
  await queries
    .updateTable('message_outbox')
    .set({ lease_until_ms: 0 })
    .where('state', '=', 'waiting')
    .where('lease', 'is not', null)
    .execute();
}

/**
 * What a rule holds back and may still go, to be looked at by this launcher alone: another finds it no sooner than
 * `againMs`, whatever becomes of this one.
 */
export async function claimHeld(
  queries: Queries,
  dialect: Database['dialect'],
  { nowMs, againMs, limit }: { readonly nowMs: number; readonly againMs: number; readonly limit: number },
): Promise<readonly OutboxRow[]> {
  const due = queries
    .selectFrom('message_outbox')
    .select(['thread_id', 'to_address', 'version'])
    .where('state', '=', 'withheld')
    .where('next_ms', '<=', nowMs)
    .orderBy('next_ms')
    .limit(limit);
  return queries
    .updateTable('message_outbox')
    .set({ next_ms: againMs })
    .where(
      (columns) => columns.refTuple('thread_id', 'to_address', 'version'),
      'in',
      (dialect === 'postgres' ? due.forUpdate().skipLocked() : due).$asTuple('thread_id', 'to_address', 'version'),
    )
    .returningAll()
    .execute();
}

/** All that is or was for the same team in the same conversation, in order. */
export async function loadBeside(
  queries: Queries,
  { thread_id, to_address }: Pick<OutboxRow, 'thread_id' | 'to_address'>,
): Promise<readonly Pick<OutboxRow, 'version' | 'state'>[]> {
  return queries
    .selectFrom('message_outbox')
    .select(['version', 'state'])
    .where('thread_id', '=', thread_id)
    .where('to_address', '=', to_address)
    .orderBy('version')
    .execute();
}

/** It goes after all, or never of itself. */
export async function settleHeld(
  queries: Queries,
  row: Pick<OutboxRow, 'thread_id' | 'version' | 'to_address'>,
  change: { readonly state: 'waiting' | 'undeliverable'; readonly next_ms: number },
): Promise<boolean> {
  const result = await queries
    .updateTable('message_outbox')
    .set(change)
    .where('thread_id', '=', row.thread_id)
    .where('to_address', '=', row.to_address)
    .where('version', '=', row.version)
    .where('state', '=', 'withheld')
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}
