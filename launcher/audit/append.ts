import type { Database } from '../storage/database.ts';
import { appendInOneStatement, insertAuditEvents, type NewAuditEventRow } from '../storage/tables/audit-events.ts';
import { insertTiles, loadTreeHead, moveTreeHead, type TileRow, type TreeHead } from '../storage/tables/audit-tree.ts';
import { type Frontier, grow, type Tile } from './tree/merkle.ts';

/** A row whose place in the tree is not known yet. */
export type Unplaced = Omit<NewAuditEventRow, 'leaf'> & { readonly leaf_hash: string };

/**
 * Adds rows and their leaves in one transaction: all or none, at the next places of the tree, without gaps. Launchers that
 * share a PostgreSQL take turns at the tree's one row; each first tries with the edge it remembers, in one statement.
 */
export function createAppender(database: Database): (take: () => readonly Unplaced[]) => Promise<void> {
  let remembered: TreeHead | undefined;
  return async (take) => {
    // Only what is durable is remembered.
    remembered = (await appendAtOnce(database, remembered, take)) ?? (await appendInTurn(database, remembered, take));
  };
}

/** Undefined, and nothing written: not for this store or so many, or the edge is not the one remembered. */
async function appendAtOnce(
  { dialect, queries }: Database,
  head: TreeHead | undefined,
  take: () => readonly Unplaced[],
): Promise<TreeHead | undefined> {
  if (dialect !== 'postgres' || !head) return undefined;
  const added = take();
  if (added.length > A_VIEW) return undefined;
  const { to, rows, tiles } = plan(head, added);
  return (await appendInOneStatement(queries, { from: head.size, to, rows, tiles })) ? to : undefined;
}

/** Rows that one statement takes in with less work than several: what a view writes at once. */
const A_VIEW = 64;

function appendInTurn(
  database: Database,
  remembered: TreeHead | undefined,
  take: () => readonly Unplaced[],
): Promise<TreeHead> {
  return database.together(async (queries) => {
    const added = take();
    let head = remembered ?? (await loadTreeHead(queries, database.dialect));
    let planned = plan(head, added);
    if (!(await moveTreeHead(queries, head.size, planned.to))) {
      head = await loadTreeHead(queries, database.dialect);
      planned = plan(head, added);
      if (!(await moveTreeHead(queries, head.size, planned.to))) throw new Error('the tree moved while locked');
    }
    await insertAuditEvents(queries, database.dialect, planned.rows);
    await insertTiles(queries, planned.tiles);
    return planned.to;
  });
}

function plan(
  head: TreeHead,
  added: readonly Unplaced[],
): { readonly to: TreeHead; readonly rows: readonly NewAuditEventRow[]; readonly tiles: readonly TileRow[] } {
  const leaves = added.map((row) => Buffer.from(row.leaf_hash, 'base64'));
  const { tree, tiles } = grow(readFrontier(head), leaves);
  const rows = added.map((row, index) => ({ ...row, leaf: head.size + index }));
  return { to: writeFrontier(tree), rows, tiles: tiles.map(tileRow) };
}

export function readFrontier({ size, peaks }: TreeHead): Frontier {
  return { size, peaks: peaks === '' ? [] : peaks.split(',').map((peak) => Buffer.from(peak, 'base64')) };
}

function writeFrontier({ size, peaks }: Frontier): TreeHead {
  return { size, peaks: peaks.map((peak) => peak.toString('base64')).join(',') };
}

function tileRow({ level, place, hash }: Tile): TileRow {
  return { level, place, hash: hash.toString('base64') };
}
