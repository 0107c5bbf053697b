import { mulberry32 } from '../../bench/statistics.ts';
import { verifyLog } from '../../launcher/verifier/verify-log.ts';
import {
  eventAt,
  imageOf,
  leafOf,
  logOver,
  witnessedBy,
  type TestLog,
  type TestLogKeys,
} from '../support/log-image.ts';

/** What a tampering did: the log after it, and the first leaf that is not as it was; `exact` when the verifier can know it. */
type Tampered = { readonly log: TestLog; readonly index: number; readonly exact: boolean };
type Random = (below: number) => number;

/** Small logs are as good as long ones and checked many times as fast; one in so many is of several hundred leaves. */
const SMALL = [2, 7, 16, 33, 64] as const;
const LONG = 300;
const LONG_EVERY = 100;
/** A whole tile is 256 leaves: nothing shorter has a stored hash to flip. */
const NEEDS_TILES = 'flips a bit of a tree hash';

const TAMPER: { readonly [kind: string]: (good: TestLog, random: Random, keys: TestLogKeys) => Tampered } = {
  'flips a bit of a leaf': (good, random) => {
    const index = random(good.size);
    const fields = ['body', 'leaf_hash', 'type', 'at', 'user_key', 'nhs_number'] as const;
    const field = fields[random(fields.length)] ?? 'body';
    const leaves = [...good.leaves];
    const row = leaves[index] as TestLog['leaves'][number];
    leaves[index] = { ...row, [field]: flipped(row[field] ?? '', random) };
    return { log: { ...good, leaves }, index, exact: true };
  },
  'flips a bit of a tree hash': (good, random) => {
    const tiles = new Map([...good.tiles].map(([name, hash]) => [name, flipped(hash, random)]));
    return { log: { ...good, tiles }, index: 0, exact: false };
  },
  'flips a bit of a signed head': (good, random) => {
    const at = random(good.checkpoints.length);
    const checkpoints = good.checkpoints.map((one, place) =>
      place === at ? { ...one, note: flipped(one.note, random) } : one,
    );
    return { log: { ...good, checkpoints }, index: good.checkpoints[at]?.size ?? 0, exact: true };
  },
  'drops a leaf': (good, random) => {
    const index = random(good.size);
    return { log: { ...good, leaves: good.leaves.toSpliced(index, 1) }, index, exact: true };
  },
  'drops a leaf and closes the gap': (good, random) => {
    const index = random(good.size);
    const leaves = renumbered(good.leaves.toSpliced(index, 1));
    return { log: { ...good, leaves, size: good.size - 1 }, index, exact: false };
  },
  'writes a leaf twice and renumbers': (good, random) => {
    const index = random(good.size - 1);
    const row = good.leaves[index] as TestLog['leaves'][number];
    const leaves = renumbered(good.leaves.toSpliced(index, 0, row));
    return { log: { ...good, leaves, size: good.size + 1 }, index: index + 1, exact: false };
  },
  'swaps two leaves': (good, random) => {
    const index = random(good.size - 1);
    const other = index + 1 + random(good.size - index - 1);
    const leaves = [...good.leaves];
    [leaves[index], leaves[other]] = [leaves[other] as never, leaves[index] as never];
    return { log: { ...good, leaves: renumbered(leaves) }, index, exact: false };
  },
  'cuts off the end and all that tells of it': (good, random) => {
    const size = random(good.size);
    const { leaves, checkpoints } = good;
    const tiles = new Map([...good.tiles].filter(() => size >= 256));
    const log = {
      leaves: leaves.slice(0, size),
      size,
      tiles,
      checkpoints: checkpoints.filter((one) => one.size <= size),
    };
    return { log: { ...log, witnessed: good.witnessed }, index: size, exact: false };
  },
  'forks the log with its own key': (good, random, keys) => {
    const index = random(good.size);
    const event = { ...eventAt(index), user: 'https://xb001.example/fhir|somebody-else' };
    const leaves = good.leaves.with(index, leafOf(event, index));
    return { log: { ...logOver(leaves, signedSizes(good), keys), witnessed: good.witnessed }, index, exact: false };
  },
  'back-dates an event with the log’s own key': (good, random, keys) => {
    const index = random(good.size);
    const event = { ...eventAt(index), at: '2026-11-21T09:00:00.000Z' };
    const leaves = good.leaves.with(index, leafOf(event, index));
    return { log: { ...logOver(leaves, signedSizes(good), keys), witnessed: good.witnessed }, index, exact: false };
  },
  'adds a back-dated event at the end': (good, random, keys) => {
    const event = {
      ...eventAt(good.size),
      // More than the tolerance of a clock before the last head, however short the log.
      at: new Date(Date.parse('2026-11-22T08:54:00.000Z') + random(Math.max(1, good.size - 20)) * 60_000).toISOString(),
    };
    const leaves = [...good.leaves, leafOf(event, good.size)];
    const log = logOver(leaves, [...signedSizes(good), good.size + 1], keys);
    return { log: { ...log, witnessed: good.witnessed }, index: good.size, exact: true };
  },
};

export const TAMPERINGS = Object.keys(TAMPER);

/** Makes one log of each length, then tampers with one of them for each seed and asks the verifier. */
export function openTampering(keys: TestLogKeys): (seed: number) => Promise<string | undefined> {
  const logs = new Map([...SMALL, LONG].map((size) => [size, signedLog(size, keys)]));
  return async (seed) => {
    const next = mulberry32(seed);
    const random: Random = (below) => Math.floor(next() * below);
    const kind = TAMPERINGS[seed % TAMPERINGS.length] ?? '';
    const long = kind === NEEDS_TILES || Math.floor(seed / TAMPERINGS.length) % LONG_EVERY === 0;
    const good = logs.get(long ? LONG : (SMALL[random(SMALL.length)] ?? LONG));
    const tampered = good && TAMPER[kind]?.(good, random, keys);
    if (!tampered) throw new Error(`no log for ${kind}`);
    const { log, index, exact } = tampered;
    const { ok, first } = await verifyLog(imageOf(log), keys.trust);
    const named = first && first.index <= index && (first.before === undefined ? true : index < first.before);
    const well = exact ? first?.index === index || kind.includes('signed head') : named;
    if (!ok && well) return undefined;
    return `seed ${String(seed)}: ${kind} at ${String(index)} of ${String(good.size)}: ${JSON.stringify(first)}`;
  };
}

/** A log whose witnesses have seen its last head. */
export function signedLog(size: number, keys: TestLogKeys): TestLog {
  const leaves = Array.from({ length: size }, (_, index) => leafOf(eventAt(index), index));
  const signed = [1, ...[0.13, 0.26, 0.4, 0.54, 0.66, 0.8, 0.9].map((part) => Math.ceil(size * part)), size];
  const log = logOver(leaves, [...new Set(size < 100 ? [1, Math.ceil(size / 2), size] : signed)], keys);
  return { ...log, witnessed: witnessedBy(log, keys) };
}

function signedSizes({ checkpoints }: TestLog): readonly number[] {
  return checkpoints.map(({ size }) => size);
}

function flipped(text: string, random: Random): string {
  const at = random(text.length);
  const changed = String.fromCharCode(text.charCodeAt(at) ^ (1 << random(6)));
  return text.slice(0, at) + changed + text.slice(at + 1);
}

function renumbered(leaves: readonly TestLog['leaves'][number][]): TestLog['leaves'] {
  return leaves.map((row, leaf) => ({ ...row, leaf }));
}
