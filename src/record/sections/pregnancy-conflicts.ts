import { buildConflict, stands } from '../build-conflict.ts';
import type { Conflict, Fact } from '../fact.ts';
import { dayOf, sortMoment } from '../fhir/date.ts';
import type { PregnancyEntry } from './pregnancy-status.ts';

/** What a prescriber must be shown: pregnant here and not there, and two dates of delivery. */
export function pregnancyConflicts(facts: readonly Fact<PregnancyEntry>[]): readonly Conflict[] {
  return [...statusesDiffer(facts), ...dueDatesDiffer(facts)];
}

/**
 * Pregnant in one record and, on that day or later, not pregnant in another. The newest statement of each source counts:
 * a source that says both in turn has only told what changed.
 */
function statusesDiffer(facts: readonly Fact<PregnancyEntry>[]): readonly Conflict[] {
  const latest = new Map<string, { fact: Fact<PregnancyEntry>; entry: PregnancyEntry }>();
  for (const fact of facts) {
    for (const entry of fact.entries) {
      const known = latest.get(entry.origin.source);
      const counts =
        entry.kind === 'status' && stands(entry) && entry.date !== undefined && entry.pregnant !== undefined;
      if (counts && (!known || momentOf(entry) > momentOf(known.entry)))
        latest.set(entry.origin.source, { fact, entry });
    }
  }
  const said = (answer: string) => [...latest.values()].filter(({ entry }) => entry.pregnant === answer);
  const yes = said('yes');
  const no = said('no').filter((denial) => yes.some((one) => momentOf(denial.entry) >= momentOf(one.entry)));
  if (yes.length === 0 || no.length === 0) return [];
  return [buildConflict('pregnancy-differs', 'pregnancy-status', distinct([...yes, ...no].map(({ fact }) => fact)))];
}

/** Two dates of delivery that stand: which of them a scan has settled is for a clinician to see. */
function dueDatesDiffer(facts: readonly Fact<PregnancyEntry>[]): readonly Conflict[] {
  const due = facts.filter(({ entries: [entry] }) => entry.due !== undefined && stands(entry));
  const days = new Set(due.flatMap(({ entries: [entry] }) => (entry.due ? dayOf(entry.due) : [])));
  const sources = new Set(due.flatMap(({ entries }) => entries.map(({ origin }) => origin.source)));
  return days.size > 1 && sources.size > 1 ? [buildConflict('pregnancy-differs', 'pregnancy-status', due)] : [];
}

function distinct<F>(facts: readonly F[]): readonly F[] {
  return [...new Set(facts)];
}

function momentOf(entry: PregnancyEntry): number {
  return entry.date ? sortMoment(entry.date) : 0;
}
