import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/** How many values of the store are sealed under the key of this id (`id.` is how each begins, `session/seal.ts`). */
export async function countSealedUnder(queries: Queries, keyId: string): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    select (select count(*) from launch_transactions where substr(sealed, 1, ${keyId.length + 1}) = ${`${keyId}.`})
         + (select count(*) from sessions where substr(sealed, 1, ${keyId.length + 1}) = ${`${keyId}.`})
         + (select count(*) from message_secrets where substr(sealed, 1, ${keyId.length + 1}) = ${`${keyId}.`} and id = 'master')
         + (select count(*) from patient_keys where substr(sealed, 1, ${keyId.length + 1}) = ${`${keyId}.`}) as count
  `.execute(queries);
  return Number(rows[0]?.count ?? 0);
}
