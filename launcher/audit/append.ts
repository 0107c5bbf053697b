import type { Database } from '../storage/database.ts';
import { insertAuditEvents, type NewAuditEventRow } from '../storage/tables/audit-events.ts';
import { insertTiles, loadTreeHead, moveTreeHead, type TreeHead } from '../storage/tables/audit-tree.ts';
import { type Frontier, grow, type Tile } from './tree/merkle.ts';

/** A row whose place in the tree is not known yet. */
export type Unplaced = Omit<NewAuditEventRow, 'leaf'> & { readonly leaf_hash: string };

/**
 * Adds rows and their leaves in one transaction: all or none, at the next places of the tree, without gaps. Launchers that
 * share a PostgreSQL take turns at the tree's one row; each first tries with the edge it remembers, which spares a read.
 */
export function createAppender(database: Database): (take: () => readonly Unplaced[]) => Promise<void> {
  let remembered: TreeHead | undefined;
  return async (take) => {
    const moved = await database.together(async (queries) => {
      const rows = take();
      const leaves = rows.map((row) => Buffer.from(row.leaf_hash, 'base64'));
      let head = remembered ?? (await loadTreeHead(queries, database.dialect));
      let plan = grow(readFrontier(head), leaves);
      if (!(await moveTreeHead(queries, head.size, writeFrontier(plan.tree)))) {
        head = await loadTreeHead(queries, database.dialect);
        plan = grow(readFrontier(head), leaves);
        if (!(await moveTreeHead(queries, head.size, writeFrontier(plan.tree))))
          throw new Error('the tree moved while locked');
      }
      const { size } = head;
      await insertAuditEvents(
        queries,
        database.dialect,
        rows.map((row, index) => ({ ...row, leaf: size + index })),
      );
      await insertTiles(queries, plan.tiles.map(tileRow));
      return writeFrontier(plan.tree);
    });
    // Only what is durable is remembered.
    remembered = moved;
  };
}

export function readFrontier({ size, peaks }: TreeHead): Frontier {
  return { size, peaks: peaks === '' ? [] : peaks.split(',').map((peak) => Buffer.from(peak, 'base64')) };
}

function writeFrontier({ size, peaks }: Frontier): TreeHead {
  return { size, peaks: peaks.map((peak) => peak.toString('base64')).join(',') };
}

function tileRow({ level, place, hash }: Tile): { level: number; place: number; hash: string } {
  return { level, place, hash: hash.toString('base64') };
}
