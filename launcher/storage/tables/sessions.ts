import type { Queries } from '../database.ts';

export type SessionRow = {
  /** SHA-256 of the bearer; the bearer itself is never stored. */
  readonly bearerHash: string;
  /** Handle of the session that is not a secret. */
  readonly sessionId: string;
  /** Made by `session/seal.ts`. */
  readonly sealed: string;
  readonly openedAt: string;
  readonly idleExpiresAt: string;
  /** No use moves this. */
  readonly expiresAt: string;
};

export async function saveSession(queries: Queries, row: SessionRow): Promise<void> {
  await queries
    .insertInto('sessions')
    .values({
      bearer_hash: row.bearerHash,
      session_id: row.sessionId,
      sealed: row.sealed,
      opened_at: row.openedAt,
      idle_expires_at: row.idleExpiresAt,
      expires_at: row.expiresAt,
      ended_at: null,
    })
    .execute();
}

/**
 * The live session of this bearer, its idle time moved on to `idleExpiresAt` in the same statement: an ended, idle or
 * run-out one is not found, and can't be revived by a request that races its end.
 */
export async function touchSession(
  queries: Queries,
  bearerHash: string,
  now: string,
  idleExpiresAt: string,
): Promise<SessionRow | undefined> {
  const row = await queries
    .updateTable('sessions')
    .set((eb) => ({
      idle_expires_at: eb
        .case()
        .when('expires_at', '<', idleExpiresAt)
        .then(eb.ref('expires_at'))
        .else(idleExpiresAt)
        .end(),
    }))
    .where('bearer_hash', '=', bearerHash)
    .where('ended_at', 'is', null)
    .where('idle_expires_at', '>', now)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    bearerHash: row.bearer_hash,
    sessionId: row.session_id,
    sealed: row.sealed,
    openedAt: row.opened_at,
    idleExpiresAt: row.idle_expires_at,
    expiresAt: row.expires_at,
  };
}

/** True for the one call that ended it. */
export async function endSession(queries: Queries, bearerHash: string, now: string): Promise<boolean> {
  const result = await queries
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('bearer_hash', '=', bearerHash)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Removes what no bearer can open any more: ended, idle or run out. The audit keeps that they were. */
export async function sweepSessions(queries: Queries, now: string): Promise<number> {
  const result = await queries
    .deleteFrom('sessions')
    .where((eb) =>
      eb.or([eb('ended_at', 'is not', null), eb('idle_expires_at', '<=', now), eb('expires_at', '<=', now)]),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
