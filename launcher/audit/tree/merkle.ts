import { hash } from 'node:crypto';

/** RFC 9162 §2.1.1: leaves and nodes are hashed apart, so that neither can be passed off as the other. */
const NODE = Buffer.alloc(65, 1);

export type Hash = Buffer;

export function hashLeaf(text: string): Hash {
  // The byte 0x00 is the character U+0000 in UTF-8: one string, one pass.
  return hash('sha256', `\0${text}`, 'buffer');
}

export function hashNode(left: Hash, right: Hash): Hash {
  // Its first byte stays the node's 0x01; the rest is written over each time.
  NODE.set(left, 1);
  NODE.set(right, 33);
  return hash('sha256', NODE, 'buffer');
}

/** RFC 9162 §2.1.1: the tree of nothing. */
export const EMPTY_ROOT: Hash = hash('sha256', '', 'buffer');

/**
 * A tree by its right edge: one hash for each whole subtree, the tallest first, as the bits of `size` say. Enough to add
 * leaves and to know the root; the rest of the tree is in the store.
 */
export type Frontier = { readonly size: number; readonly peaks: readonly Hash[] };

export const EMPTY: Frontier = { size: 0, peaks: [] };

/** A whole subtree of 256 leaves, of 256 × 256, …: kept, so that a proof reads hundreds of hashes and not millions. */
export type Tile = { readonly level: number; readonly place: number; readonly hash: Hash };

export const TILE_HEIGHT = 8;

export function grow(
  tree: Frontier,
  leaves: readonly Hash[],
): { readonly tree: Frontier; readonly tiles: readonly Tile[] } {
  const peaks = [...tree.peaks];
  const tiles: Tile[] = [];
  let size = tree.size;
  for (const leaf of leaves) {
    let hashed = leaf;
    let height = 0;
    // As in adding one to a binary number: equal subtrees on the right edge become one.
    for (let place = size; place % 2 === 1; place = (place - 1) / 2) {
      hashed = hashNode(peaks.pop() as Hash, hashed);
      height += 1;
      if (height % TILE_HEIGHT === 0) tiles.push({ level: height / TILE_HEIGHT, place: (place - 1) / 2, hash: hashed });
    }
    peaks.push(hashed);
    size += 1;
  }
  return { tree: { size, peaks }, tiles };
}

export function rootOf({ peaks }: Frontier): Hash {
  const last = peaks.at(-1);
  if (!last) return EMPTY_ROOT;
  return peaks.slice(0, -1).reduceRight((right, left) => hashNode(left, right), last);
}
