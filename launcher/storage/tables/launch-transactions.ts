import { sql } from 'kysely';
import type { Queries } from '../database.ts';

export type LaunchTransactionRow = {
  /** SHA-256 of the state; the state itself is never stored. */
  readonly stateHash: string;
  readonly organisation: string;
  /** Made by `session/seal.ts`. */
  readonly sealed: string;
  readonly createdAt: string;
  readonly expiresAt: string;
};

/** False, and nothing saved, when this organisation already has `limit` launches under way. One statement. */
export async function saveLaunchTransaction(
  queries: Queries,
  row: LaunchTransactionRow,
  limit: number,
): Promise<boolean> {
  const result = await sql`
    insert into launch_transactions (state_hash, organisation, sealed, created_at, expires_at)
    select cast(${row.stateHash} as text), cast(${row.organisation} as text), cast(${row.sealed} as text),
      cast(${row.createdAt} as text), cast(${row.expiresAt} as text)
    where (
      select count(*) from launch_transactions where organisation = ${row.organisation} and expires_at > ${row.createdAt}
    ) < ${limit}`.execute(queries);
  return (result.numAffectedRows ?? 0n) > 0n;
}

/** Writes down that something was used; false when it had been before. What has run out but still lies there counts as used. */
export async function saveOnce(queries: Queries, row: LaunchTransactionRow): Promise<boolean> {
  const result = await queries
    .insertInto('launch_transactions')
    .values({
      state_hash: row.stateHash,
      organisation: row.organisation,
      sealed: row.sealed,
      created_at: row.createdAt,
      expires_at: row.expiresAt,
    })
    .onConflict((conflict) => conflict.column('state_hash').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/**
 * Takes the launch out of the store: whoever gets it is the only one (SMART 2.2: state is single use). Run-out
 * launches are burnt too, and given to nobody.
 */
export async function burnLaunchTransaction(
  queries: Queries,
  stateHash: string,
  now: string,
): Promise<LaunchTransactionRow | undefined> {
  const row = await queries
    .deleteFrom('launch_transactions')
    .where('state_hash', '=', stateHash)
    .returningAll()
    .executeTakeFirst();
  if (!row || row.expires_at <= now) return undefined;
  return {
    stateHash: row.state_hash,
    organisation: row.organisation,
    sealed: row.sealed,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

export async function countLaunchTransactions(queries: Queries, organisation: string, now: string): Promise<number> {
  const { count } = await queries
    .selectFrom('launch_transactions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('organisation', '=', organisation)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return count;
}

export async function sweepLaunchTransactions(queries: Queries, now: string): Promise<number> {
  const result = await queries.deleteFrom('launch_transactions').where('expires_at', '<=', now).executeTakeFirst();
  return Number(result.numDeletedRows);
}
