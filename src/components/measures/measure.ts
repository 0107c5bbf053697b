import type { Fact } from '../../record/fact.ts';
import { newestFirst } from '../../record/fhir/date.ts';
import { believableDate } from '../../record/future-date.ts';
import { whileRemembering } from '../../record/remember.ts';
import { seriesOf, testKey, type Series } from '../../record/trends.ts';
import type { ConvertUnit } from '../../record/units.ts';
import type { MeasuredEntry } from './observed-line.ts';

/** One test or measurement over time, whichever organisation measured it, newest first. */
export type Measure = {
  readonly key: string;
  readonly title: string;
  readonly facts: readonly [Fact<MeasuredEntry>, ...Fact<MeasuredEntry>[]];
};

/** What a test is called is worked out once for each of its results, and kept as long as that result is. */
const keys = new WeakMap<MeasuredEntry, string>();

function keyOf(entry: MeasuredEntry): string {
  const key = keys.get(entry) ?? testKey(entry);
  keys.set(entry, key);
  return key;
}

/** Groups single results by what was measured, and puts the most recently measured first. */
export function groupMeasures(facts: readonly Fact<MeasuredEntry>[]): readonly Measure[] {
  return whileRemembering(() => grouped(facts));
}

function grouped(facts: readonly Fact<MeasuredEntry>[]): readonly Measure[] {
  const groups = new Map<string, Fact<MeasuredEntry>[]>();
  for (const fact of facts) {
    const key = keyOf(fact.entries[0]);
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  return [...groups].flatMap(([key, group]) => {
    const [first, ...rest] = group.sort((a, b) =>
      newestFirst(believableDate(a.entries[0]), believableDate(b.entries[0])),
    );
    return first ? [{ key, title: first.entries[0].title, facts: [first, ...rest] as const }] : [];
  });
}

const LEAST = 3;
const MOST = 24;

/** The line to draw beside a test: the series of its latest measurement. Fewer than three points are no trend. */
export function trendOf(measure: Measure, convert?: ConvertUnit): Series | undefined {
  const [series] = whileRemembering(() => seriesOf(measure.facts, convert));
  if (!series || series.points.length < LEAST) return undefined;
  const [first, ...rest] = series.points.slice(-MOST);
  return first && { ...series, points: [first, ...rest] };
}
