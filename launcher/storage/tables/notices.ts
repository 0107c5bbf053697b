import type { Queries } from '../database.ts';

export type NoticeRow = {
  readonly id: string;
  readonly eventKey: string;
  readonly kind: string;
  readonly happened?: string;
  readonly heardAt: string;
  readonly source: string;
  readonly resource: string;
  readonly organisation: string;
  readonly route: 'subscription' | 'polling';
  readonly patientHandle: string;
  readonly sealed: string;
  readonly withdrawnAt?: string;
};

/** The id under which the event stands: the given one the first time, whoever was first every time after. */
export async function saveNotice(
  queries: Queries,
  row: NoticeRow,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const result = await queries
    .insertInto('notices')
    .values({
      id: row.id,
      event_key: row.eventKey,
      kind: row.kind,
      happened: row.happened ?? null,
      heard_at: row.heardAt,
      source: row.source,
      resource: row.resource,
      organisation: row.organisation,
      route: row.route,
      patient_handle: row.patientHandle,
      sealed: row.sealed,
      withdrawn_at: null,
    })
    .onConflict((conflict) => conflict.column('event_key').doNothing())
    .executeTakeFirst();
  if ((result.numInsertedOrUpdatedRows ?? 0n) > 0n) return { id: row.id, isNew: true };
  const known = await findNoticeByKey(queries, row.eventKey);
  return { id: known?.id ?? row.id, isNew: false };
}

export async function findNoticeByKey(queries: Queries, eventKey: string): Promise<NoticeRow | undefined> {
  const row = await queries.selectFrom('notices').selectAll().where('event_key', '=', eventKey).executeTakeFirst();
  return row && rowOf(row);
}

/** True when this team was not told of it before. */
export async function saveNoticeTeam(queries: Queries, noticeId: string, address: string): Promise<boolean> {
  const result = await queries
    .insertInto('notice_teams')
    .values({ notice_id: noticeId, address })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function isNoticeTeam(queries: Queries, noticeId: string, address: string): Promise<boolean> {
  const query = queries.selectFrom('notice_teams').select('address').where('notice_id', '=', noticeId);
  return (await query.where('address', '=', address).executeTakeFirst()) !== undefined;
}

/** What teams were told and still stands, newest first; of these residents, or of everybody. `after` one of them. */
export async function loadNoticesOfTeams(
  queries: Queries,
  addresses: readonly string[],
  options: {
    readonly patientHandles?: readonly string[];
    readonly after?: Pick<NoticeRow, 'id' | 'heardAt'>;
    readonly limit: number;
  },
): Promise<readonly NoticeRow[]> {
  const { patientHandles, after, limit } = options;
  if (addresses.length === 0 || patientHandles?.length === 0) return [];
  let query = queries
    .selectFrom('notices')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('notice_teams')
        .select('notice_id')
        .where('address', 'in', [...addresses]),
    );
  if (patientHandles) query = query.where('patient_handle', 'in', [...patientHandles]);
  if (after)
    query = query.where((eb) =>
      eb.or([
        eb('heard_at', '<', after.heardAt),
        eb.and([eb('heard_at', '=', after.heardAt), eb('id', '>', after.id)]),
      ]),
    );
  return (await query.orderBy('heard_at', 'desc').orderBy('id').limit(limit).execute()).map(rowOf);
}

/** Notices of a resource that still stand. */
export async function loadNoticesOfResource(
  queries: Queries,
  source: string,
  resource: string,
): Promise<readonly NoticeRow[]> {
  const query = queries.selectFrom('notices').selectAll().where('source', '=', source).where('resource', '=', resource);
  return (await query.where('withdrawn_at', 'is', null).execute()).map(rowOf);
}

/** All that was ever heard of one resident. */
export async function loadNoticesOfPatients(
  queries: Queries,
  patientHandles: readonly string[],
): Promise<readonly NoticeRow[]> {
  if (patientHandles.length === 0) return [];
  const query = queries
    .selectFrom('notices')
    .selectAll()
    .where('patient_handle', 'in', [...patientHandles]);
  return (await query.execute()).map(rowOf);
}

/** The same resident, said anew: nothing but what is sealed changes. */
export async function resealNotice(queries: Queries, id: string, sealed: string): Promise<void> {
  await queries.updateTable('notices').set({ sealed }).where('id', '=', id).execute();
}

type Row = {
  readonly id: string;
  readonly event_key: string;
  readonly kind: string;
  readonly happened: string | null;
  readonly heard_at: string;
  readonly source: string;
  readonly resource: string;
  readonly organisation: string;
  readonly route: string;
  readonly patient_handle: string;
  readonly sealed: string;
  readonly withdrawn_at: string | null;
};

export function rowOf(row: Row): NoticeRow {
  return {
    id: row.id,
    eventKey: row.event_key,
    kind: row.kind,
    ...(row.happened !== null && { happened: row.happened }),
    heardAt: row.heard_at,
    source: row.source,
    resource: row.resource,
    organisation: row.organisation,
    route: row.route as NoticeRow['route'],
    patientHandle: row.patient_handle,
    sealed: row.sealed,
    ...(row.withdrawn_at !== null && { withdrawnAt: row.withdrawn_at }),
  };
}
