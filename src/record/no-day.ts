import type { Entry } from './entry.ts';
import { isNoDay } from './fhir/date.ts';

/** A day that stands where a system had none (1900-01-01) is not when anything was: the date is not known (safety H15). */
export function withoutNoDay(entry: Entry): Entry {
  if (entry.date === undefined || !isNoDay(entry.date)) return entry;
  const { date: _none, dateIs: _is, ...rest } = entry;
  return rest;
}
