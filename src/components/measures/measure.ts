import type { Fact } from '../../record/fact.ts';
import { sortMoment } from '../../record/fhir/date.ts';
import { believableDate } from '../../record/future-date.ts';
import { seriesInSteps, testKey, type Series } from '../../record/trends.ts';
import type { ConvertUnit } from '../../record/units.ts';
import { atOnce } from '../between-tasks.ts';
import type { MeasuredEntry } from './observed-line.ts';

/** One test or measurement over time, whichever organisation measured it, newest first. */
export type Measure = {
  readonly key: string;
  readonly title: string;
  readonly facts: readonly [Fact<MeasuredEntry>, ...Fact<MeasuredEntry>[]];
};

type Placed = { readonly key: string; readonly moment: number };

/** What a result is called and when it was is worked out once, and kept as long as that result is. */
const placed = new WeakMap<MeasuredEntry, Placed>();

function placeOf(entry: MeasuredEntry): Placed {
  const known = placed.get(entry);
  if (known) return known;
  const date = believableDate(entry);
  const place = { key: testKey(entry), moment: date === undefined ? -Infinity : sortMoment(date) };
  placed.set(entry, place);
  return place;
}

/** Results between two moments at which others may run. */
const CHUNK = 100;

/** The tests of one list of results, as long as that list is. */
const known = new WeakMap<readonly Fact<MeasuredEntry>[], readonly Measure[]>();

/** `measuresInSteps` in one go. */
export function groupMeasures(
  facts: readonly Fact<MeasuredEntry>[],
  isMeasure: (entry: MeasuredEntry) => boolean = () => true,
): readonly Measure[] {
  return known.get(facts) ?? atOnce(measuresInSteps(facts, isMeasure));
}

/**
 * Groups single results by what was measured, newest first. In steps, for there may be tens of thousands, and each has to
 * be told apart by its codes and words. A section asks the same `isMeasure` of its list every time.
 */
export function* measuresInSteps(
  facts: readonly Fact<MeasuredEntry>[],
  isMeasure: (entry: MeasuredEntry) => boolean,
): Generator<undefined, readonly Measure[]> {
  const before = known.get(facts);
  if (before) return before;
  const groups = new Map<string, { readonly fact: Fact<MeasuredEntry>; readonly moment: number }[]>();
  let done = 0;
  for (const fact of facts) {
    if (++done % CHUNK === 0) yield;
    const [entry] = fact.entries;
    if (!isMeasure(entry)) continue;
    const { key, moment } = placeOf(entry);
    const group = groups.get(key);
    if (group) group.push({ fact, moment });
    else groups.set(key, [{ fact, moment }]);
  }
  const measures: Measure[] = [];
  for (const [key, group] of groups) {
    if ((done += group.length) > CHUNK) {
      done = 0;
      yield;
    }
    const [first, ...rest] = group.sort(latestFirst).map(({ fact }) => fact);
    if (first) measures.push({ key, title: first.entries[0].title, facts: [first, ...rest] });
  }
  known.set(facts, measures);
  return measures;
}

/** Those of one moment stay in the section's own order, and so do those without one, which are last. */
function latestFirst(a: { readonly moment: number }, b: { readonly moment: number }): number {
  return a.moment === b.moment ? 0 : b.moment - a.moment;
}

const LEAST = 3;
const MOST = 24;

/** The line to draw beside a test: the series of its latest measurement. Fewer than three points are no trend. */
export function* trendInSteps(measure: Measure, convert?: ConvertUnit): Generator<undefined, Series | undefined> {
  const [series] = yield* seriesInSteps(measure.facts, convert);
  if (!series || series.points.length < LEAST) return undefined;
  const [first, ...rest] = series.points.slice(-MOST);
  return first && { ...series, points: [first, ...rest] };
}
