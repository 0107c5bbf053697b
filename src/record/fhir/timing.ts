import { asObject, asObjects, asString } from '../resource.ts';
import { readCoded } from './coding.ts';
import { formatLimits, readDecimal, readRange } from './quantity.ts';
import { plainText } from './text.ts';

/** How often: in words for a reader, and as times in a day where the source's numbers say so without doubt. */
export type Frequency = { readonly text?: string; readonly timesADay?: number };

const UNITS: { readonly [unit: string]: string } = {
  s: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
  wk: 'week',
  mo: 'month',
  a: 'year',
};
const DAYS_IN: { readonly [unit: string]: number } = { h: 1 / 24, d: 1, wk: 7 };

/** A FHIR Timing. Its own words come first; a pattern that has no plain words (bounds, offsets, events) is left to them. */
export function readFrequency(value: unknown): Frequency {
  const timing = asObject(value);
  const repeat = asObject(timing?.['repeat']);
  const stated = readCoded(timing?.['code'])?.text;
  const text = [stated ?? repeatWords(repeat), ...whenWords(repeat)].filter((part) => part !== undefined).join(', ');
  const timesADay = timesIn(repeat);
  return { ...(text !== '' && { text }), ...(timesADay !== undefined && { timesADay }) };
}

type Repeat = { readonly [element: string]: unknown } | undefined;

function repeatWords(repeat: Repeat): string | undefined {
  const unit = ownPart(UNITS, asString(repeat?.['periodUnit']));
  const period = readDecimal(repeat?.['period']);
  const frequency = readDecimal(repeat?.['frequency']) ?? (period ? '1' : undefined);
  if (!unit || period === undefined || frequency === undefined) return undefined;
  const most = readDecimal(repeat?.['frequencyMax']);
  const longest = readDecimal(repeat?.['periodMax']);
  if (frequency === '1' && most === undefined && (period !== '1' || longest !== undefined)) {
    return `every ${longest ? `${period} to ${longest}` : period} ${unit}s`;
  }
  const span = longest
    ? `in ${period} to ${longest} ${unit}s`
    : period === '1'
      ? `${unit === 'hour' ? 'an' : 'a'} ${unit}`
      : `in ${period} ${unit}s`;
  return `${most ? `${frequency} to ${most} times` : times(frequency)} ${span}`;
}

function times(frequency: string): string {
  return frequency === '1' ? 'once' : frequency === '2' ? 'twice' : `${frequency} times`;
}

/** Exact only: a range of frequencies or periods, named days or meal times give no number. */
function timesIn(repeat: Repeat): number | undefined {
  const days = ownPart(DAYS_IN, asString(repeat?.['periodUnit']));
  const period = Number(readDecimal(repeat?.['period']));
  const frequency = Number(readDecimal(repeat?.['frequency']) ?? 1);
  const loose = ['frequencyMax', 'periodMax', 'dayOfWeek', 'when', 'timeOfDay'].some(
    (name) => repeat?.[name] !== undefined,
  );
  return !days || !(period > 0) || !(frequency > 0) || loose ? undefined : frequency / (period * days);
}

/** HL7 EventTiming codes a prescriber uses. */
const WHEN: { readonly [code: string]: string } = {
  MORN: 'in the morning',
  NOON: 'at noon',
  AFT: 'in the afternoon',
  EVE: 'in the evening',
  NIGHT: 'at night',
  HS: 'at bedtime',
  WAKE: 'on waking',
  C: 'with meals',
  CM: 'with breakfast',
  CD: 'with lunch',
  CV: 'with the evening meal',
  AC: 'before meals',
  ACM: 'before breakfast',
  ACD: 'before lunch',
  ACV: 'before the evening meal',
  PC: 'after meals',
  PCM: 'after breakfast',
  PCD: 'after lunch',
  PCV: 'after the evening meal',
};
const DAYS: { readonly [code: string]: string } = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** What every object has by birth ("constructor") is no code. */
function ownPart<T>(table: { readonly [code: string]: T }, code: string | undefined): T | undefined {
  return code !== undefined && Object.hasOwn(table, code) ? table[code] : undefined;
}

function whenWords(repeat: Repeat): readonly string[] {
  const list = (name: string): readonly string[] => [repeat?.[name]].flat().flatMap((one) => plainText(one) ?? []);
  const when = list('when').map((code) => ownPart(WHEN, code) ?? code);
  const days = list('dayOfWeek').map((code) => `on ${ownPart(DAYS, code) ?? code}`);
  const at = list('timeOfDay').map((time) => `at ${time.slice(0, 5)}`);
  const range = readRange(asObject(repeat?.['boundsRange']));
  const span = range?.low || range?.high ? [`for ${formatLimits(range.low, range.high)}`] : [];
  const count = readDecimal(repeat?.['count']);
  const most = readDecimal(repeat?.['countMax']);
  // A count without a frequency is often meant as one ("1 a day"): it is left to the words.
  const inAll =
    count === undefined || repeatWords(repeat) === undefined
      ? []
      : [`${most === undefined ? count : `${count} to ${most}`} in all`];
  const bounds = asObjects(repeat?.['boundsDuration']).flatMap((bound) => {
    const value = readDecimal(bound['value']);
    const written = plainText(bound['unit']) ?? asString(bound['code']);
    const unit = ownPart(UNITS, written) ?? written;
    return value && unit ? `for ${value} ${unit}${value === '1' || unit.endsWith('s') ? '' : 's'}` : [];
  });
  return [...when, ...days, ...at, ...bounds, ...span, ...inAll];
}
