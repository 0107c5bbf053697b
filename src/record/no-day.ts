import type { Entry } from './entry.ts';
import { isNever, isNoDay, type Period } from './fhir/date.ts';

/**
 * A day that stands where a system had none (1900-01-01) is not when anything was: the date is not known. An end that
 * never comes (9999-12-31) is none. Sections that build their own period are met here (safety H15).
 */
export function withoutNoDay(entry: Entry): Entry {
  const { date, period } = entry;
  const strange =
    (date && isNoDay(date)) || (period?.start && isNoDay(period.start)) || (period?.end && isNever(period.end));
  if (!strange) return entry;
  const { date: _date, dateIs, period: _period, ...rest } = entry;
  const kept = period && known(period);
  return {
    ...rest,
    ...(date && !isNoDay(date) && { date, ...(dateIs && { dateIs }) }),
    ...(kept && { period: kept }),
  };
}

function known({ start, end }: Period): Period | undefined {
  const from = start && !isNoDay(start) ? start : undefined;
  const until = end && !isNever(end) ? end : undefined;
  return from || until ? { ...(from && { start: from }), ...(until && { end: until }) } : undefined;
}
