import type { Database, Queries } from '../database.ts';

/** The right edge of the tree; `peaks` are base64 hashes parted by commas. */
export type TreeHead = { readonly size: number; readonly peaks: string };

/** `lock`: nobody else adds to the tree until this transaction ends. SQLite has one writer, and needs no lock. */
export async function loadTreeHead(queries: Queries, lock: Database['dialect'] | 'no' = 'no'): Promise<TreeHead> {
  const query = queries.selectFrom('audit_tree').select(['size', 'peaks']).where('id', '=', 1);
  return (lock === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow();
}

/** False when the tree is not as large as `from` any more: another launcher has added to it. */
export async function moveTreeHead(queries: Queries, from: number, to: TreeHead): Promise<boolean> {
  const result = await queries
    .updateTable('audit_tree')
    .set({ size: to.size, peaks: to.peaks })
    .where('id', '=', 1)
    .where('size', '=', from)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export type TileRow = { readonly level: number; readonly place: number; readonly hash: string };

export async function insertTiles(queries: Queries, tiles: readonly TileRow[]): Promise<void> {
  if (tiles.length > 0) await queries.insertInto('audit_tiles').values(tiles).execute();
}

/** Hashes of one level from `from` until before `to`: level 0 are the leaves. */
export async function loadHashes(
  queries: Queries,
  level: number,
  from: number,
  to: number,
): Promise<readonly string[]> {
  if (level === 0) {
    const rows = await queries
      .selectFrom('audit_events')
      .select('leaf_hash')
      .where('leaf', '>=', from)
      .where('leaf', '<', to)
      .orderBy('leaf')
      .execute();
    return rows.map(({ leaf_hash }) => leaf_hash ?? '');
  }
  const rows = await queries
    .selectFrom('audit_tiles')
    .select('hash')
    .where('level', '=', level)
    .where('place', '>=', from)
    .where('place', '<', to)
    .orderBy('place')
    .execute();
  return rows.map(({ hash }) => hash);
}

export type CheckpointRow = { readonly size: number; readonly at: string; readonly note: string };

/** Several launchers may sign the same head at once; the first stays. */
export async function saveCheckpoint(queries: Queries, row: CheckpointRow): Promise<void> {
  await queries
    .insertInto('audit_checkpoints')
    .values(row)
    .onConflict((conflict) => conflict.column('size').doNothing())
    .execute();
}

/** The largest, or the one of that size. */
export async function findCheckpoint(queries: Queries, size?: number): Promise<CheckpointRow | undefined> {
  const query = queries.selectFrom('audit_checkpoints').selectAll().orderBy('size', 'desc').limit(1);
  return (size === undefined ? query : query.where('size', '=', size)).executeTakeFirst();
}

export type CosignatureRow = {
  readonly size: number;
  readonly witness: string;
  readonly at: string;
  readonly line: string;
};

export async function saveCosignature(queries: Queries, row: CosignatureRow): Promise<void> {
  await queries
    .insertInto('audit_cosignatures')
    .values(row)
    .onConflict((conflict) => conflict.columns(['size', 'witness']).doNothing())
    .execute();
}

export async function loadCosignatures(queries: Queries, size: number): Promise<readonly CosignatureRow[]> {
  return queries.selectFrom('audit_cosignatures').selectAll().where('size', '=', size).orderBy('witness').execute();
}
