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

/** Whether anything is sealed under the secret that conversations and handovers hang on. */
export async function holdsConversations(queries: Queries): Promise<boolean> {
  const threads = queries.selectFrom('message_threads').select('message_threads.id').limit(1).executeTakeFirst();
  const handovers = queries.selectFrom('handovers').select('handovers.id').limit(1).executeTakeFirst();
  const notices = queries.selectFrom('notices').select('notices.id').limit(1).executeTakeFirst();
  const followed = queries
    .selectFrom('notice_subscriptions')
    .select('notice_subscriptions.id')
    .limit(1)
    .executeTakeFirst();
  return (await Promise.all([threads, handovers, notices, followed])).some((row) => row !== undefined);
}
