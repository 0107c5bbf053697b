import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../bench/statistics.ts';
import { verifyLog } from '../../../launcher/verifier/verify-log.ts';
import { eventAt, imageOf, leafOf, logOver, type TestLog, testLogKeys, witnessedBy } from '../../support/log-image.ts';

const SIZE = 300;
const SIGNED = [1, 40, 77, 120, 163, 199, 240, 271, SIZE];
const TAMPERINGS = Number(process.env['CORRIDOR_TAMPERINGS'] ?? 2_000);
const keys = testLogKeys();
const good = build(Array.from({ length: SIZE }, (_, index) => leafOf(eventAt(index), index)));

function build(leaves: TestLog['leaves']): TestLog {
  const log = logOver(leaves, SIGNED, keys);
  return { ...log, witnessed: witnessedBy(log, keys) };
}

/** What a tampering did: the log after it, and the first leaf that is not as it was; `exact` when the verifier can know it. */
type Tampered = { readonly log: TestLog; readonly index: number; readonly exact: boolean };
type Random = (below: number) => number;

const TAMPER: { readonly [kind: string]: (random: Random) => Tampered } = {
  'flips a bit of a leaf': (random) => {
    const index = random(SIZE);
    const fields = ['body', 'leaf_hash', 'type', 'at', 'user_key', 'nhs_number'] as const;
    const field = fields[random(fields.length)] ?? 'body';
    const leaves = [...good.leaves];
    const row = leaves[index] as TestLog['leaves'][number];
    leaves[index] = { ...row, [field]: flipped(row[field] ?? '', random) };
    return { log: { ...good, leaves }, index, exact: true };
  },
  'flips a bit of a tree hash': (random) => {
    const tiles = new Map([...good.tiles].map(([name, hash]) => [name, flipped(hash, random)]));
    return { log: { ...good, tiles }, index: 0, exact: false };
  },
  'flips a bit of a signed head': (random) => {
    const at = random(good.checkpoints.length);
    const checkpoints = good.checkpoints.map((one, place) =>
      place === at ? { ...one, note: flipped(one.note, random) } : one,
    );
    return { log: { ...good, checkpoints }, index: good.checkpoints[at]?.size ?? 0, exact: true };
  },
  'drops a leaf': (random) => {
    const index = random(SIZE);
    return { log: { ...good, leaves: good.leaves.toSpliced(index, 1) }, index, exact: true };
  },
  'drops a leaf and closes the gap': (random) => {
    const index = random(SIZE);
    const leaves = renumbered(good.leaves.toSpliced(index, 1));
    return { log: { ...good, leaves, size: SIZE - 1 }, index, exact: false };
  },
  'writes a leaf twice and renumbers': (random) => {
    const index = random(SIZE - 1);
    const row = good.leaves[index] as TestLog['leaves'][number];
    const leaves = renumbered(good.leaves.toSpliced(index, 0, row));
    return { log: { ...good, leaves, size: SIZE + 1 }, index: index + 1, exact: false };
  },
  'swaps two leaves': (random) => {
    const index = random(SIZE - 1);
    const other = index + 1 + random(SIZE - index - 1);
    const leaves = [...good.leaves];
    [leaves[index], leaves[other]] = [leaves[other] as never, leaves[index] as never];
    return { log: { ...good, leaves: renumbered(leaves) }, index, exact: false };
  },
  'cuts off the end and all that tells of it': (random) => {
    const size = random(SIZE);
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
  'forks the log with its own key': (random) => {
    const index = random(SIZE);
    const event = { ...eventAt(index), user: 'https://xb001.example/fhir|somebody-else' };
    const leaves = good.leaves.with(index, leafOf(event, index));
    return { log: { ...logOver(leaves, SIGNED, keys), witnessed: good.witnessed }, index, exact: false };
  },
  'back-dates an event with the log’s own key': (random) => {
    const index = random(SIZE);
    const event = { ...eventAt(index), at: '2026-11-21T09:00:00.000Z' };
    const leaves = good.leaves.with(index, leafOf(event, index));
    return { log: { ...logOver(leaves, SIGNED, keys), witnessed: good.witnessed }, index, exact: false };
  },
  'adds a back-dated event at the end': (random) => {
    const event = {
      ...eventAt(SIZE),
      at: new Date(Date.parse('2026-11-22T09:00:00.000Z') + random(280) * 60_000).toISOString(),
    };
    const leaves = [...good.leaves, leafOf(event, SIZE)];
    const log = logOver(leaves, [...SIGNED, SIZE + 1], keys);
    return { log: { ...log, witnessed: good.witnessed }, index: SIZE, exact: true };
  },
};

describe('the verifier', () => {
  it('finds every one of many random tamperings, and names the first bad leaf or where it must be', async () => {
    const kinds = Object.keys(TAMPER);
    const missed: string[] = [];
    for (let seed = 0; seed < TAMPERINGS; seed += 1) {
      const next = mulberry32(seed);
      const random: Random = (below) => Math.floor(next() * below);
      const kind = kinds[seed % kinds.length] ?? '';
      const { log, index, exact } = TAMPER[kind]?.(random) ?? { log: good, index: 0, exact: true };
      const { ok, first } = await verifyLog(imageOf(log), keys.trust);
      const named = first && first.index <= index && (first.before === undefined ? true : index < first.before);
      const well = exact ? first?.index === index || kind.includes('signed head') : named;
      if (ok || !well) missed.push(`seed ${String(seed)}: ${kind} at ${String(index)}: ${JSON.stringify(first)}`);
    }
    expect(missed).toEqual([]);
  }, 1_200_000);

  it('refuses a witnessed head that no trusted witness signed', async () => {
    const stranger = { ...good, witnessed: [good.checkpoints[3]?.note ?? ''] };
    expect((await verifyLog(imageOf(stranger), keys.trust)).ok).toBe(false);
  });

  it('refuses heads signed by another key of the same name', async () => {
    const other = { ...testLogKeys().trust };
    expect((await verifyLog(imageOf({ ...good, witnessed: [] }), other)).ok).toBe(false);
  });

  it('finds nothing wrong with the log as it was written, and says how far each witness has seen it', async () => {
    const verdict = await verifyLog(imageOf(good), keys.trust);
    expect(verdict).toEqual({
      ok: true,
      size: SIZE,
      problems: [],
      unsigned: 0,
      witnesses: { 'north.example/witness': SIZE, 'south.example/witness': SIZE },
    });
  });

  it('tells how many of the newest leaves no head covers yet', async () => {
    const log = logOver(good.leaves, [1, 200], keys);
    expect(await verifyLog(imageOf({ ...log, witnessed: [] }), keys.trust)).toMatchObject({ ok: true, unsigned: 100 });
  });
});

function flipped(text: string, random: Random): string {
  const at = random(text.length);
  const changed = String.fromCharCode(text.charCodeAt(at) ^ (1 << random(6)));
  return text.slice(0, at) + changed + text.slice(at + 1);
}

function renumbered(leaves: readonly TestLog['leaves'][number][]): TestLog['leaves'] {
  return leaves.map((row, leaf) => ({ ...row, leaf }));
}
