import type { Fact } from './fact.ts';
import { dayOf, sortMoment, type RecordedDate } from './fhir/date.ts';
import { unitInWords } from './fhir/quantity.ts';
import { believableDate } from './future-date.ts';
import type { SourceId } from './source.ts';
import type { Measured } from './trends.ts';

/** One test and its results, whichever organisation measured it. */
export type Test<E extends Measured = Measured> = {
  readonly key: string;
  readonly title: string;
  readonly facts: readonly Fact<E>[];
};

/** A day on which something was measured, as its sources write it: `2026-10-01`, or no more than `2026-10` or `2026`. */
export type CumulativeColumn = {
  readonly day: string;
  readonly values: number;
  readonly sources: readonly SourceId[];
};

export type CumulativeRow<E extends Measured = Measured> = {
  readonly test: Test<E>;
  /** By day, newest first within it; nothing is left out, however many there are on a day. */
  readonly cells: ReadonlyMap<string, readonly Fact<E>[]>;
  /** Without a date that can be believed: in a column of their own. */
  readonly undated: readonly Fact<E>[];
  /** What every number of the test is recorded in, in the very same words; left out where they differ or are none. */
  readonly unit?: string;
  /** The one range that every value comes with; left out where they differ. */
  readonly range?: string;
};

export type Cumulative<E extends Measured = Measured> = {
  /** Newest first. */
  readonly columns: readonly CumulativeColumn[];
  readonly rows: readonly CumulativeRow<E>[];
  readonly undated: number;
};

/** Tests against days. Pure: the same results give the same table, whatever order they came in. */
export function cumulativeOf<E extends Measured>(tests: readonly Test<E>[]): Cumulative<E> {
  const rows = tests.map(rowOf);
  const columns = new Map<string, { values: number; sources: Set<SourceId> }>();
  for (const { cells } of rows)
    for (const [day, facts] of cells) {
      const column = columns.get(day) ?? { values: 0, sources: new Set() };
      column.values += facts.length;
      for (const { entries } of facts) for (const { origin } of entries) column.sources.add(origin.source);
      columns.set(day, column);
    }
  return {
    columns: [...columns]
      .sort(([a], [b]) => newestDay(a, b))
      .map(([day, { values, sources }]) => ({ day, values, sources: [...sources].sort() })),
    rows,
    undated: rows.reduce((sum, row) => sum + row.undated.length, 0),
  };
}

/** By its first moment; where two begin together the more exact one first, so that the order is total. */
function newestDay(a: string, b: string): number {
  return sortMoment(b as RecordedDate) - sortMoment(a as RecordedDate) || (a < b ? 1 : -1);
}

function rowOf<E extends Measured>(test: Test<E>): CumulativeRow<E> {
  const cells = new Map<string, Fact<E>[]>();
  const undated: Fact<E>[] = [];
  for (const fact of test.facts) {
    const [entry] = fact.entries;
    // When it was issued is not when it was so: no column of a day is its own.
    const date = entry.dateIs === 'recorded' ? undefined : believableDate(entry);
    if (date === undefined) undated.push(fact);
    else cells.set(dayOf(date), [...(cells.get(dayOf(date)) ?? []), fact]);
  }
  for (const facts of cells.values()) facts.sort(latestFirst);
  undated.sort((a, b) => (a.key < b.key ? -1 : 1));
  const unit = onlyOne(test.facts, ({ quantity }) => (quantity ? (unitInWords(quantity) ?? '') : undefined));
  const range = onlyOne(test.facts, ({ quantity, ranges }) => (quantity ? rangesText(ranges) : undefined));
  return { test, cells, undated, ...(unit && { unit }), ...(range && { range }) };
}

function latestFirst(a: Fact<Measured>, b: Fact<Measured>): number {
  const [first, second] = [believableDate(a.entries[0]), believableDate(b.entries[0])];
  const later = first && second ? sortMoment(second) - sortMoment(first) : 0;
  return later || (a.key < b.key ? -1 : 1);
}

/** What all say alike that say anything at all: every record of every fact, or it would be said of one that says another. */
function onlyOne<E extends Measured>(
  facts: readonly Fact<E>[],
  said: (entry: E) => string | undefined,
): string | undefined {
  const all = new Set(facts.flatMap(({ entries }) => entries.flatMap((entry) => said(entry) ?? [])));
  const [only] = all;
  return all.size === 1 ? only : undefined;
}

export function rangesText(ranges: Measured['ranges']): string {
  return ranges.map((range) => [range.kind, range.text, range.appliesTo].filter(Boolean).join(' ')).join('; ');
}

/** The parts of a measurement that have numbers of their own, each as a test: a blood pressure's two. */
export function partTests<
  E extends Measured & { readonly parts: readonly (Pick<Measured, 'ranges' | 'flags'> & { readonly label: string })[] },
>(test: Test<E>): readonly Test[] {
  const byLabel = new Map<string, Fact<Measured>[]>();
  for (const fact of test.facts) {
    const [entry] = fact.entries;
    for (const part of entry.parts) {
      const { value: _value, quantity: _quantity, code: _code, ...rest } = entry;
      const alone = { ...rest, ...part, title: part.label } as Measured;
      const facts = byLabel.get(part.label) ?? [];
      facts.push({ ...fact, entries: [alone] } as Fact<Measured>);
      byLabel.set(part.label, facts);
    }
  }
  return [...byLabel].map(([label, facts]) => ({ key: `${test.key}/${label}`, title: label, facts }));
}
