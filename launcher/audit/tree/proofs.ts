import { type Hash, hashNode, TILE_HEIGHT } from './merkle.ts';

/** Hashes as the store keeps them: leaves are level 0, tiles the levels above; `to` is not included. */
export type HashReader = (level: number, from: number, to: number) => Promise<readonly Hash[]>;

/** A proof was asked for of a tree that isn't there. */
export class NoSuchTree extends Error {
  constructor() {
    super('the tree is not that large');
    this.name = 'NoSuchTree';
  }
}

/** RFC 9162 §2.1.3.1: PATH(index, D[size]). */
export async function inclusionProof(index: number, size: number, read: HashReader): Promise<readonly Hash[]> {
  if (!isWhole(index) || !isWhole(size) || index >= size) throw new NoSuchTree();
  const path = async (from: number, to: number): Promise<Hash[]> => {
    if (to - from <= 1) return [];
    const middle = from + split(to - from);
    return index < middle
      ? [...(await path(from, middle)), await subtree(middle, to, read)]
      : [...(await path(middle, to)), await subtree(from, middle, read)];
  };
  return path(0, size);
}

/** RFC 9162 §2.1.4.1: PROOF(from, D[to]): the smaller tree is the beginning of the larger. */
export async function consistencyProof(old: number, size: number, read: HashReader): Promise<readonly Hash[]> {
  if (!isWhole(old) || !isWhole(size) || old > size) throw new NoSuchTree();
  if (old === 0 || old === size) return [];
  const proof = async (from: number, to: number, whole: boolean): Promise<Hash[]> => {
    if (old === to) return whole ? [] : [await subtree(from, to, read)];
    const middle = from + split(to - from);
    return old <= middle
      ? [...(await proof(from, middle, whole)), await subtree(middle, to, read)]
      : [...(await proof(middle, to, false)), await subtree(from, middle, read)];
  };
  return proof(0, size, true);
}

/** Largest power of two below `length` (§2.1.1). */
function split(length: number): number {
  return 2 ** Math.floor(Math.log2(length - 1));
}

/** The root of leaves `from` to `to`. `from` is a multiple of the power of two that covers them, as in every proof. */
async function subtree(from: number, to: number, read: HashReader): Promise<Hash> {
  const length = to - from;
  const height = Math.log2(length);
  if (!Number.isInteger(height)) {
    const middle = from + split(length);
    return hashNode(await subtree(from, middle, read), await subtree(middle, to, read));
  }
  const level = Math.floor(height / TILE_HEIGHT);
  const width = 2 ** (level * TILE_HEIGHT);
  return fold(await read(level, from / width, to / width));
}

function fold(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, at) => hashNode(row[2 * at] as Hash, row[2 * at + 1] as Hash));
  }
  const [top] = row;
  if (!top) throw new NoSuchTree();
  return top;
}

function isWhole(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}
