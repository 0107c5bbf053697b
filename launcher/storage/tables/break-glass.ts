import type { Queries } from '../database.ts';

/** One session that broke the glass. The reason is the reader's own words, for the privacy officer only. */
export type BreakGlassRow = {
  readonly sessionId: string;
  readonly user: string;
  readonly reason: string;
  readonly alertId: string;
  readonly openedAt: string;
  readonly expiresAt: string;
};

/** Each breaking is a row of its own: an earlier reason is never written over. */
export async function saveBreakGlass(queries: Queries, row: BreakGlassRow): Promise<void> {
  await queries
    .insertInto('break_glass')
    .values({
      alert_id: row.alertId,
      session_id: row.sessionId,
      user_key: row.user,
      reason: row.reason,
      opened_at: row.openedAt,
      expires_at: row.expiresAt,
    })
    .execute();
}

/** The latest of this session, run out or not. */
export async function findBreakGlass(queries: Queries, sessionId: string): Promise<BreakGlassRow | undefined> {
  const row = await queries
    .selectFrom('break_glass')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('expires_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && rowOf(row);
}

/** The reasons behind alerts, by the alert's id. */
export async function findReasons(queries: Queries, alertIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (alertIds.length === 0) return new Map();
  const rows = await queries
    .selectFrom('break_glass')
    .select(['alert_id', 'reason'])
    .where('alert_id', 'in', [...alertIds])
    .execute();
  return new Map(rows.map((row) => [row.alert_id, row.reason]));
}

function rowOf(row: {
  session_id: string;
  user_key: string;
  reason: string;
  alert_id: string;
  opened_at: string;
  expires_at: string;
}): BreakGlassRow {
  return {
    sessionId: row.session_id,
    user: row.user_key,
    reason: row.reason,
    alertId: row.alert_id,
    openedAt: row.opened_at,
    expiresAt: row.expires_at,
  };
}
