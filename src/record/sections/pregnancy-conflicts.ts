import { buildConflict, stands } from '../build-conflict.ts';
import type { Conflict, Fact } from '../fact.ts';
import { dayOf, sortMoment } from '../fhir/date.ts';
import type { PregnancyEntry } from './pregnancy-status.ts';

/** What a prescriber must be shown: pregnant here and not there, and two dates of delivery. */
export function pregnancyConflicts(facts: readonly Fact<PregnancyEntry>[]): readonly Conflict[] {
  return [...statusesDiffer(facts), ...dueDatesDiffer(facts)];
}

type Said = { readonly fact: Fact<PregnancyEntry>; readonly entry: PregnancyEntry };

/**
 * Pregnant, or expected to be delivered, in one record, and on that day or later not pregnant in another: which came
 * first is not known where one has no day. The newest statement of each source counts: a source that says both in turn
 * has only told what changed.
 */
function statusesDiffer(facts: readonly Fact<PregnancyEntry>[]): readonly Conflict[] {
  const latest = new Map<string, Said>();
  for (const fact of facts) {
    for (const entry of fact.entries) {
      const known = latest.get(entry.origin.source);
      if (answerOf(entry) !== undefined && (!known || momentOf(entry) > momentOf(known.entry)))
        latest.set(entry.origin.source, { fact, entry });
    }
  }
  const said = (answer: string) => [...latest.values()].filter(({ entry }) => answerOf(entry) === answer);
  const yes = said('yes');
  const no = said('no').filter((denial) => yes.some((one) => denies(denial.entry, one.entry)));
  if (no.length === 0) return [];
  return [buildConflict('pregnancy-differs', 'pregnancy-status', distinct([...yes, ...no].map(({ fact }) => fact)))];
}

/** Whoever has a date of delivery that stands is pregnant in that record. */
function answerOf(entry: PregnancyEntry): PregnancyEntry['pregnant'] {
  if (!stands(entry)) return undefined;
  return entry.due === undefined ? entry.pregnant : 'yes';
}

/** A denial from the day on which the child was due does not deny that there was to be one. */
function denies(denial: PregnancyEntry, one: PregnancyEntry): boolean {
  if (denial.date === undefined || one.date === undefined) return true;
  const born = one.due !== undefined && sortMoment(denial.date) >= sortMoment(one.due);
  return !born && sortMoment(denial.date) >= sortMoment(one.date);
}

/** Two dates of delivery that stand: which of them a scan has settled is for a clinician to see. */
function dueDatesDiffer(facts: readonly Fact<PregnancyEntry>[]): readonly Conflict[] {
  const due = facts.filter(({ entries: [entry] }) => entry.due !== undefined && stands(entry));
  const told = due.flatMap(({ entries }) =>
    entries.map((entry) => ({ day: entry.due ? dayOf(entry.due) : '', source: entry.origin.source })),
  );
  // A month is no other date than a day in it.
  const differ = told.some((one) =>
    told.some(
      (other) => one.source !== other.source && one.day.length <= other.day.length && !other.day.startsWith(one.day),
    ),
  );
  return differ ? [buildConflict('pregnancy-differs', 'pregnancy-status', due)] : [];
}

function distinct<F>(facts: readonly F[]): readonly F[] {
  return [...new Set(facts)];
}

function momentOf(entry: PregnancyEntry): number {
  return entry.date ? sortMoment(entry.date) : -Infinity;
}
