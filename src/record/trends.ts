import { analyteOf, ELSEWHERE } from './analytes.ts';
import type { Caution, Entry, EntryId } from './entry.ts';
import type { Fact } from './fact.ts';
import { codeIn, LOINC, normaliseWords, SNOMED } from './fhir/coding.ts';
import { sortMoment, type RecordedDate } from './fhir/date.ts';
import type { Observed } from './fhir/observed.ts';
import { unitInWords, type Quantity } from './fhir/quantity.ts';
import { sameTest } from './sections/same-test.ts';
import { axisOf, type Axis, type ConvertUnit } from './units.ts';

/** What is measured in every section that holds measurements. */
export type Measured = Entry &
  Observed & { readonly method?: string; readonly specimen?: string; readonly bodySite?: string };

export type TrendPoint = {
  readonly id: EntryId;
  readonly source: Entry['origin']['source'];
  readonly date: RecordedDate;
  /** On the axis of its series; `shown` is what the source wrote, in the source's own unit. */
  readonly value: number;
  readonly shown: string;
  /** False: a limit (`<5`), or a value that was amended or is not final. It is drawn hollow. */
  readonly exact: boolean;
  /** Worked out from another unit. The table beside it says the source's own. */
  readonly converted?: true;
  /** Limits of the range this laboratory gives for this value, on the same axis. */
  readonly low?: number;
  readonly high?: number;
};

/** Measurements that may stand on one line: one test, one unit, one method, one kind of specimen. */
export type Series = {
  readonly key: string;
  readonly title: string;
  /** What the axis is in: the unit of the latest, as its source writes it. */
  readonly unit: string;
  readonly method?: string;
  readonly specimen?: string;
  /** Oldest first. */
  readonly points: readonly [TrendPoint, ...TrendPoint[]];
};

/** One test, whichever organisation measured it: the name under which its rows stand together. */
export function testKey(entry: Measured): string {
  const analyte = analyteOf(entry);
  if (analyte) return `analyte:${analyte.id}`;
  const same = entry.code?.disagrees ? undefined : sameTest(entry.code, entry.specimen, entry.title);
  if (same !== undefined) return `test:${same}`;
  const words = normaliseWords(entry.title);
  const code = codeIn(entry.code, SNOMED) ?? codeIn(entry.code, LOINC) ?? entry.code?.codings.find((c) => c.code)?.code;
  // A code that its own words contradict, or tell more than, is not enough to say that two are one test: left eye and right.
  return code === undefined || entry.code?.disagrees || entry.code?.narrower
    ? `words:${code ?? ''} ${words}`
    : `code:${code}`;
}

/**
 * The series of one test, that of the latest measurement first. Each fact gives one point, so that a result held twice is
 * drawn once. What cannot be placed with certainty is in a series of its own, never on another's axis (safety H13).
 */
export function seriesOf(facts: readonly Fact<Measured>[], convert?: ConvertUnit): readonly Series[] {
  const steps = trendsInSteps(facts, convert);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.series;
  }
}

/** The series of one test, and whether some stand apart only for their unit, so that a converter might bring them together. */
export type Trends = { readonly series: readonly Series[]; readonly mayNeedUnits: boolean };

/** Measurements between two moments at which others may run. */
const CHUNK = 200;

/** `seriesOf` in steps: one test may have been measured thousands of times. */
export function* trendsInSteps(facts: readonly Fact<Measured>[], convert?: ConvertUnit): Generator<undefined, Trends> {
  const fit: Fit[] = [];
  let done = 0;
  for (const { entries } of facts) {
    if (++done % CHUNK === 0) yield;
    const one = fitOf(entries[0]);
    if (one) fit.push(one);
  }
  fit.sort(latestFirst);
  const methods = statedIn(fit, ({ method }) => method);
  const specimens = statedIn(fit, ({ specimen }) => specimen, isOrdinary(fit));
  const lines: Line[] = [];
  for (const one of fit) {
    if (++done % CHUNK === 0) yield;
    const { entry } = one;
    const apart = [entry.bodySite ?? '', methods.of(entry), specimens.of(entry)].map(normaliseWords).join('|');
    const placed = lines.some((line) => line.apart === apart && place(line, one, convert));
    if (!placed) lines.push({ apart, first: one, points: [ownPoint(one)] });
  }
  const units = new Set(fit.flatMap(({ axis }) => axis.ucum ?? []));
  return { series: lines.map(finish), mayNeedUnits: units.size > 1 };
}

/** A number with its unit and its day, that stands and is not spoilt; its axis and moment are found out once. */
type Fit = { readonly entry: FitEntry; readonly axis: Axis; readonly moment: number };
type FitEntry = Measured & { readonly quantity: Quantity; readonly date: RecordedDate };
type Line = { readonly apart: string; readonly first: Fit; readonly points: TrendPoint[] };

const UNFIT: ReadonlySet<Caution> = new Set([
  'value-unsuitable',
  'value-missing',
  'cancelled',
  'not-interpretable',
  'about-somebody-else',
  'source-unclear',
  'superseded',
  'date-in-future',
]);
const NOT_FINAL: ReadonlySet<Caution> = new Set(['preliminary', 'amended', 'unconfirmed']);

function fitOf(entry: Measured): Fit | undefined {
  if (!mayBePlotted(entry)) return undefined;
  const axis = axisOf(entry.quantity);
  return axis && { entry, axis, moment: sortMoment(entry.date) };
}

function mayBePlotted(entry: Measured): entry is FitEntry {
  const { quantity, date, dateIs, state, cautions } = entry;
  if (!quantity || date === undefined || dateIs === 'recorded') return false;
  if (state !== 'current' || cautions.some((one) => UNFIT.has(one))) return false;
  return Number.isFinite(Number(quantity.value)) && quantity.comparator !== 'ad';
}

function latestFirst(a: Fit, b: Fit): number {
  return b.moment - a.moment || (a.entry.id < b.entry.id ? -1 : 1);
}

/**
 * Of a detail that not every source gives: where only one is ever stated, silence is taken for it; where two are, what
 * says neither stands apart from both. So it does from one that nobody would leave out (`mayBeLeftOut`).
 */
function statedIn(
  fit: readonly Fit[],
  detail: (entry: FitEntry) => string | undefined,
  mayBeLeftOut: (stated: string) => boolean = () => true,
): { of(entry: FitEntry): string } {
  const stated = new Set(fit.flatMap(({ entry }) => detail(entry) ?? []).map(normaliseWords));
  const apart = stated.size > 1 || ![...stated].every(mayBeLeftOut);
  return { of: (entry) => (apart ? (detail(entry) ?? '') : '') };
}

/** A specimen that is left out is blood, or what the name of the test says: a glucose without one is none of cerebrospinal fluid. */
function isOrdinary(fit: readonly Fit[]): (specimen: string) => boolean {
  return (specimen) =>
    !ELSEWHERE.test(specimen) || fit.every(({ entry: { title } }) => ELSEWHERE.test(normaliseWords(title)));
}

/** Puts the measurement on the line if its unit is the line's, or is certain to be one that can be turned into it. */
function place(line: Line, one: Fit, convert: ConvertUnit | undefined): boolean {
  const turn = turnerTo(line.first.axis, one, convert);
  const value = turn?.(one.entry.quantity);
  if (turn === undefined || value === undefined) return false;
  line.points.push(pointOf(one.entry, value, turn, one.axis.key !== line.first.axis.key));
  return true;
}

type Turn = (quantity: Quantity) => number | undefined;

function turnerTo(to: Axis, { entry, axis: from }: Fit, convert: ConvertUnit | undefined): Turn | undefined {
  const own = ownTurn(from);
  if (to.key === from.key) return own;
  const { ucum: source } = from;
  const { ucum: target } = to;
  if (source === undefined || target === undefined || convert === undefined) return undefined;
  const weight = analyteOf(entry)?.molecularWeight;
  return (quantity) => {
    const value = own(quantity);
    return value === undefined ? undefined : convert(value, source, target, weight);
  };
}

/** The number as it is. The limits of a range are often written without the unit of the value they are for. */
function ownTurn({ key }: Axis): Turn {
  return (quantity) => {
    const own = axisOf(quantity);
    return own === undefined || own.key === key ? Number(quantity.value) : undefined;
  };
}

function ownPoint({ entry, axis }: Fit): TrendPoint {
  return pointOf(entry, Number(entry.quantity.value), ownTurn(axis), false);
}

function pointOf(entry: FitEntry, value: number, turn: Turn, converted: boolean): TrendPoint {
  const { low, high } = rangeOf(entry, turn);
  return {
    id: entry.id,
    source: entry.origin.source,
    date: entry.date,
    value,
    shown: entry.value ?? entry.quantity.value,
    exact: entry.quantity.comparator === undefined && !entry.cautions.some((one) => NOT_FINAL.has(one)),
    ...(converted && { converted: true as const }),
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
  };
}

/** Only where the source gives one range: which of several is this person's is not for us to say. */
function rangeOf(
  { ranges }: FitEntry,
  turn: Turn,
): { readonly low?: number | undefined; readonly high?: number | undefined } {
  const [only, ...others] = ranges;
  if (!only || others.length > 0 || only.low?.comparator || only.high?.comparator) return {};
  return { low: only.low && turn(only.low), high: only.high && turn(only.high) };
}

function finish({ apart, first, points }: Line): Series {
  const { entry, axis } = first;
  const [newest, ...older] = points;
  const [oldest, ...rest] = [...older.reverse(), newest].filter((point) => point !== undefined);
  return {
    key: `${testKey(entry)}|${apart}|${axis.key}`,
    title: entry.title,
    unit: unitInWords(entry.quantity) ?? axis.key,
    ...(entry.method && { method: entry.method }),
    ...(entry.specimen && { specimen: entry.specimen }),
    points: [oldest ?? ownPoint(first), ...rest],
  };
}
