import type { Entry } from '../../src/record/entry.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { writeFhirJson } from '../../src/record/fhir/write-json.ts';
import type { Json, Resource } from '../../src/record/resource.ts';
import { writeEntry, type Names } from '../../src/record/summary/write-entry.ts';
import { entryFrom } from './record.ts';

const NAMES: Names = {
  subject: { reference: 'Patient/p' },
  organisation: { reference: 'Organization/o' },
  linked: () => [],
};

/** What a summary writes of the one statement that a resource makes, as another reader has it. */
export function written(resource: Resource, section?: Entry['section'], linked?: Names['linked']): Resource {
  const json = writeEntry(entryFrom(resource, 'gp', section), '1', linked ? { ...NAMES, linked } : NAMES);
  return parseFhirJson(writeFhirJson(json)) as Resource;
}

/** All that a statement says and who is named as having said it, but for where it stood. */
export function saidOf(entry: Entry): object {
  const { id: _id, origin, links: _links, cautions, ...rest } = entry;
  return { ...rest, by: origin.by, cautions: [...cautions].sort() };
}

/** A reference to nothing, and a part of a resource that says only that it is not known. */
export const UNKNOWN: Json = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};
