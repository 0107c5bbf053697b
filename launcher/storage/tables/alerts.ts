import type { Queries } from '../database.ts';

/** `open` until a privacy officer has looked at it; `seen` while they ask; `closed` with nothing left to do. */
export type AlertState = 'open' | 'seen' | 'closed';

/** One thing a privacy officer must look at. Says who and why; the patient only under a keyed hash. */
export type AlertRow = {
  /** Whoever raises it chooses it: the same id again is the same alert, told once. */
  readonly id: string;
  readonly at: string;
  /** e.g. `break-glass`, `bulk-browsing`, `self-claimed`. */
  readonly kind: string;
  readonly user: string;
  readonly organisation: string;
  /** Keyed hash of the NHS number (`patientHandle` of launcher/audit/patient-handle.ts). */
  readonly patientHandle?: string;
  /** A stable code, never free text about a patient. */
  readonly detailCode?: string;
  readonly state: AlertState;
};

/** False when an alert of this id is already there; it is left as it is. */
export async function saveAlert(queries: Queries, row: AlertRow): Promise<boolean> {
  const result = await queries
    .insertInto('alerts')
    .values({
      id: row.id,
      at: row.at,
      kind: row.kind,
      user_key: row.user,
      organisation: row.organisation,
      patient_handle: row.patientHandle ?? null,
      detail_code: row.detailCode ?? null,
      state: row.state,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export type AlertFilter = {
  readonly state?: AlertState;
  readonly kind?: string;
  readonly user?: string;
  /** ISO instant; alerts at or after it. */
  readonly since?: string;
  readonly limit: number;
};

/** Newest first. */
export async function loadAlerts(queries: Queries, filter: AlertFilter): Promise<readonly AlertRow[]> {
  let query = queries.selectFrom('alerts').selectAll().orderBy('at', 'desc').orderBy('id').limit(filter.limit);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.user !== undefined) query = query.where('user_key', '=', filter.user);
  if (filter.since !== undefined) query = query.where('at', '>=', filter.since);
  return (await query.execute()).map((row) => ({
    id: row.id,
    at: row.at,
    kind: row.kind,
    user: row.user_key,
    organisation: row.organisation,
    ...(row.patient_handle !== null && { patientHandle: row.patient_handle }),
    ...(row.detail_code !== null && { detailCode: row.detail_code }),
    state: row.state as AlertState,
  }));
}

export async function mayMoveAlert(queries: Queries, id: string, to: 'seen' | 'closed'): Promise<boolean> {
  const query = queries.selectFrom('alerts').select('id').where('id', '=', id).where('state', 'in', before(to));
  return (await query.executeTakeFirst()) !== undefined;
}

function before(to: 'seen' | 'closed'): readonly AlertState[] {
  return to === 'seen' ? ['open'] : ['open', 'seen'];
}

/** Forwards only; true for the one call that moved it. */
export async function moveAlert(queries: Queries, id: string, to: 'seen' | 'closed'): Promise<boolean> {
  const result = await queries
    .updateTable('alerts')
    .set({ state: to })
    .where('id', '=', id)
    .where('state', 'in', before(to))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
