import type { Queries } from '../database.ts';

export type PatientKeyRow = {
  readonly id: string;
  readonly patientHandle: string;
  /** `2026-11`: the month whose views it seals. */
  readonly month: string;
  /** Made by `session/seal.ts`. Absent once destroyed. */
  readonly sealed?: string;
  readonly destroyedAt?: string;
};

export type SeenViewRow = {
  readonly viewId: string;
  readonly at: string;
  readonly keyId: string;
  /** Sealed; base64. */
  readonly manifest: string;
  readonly payload?: string;
};

export async function savePatientKey(
  queries: Queries,
  row: PatientKeyRow & { readonly sealed: string },
): Promise<void> {
  await queries
    .insertInto('patient_keys')
    .values({ id: row.id, patient_handle: row.patientHandle, month: row.month, sealed: row.sealed, destroyed_at: null })
    .execute();
}

export async function findPatientKey(queries: Queries, id: string): Promise<PatientKeyRow | undefined> {
  const row = await queries.selectFrom('patient_keys').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    row && {
      id: row.id,
      patientHandle: row.patient_handle,
      month: row.month,
      ...(row.sealed !== null && { sealed: row.sealed }),
      ...(row.destroyed_at !== null && { destroyedAt: row.destroyed_at }),
    }
  );
}

/** Erases: what the key sealed can't be opened by anybody from now on. Gives how many keys there were to destroy. */
export async function destroyPatientKeys(
  queries: Queries,
  which: { readonly patientHandle: string } | { readonly monthsBefore: string },
  at: string,
): Promise<number> {
  const query = queries
    .updateTable('patient_keys')
    .set({ sealed: null, destroyed_at: at })
    .where('destroyed_at', 'is', null);
  const result = await (
    'patientHandle' in which
      ? query.where('patient_handle', '=', which.patientHandle)
      : query.where('month', '<', which.monthsBefore)
  ).executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function saveSeenView(queries: Queries, row: SeenViewRow): Promise<void> {
  await queries
    .insertInto('seen_views')
    .values({
      view_id: row.viewId,
      at: row.at,
      key_id: row.keyId,
      manifest: row.manifest,
      payload: row.payload ?? null,
    })
    .execute();
}

export async function findSeenView(queries: Queries, viewId: string): Promise<SeenViewRow | undefined> {
  const row = await queries.selectFrom('seen_views').selectAll().where('view_id', '=', viewId).executeTakeFirst();
  return (
    row && {
      viewId: row.view_id,
      at: row.at,
      keyId: row.key_id,
      manifest: row.manifest,
      ...(row.payload !== null && { payload: row.payload }),
    }
  );
}

/** Sealed copies whose time is over are removed too; their keys have been destroyed by then. */
export async function sweepSeenViews(queries: Queries, before: string): Promise<number> {
  const result = await queries.deleteFrom('seen_views').where('at', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
