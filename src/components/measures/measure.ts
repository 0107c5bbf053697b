import type { Fact } from '../../record/fact.ts';
import { sortMoment } from '../../record/fhir/date.ts';
import { believableDate } from '../../record/future-date.ts';
import { testKey, trendsInSteps, type Series } from '../../record/trends.ts';
import type { ConvertUnit } from '../../record/units.ts';
import { atOnce } from '../between-tasks.ts';
import type { MeasuredEntry } from './observed-line.ts';

/** One test or measurement over time, whichever organisation measured it, newest first. */
export type Measure = {
  readonly key: string;
  readonly title: string;
  readonly facts: readonly [Fact<MeasuredEntry>, ...Fact<MeasuredEntry>[]];
};

/** What a result is called and when it was, which is much work to find out. */
type Placed = { readonly fact: Fact<MeasuredEntry>; readonly key: string; readonly moment: number };

function placeOf(fact: Fact<MeasuredEntry>): Placed {
  const [entry] = fact.entries;
  const date = believableDate(entry);
  return { fact, key: testKey(entry), moment: date === undefined ? -Infinity : sortMoment(date) };
}

/** The tests of one list of results, as long as that list is. Few lists: what is held weakly is dear to tidy up. */
const known = new WeakMap<
  readonly Fact[],
  { readonly measures: readonly Measure[]; readonly placed: ReadonlyMap<MeasuredEntry, Placed> }
>();

/** `measuresInSteps` in one go. */
export function groupMeasures(
  facts: readonly Fact<MeasuredEntry>[],
  isMeasure: (entry: MeasuredEntry) => boolean = () => true,
): readonly Measure[] {
  return known.get(facts)?.measures ?? atOnce(measuresInSteps(facts, isMeasure));
}

/** Results between two moments at which others may run. */
const CHUNK = 100;

/**
 * Groups single results by what was measured, newest first. In steps, for there may be tens of thousands, and each has to
 * be told apart by its codes and words; what was found out about those of the list `before` is taken from there. A section
 * asks the same `isMeasure` of its lists every time.
 */
export function* measuresInSteps(
  facts: readonly Fact<MeasuredEntry>[],
  isMeasure: (entry: MeasuredEntry) => boolean,
  before?: readonly Fact<MeasuredEntry>[],
): Generator<undefined, readonly Measure[]> {
  const done = known.get(facts);
  if (done) return done.measures;
  const earlier = before && known.get(before)?.placed;
  const placed = new Map<MeasuredEntry, Placed>();
  const groups = new Map<string, Placed[]>();
  let count = 0;
  for (const fact of facts) {
    if (++count % CHUNK === 0) yield;
    const [entry] = fact.entries;
    if (!isMeasure(entry)) continue;
    const same = earlier?.get(entry);
    const place = same?.fact === fact ? same : same ? { ...same, fact } : placeOf(fact);
    placed.set(entry, place);
    const group = groups.get(place.key);
    if (group) group.push(place);
    else groups.set(place.key, [place]);
  }
  const measures: Measure[] = [];
  for (const [key, group] of groups) {
    if (group.length > CHUNK) yield;
    const [first, ...rest] = group.sort(latestFirst).map(({ fact }) => fact);
    if (first) measures.push({ key, title: first.entries[0].title, facts: [first, ...rest] });
  }
  known.set(facts, { measures, placed });
  return measures;
}

/** Those of one moment stay in the section's own order, and so do those without one, which are last. */
function latestFirst(a: Placed, b: Placed): number {
  return a.moment === b.moment ? 0 : b.moment - a.moment;
}

const LEAST = 3;
const MOST = 24;

/** What is drawn beside a test, and whether a table of units might add to it. */
export type Trend = { readonly series: Series | undefined; readonly mayNeedUnits: boolean };

/** The series of the latest measurement. Fewer than three points are no trend. */
export function* trendInSteps(measure: Measure, convert?: ConvertUnit): Generator<undefined, Trend> {
  const { series, mayNeedUnits } = yield* trendsInSteps(measure.facts, convert);
  const [latest] = series;
  const [first, ...rest] = latest?.points.slice(-MOST) ?? [];
  return {
    series: latest && first && latest.points.length >= LEAST ? { ...latest, points: [first, ...rest] } : undefined,
    mayNeedUnits,
  };
}
