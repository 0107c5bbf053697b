import type { Queries } from '../database.ts';

/** One statement about sharing. Ended, never changed: what stood when a record was shown can be looked up later. */
export type ConsentRow = {
  readonly id: string;
  readonly nhsNumber: string;
  /** The source whose Consent this is the last known copy of; left out for the community's own. */
  readonly heldBy?: string;
  /** `ConsentStatement` of launcher/access/consent.ts as JSON. */
  readonly statement: string;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly endedAt?: string;
};

export async function saveConsent(queries: Queries, row: ConsentRow): Promise<void> {
  await queries
    .insertInto('consents')
    .values({
      id: row.id,
      nhs_number: row.nhsNumber,
      held_by: row.heldBy ?? null,
      statement: row.statement,
      recorded_at: row.recordedAt,
      recorded_by: row.recordedBy,
      ended_at: row.endedAt ?? null,
    })
    .execute();
}

/** What stands now, of one person; with `ended` also what has been ended. Oldest first. */
export async function loadConsents(
  queries: Queries,
  nhsNumber: string,
  options: { readonly ended?: boolean } = {},
): Promise<readonly ConsentRow[]> {
  let query = queries.selectFrom('consents').selectAll().where('nhs_number', '=', nhsNumber);
  if (options.ended !== true) query = query.where('ended_at', 'is', null);
  const rows = await query.orderBy('recorded_at').orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    nhsNumber: row.nhs_number,
    ...(row.held_by !== null && { heldBy: row.held_by }),
    statement: row.statement,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
  }));
}

/** True for the one call that ended it. */
export async function endConsent(queries: Queries, id: string, endedAt: string): Promise<boolean> {
  const result = await queries
    .updateTable('consents')
    .set({ ended_at: endedAt })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
