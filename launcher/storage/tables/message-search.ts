import { type ExpressionBuilder, type SqlBool, type Expression, sql } from 'kysely';
import type { Queries } from '../database.ts';
import type { Schema } from '../schema.ts';
import { isAboutAny } from './message-numbers.ts';
import { isUnder, type ThreadRow } from './messages.ts';

/**
 * What is looked for: by id; of residents, what one organisation has begun or was ever given; or what these teams, or one
 * person there, have, have had or have begun. Closed or not.
 */
export type ThreadsSought =
  | { readonly ids: readonly string[] }
  | { readonly patientHandle: string; readonly ods: string }
  | { readonly addresses: readonly string[] };

/** Where a thread stands in a list. */
export type ThreadPlace = {
  readonly closed: 0 | 1;
  readonly waits: number;
  readonly changedAt: string;
  readonly id: string;
};

export function placeOfRow({ closed_at, waits, changed_at, id }: ThreadRow): ThreadPlace {
  return { closed: closed_at === null ? 0 : 1, waits, changedAt: changed_at, id };
}

type Threads = ExpressionBuilder<Schema, 'message_threads'>;

const closed = sql<number>`case when closed_at is null then 0 else 1 end`;

/** What is open first, what waits first of that, then newest; from this place on, which is one of them. */
export async function findThreadsEver(
  queries: Queries,
  sought: ThreadsSought,
  from: ThreadPlace | undefined,
  limit: number,
): Promise<readonly ThreadRow[]> {
  if (isNobody(sought)) return [];
  return queries
    .selectFrom('message_threads')
    .selectAll()
    .where((where) => where.and([isSought(where, sought), ...(from ? [isFrom(where, from)] : [])]))
    .orderBy(closed)
    .orderBy('waits', 'desc')
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Of the same what has changed since then, the oldest change first; from this place on, which is one of them. */
export async function findThreadsChanged(
  queries: Queries,
  sought: ThreadsSought,
  from: Pick<ThreadPlace, 'changedAt' | 'id'>,
  limit: number,
): Promise<readonly ThreadRow[]> {
  if (isNobody(sought)) return [];
  return queries
    .selectFrom('message_threads')
    .selectAll()
    .where((where) => isSought(where, sought))
    .where((where) =>
      where.or([
        where('changed_at', '>', from.changedAt),
        where.and([where('changed_at', '=', from.changedAt), where('id', '>=', from.id)]),
      ]),
    )
    .orderBy('changed_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

function isFrom(where: Threads, { closed: isClosed, waits, changedAt, id }: ThreadPlace): Expression<SqlBool> {
  const same = where(closed, '=', isClosed);
  return where.or([
    where(closed, '>', isClosed),
    where.and([same, where('waits', '<', waits)]),
    where.and([same, where('waits', '=', waits), where('changed_at', '<', changedAt)]),
    where.and([same, where('waits', '=', waits), where('changed_at', '=', changedAt), where('id', '>=', id)]),
  ]);
}

function isSought(where: Threads, sought: ThreadsSought): Expression<SqlBool> {
  if ('ids' in sought) return where('id', 'in', sought.ids);
  if ('patientHandle' in sought) {
    const { patientHandle, ods } = sought;
    const given = where
      .selectFrom('message_acts')
      .select('version')
      .whereRef('thread_id', '=', 'message_threads.id')
      .where(isUnder('to_address', [ods]));
    return where.and([
      isAboutAny(where, [patientHandle]),
      where.or([isUnder('from_address', [ods]), isUnder('to_address', [ods]), where.exists(given)]),
    ]);
  }
  const { addresses } = sought;
  const people = addresses.map((address) => `${address}/%`);
  const arrived = where
    .selectFrom('message_inbox')
    .select('thread_id')
    .where((inbox) =>
      inbox.or([inbox('address', 'in', addresses), ...people.map((person) => inbox('address', 'like', person))]),
    );
  return where.or([
    where('from_address', 'in', addresses),
    where('to_address', 'in', addresses),
    ...people.map((person) => where('to_address', 'like', person)),
    where('id', 'in', arrived),
  ]);
}

function isNobody(sought: ThreadsSought): boolean {
  if ('ids' in sought) return sought.ids.length === 0;
  return 'addresses' in sought && sought.addresses.length === 0;
}

/** Whether anybody has ever said of this resident that their whereabouts are restricted. */
export async function isRestricted(queries: Queries, patientHandle: string): Promise<boolean> {
  const marked = await queries
    .selectFrom('message_threads')
    .select('id')
    .where((where) => isAboutAny(where, [patientHandle]))
    .where('restricted', '=', 1)
    .limit(1)
    .executeTakeFirst();
  return marked !== undefined;
}
