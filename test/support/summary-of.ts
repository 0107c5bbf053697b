import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry, Unread } from '../../src/record/entry.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { writeFhirJson } from '../../src/record/fhir/write-json.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { readResources } from '../../src/record/read-resources.ts';
import { asObject, asObjects, asString, isResource, type Json, type Resource } from '../../src/record/resource.ts';
import type { FinalSourceStatus } from '../../src/record/source-status.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import { buildSummary, readSummary, type ReadSummary } from '../../src/record/summary.ts';
import { aPatient, aSource } from './record.ts';

export const AT = '2026-11-22T09:00:00Z';
export const FACTS = {
  at: AT,
  documentId: 'view-1',
  author: { ods: 'XB001' as OdsCode, name: 'Northcliffe Surgery', kind: 'gp' as const },
  title: 'Patient summary',
};

export type Said = { readonly [source: string]: readonly Resource[] };
type Sections = FinalSourceStatus['sections'];

/** The record of what these sources said, each of which answered so for its sections. */
export function recordOf(
  said: Said,
  answers: { readonly [source: string]: Sections } = {},
  change: Partial<Patient> = {},
): PatientRecord {
  const readings = Object.entries(said).map(([source, resources]) => readResources(resources, source as SourceId));
  return buildRecord({
    patient: aPatient(change),
    sources: Object.keys(said).map((id) => aSource(id)),
    statuses: new Map(
      Object.entries(answers).map(([id, sections]) => [
        id as SourceId,
        { state: 'answered', at: AT, tookMs: 1, sections } satisfies FinalSourceStatus,
      ]),
    ),
    entries: readings.flatMap(({ entries }): readonly Entry[] => entries),
    unread: readings.flatMap(({ unread }): readonly Unread[] => unread),
    nowMs: Date.parse(AT),
  });
}

/** The document of a record as another reader has it, with its Composition, and the sections of that by LOINC code. */
export function summaryOf(record: PatientRecord) {
  const { bundle, leftOut } = buildSummary(record, FACTS);
  const document = parseFhirJson(writeFhirJson(bundle)) as Resource;
  const resources = asObjects(document['entry'])
    .map(({ resource }) => resource)
    .filter(isResource);
  const composition = asObject(resources[0]) as Json;
  const section = (code: string): Json | undefined => sectionOf(document, code);
  const words = (code?: string): string =>
    asString(asObject((code === undefined ? composition : section(code))?.['text'])?.['div']) ?? '';
  return { document, leftOut, resources, composition, section, words, read: readSummary(document) as ReadSummary };
}

/** The section of a document by its LOINC code. */
export function sectionOf(bundle: Resource, code: string): Json | undefined {
  const composition = asObject(asObjects(bundle['entry'])[0]?.['resource']);
  return asObjects(composition?.['section']).find(
    (section) => asObjects(asObject(section['code'])?.['coding'])[0]?.['code'] === code,
  );
}
