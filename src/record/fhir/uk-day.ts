import { dateParts, dayOf, sortMoment, type RecordedDate } from './date.ts';

/**
 * The calendar day in the United Kingdom at that moment: what a practice writes that files a laboratory's result by its
 * day alone. `2026-07-28T23:30:00Z` was taken on the 29th. Without a time and a zone it is the day as recorded. For
 * comparing only, never for showing (safety H15).
 */
export function ukDay(date: RecordedDate): string {
  if (!MAY_BE_ANOTHER.test(date) || dateParts(date).zone === undefined) return dayOf(date);
  const moment = sortMoment(date);
  return new Date(moment + (isSummerTime(moment) ? 3_600_000 : 0)).toISOString().slice(0, -14);
}

/** From one to eleven at night by Greenwich, or an hour before it, no summer time makes another day of it. */
const MAY_BE_ANOTHER = /T(?:00|23)|T.*-|\+(?!0[01]:00)/;

/**
 * From the last Sunday of March to the last Sunday of October (Summer Time Act 1972). The clocks change at 01:00 UTC, but
 * an hour makes another day only from 23:00 on: what is asked is whether that night of the Sunday has begun.
 */
function isSummerTime(moment: number): boolean {
  const year = new Date(moment).getUTCFullYear();
  return moment >= lastSundayNight(year, 2) && moment < lastSundayNight(year, 9);
}

/** In a month of 31 days. */
function lastSundayNight(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31, 23));
  return last.getTime() - last.getUTCDay() * 86_400_000;
}
