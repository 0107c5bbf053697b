import type { Queries } from '../database.ts';

/** The sealed value of this name; the first to be saved stays. Several launchers start at once and must agree. */
export async function findOrSaveSecret(queries: Queries, id: string, sealed: string): Promise<string> {
  await queries
    .insertInto('message_secrets')
    .values({ id, sealed })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await queries
    .selectFrom('message_secrets')
    .select('sealed')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.sealed;
}

/** Sealed anew under another key, or replaced when nobody can open it any more. */
export async function replaceSecret(queries: Queries, id: string, before: string, sealed: string): Promise<boolean> {
  const result = await queries
    .updateTable('message_secrets')
    .set({ sealed })
    .where('id', '=', id)
    .where('sealed', '=', before)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export async function loadSecrets(
  queries: Queries,
  prefix: string,
): Promise<readonly { readonly id: string; readonly sealed: string }[]> {
  return queries.selectFrom('message_secrets').select(['id', 'sealed']).where('id', 'like', `${prefix}%`).execute();
}
