import fc from 'fast-check';
import { buildRecord, type RecordParts } from '../../../src/record/build-record.ts';
import type { Entry } from '../../../src/record/entry.ts';
import type { PatientRecord } from '../../../src/record/patient-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { aPatient, aSource, answered, entriesFrom } from '../../support/record.ts';
import { allergyPairs } from '../pairs/allergy-pairs.ts';
import { appointmentPairs, encounterPairs, procedurePairs, vaccinationPairs } from '../pairs/event-pairs.ts';
import { findingPairs } from '../pairs/finding-pairs.ts';
import { medicationPairs } from '../pairs/medication-pairs.ts';
import { Chance, type PairMaker } from '../pairs/pair.ts';
import { documentPairs } from '../pairs/paper-pairs.ts';
import { personalContactPairs, professionalContactPairs } from '../pairs/people-pairs.ts';
import { problemPairs } from '../pairs/problem-pairs.ts';
import { resultPairs } from '../pairs/result-pairs.ts';

const MAKERS: readonly PairMaker[] = [
  allergyPairs,
  appointmentPairs,
  documentPairs,
  encounterPairs,
  findingPairs,
  medicationPairs,
  personalContactPairs,
  problemPairs,
  procedurePairs,
  professionalContactPairs,
  resultPairs,
  vaccinationPairs,
];

/** How many worlds a law is tried on; at night `CORRIDOR_TEST_CASES` asks for more. */
export const WORLDS = { numRuns: Number(process.env['CORRIDOR_TEST_CASES'] ?? 120) };

/** Time for as many, on a machine that does other things too. */
export const IN_TIME = { timeout: 20_000 + WORLDS.numRuns * 1_000 };

export const SOURCES = ['gp', 'hospital', 'hub', 'council'] as const;
export type SourceName = (typeof SOURCES)[number];

/** Who holds which resource. Few seeds, so that much of it is about the same things: the crowd in which keys are tried. */
export type World = {
  readonly held: readonly { readonly source: SourceName; readonly resource: Resource }[];
  /** Two that were made to differ in one thing that matters, by the ids of their resources. */
  readonly apart: readonly {
    readonly section: string;
    readonly kind: string;
    readonly ids: readonly [string, string];
  }[];
};

type Seed = {
  readonly maker: number;
  readonly seed: number;
  readonly way: number;
  readonly from: number;
  readonly alike: boolean;
};

const seeds = fc.array(
  fc.record({
    maker: fc.nat(MAKERS.length - 1),
    seed: fc.nat(2),
    way: fc.nat(60),
    from: fc.nat(SOURCES.length - 1),
    alike: fc.boolean(),
  }),
  { minLength: 1, maxLength: 10 },
);

export const aWorld: fc.Arbitrary<World> = seeds.map((all) => {
  const pairs = all.map(pairOf);
  return {
    held: pairs.flatMap(({ held }) => held),
    apart: pairs.flatMap(({ apart }) => apart ?? []),
  };
});

function pairOf({ maker, seed, way, from, alike }: Seed, index: number) {
  const made = MAKERS[maker] ?? problemPairs;
  const one = made.one(new Chance(seed));
  const ways = Object.entries(alike ? made.alike : made.unlike);
  const [kind, change] = ways[way % ways.length] ?? ['', (pair) => pair];
  const pair = change({ here: one, there: one }, new Chance(way));
  const ids = [`${made.section}-${index}-here`, `${made.section}-${index}-there`] as const;
  const sources = [SOURCES[from] ?? 'gp', SOURCES[(from + 1) % SOURCES.length] ?? 'hub'] as const;
  return {
    held: [
      { source: sources[0], resource: sent(pair.here, ids[0]) },
      { source: sources[1], resource: sent(pair.there, ids[1]) },
    ],
    apart: alike ? undefined : [{ section: made.section as string, kind, ids }],
  };
}

function sent(resource: Resource, id: string): Resource {
  const { example: _example, ...rest } = resource;
  return { ...rest, resourceType: resource.resourceType, id };
}

export function entriesOf(world: World, only: readonly SourceName[] = SOURCES): readonly Entry[] {
  return only.flatMap((source) =>
    entriesFrom(source, ...world.held.filter((one) => one.source === source).map(({ resource }) => resource)),
  );
}

export function recordOf(entries: readonly Entry[], change: Partial<RecordParts> = {}): PatientRecord {
  const sources = SOURCES.map((id) => aSource(id));
  return buildRecord({
    patient: aPatient(),
    sources,
    statuses: new Map(sources.map(({ id }) => [id, answered()])),
    entries,
    unread: [],
    nowMs: Date.UTC(2026, 10, 22, 9),
    ...change,
  });
}

/** The same things in another order, by this number. */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const chance = new Chance(seed);
  return items
    .map((item) => ({ item, at: chance.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

export function idsIn(record: PatientRecord): readonly string[] {
  const shown = record.sections.flatMap(({ facts }) => facts.flatMap(({ entries }) => entries));
  return [...shown, ...record.withdrawn].map(({ id }) => id).sort();
}
