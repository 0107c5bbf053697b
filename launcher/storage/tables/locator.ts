import { CompiledQuery, sql, type RawBuilder } from 'kysely';
import type { Database, Queries } from '../database.ts';

/** `pointers`: `number.day.how` for each organisation, separated by commas (`identity/locate/pointers.ts`). */
export type LocatorRow = { readonly handle: string; readonly pointers: string };

export type ChangedRow = LocatorRow & { readonly changedMs: number };

/** The store's own clock, so that launchers whose clocks differ agree on what is new. */
function nowMs(dialect: Database['dialect']): RawBuilder<number> {
  return dialect === 'postgres'
    ? sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`
    : sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;
}

/** Numbers never change their meaning: an organisation that has left keeps its own. */
export async function loadLocatorOrganisations(
  queries: Queries,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await queries.selectFrom('locator_organisations').selectAll().execute();
  const known = new Map(rows.map(({ organisation, number }) => [organisation, number]));
  let next = Math.max(-1, ...known.values()) + 1;
  for (const organisation of wanted) {
    if (known.has(organisation)) continue;
    await queries
      .insertInto('locator_organisations')
      .values({ number: next, organisation })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    known.set(organisation, next++);
  }
  const settled = await queries.selectFrom('locator_organisations').selectAll().execute();
  return new Map(settled.map(({ organisation, number }) => [organisation, number]));
}

const FIND = 'select pointers from locator_residents where handle = ';

/** What the store holds of one resident. Written out: it is asked in the middle of a request. */
export async function findLocatorRow(
  { queries, dialect }: Pick<Database, 'queries' | 'dialect'>,
  handle: string,
): Promise<string | undefined> {
  const text = FIND + (dialect === 'postgres' ? '$1' : '?');
  const { rows } = await queries.executeQuery<{ pointers: string }>(CompiledQuery.raw(text, [handle]));
  return rows[0]?.pointers;
}

/** Many residents as one text of lines `handle pointers`: half a row's time goes into making an object of it. */
export async function pageLocatorRows(
  database: Pick<Database, 'queries' | 'dialect'>,
  after: string,
  limit: number,
): Promise<{ readonly text: string; readonly last: string; readonly rows: number }> {
  const lines =
    database.dialect === 'postgres'
      ? sql<string | null>`string_agg(handle || ' ' || pointers, chr(10))`
      : sql<string | null>`group_concat(handle || ' ' || pointers, char(10))`;
  const page = sql<{ text: string | null; last: string | null; rows: number }>`
    select ${lines} as text, max(handle) as last, count(*) as rows
    from (select handle, pointers from locator_residents where handle > ${after} order by handle limit ${limit}) page`;
  const { rows } = await page.execute(database.queries);
  const [one] = rows;
  return { text: one?.text ?? '', last: one?.last ?? after, rows: one?.rows ?? 0 };
}

/** Rows of these residents, locked until the transaction ends where the store can do that. */
export async function lockLocatorRows(
  queries: Queries,
  dialect: Database['dialect'],
  handles: readonly string[],
): Promise<readonly LocatorRow[]> {
  const query = queries
    .selectFrom('locator_residents')
    .select(['handle', 'pointers'])
    .where('handle', 'in', [...handles])
    .orderBy('handle');
  return (dialect === 'postgres' ? query.forUpdate() : query).execute();
}

export type NewLocatorRow = LocatorRow & { readonly expiresDay: number };

export async function saveLocatorRows(
  queries: Queries,
  dialect: Database['dialect'],
  rows: readonly NewLocatorRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await queries
    .insertInto('locator_residents')
    .values(
      rows.map(({ handle, pointers, expiresDay }) => ({
        handle,
        pointers,
        changed_ms: nowMs(dialect),
        expires_day: expiresDay,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('handle').doUpdateSet((eb) => ({
        pointers: eb.ref('excluded.pointers'),
        changed_ms: eb.ref('excluded.changed_ms'),
        expires_day: eb.ref('excluded.expires_day'),
      })),
    )
    .execute();
}

/** In the order of their changing. */
export async function loadChangedLocatorRows(
  queries: Queries,
  since: { readonly changedMs: number; readonly handle: string },
  limit: number,
): Promise<readonly ChangedRow[]> {
  const rows = await queries
    .selectFrom('locator_residents')
    .select(['handle', 'pointers', 'changed_ms'])
    .where((eb) =>
      eb.or([
        eb('changed_ms', '>', since.changedMs),
        eb.and([eb('changed_ms', '=', since.changedMs), eb('handle', '>', since.handle)]),
      ]),
    )
    .orderBy('changed_ms')
    .orderBy('handle')
    .limit(limit)
    .execute();
  return rows.map(({ handle, pointers, changed_ms }) => ({ handle, pointers, changedMs: changed_ms }));
}

/** What the store's own clock says: changes are read up to a little before it. */
export async function readLocatorClock(database: Pick<Database, 'queries' | 'dialect'>): Promise<number> {
  const { rows } = await sql<{ at: number }>`select ${nowMs(database.dialect)} as at`.execute(database.queries);
  return Number(rows[0]?.at ?? 0);
}

/** Residents of whom a pointer has run out by this day. */
export function loadExpiredLocatorRows(queries: Queries, day: number, limit: number): Promise<LocatorRow[]> {
  return queries
    .selectFrom('locator_residents')
    .select(['handle', 'pointers'])
    .where('expires_day', '<', day)
    .orderBy('expires_day')
    .limit(limit)
    .execute();
}
