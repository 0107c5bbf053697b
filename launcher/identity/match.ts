import { dayOf, readDate } from '../../src/record/fhir/date.ts';
import type { NhsNumber } from '../../src/record/nhs-number.ts';
import { numbersOf, type Patient } from '../../src/record/patient.ts';
import { asObject, asObjects, asString, type Resource } from '../../src/record/resource.ts';
import { familiesComparable } from './family-name.ts';
import { readNhsNumbers } from './nhs-numbers.ts';

/** What a source's Patients say to "do you know this person". The same union federation takes (`federation/deps.ts`). */
export type PatientMatch =
  | { readonly found: 'one'; readonly patientId: string; readonly nhsNumber: NhsNumber }
  | { readonly found: 'none' }
  | { readonly found: 'ambiguous' }
  /** This NHS number, with another birth date or name: one of the two records is wrong, and nobody here can say which. */
  | { readonly found: 'differs' }
  | { readonly found: 'mismatch' };

/**
 * One active Patient whose NHS number is the one asked for and whose birth date and family name agree; anything else is
 * not this person (safety H05). Pure. A source that answers a search with somebody else altogether is a mismatch, which
 * is a fault to be looked at; one that holds the number with other details may have a slip of a key or another person's
 * number; several or only disused records are ambiguous: the source does hold something.
 */
export function matchPatient(asked: Patient, found: readonly Resource[], nowMs: number): PatientMatch {
  const patients = distinct(found.filter((resource) => resource.resourceType === 'Patient'));
  if (patients.length === 0) return { found: 'none' };
  const active = patients.filter((patient) => patient['active'] !== false && !isReplaced(patient));
  const [one, ...others] = active;
  if (!one || others.length > 0) return { found: 'ambiguous' };
  const id = asString(one.id);
  if (id === undefined || !hasNumber(asked, one, nowMs)) return { found: 'mismatch' };
  if (!agrees(asked, one)) return { found: 'differs' };
  return { found: 'one', patientId: id, nhsNumber: asked.nhsNumber };
}

function distinct(patients: readonly Resource[]): readonly Resource[] {
  return patients.filter(
    (patient, index) => patient.id === undefined || patients.findIndex((other) => other.id === patient.id) === index,
  );
}

/** Merged into another record there: that one answers for it, when the source sends it. */
function isReplaced(patient: Resource): boolean {
  return asObjects(patient['link']).some(
    (link) => link['type'] === 'replaced-by' && asObject(link['other']) !== undefined,
  );
}

/** The number asked for, or the one it replaced, and no other: an EPR may not have followed the change yet. */
function hasNumber(asked: Patient, patient: Resource, nowMs: number): boolean {
  const { valid } = readNhsNumbers(patient, nowMs);
  return valid.length > 0 && valid.every((number) => numbersOf(asked).includes(number));
}

/** Each check alone could be a coincidence or a slip of a key; together they are not. */
function agrees(asked: Patient, patient: Resource): boolean {
  const birthDate = readDate(patient['birthDate']);
  const ours = [asked.family, ...(asked.formerFamilies ?? [])];
  const families = asObjects(patient['name'])
    .map((name) => asString(name['family']))
    .filter((family) => family !== undefined);
  return (
    birthDate !== undefined &&
    dayOf(birthDate) === dayOf(asked.birthDate) &&
    families.some((family) => ours.some((own) => familiesComparable(family, own)))
  );
}
