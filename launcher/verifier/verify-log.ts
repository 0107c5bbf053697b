import { columnThatDiffers } from './columns.ts';
import { type Head, parseHead, signedBy, type TrustedKey } from './notes.ts';
import { GrowingTree, leafDigest } from './tree.ts';

/** One leaf as the store holds it. The columns beside the body are copies for searching, and must agree with it. */
export type StoredLeaf = {
  readonly leaf: number;
  readonly leaf_hash: string;
  readonly body: string;
  readonly type: string;
  readonly at: string;
  readonly outcome: string;
  readonly launch_id: string | null;
  readonly view_id: string | null;
  readonly request_id: string | null;
  readonly user_key: string | null;
  readonly role: string | null;
  readonly organisation: string | null;
  readonly purpose: string | null;
  readonly nhs_number: string | null;
  readonly source: string | null;
  readonly code: string | null;
  readonly detail: string | null;
};

/** Rows that stand in no tree, which lists and reports would show all the same. */
export type Outside = {
  /** Written before there was a tree: nothing vouches for them. */
  readonly before: number;
  /** Among or after the leaves: nothing that the launcher writes. */
  readonly added: number;
};

/** Everything there is to verify, however it was read. */
export type LogImage = {
  readonly leaves: AsyncIterable<readonly StoredLeaf[]> | Iterable<readonly StoredLeaf[]>;
  /** What the store says the tree's size is. */
  readonly size: number;
  readonly outside?: Outside;
  readonly tiles: ReadonlyMap<string, string>;
  readonly checkpoints: readonly { readonly size: number; readonly at: string; readonly note: string }[];
  /** Notes that others hold: the proof against the log's own author. */
  readonly witnessed: readonly string[];
};

export type Verdict = {
  readonly ok: boolean;
  /** Leaves read. */
  readonly size: number;
  readonly problems: readonly Problem[];
  /** The first leaf that is wrong, or the leaves among which it is; absent when all is well. */
  readonly first?: Place;
  /** Leaves no signed head covers yet. */
  readonly unsigned: number;
  /** Events from before there was a tree; absent when there are none. */
  readonly untold?: number;
  /** The largest good head of each witness. */
  readonly witnesses: { readonly [name: string]: number };
};

/** One leaf, or with `before` the leaves from `index` on, one of which is wrong. */
type Place = { readonly index: number; readonly before?: number };
export type Problem = Place & { readonly what: string };

export type Trust = {
  readonly keys: readonly TrustedKey[];
  /** How far a clock may be off before an event counts as back-dated. */
  readonly toleranceMs?: number;
  readonly problems?: number;
};

const LAUNCHER = 'the launcher';
const TOLERANCE_MS = 300_000;
const MOST_PROBLEMS = 20;

/** A leaf that is plainly wrong is named; otherwise what is left when all the spans are laid over each other. */
function firstOf(problems: readonly Problem[]): Place | undefined {
  const spans = problems.filter(({ before }) => before !== undefined);
  const before = Math.min(...spans.map((span) => span.before ?? Infinity));
  const plain = Math.min(...problems.filter((problem) => problem.before === undefined).map(({ index }) => index));
  if (plain < before) return { index: plain };
  if (spans.length === 0) return undefined;
  return { index: Math.max(...spans.map(({ index }) => index).filter((index) => index < before)), before };
}

/** Reads the log once from its first leaf to its last and says everything in which it is not what was signed and witnessed. */
export async function verifyLog(image: LogImage, trust: Trust): Promise<Verdict> {
  const walk = new Walk(image, trust);
  for await (const batch of image.leaves) for (const leaf of batch as readonly StoredLeaf[]) walk.take(leaf);
  return walk.end();
}

type Expected = { readonly head: Head; readonly by: string; readonly atMs?: number };

class Walk {
  readonly #image: LogImage;
  readonly #trust: Trust;
  readonly #tree = new GrowingTree();
  readonly #heads: readonly Expected[];
  readonly #problems: Problem[] = [];
  readonly #witnesses: { [name: string]: number } = {};
  #next = 0;
  /** Everything before this is what a signed head says; the launcher's own word counts only against others, not for itself. */
  #good = 0;
  #witnessed = 0;
  #earliest = '';

  constructor(image: LogImage, trust: Trust) {
    this.#image = image;
    this.#trust = trust;
    this.#heads = [...this.#checkpoints(), ...this.#witnessedHeads()].sort((a, b) => a.head.size - b.head.size);
    this.#compareHeads();
  }

  take(row: StoredLeaf): void {
    const index = this.#tree.size;
    if (row.leaf !== index)
      this.#report({ index, what: `leaf ${String(row.leaf)} stands where ${String(index)} should` });
    const digest = leafDigest(row.body);
    if (digest !== row.leaf_hash) this.#report({ index, what: 'the event is not the one that was hashed' });
    const differs = columnThatDiffers(row);
    if (differs !== undefined) this.#report({ index, what: `the column ${differs} says other than the event` });
    if (row.at < this.#earliest)
      this.#report({ index, what: 'the event is dated before a head that was signed before it' });
    this.#tree.add(digest, (level, place, whole) => this.#compareTile(level, place, whole));
    this.#compareHeads();
  }

  end(): Verdict {
    const { size } = this.#tree;
    if (size !== this.#image.size)
      this.#report({
        index: Math.min(size, this.#image.size),
        what: `the tree’s size is said to be ${String(this.#image.size)}, it has ${String(size)} leaves`,
      });
    const { added = 0, before = 0 } = this.#image.outside ?? {};
    if (added > 0) this.#report({ index: size, what: `rows beside the tree that are no leaf of it: ${String(added)}` });
    for (const { by, head } of this.#heads.slice(this.#next)) {
      const what = `leaves are missing: ${by} signed a tree of ${String(head.size)}`;
      this.#report({ index: this.#goodFor(by), before: head.size, what });
    }
    const problems = [...this.#problems].sort((a, b) => a.index - b.index);
    const first = firstOf(problems);
    return {
      ok: problems.length === 0,
      size,
      ...(first && { first }),
      problems: problems.slice(0, this.#trust.problems ?? MOST_PROBLEMS),
      unsigned: size - this.#good,
      ...(before > 0 && { untold: before }),
      witnesses: this.#witnesses,
    };
  }

  #report(problem: Problem): void {
    // The first is what matters; a broken log must not fill the memory with the rest.
    if (this.#problems.length < 1_000) this.#problems.push(problem);
  }

  *#checkpoints(): Generator<Expected> {
    const keys = this.#trust.keys.filter(({ kind }) => kind === 'log');
    for (const { size, at, note } of this.#image.checkpoints) {
      const head = parseHead(note);
      const problem = !head || head.size !== size ? 'is not a head of that size' : this.#unsigned(head, keys);
      if (problem !== undefined) this.#report({ index: size, what: `the checkpoint of ${String(size)} ${problem}` });
      if (head && problem === undefined) {
        yield { head, by: LAUNCHER, ...(!Number.isNaN(Date.parse(at)) && { atMs: Date.parse(at) }) };
        // Cosignatures kept beside it are as good as those a witness hands in.
        yield* this.#cosigned(head);
      }
    }
  }

  #unsigned(head: Head, keys: readonly TrustedKey[]): string | undefined {
    if (keys.length === 0) return undefined;
    return keys.some((key) => key.name === head.origin && signedBy(head, key))
      ? undefined
      : 'is not signed by the log’s key';
  }

  *#witnessedHeads(): Generator<Expected> {
    for (const note of this.#image.witnessed) {
      const head = parseHead(note);
      const found = head ? [...this.#cosigned(head)] : [];
      if (found.length === 0)
        this.#report({ index: head?.size ?? 0, what: 'a witnessed head is not signed by a witness that is trusted' });
      yield* found;
    }
  }

  *#cosigned(head: Head): Generator<Expected> {
    for (const key of this.#trust.keys) {
      const signed = key.kind === 'witness' ? signedBy(head, key) : undefined;
      if (signed)
        yield { head, by: key.name, ...(signed.atSeconds !== undefined && { atMs: signed.atSeconds * 1_000 }) };
    }
  }

  #goodFor(by: string): number {
    return by === LAUNCHER ? this.#good : this.#witnessed;
  }

  #compareHeads(): void {
    const good: Expected[] = [];
    for (let one = this.#heads[this.#next]; one?.head.size === this.#tree.size; one = this.#heads[this.#next]) {
      this.#next += 1;
      if (one.head.root !== this.#tree.root()) {
        this.#report({
          index: this.#goodFor(one.by),
          before: one.head.size,
          what: `the tree is not the one ${one.by} signed`,
        });
        continue;
      }
      good.push(one);
      if (one.by !== LAUNCHER) this.#witnesses[one.by] = one.head.size;
      if (one.atMs !== undefined) {
        const earliest = new Date(one.atMs - (this.#trust.toleranceMs ?? TOLERANCE_MS)).toISOString();
        if (earliest > this.#earliest) this.#earliest = earliest;
      }
    }
    // Only now, so that several heads of one size are all held against what was good before them.
    if (good.length > 0) this.#good = this.#tree.size;
    if (good.some(({ by }) => by !== LAUNCHER)) this.#witnessed = this.#tree.size;
  }

  #compareTile(level: number, place: number, digest: string): void {
    const width = 256 ** level;
    const stored = this.#image.tiles.get(`${String(level)}/${String(place)}`);
    if (stored !== digest)
      this.#report({
        index: place * width,
        before: (place + 1) * width,
        what: 'a stored hash of the tree is not that of its leaves',
      });
  }
}
