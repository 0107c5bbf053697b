import type { Queries } from '../database.ts';

/** `handle` is a keyed hash of reader and person; `sealed` is made by `session/seal.ts`. */
export type LastLookRow = { readonly handle: string; readonly at: string; readonly sealed: string };

export async function findLastLook(queries: Queries, handle: string): Promise<LastLookRow | undefined> {
  return queries.selectFrom('last_looks').selectAll().where('handle', '=', handle).executeTakeFirst();
}

/** The latest look takes the place of the one before. */
export async function saveLastLook(queries: Queries, row: LastLookRow): Promise<void> {
  await queries
    .insertInto('last_looks')
    .values(row)
    .onConflict((conflict) => conflict.column('handle').doUpdateSet({ at: row.at, sealed: row.sealed }))
    .execute();
}

/** The first look of an admission stays the first. */
export async function saveFirstLook(queries: Queries, row: LastLookRow): Promise<void> {
  await queries
    .insertInto('last_looks')
    .values(row)
    .onConflict((conflict) => conflict.column('handle').doNothing())
    .execute();
}

export async function sweepLastLooks(queries: Queries, before: string): Promise<number> {
  const result = await queries.deleteFrom('last_looks').where('at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
