import { createHash, hash } from 'node:crypto';

/**
 * RFC 9162 §2.1, a second time and on its own: the verifier shares no module with what writes the log, so that one slip
 * can't hide another. Hashes are base64 text here, as they are stored: Node makes and compares text faster than buffers.
 */
export type Digest = string;

export function leafDigest(text: string): Digest {
  // UTF-8 takes three bytes at most for each unit of a string.
  if (text.length * 3 >= leaf.length) return hash('sha256', `\0${text}`, 'base64');
  const length = 1 + leaf.write(text, 1, 'utf8');
  return hash('sha256', leaf.subarray(0, length), 'base64');
}

/** A leaf's bytes, behind its 0x00: written in place, so that no text is joined and copied for each. */
const leaf = Buffer.alloc(65_536);

const joined = Buffer.alloc(65);
joined[0] = 1;

export function nodeDigest(left: Digest, right: Digest): Digest {
  joined.write(left, 1, 'base64');
  joined.write(right, 33, 'base64');
  return hash('sha256', joined, 'base64');
}

export function rootOfNothing(): Digest {
  return createHash('sha256').digest('base64');
}

/** Leaves go in one after the other; the root of what went in so far can be asked for at any time. */
export class GrowingTree {
  size = 0;
  readonly #peaks: Digest[] = [];

  /** `whole` is told of each subtree of 256 leaves, of 256 × 256, … that this leaf completes. */
  add(leaf: Digest, whole?: (level: number, place: number, digest: Digest) => void): void {
    let digest = leaf;
    let height = 0;
    for (let rest = this.size; rest & 1; rest = Math.floor(rest / 2)) {
      digest = nodeDigest(this.#peaks.pop() as Digest, digest);
      height += 1;
      if (height % 8 === 0 && whole) whole(height / 8, Math.floor(rest / 2), digest);
    }
    this.#peaks.push(digest);
    this.size += 1;
  }

  root(): Digest {
    let root: Digest | undefined;
    for (let at = this.#peaks.length - 1; at >= 0; at -= 1) {
      const peak = this.#peaks[at] as Digest;
      root = root === undefined ? peak : nodeDigest(peak, root);
    }
    return root ?? rootOfNothing();
  }
}

/** RFC 9162 §2.1.3.2. */
export function provesInclusion(
  leaf: Digest,
  index: number,
  size: number,
  proof: readonly Digest[],
  root: Digest,
): boolean {
  if (index >= size) return false;
  let place = index;
  let last = size - 1;
  let digest = leaf;
  for (const step of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      digest = nodeDigest(step, digest);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else digest = nodeDigest(digest, step);
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && digest === root;
}

/** RFC 9162 §2.1.4.2. */
export function provesConsistency(
  old: { readonly size: number; readonly root: Digest },
  young: { readonly size: number; readonly root: Digest },
  proof: readonly Digest[],
): boolean {
  if (old.size > young.size) return false;
  if (old.size === young.size) return proof.length === 0 && old.root === young.root;
  if (old.size === 0) return proof.length === 0;
  const steps = Number.isInteger(Math.log2(old.size)) ? [old.root, ...proof] : [...proof];
  const [first, ...rest] = steps;
  if (first === undefined) return false;
  let place = old.size - 1;
  let last = young.size - 1;
  while (place % 2 === 1) {
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  let oldDigest = first;
  let youngDigest = first;
  for (const step of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      oldDigest = nodeDigest(step, oldDigest);
      youngDigest = nodeDigest(step, youngDigest);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else youngDigest = nodeDigest(youngDigest, step);
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && oldDigest === old.root && youngDigest === young.root;
}
