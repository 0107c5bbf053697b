import type { Entry } from '../../record/entry.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import type { SourceId } from '../../record/source.ts';

const indexes = new WeakMap<PatientRecord, ReadonlyMap<string, Entry>>();

/** An item of the record by its origin; the first where one resource feeds several headings. */
export function entryAt(record: PatientRecord | undefined, source: SourceId, resource: string): Entry | undefined {
  if (!record) return undefined;
  let index = indexes.get(record);
  if (!index) {
    const made = new Map<string, Entry>();
    for (const view of record.sections)
      for (const { entries } of view.facts)
        for (const entry of entries) {
          const key = originKey(entry.origin.source, entry.origin.resource);
          if (!made.has(key)) made.set(key, entry);
        }
    indexes.set(record, made);
    index = made;
  }
  return index.get(originKey(source, resource));
}

export function originKey(source: SourceId, resource: string): string {
  return `${source} ${resource}`;
}
