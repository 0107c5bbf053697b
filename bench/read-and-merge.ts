import { BuildMemory } from '../src/record/build-memory.ts';
import { buildInSteps } from '../src/record/build-record.ts';
import type { Entry, Unread } from '../src/record/entry.ts';
import { parseFhirJson } from '../src/record/fhir/json.ts';
import type { Patient } from '../src/record/patient.ts';
import type { PatientRecord } from '../src/record/patient-record.ts';
import { ResourceReader } from '../src/record/read-resources.ts';
import { whileRemembering } from '../src/record/remember.ts';
import type { Resource } from '../src/record/resource.ts';
import type { SourceId } from '../src/record/source.ts';
import { settledStatus, syntheticSources } from './synthetic-pages.ts';

export type Bundle = { readonly entry?: readonly { readonly resource: Resource }[] };

/**
 * Everything the product does between the bytes and the merged record, as it does it: page by page, then merged in
 * steps. `block` is given each stretch of work between two moments at which others may run.
 */
export function readAndMerge(
  pages: ReadonlyMap<string, readonly string[]>,
  block: <T>(work: () => T) => T = (work) => work(),
): { readonly entries: number; readonly record: PatientRecord } {
  const entries: Entry[] = [];
  const unread: Unread[] = [];
  for (const [source, texts] of pages) {
    const reader = new ResourceReader(source as SourceId);
    for (const text of texts) {
      block(() => {
        const bundle = parseFhirJson(text) as Bundle;
        const reading = reader.read((bundle.entry ?? []).map(({ resource }) => resource));
        for (const entry of reading.entries) entries.push(entry);
        for (const item of reading.unread) unread.push(item);
      });
    }
  }
  const sources = syntheticSources(pages.size);
  const steps = buildInSteps(
    {
      patient: { nhsNumber: '9990000018' } as Patient,
      sources,
      statuses: new Map(sources.map(({ id }) => [id, settledStatus()])),
      entries,
      unread,
      nowMs: Date.UTC(2026, 10, 22),
    },
    new BuildMemory(),
  );
  for (;;) {
    const step = block(() => whileRemembering(() => steps.next()));
    if (step.done) return { entries: entries.length, record: step.value };
  }
}
