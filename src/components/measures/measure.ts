import type { Fact } from '../../record/fact.ts';
import { newestFirst, type RecordedDate } from '../../record/fhir/date.ts';
import { believableDate } from '../../record/future-date.ts';
import { normaliseWords } from '../../record/fhir/coding.ts';
import type { Quantity } from '../../record/fhir/quantity.ts';
import type { MeasuredEntry } from './observed-line.ts';

/** One test or measurement over time: the same code (else the same words), newest first. */
export type Measure = {
  readonly key: string;
  readonly title: string;
  readonly facts: readonly [Fact<MeasuredEntry>, ...Fact<MeasuredEntry>[]];
};

/** Groups single results by what was measured, and puts the most recently measured first. */
export function groupMeasures(facts: readonly Fact<MeasuredEntry>[]): readonly Measure[] {
  const groups = new Map<string, Fact<MeasuredEntry>[]>();
  for (const fact of facts) {
    const key = measureKey(fact.entries[0]);
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

function measureKey(entry: MeasuredEntry): string {
  const coding = entry.code?.codings.find(({ system, code }) => system !== undefined && code !== undefined);
  return coding ? `${coding.system}|${coding.code}` : normaliseWords(entry.title);
}

export type TrendPoint = {
  readonly value: number;
  readonly shown: string;
  readonly date: RecordedDate;
  readonly exact: boolean;
};

export type Trend = { readonly points: readonly TrendPoint[]; readonly low?: number; readonly high?: number };

const LEAST = 3;
const MOST = 24;

/**
 * Points that may stand on one line: the same unit as the latest, a date, and nothing that makes the value unfit
 * (safety H13: mixed or unknown units are never plotted). Fewer than three are no trend.
 */
export function trendOf(measure: Measure): Trend | undefined {
  const [latest] = measure.facts;
  const unit = latest.entries[0].quantity;
  if (!unit || unitOf(unit) === undefined) return undefined;
  const points = measure.facts.flatMap(({ entries: [entry] }) => pointOf(entry, unit)).slice(0, MOST);
  if (points.length < LEAST) return undefined;
  const range = latest.entries[0].ranges[0];
  const low = limit(range?.low, unit);
  const high = limit(range?.high, unit);
  return { points: points.reverse(), ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
}

function pointOf(entry: MeasuredEntry, unit: Quantity): readonly TrendPoint[] {
  const { quantity, date } = entry;
  const unfit = entry.state !== 'current' || entry.cautions.some((caution) => UNFIT.has(caution));
  if (!quantity || !date || unfit || unitOf(quantity) !== unitOf(unit)) return [];
  return [
    {
      value: Number(quantity.value),
      shown: entry.value ?? quantity.value,
      date,
      exact: quantity.comparator === undefined,
    },
  ];
}

const UNFIT: ReadonlySet<MeasuredEntry['cautions'][number]> = new Set([
  'value-unsuitable',
  'value-missing',
  'not-interpretable',
  'about-somebody-else',
  'source-unclear',
  'date-in-future',
]);

function unitOf(quantity: Quantity): string | undefined {
  return quantity.unitCode ?? quantity.unit;
}

function limit(value: Quantity | undefined, unit: Quantity): number | undefined {
  return value && (unitOf(value) === undefined || unitOf(value) === unitOf(unit)) ? Number(value.value) : undefined;
}
