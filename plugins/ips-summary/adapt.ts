import { withRecordedBy } from '../../src/record/fhir/recorded-by.ts';
import { NHS_NUMBER_SYSTEM, parseNhsNumber } from '../../src/record/nhs-number.ts';
import { asObject, asObjects, asString, isResource, type Resource } from '../../src/record/resource.ts';
import { type ReadSummary, type SectionStanding } from '../../src/record/summary.ts';
import type { TypeEnd } from '../plugin.ts';

/** Which sections of the document (LOINC) fill a type. One that stands in no row is never in a summary. */
const SECTIONS: { readonly [type: string]: readonly string[] } = {
  Condition: ['11450-4'],
  AllergyIntolerance: ['48765-2'],
  MedicationStatement: ['10160-0'],
  MedicationRequest: ['10160-0'],
  MedicationDispense: ['10160-0'],
  Immunization: ['11369-6'],
  Procedure: ['47519-4'],
  DiagnosticReport: ['30954-2'],
  Observation: ['30954-2', '8716-3'],
  Device: ['46264-8'],
  DeviceUseStatement: ['46264-8'],
  Consent: ['42348-3'],
  Flag: ['104605-1'],
  CarePlan: ['18776-5'],
};

/** Sections that add to a type where they are in the document; that they are not there says nothing. */
const MORE: { readonly [type: string]: readonly string[] } = {
  Condition: ['11348-0'],
  Observation: ['29762-2', '47420-5', '10162-6', '29545-1'],
};

/** The document is about the person asked for: by the NHS number it gives, or, where it gives none, by the id it was asked with. */
export function isAboutPerson(
  { patient }: ReadSummary,
  person: { readonly nhsNumber: string; readonly id: string },
): boolean {
  const numbers = asObjects(patient['identifier'])
    .filter(({ system }) => system === NHS_NUMBER_SYSTEM)
    .map(({ value }) => parseNhsNumber(value));
  return numbers.length > 0 ? numbers.every((number) => number === person.nhsNumber) : patient.id === person.id;
}

/**
 * The document's resources as those of the source: the person under the id that was matched, and each statement with the
 * organisation that recorded it, by its Provenance, else by the author of the document.
 */
export function adaptSummary(summary: ReadSummary, patientId: string): readonly Resource[] {
  const own = `Patient/${asString(summary.patient.id) ?? ''}`;
  return summary.resources
    .filter((resource) => resource !== summary.patient)
    .map((resource) => {
      const key = `${resource.resourceType}/${asString(resource.id) ?? ''}`;
      const names = summary.recordedBy.get(key) ?? [];
      const stamped = STATEMENTS.has(resource.resourceType)
        ? withRecordedBy(resource, names.length > 0 ? names : summary.authors)
        : resource;
      return readdress(stamped, own, `Patient/${patientId}`) as Resource;
    });
}

const STATEMENTS: ReadonlySet<string> = new Set(Object.keys(SECTIONS));

function readdress(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item) => readdress(item, from, to));
  const object = asObject(value);
  if (!object) return value;
  return Object.fromEntries(
    Object.entries(object).map(([name, child]) => [
      name,
      name === 'reference' && child === from ? to : readdress(child, from, to),
    ]),
  );
}

/**
 * How a type ended, worst of its sections. A section that is not in the document, or was not asked, was not offered:
 * silence in a summary is never "nothing recorded".
 */
export function endOfType(type: string, received: number, sections: ReadonlyMap<string, SectionStanding>): TypeEnd {
  const codes = SECTIONS[type];
  if (codes === undefined) return { state: 'not-supported' };
  const more = (MORE[type] ?? []).flatMap((code) => sections.get(code) ?? []);
  const standings = [...codes.map((code) => sections.get(code) ?? 'notasked'), ...more];
  const said = (standing: SectionStanding): boolean => standings.includes(standing);
  if (standings.every((standing) => standing === 'notasked') && received === 0) return { state: 'not-supported' };
  if (said('unavailable') && received === 0) return { state: 'failed', code: 'source.unavailable' };
  if (said('unavailable') || said('notasked')) return { state: 'truncated', code: 'source.truncated', received };
  return said('withheld') ? { state: 'withheld' } : { state: 'complete', received };
}

export function typeOf(resource: unknown): string {
  return isResource(resource) ? resource.resourceType : '';
}
