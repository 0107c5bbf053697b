import { CompiledQuery, type Insertable, type Selectable } from 'kysely';
import type { Database, Queries } from '../database.ts';
import type { AuditEventTable } from '../schema.ts';
import type { TileRow, TreeHead } from './audit-tree.ts';

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
    const values: unknown[] = [];
    for (const row of rows.slice(start, start + size)) for (const name of COLUMNS) values.push(row[name] ?? null);
    await queries.executeQuery(CompiledQuery.raw(insertText(dialect, size), values));
    start += size;
  }
}

const SIZES = [128, 64, 16, 4, 2, 1] as const;
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

const ADDED = COLUMNS.map((name) => `added.${name}`);
const ARRAYS = COLUMNS.map((name, at) => `$${String(at + 4)}::${name === 'leaf' ? 'bigint' : 'text'}[]`);
const TILE_ARRAYS = ['integer', 'bigint', 'text'].map((type, at) => `$${String(COLUMNS.length + at + 4)}::${type}[]`);
const ONE_STATEMENT = `with moved as (
    update audit_tree set size = $1, peaks = $2 where id = 1 and size = $3 returning id
  ), events as (
    insert into audit_events (${COLUMNS.join(', ')})
    select ${ADDED.join(', ')} from moved, unnest(${ARRAYS.join(', ')}) as added (${COLUMNS.join(', ')})
  ), tiles as (
    insert into audit_tiles (level, place, hash)
    select added.level, added.place, added.hash from moved, unnest(${TILE_ARRAYS.join(', ')}) as added (level, place, hash)
  )
  select id from moved`;

/** What a commit adds to the tree, with the edge it was reckoned from. */
type Appended = {
  readonly from: number;
  readonly to: TreeHead;
  readonly rows: readonly NewAuditEventRow[];
  readonly tiles: readonly TileRow[];
};

/**
 * PostgreSQL only: the edge of the tree, the rows and the tiles in one statement, which is its own transaction and one
 * round trip. False, and nothing written, when the tree is not as large as `from` any more. For a view's worth: arrays
 * of many rows cost more to spell than statements cost to send.
 */
export async function appendInOneStatement(queries: Queries, { from, to, rows, tiles }: Appended): Promise<boolean> {
  const values = [
    to.size,
    to.peaks,
    from,
    ...COLUMNS.map((name) => rows.map((row) => row[name] ?? null)),
    tiles.map(({ level }) => level),
    tiles.map(({ place }) => place),
    tiles.map(({ hash }) => hash),
  ];
  const { rows: moved } = await queries.executeQuery<{ id: number }>(CompiledQuery.raw(ONE_STATEMENT, values));
  return moved.length > 0;
}

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
