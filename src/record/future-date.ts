import type { Entry } from './entry.ts';
import { isAfter, type RecordedDate } from './fhir/date.ts';
import type { SectionId } from './section.ts';

/**
 * Sections of what has happened, been found or been written down. The others hold what may well begin later: a booked
 * appointment, a plan, a package of care, a prescription dated ahead, a key worker who starts on Monday.
 */
const HAS_BEEN: ReadonlySet<SectionId> = new Set([
  'about-me',
  'admissions',
  'alerts',
  'allergies',
  'assessments',
  'discharges',
  'documents',
  'encounters',
  'end-of-life-care',
  'examination-findings',
  'family-history',
  'individual-requirements',
  'investigation-results',
  'legal-information',
  'medical-devices',
  'pregnancy-status',
  'problems',
  'procedures',
  'referrals',
  'risks',
  'safeguarding',
  'social-context',
  'vaccinations',
]);

/** Clocks of two systems are never quite equal. */
export const CLOCKS_DIFFER_MS = 15 * 60_000;

/**
 * Marks what is said to have happened and has a date to come (a slip of a key: 2062 for 2026). What is planned or
 * called off may lie ahead, and so may an end. The date stays as recorded and is shown (safety H15).
 */
export function markFutureDate(entry: Entry, nowMs: number): Entry {
  if (!HAS_BEEN.has(entry.section) || !['current', 'past', 'unknown'].includes(entry.state)) return entry;
  const date = entry.date ?? entry.period?.start;
  const isEnd = entry.period?.start === undefined && date === entry.period?.end;
  if (date === undefined || isEnd || !isAfter(date, nowMs + CLOCKS_DIFFER_MS)) return entry;
  return { ...entry, cautions: [...new Set([...entry.cautions, 'date-in-future' as const])] };
}

/** When it was, for saying what is newest: a date that has not come is none (safety H36). For showing use `date`. */
export function believableDate(entry: Entry): RecordedDate | undefined {
  if (entry.cautions.includes('date-in-future')) return undefined;
  return entry.date ?? entry.period?.start ?? entry.period?.end;
}
