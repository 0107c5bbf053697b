import type { Insertable } from 'kysely';
import type { Queries } from '../database.ts';
import type { UserIdentityTable } from '../schema.ts';

export type UserIdentityRow = Insertable<UserIdentityTable>;

/** Every identity of every person that one of these belongs to, whichever organisation claimed it. */
export function findUserIdentities(queries: Queries, identities: readonly string[]): Promise<UserIdentityRow[]> {
  if (identities.length === 0) return Promise.resolve([]);
  return queries
    .selectFrom('user_identities')
    .selectAll()
    .where('user_key', 'in', (known) =>
      known
        .selectFrom('user_identities')
        .select('user_key')
        .where('identity', 'in', [...identities]),
    )
    .orderBy('first_seen')
    .execute();
}

/** Call inside a transaction. `from`: keys by which the same person was known before. */
export async function saveUserIdentities(
  queries: Queries,
  rows: readonly UserIdentityRow[],
  moved: { readonly from: readonly string[]; readonly to: string },
): Promise<void> {
  if (moved.from.length > 0)
    await queries
      .updateTable('user_identities')
      .set({ user_key: moved.to })
      .where('user_key', 'in', [...moved.from])
      .execute();
  await queries
    .insertInto('user_identities')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.columns(['identity', 'claimed_by']).doUpdateSet((eb) => ({
        user_key: eb.ref('excluded.user_key'),
        name: eb.ref('excluded.name'),
        claimed_how: eb.ref('excluded.claimed_how'),
        last_seen: eb.ref('excluded.last_seen'),
      })),
    )
    .execute();
}
