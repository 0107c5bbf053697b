import { dateParts, dayOf, sortMoment, type RecordedDate } from './date.ts';

/**
 * The calendar day in the United Kingdom at that moment: what a practice writes that files a laboratory's result by its
 * day alone. `2026-07-28T23:30:00Z` was taken on the 29th. Without a time and a zone it is the day as recorded. For
 * comparing only, never for showing (safety H15).
 */
export function ukDay(date: RecordedDate): string {
  if (IN_THE_DAY.test(date) || dateParts(date).zone === undefined) return dayOf(date);
  const moment = sortMoment(date);
  return new Date(moment + (isSummerTime(moment) ? 3_600_000 : 0)).toISOString().slice(0, -14);
}

/** Between one and eleven at night by Greenwich or an hour before it: no summer time makes another day of it. */
const IN_THE_DAY = /T(?:0[1-9]|1\d|2[0-2]):.*(?:Z|\+0[01]:00)$/;

/** From 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October (Summer Time Act 1972). */
function isSummerTime(moment: number): boolean {
  const year = new Date(moment).getUTCFullYear();
  return moment >= lastSunday(year, 2) && moment < lastSunday(year, 9);
}

/** In a month of 31 days. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31, 1));
  return last.getTime() - last.getUTCDay() * 86_400_000;
}
