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
  /** No use moves this; only the EPR's own word does (`extendSession`). */
  readonly expiresAt: string;
};

export type FoundSessionRow = SessionRow & { readonly endedAt?: string };

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

/** Whatever its state: whether it is still live is for `session/sessions.ts` to say. */
export async function findSession(queries: Queries, bearerHash: string): Promise<FoundSessionRow | undefined> {
  const row = await queries.selectFrom('sessions').selectAll().where('bearer_hash', '=', bearerHash).executeTakeFirst();
  if (!row) return undefined;
  return {
    bearerHash: row.bearer_hash,
    sessionId: row.session_id,
    sealed: row.sealed,
    openedAt: row.opened_at,
    idleExpiresAt: row.idle_expires_at,
    expiresAt: row.expires_at,
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
  };
}

/** Never backwards, and an ended session stays ended, whichever of two racing requests comes first. */
export async function touchSession(queries: Queries, sessionId: string, idleExpiresAt: string): Promise<void> {
  await queries
    .updateTable('sessions')
    .set({ idle_expires_at: idleExpiresAt })
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .where('idle_expires_at', '<', idleExpiresAt)
    .execute();
}

/** Never backwards, and an ended session stays ended. */
export async function extendSession(queries: Queries, sessionId: string, expiresAt: string): Promise<void> {
  await queries
    .updateTable('sessions')
    .set({ expires_at: expiresAt })
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .where('expires_at', '<', expiresAt)
    .execute();
}

/** True for the one call that ended it. */
export async function endSession(queries: Queries, sessionId: string, endedAt: string): Promise<boolean> {
  const result = await queries
    .updateTable('sessions')
    .set({ ended_at: endedAt })
    .where('session_id', '=', sessionId)
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
