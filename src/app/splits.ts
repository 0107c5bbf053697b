import type { EntryId } from '../record/entry.ts';
import type { FactKey } from '../record/fact.ts';
import type { PatientRecord } from '../record/patient-record.ts';

/**
 * What the reader has taken apart, by the records and not by the fact: a fact's key may change when a later source gives
 * the detail that its records left out, and a reader who said "these are two" must not find them joined again (safety H12).
 */
export type Splits = ReadonlySet<EntryId>;

export const NO_SPLITS: Splits = new Set();

/** The reader splits a fact of this record, or puts it together again. */
export function withSplit(splits: Splits, record: PatientRecord, key: FactKey, split: boolean): Splits {
  const next = new Set(splits);
  for (const { id } of entriesOf(record, key)) {
    if (split) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** The facts of this record to show apart: those in which two or more stand together of what was taken apart. */
export function splitFacts(splits: Splits, record: PatientRecord): ReadonlySet<FactKey> {
  if (splits.size === 0) return new Set();
  const facts = record.sections.flatMap((section) => section.facts);
  return new Set(facts.filter(({ entries }) => isSplit(entries, splits)).map(({ key }) => key));
}

function isSplit(entries: readonly { readonly id: EntryId }[], splits: Splits): boolean {
  return entries.length > 1 && entries.filter(({ id }) => splits.has(id)).length > 1;
}

function entriesOf(record: PatientRecord, key: FactKey): readonly { readonly id: EntryId }[] {
  return record.sections.flatMap(({ facts }) => facts.find((fact) => fact.key === key)?.entries ?? []);
}
