import { asObject, asString } from '../resource.ts';

declare const recordedDate: unique symbol;

/**
 * A FHIR date, dateTime or instant exactly as recorded: `2019`, `2019-03`, `2019-03-07` or with a time and zone.
 * It is never padded, shifted to another zone, or put through `Date` to be shown (safety H15).
 * A date that is missing or malformed is `undefined`: unknown, never today and never 1970.
 */
export type RecordedDate = string & { readonly [recordedDate]: true };

export type Period = { readonly start?: RecordedDate; readonly end?: RecordedDate };

const FORM = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

export type DateParts = {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  /** `Z`, `+01:00`, or absent when the source gave none. */
  readonly zone?: string;
};

export function readDate(value: unknown): RecordedDate | undefined {
  const text = asString(value);
  return text !== undefined && partsOf(text) !== undefined ? (text as RecordedDate) : undefined;
}

export function readPeriod(value: unknown): Period | undefined {
  const period = asObject(value);
  if (!period) return undefined;
  const first = readDate(period['start']);
  const start = first && isNoDay(first) ? undefined : first;
  const last = readDate(period['end']);
  const end = last && isNever(last) ? undefined : last;
  if (!start && !end) return undefined;
  return { ...(start && { start }), ...(end && { end }) };
}

/**
 * Systems that must fill in an end write 9999-12-31, 2999-12-31 or 4000-01-01 for "none". Nothing of a person's care ends
 * in or after 2100, so such an end is open, and such a death has not happened.
 */
export function isNever(date: RecordedDate): boolean {
  return dateParts(date).year >= 2100;
}

/** The zeros of calendars and of software (SQL Server, Excel, .NET, MUMPS). As the day of an event they say that none is known. */
const NO_DAY: ReadonlySet<string> = new Set([
  '0001-01-01',
  '1753-01-01',
  '1800-01-01',
  '1840-12-31',
  '1899-12-30',
  '1899-12-31',
  '1900-01-01',
]);

/** Whether the date stands where a system had none. Not for birth dates: some were born that day. */
export function isNoDay(date: RecordedDate): boolean {
  return NO_DAY.has(dayOf(date));
}

/** The first of `effectiveDateTime`, `effectivePeriod`, `effectiveInstant` and the like; a period gives its start, else its end. */
export function readTiming(resource: { readonly [element: string]: unknown }, stem: string): RecordedDate | undefined {
  const direct =
    readDate(resource[`${stem}DateTime`]) ?? readDate(resource[`${stem}Instant`]) ?? readDate(resource[`${stem}Date`]);
  if (direct) return direct;
  const period = readPeriod(resource[`${stem}Period`]);
  return period?.start ?? period?.end ?? readEvents(resource[`${stem}Timing`])?.start;
}

/** A Timing as the moments it names: the only one, or the first and last of several. */
export function readEvents(timing: unknown): Period | undefined {
  const events = asObject(timing)?.['event'];
  const dates = (Array.isArray(events) ? events : []).flatMap((event) => readDate(event) ?? []);
  const [start, ...later] = dates.sort((a, b) => sortMoment(a) - sortMoment(b));
  const end = later.at(-1);
  return start && { start, ...(end && { end }) };
}

/** When it was observed; failing that when it was issued, and said to be so. Several moments are the time they span. */
export function readObservedDate(resource: { readonly [element: string]: unknown }): {
  readonly date?: RecordedDate;
  readonly dateIs?: 'recorded';
  readonly period?: Period;
} {
  const date = readTiming(resource, 'effective');
  const events = readEvents(resource['effectiveTiming']);
  if (date) return { date, ...(events?.start === date && events.end && { period: events }) };
  const issued = readDate(resource['issued']);
  return issued ? { date: issued, dateIs: 'recorded' } : {};
}

export function dateParts(date: RecordedDate): DateParts {
  return partsOf(date) as DateParts;
}

/** Whether a time of day is part of what was recorded. */
export function hasTime(date: RecordedDate): boolean {
  return date.length > 10;
}

/** The day part as recorded, for comparing calendar days without zones; shorter when the source gave less. */
export function dayOf(date: RecordedDate): string {
  return date.slice(0, 10);
}

/** Milliseconds since the epoch of the earliest moment the text can mean; for ordering only, never for showing. */
export function sortMoment(date: RecordedDate): number {
  const { year, month = 1, day = 1, hour = 0, minute = 0, zone } = dateParts(date);
  const utc = utcOf(year, month - 1, day, hour, minute) + (date.length > 16 ? secondsOf(date) * 1000 : 0);
  const offset =
    zone && zone !== 'Z' ? (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * (zone[0] === '-' ? -1 : 1) : 0;
  return utc - offset * 60_000;
}

/** Newest first; unknown dates last; equal dates compare as 0 and the caller breaks the tie by identity. */
export function newestFirst(a: RecordedDate | undefined, b: RecordedDate | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return sortMoment(b) - sortMoment(a);
}

/** Whether the date is surely over at `now`: a partial date only counts once the whole of it has passed. */
export function isBefore(date: RecordedDate, nowMs: number): boolean {
  // Without a zone it may be over as late as in the last zone of the earth.
  if (hasTime(date)) return sortMoment(date) + (zoneOf(date) ? 0 : 12 * 3_600_000) < nowMs;
  return endMoment(date) <= nowMs;
}

/** The first moment after all that the text can mean, as `sortMoment` is its earliest; a time of day is one moment. */
export function endMoment(date: RecordedDate): number {
  const { year, month, day, hour } = dateParts(date);
  if (hour !== undefined) return sortMoment(date);
  return day ? utcOf(year, (month ?? 1) - 1, day + 1) : month ? utcOf(year, month, 1) : utcOf(year + 1, 0, 1);
}

/** Whether the date has surely not come at `now`, not even its first moment in the earliest zone of the earth. */
export function isAfter(date: RecordedDate, nowMs: number): boolean {
  return sortMoment(date) - (zoneOf(date) ? 0 : 14 * 3_600_000) > nowMs;
}

/** The calendar day `months` before `today` (`YYYY-MM-DD`); a day that month lacks becomes its last. */
export function monthsBefore(today: string, months: number): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const first = new Date(utcOf(year, month - 1 - months, 1));
  const last = daysIn(first.getUTCFullYear(), first.getUTCMonth() + 1);
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}

/** Whether the whole of the date lies before this calendar day, as both are written: `2025` is not before 2025-11-22. */
export function isBeforeDay(date: RecordedDate, day: string): boolean {
  return dayOf(date) < day.slice(0, dayOf(date).length);
}

/** The calendar repeats after 400 years of this many milliseconds. */
const FOUR_CENTURIES_MS = 146_097 * 86_400_000;

/** `Date.UTC` takes the years 0 to 99 for 1900 to 1999; here a year of the source is never moved. */
function utcOf(year: number, monthIndex: number, day: number, hour = 0, minute = 0): number {
  return Date.UTC(year + 400, monthIndex, day, hour, minute) - FOUR_CENTURIES_MS;
}

function partsOf(text: string): DateParts | undefined {
  if (!FORM.test(text)) return undefined;
  const { length } = text;
  const year = digits(text, 0, 4);
  const month = length >= 7 ? digits(text, 5, 7) : undefined;
  const day = length >= 10 ? digits(text, 8, 10) : undefined;
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > daysIn(year, month ?? 1))) return undefined;
  if (month === undefined) return { year };
  if (day === undefined) return { year, month };
  if (length <= 10) return { year, month, day };
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const zone = zoneOf(text);
  const parts = zone === undefined ? { year, month, day, hour, minute } : { year, month, day, hour, minute, zone };
  return timeExists(parts, Math.trunc(secondsOf(text))) ? parts : undefined;
}

/** Of a text in the right form: read by place, for this is done with every date of every record. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let index = from; index < to; index++) number = number * 10 + text.charCodeAt(index) - 48;
  return number;
}

function zoneOf(text: string): string | undefined {
  if (text.endsWith('Z')) return 'Z';
  const sign = text.charCodeAt(text.length - 6);
  return text.length >= 22 && (sign === 43 || sign === 45) ? text.slice(-6) : undefined;
}

/** With its fraction; none stated is none. */
function secondsOf(text: string): number {
  if (text.charCodeAt(16) !== 58) return 0;
  const zone = zoneOf(text);
  return Number(zone === undefined ? text.slice(17) : text.slice(17, -zone.length));
}

/** 24:00 is midnight at the end of the day, 60 seconds a leap second; zones run from -12:00 to +14:00. */
function timeExists({ hour = 0, minute = 0, zone = 'Z' }: DateParts, second: number): boolean {
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return false;
  return zone === 'Z' || (Number(zone.slice(1, 3)) <= 14 && Number(zone.slice(4)) <= 59);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
