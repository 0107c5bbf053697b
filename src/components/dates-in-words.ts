import type { Entry } from '../record/entry.ts';
import { dateParts, readDate, type Period, type RecordedDate } from '../record/fhir/date.ts';
import type { Words } from '../words/words.ts';

/** `03-Mar-2026`, `Mar-2026` or `2026`: as much as was recorded, no more (NHS CUI date display; safety H15). */
export function dateInWords(date: RecordedDate, words: Words): string {
  const { year, month, day } = dateParts(date);
  const name = month === undefined ? undefined : words.months[month - 1];
  return [day === undefined ? undefined : String(day).padStart(2, '0'), name, String(year)]
    .filter((part) => part !== undefined)
    .join('-');
}

/** With the time as the source wrote it; its zone is named and never converted. */
export function momentInWords(date: RecordedDate, words: Words): string {
  const { hour, minute, zone } = dateParts(date);
  if (hour === undefined) return dateInWords(date, words);
  const time = `${String(hour).padStart(2, '0')}:${String(minute ?? 0).padStart(2, '0')}`;
  return `${dateInWords(date, words)} ${time}${zone === undefined ? '' : ` (${zone === 'Z' || zone === '+00:00' ? 'UTC' : `UTC${zone}`})`}`;
}

export function periodInWords(period: Period, words: Words): string {
  const start = period.start && dateInWords(period.start, words);
  const end = period.end && dateInWords(period.end, words);
  if (start && end) return start === end ? start : `${start} ${words.fact.to} ${end}`;
  return start ? words.fact.since(start) : end ? words.fact.until(end) : words.fact.dateNotKnown;
}

/**
 * The time of a stay or a problem. "Since" says that it goes on: where it is over, has not begun or never was, a beginning
 * alone is only its date.
 */
export function spanInWords({ state }: Pick<Entry, 'state'>, period: Period, words: Words): string {
  const goesOn = state === 'current' || state === 'unknown';
  return goesOn || period.end !== undefined || period.start === undefined
    ? periodInWords(period, words)
    : dateInWords(period.start, words);
}

/**
 * The time of a stay in hospital. One that is over, or of which nobody says whether it goes on, and that has no end says
 * that the end is not recorded: a beginning alone would read as somebody who is still in bed there (safety H17).
 */
export function stayInWords(stay: Pick<Entry, 'state'>, period: Period, words: Words): string {
  const open = period.start !== undefined && period.end === undefined;
  if (!open || (stay.state !== 'past' && stay.state !== 'unknown')) return spanInWords(stay, period, words);
  return `${dateInWords(period.start, words)}, ${words.fact.endNotRecorded}`;
}

/** An instant of our own clock as the reader's wall clock: `22-Nov-2026 01:30`. Never for clinical dates. */
export function instantInWords(iso: string, words: Words): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(at.getDate())}-${words.months[at.getMonth()] ?? ''}-${at.getFullYear()} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Today on the reader's calendar, `yyyy-mm-dd`. */
export function dayOfInstant(at: Date): string {
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

/** Age as the CUI banner says it: days, then months under two years, then whole years. Unknown when the birth date is partial. */
export function ageInWords(born: RecordedDate, onDay: string, words: Words): string | undefined {
  const on = readDate(onDay);
  if (!on) return undefined;
  const from = dateParts(born);
  const until = dateParts(on);
  if (from.month === undefined || from.day === undefined || until.month === undefined || until.day === undefined)
    return undefined;
  const months = (until.year - from.year) * 12 + (until.month - from.month) - (until.day < from.day ? 1 : 0);
  if (months < 0) return undefined;
  if (months >= 24) return words.banner.years(Math.floor(months / 12));
  if (months >= 1) return words.banner.monthsOld(months);
  const days =
    (Date.UTC(until.year, until.month - 1, until.day) - Date.UTC(from.year, from.month - 1, from.day)) / 86_400_000;
  return words.banner.daysOld(days);
}
