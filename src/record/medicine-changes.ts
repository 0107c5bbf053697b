import type { EntryId } from './entry.ts';
import { newestFirst, sortMoment } from './fhir/date.ts';
import { moietyOf } from './moiety.ts';
import { lastSaid } from './reconciliation.ts';
import { dosagesKey } from './sections/dosage-key.ts';
import { keyOfParts } from './sections/key-of-parts.ts';
import type { MedicationEntry } from './sections/medications.ts';
import { isOnHold, routeClass } from './sections/medicine-doses.ts';
import type { SourceId } from './source.ts';

/** As recorded, both sides; never a verdict, and never a change that no record states. */
export type MedicineChange = {
  readonly how: 'started' | 'stopped' | 'held' | 'altered';
  readonly entry: MedicationEntry;
  /** What was last recorded of it before, by anybody. */
  readonly before?: MedicationEntry;
  /** The record's own rules find that somebody still records it differently. */
  readonly disagrees: boolean;
};

export type Compared = { readonly changes: readonly MedicineChange[]; readonly unchanged: number };

/** Instants between which a stay's own organisation wrote up what it did. */
export type Span = { readonly from: number; readonly until: number };

/**
 * What one organisation recorded of medicines in a time, beside what anybody had recorded of the same substance by the same
 * way before. What was only given on the ward is none of it.
 */
export function medicineChanges(
  medicines: readonly MedicationEntry[],
  own: ReadonlySet<SourceId>,
  { from, until }: Span,
  opposed: ReadonlySet<EntryId>,
): Compared {
  const momentOf = (entry: MedicationEntry): number | undefined => {
    const said = lastSaid(entry);
    return said && sortMoment(said);
  };
  const during = medicines.filter((entry) => {
    const at = momentOf(entry);
    const counts = entry.state === 'current' || entry.stopped !== undefined || isOnHold(entry);
    return (
      own.has(entry.origin.source) &&
      entry.supply !== 'inpatient' &&
      counts &&
      at !== undefined &&
      at >= from &&
      at <= until
    );
  });
  const changes: MedicineChange[] = [];
  const unchanged = new Set<string>();
  for (const [subject, said] of bySubject(during)) {
    const known = medicines.filter((entry) => {
      const at = entry.date && sortMoment(entry.date);
      return subjectOf(entry) === subject && at !== undefined && at < from && entry.state !== 'in-error';
    });
    known.sort((a, b) => newestFirst(a.date, b.date));
    for (const entry of once(said)) {
      const disagrees = opposed.has(entry.id);
      // What a record said before it was stopped or put on hold is no longer in it.
      const ends = entry.stopped !== undefined || isOnHold(entry);
      const before = ends ? known.find(({ id }) => id !== entry.id) : known[0];
      const beside = { entry, ...(before && { before }), disagrees };
      if (ends) changes.push({ how: entry.stopped ? 'stopped' : 'held', ...beside });
      else if (!before || !stoodAt(before, from)) changes.push({ how: 'started', ...beside });
      else if (doseOf(entry) !== doseOf(before)) changes.push({ how: 'altered', ...beside });
      else unchanged.add(subject);
    }
  }
  return { changes: changes.sort(byHow), unchanged: unchanged.size };
}

const ORDER = ['stopped', 'held', 'altered', 'started'] as const;

/** What is stopped, on hold or altered harms soonest when it is missed. */
function byHow(a: MedicineChange, b: MedicineChange): number {
  return ORDER.indexOf(a.how) - ORDER.indexOf(b.how) || a.entry.name.localeCompare(b.entry.name, 'en-GB');
}

/** What had ended by then, or was not taken, is begun anew; what ended since stood then. */
function stoodAt(before: MedicationEntry, moment: number): boolean {
  const ended = before.stopped?.date ?? before.period?.end;
  return before.state !== 'negated' && (before.state !== 'past' || ended === undefined || sortMoment(ended) >= moment);
}

function subjectOf(entry: MedicationEntry): string {
  return `${moietyOf(entry)}|${routeClass(entry)}`;
}

function doseOf(entry: MedicationEntry): string {
  return keyOfParts(...dosagesKey(entry));
}

function bySubject(entries: readonly MedicationEntry[]): ReadonlyMap<string, readonly MedicationEntry[]> {
  const groups = new Map<string, MedicationEntry[]>();
  for (const entry of entries) groups.set(subjectOf(entry), [...(groups.get(subjectOf(entry)) ?? []), entry]);
  return groups;
}

/** One record for each thing that is said: a stop once, each dose once, the newest of each. */
function once(entries: readonly MedicationEntry[]): readonly MedicationEntry[] {
  const said = new Map<string, MedicationEntry>();
  for (const entry of [...entries].sort((a, b) => newestFirst(lastSaid(a), lastSaid(b)))) {
    const key = entry.stopped ? 'stopped' : isOnHold(entry) ? 'held' : doseOf(entry);
    if (!said.has(key)) said.set(key, entry);
  }
  return [...said.values()];
}
