import type { FhirStore } from '../eprs/fhir-store.ts';
import { asObject, asObjects, asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { Part } from './looks.ts';

/** One line of an EPR's own summary. */
export type Line = { readonly date: string; readonly text: string; readonly detail?: string };

const TYPES: { readonly [part in Part]: readonly string[] } = {
  alerts: ['Flag'],
  problems: ['Condition'],
  medicines: ['MedicationRequest', 'MedicationStatement', 'MedicationAdministration'],
  allergies: ['AllergyIntolerance'],
  contacts: ['Encounter'],
  results: ['Observation', 'DiagnosticReport'],
  documents: ['DocumentReference'],
  plans: ['CarePlan'],
  services: ['ServiceRequest', 'EpisodeOfCare'],
  procedures: ['Procedure'],
  vaccinations: ['Immunization'],
  appointments: ['Appointment'],
};

const DATES = [
  'onsetDateTime',
  'recordedDate',
  'authoredOn',
  'effectiveDateTime',
  'occurrenceDateTime',
  'performedDateTime',
  'date',
  'start',
  'issued',
  'created',
  'dateAsserted',
];
const OVER = new Set([
  'stopped',
  'completed',
  'cancelled',
  'entered-in-error',
  'inactive',
  'resolved',
  'not-done',
  'revoked',
]);
const LINES = 8;

/** What this EPR itself shows of one part: the newest few lines, over and done ones left out where that matters. */
export function summarise(
  store: FhirStore,
  part: Part,
  patientId: string,
): { readonly lines: readonly Line[]; readonly total: number } {
  const held = TYPES[part]
    .flatMap((type) => store.ofPatient(type, patientId))
    .filter((resource) => isCurrent(part, resource));
  const lines = held.map((resource) => lineOf(store, resource)).sort((a, b) => b.date.localeCompare(a.date));
  return { lines: lines.slice(0, LINES), total: lines.length };
}

function isCurrent(part: Part, resource: Resource): boolean {
  if (part !== 'medicines' && part !== 'problems' && part !== 'alerts') return true;
  const status = asString(resource['status']) ?? codeOf(resource['clinicalStatus']) ?? '';
  return !OVER.has(status) || resource.resourceType === 'MedicationAdministration';
}

function lineOf(store: FhirStore, resource: Resource): Line {
  const detail = detailOf(resource);
  return { date: dateOf(resource), text: textOf(store, resource), ...(detail === undefined ? {} : { detail }) };
}

function textOf(store: FhirStore, resource: Resource): string {
  const medication = asString(asObject(resource['medicationReference'])?.['reference'])?.split('/').at(-1);
  const held = medication === undefined ? undefined : store.read('Medication', medication);
  const concepts = [
    resource['code'],
    resource['medicationCodeableConcept'],
    held?.['code'],
    resource['vaccineCode'],
    resource['type'],
    resource['serviceType'],
    resource['reasonCode'],
    resource['category'],
    resource['class'],
  ];
  const named = asString(resource['title']) ?? asString(resource['description']);
  return named ?? concepts.map(conceptText).find((text) => text !== undefined) ?? resource.resourceType;
}

function detailOf(resource: Resource): string | undefined {
  const quantity = asObject(resource['valueQuantity']);
  if (quantity) return `${String(quantity['value'])} ${asString(quantity['unit']) ?? ''}`.trim();
  const pressures = asObjects(resource['component']).map((part) => asObject(part['valueQuantity'])?.['value']);
  if (pressures.length > 0 && pressures.every((value) => typeof value === 'number')) return pressures.join('/');
  const [dose] = asObjects(resource['dosageInstruction'] ?? resource['dosage']);
  const reaction = asObjects(resource['reaction'])
    .flatMap((one) => asObjects(one['manifestation']).map(conceptText))
    .filter((text) => text !== undefined);
  return (
    asString(dose?.['text']) ??
    (reaction.length > 0 ? reaction.join(', ') : undefined) ??
    asString(resource['valueString']) ??
    conceptText(resource['valueCodeableConcept'])
  );
}

export function conceptText(value: unknown): string | undefined {
  const [concept] = asObjects(value);
  const [coding] = asObjects(concept?.['coding']);
  return asString(concept?.['text']) ?? asString(coding?.['display']) ?? asString(concept?.['display']);
}

function codeOf(value: unknown): string | undefined {
  return asString(asObjects(asObject(value)?.['coding'])[0]?.['code']);
}

function dateOf(resource: Resource): string {
  const named = DATES.map((element) => asString(resource[element])).find((date) => date !== undefined);
  const period = asObject(resource['period'] ?? resource['effectivePeriod'] ?? resource['performedPeriod']);
  return (named ?? asString(period?.['start']) ?? '').slice(0, 10);
}
