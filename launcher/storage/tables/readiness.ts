import type { Queries } from '../database.ts';

/** Proves that the store takes a durable write now; rejects when it doesn't. */
export async function proveWritable(queries: Queries, now: string): Promise<void> {
  await queries
    .insertInto('readiness')
    .values({ id: 1, at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ at: now }))
    .execute();
}
