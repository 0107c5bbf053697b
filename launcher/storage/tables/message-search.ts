import type { Queries } from '../database.ts';
import type { ThreadRow } from './messages.ts';

/** What these teams, or one person there, have, have had or have begun, closed or not; what is open first, what waits first of that, then newest. */
export async function findThreadsEverAt(
  queries: Queries,
  addresses: readonly string[],
  limit: number,
): Promise<readonly ThreadRow[]> {
  if (addresses.length === 0) return [];
  const people = addresses.map((address) => `${address}/%`);
  const arrived = queries
    .selectFrom('message_inbox')
    .select('thread_id')
    .where((where) =>
      where.or([where('address', 'in', addresses), ...people.map((person) => where('address', 'like', person))]),
    );
  return queries
    .selectFrom('message_threads')
    .selectAll()
    .where((where) =>
      where.or([
        where('from_address', 'in', addresses),
        where('to_address', 'in', addresses),
        ...people.map((person) => where('to_address', 'like', person)),
        where('id', 'in', arrived),
      ]),
    )
    .orderBy((of) => of('closed_at', 'is not', null))
    .orderBy('waits', 'desc')
    .orderBy('changed_at', 'desc')
    .limit(limit)
    .execute();
}
