import { CompiledQuery, type Insertable, type Selectable } from 'kysely';
import type { Database, Queries } from '../database.ts';
import type { AuditEventTable } from '../schema.ts';

export type AuditEventRow = Selectable<AuditEventTable>;
export type NewAuditEventRow = Omit<Insertable<AuditEventTable>, 'sequence'>;

export type AuditEventFilter = {
  /** ISO instant; events at or after it. */
  readonly since?: string;
  readonly until?: string;
  readonly type?: string;
  readonly launchId?: string;
  readonly nhsNumber?: string;
  readonly user?: string;
  readonly viewId?: string;
  /** Events after this one, in order of writing: for reading on. */
  readonly after?: number;
  readonly limit: number;
};

/** A leaf and the very text that was hashed. */
export type LeafRow = { readonly leaf: number; readonly body: string };

/**
 * Rows in statements of a few fixed sizes, whose texts are made once: the driver keeps them prepared (`postgres.ts`), and
 * nothing is compiled or planned again. Call inside a transaction when there may be more than one statement's worth.
 */
export async function insertAuditEvents(
  queries: Queries,
  dialect: Database['dialect'],
  rows: readonly NewAuditEventRow[],
): Promise<void> {
  for (let start = 0; start < rows.length;) {
    const size = SIZES.find((one) => one <= rows.length - start) ?? 1;
    const values = rows.slice(start, start + size).flatMap((row) => COLUMNS.map((name) => row[name] ?? null));
    await queries.executeQuery(CompiledQuery.raw(insertText(dialect, size), values));
    start += size;
  }
}

const SIZES = [64, 16, 4, 2, 1] as const;
const TEXTS = new Map<string, string>();

function insertText(dialect: Database['dialect'], rows: number): string {
  const known = TEXTS.get(`${dialect}${String(rows)}`);
  if (known !== undefined) return known;
  const place = (at: number): string => (dialect === 'postgres' ? `$${String(at + 1)}` : '?');
  const tuples = Array.from(
    { length: rows },
    (_, row) => `(${COLUMNS.map((_name, at) => place(row * COLUMNS.length + at)).join(', ')})`,
  );
  const text = `insert into audit_events (${COLUMNS.join(', ')}) values ${tuples.join(', ')}`;
  TEXTS.set(`${dialect}${String(rows)}`, text);
  return text;
}

const COLUMNS = [
  'type',
  'at',
  'outcome',
  'launch_id',
  'view_id',
  'request_id',
  'user_key',
  'role',
  'organisation',
  'purpose',
  'nhs_number',
  'source',
  'code',
  'detail',
  'leaf',
  'leaf_hash',
  'body',
] as const satisfies readonly (keyof NewAuditEventRow)[];

/** In order of writing. */
export function loadAuditEvents(queries: Queries, filter: AuditEventFilter): Promise<AuditEventRow[]> {
  let query = queries.selectFrom('audit_events').selectAll().orderBy('sequence').limit(filter.limit);
  if (filter.since !== undefined) query = query.where('at', '>=', filter.since);
  if (filter.until !== undefined) query = query.where('at', '<', filter.until);
  if (filter.type !== undefined) query = query.where('type', '=', filter.type);
  if (filter.launchId !== undefined) query = query.where('launch_id', '=', filter.launchId);
  if (filter.nhsNumber !== undefined) query = query.where('nhs_number', '=', filter.nhsNumber);
  if (filter.user !== undefined) query = query.where('user_key', '=', filter.user);
  if (filter.viewId !== undefined) query = query.where('view_id', '=', filter.viewId);
  if (filter.after !== undefined) query = query.where('sequence', '>', filter.after);
  return query.execute();
}

/** The canonical AuditEvents of one view and type: what was hashed, not its copies in the columns. */
export async function loadBodies(queries: Queries, viewId: string, type: string): Promise<readonly string[]> {
  const rows = await queries
    .selectFrom('audit_events')
    .select('body')
    .where('view_id', '=', viewId)
    .where('type', '=', type)
    .orderBy('sequence')
    .execute();
  return rows.flatMap(({ body }) => body ?? []);
}

/** Leaves from `from` on, in the order of the tree. */
export async function loadLeaves(queries: Queries, from: number, limit: number): Promise<readonly LeafRow[]> {
  const rows = await queries
    .selectFrom('audit_events')
    .select(['leaf', 'body'])
    .where('leaf', '>=', from)
    .orderBy('leaf')
    .limit(limit)
    .execute();
  return rows.map(({ leaf, body }) => ({ leaf: leaf ?? -1, body: body ?? '' }));
}
