import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/** Let go of with the transaction, however it ends: a launcher that is killed holds nobody up. */
export async function takeSweepTurn(queries: Queries): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as taken`.execute(
    queries,
  );
  return rows[0]?.taken === true;
}

/** "corridor" in the first seven hexadecimal digits of its SHA-256; nothing else of ours takes an advisory lock. */
export const SWEEP_LOCK = 0xfd09da6;
