import { asObject, asString } from '../../src/record/resource.ts';
import type { LaunchAnswer } from '../plugin.ts';

/** What was open beside the patient when the launch was pressed, as a section of the record. */
const SECTIONS: { readonly [type: string]: string } = {
  AllergyIntolerance: 'allergies',
  Appointment: 'appointments',
  CarePlan: 'care-plans',
  Condition: 'problems',
  Device: 'medical-devices',
  DiagnosticReport: 'investigation-results',
  DocumentReference: 'documents',
  Immunization: 'vaccinations',
  MedicationRequest: 'medications',
  MedicationStatement: 'medications',
  Procedure: 'procedures',
  ServiceRequest: 'referrals',
};

/**
 * SMART 2.2 `fhirContext`: the first reference that has a section here. Only its type is looked at; the reference is never
 * followed. An entry with a role other than `launch` is not what the launch is for. Servers of STU 2.0 send bare strings.
 */
export function sectionOfContext({ token }: LaunchAnswer): string | undefined {
  const context = token['fhirContext'];
  if (!Array.isArray(context)) return undefined;
  for (const item of context.slice(0, MOST) as readonly unknown[]) {
    const { reference = item, role, type } = asObject(item) ?? {};
    if (role !== undefined && role !== 'launch') continue;
    const named = asString(type) ?? /^([A-Z][A-Za-z]{1,63})\//.exec(asString(reference) ?? '')?.[1];
    if (named !== undefined && Object.hasOwn(SECTIONS, named)) return SECTIONS[named];
  }
  return undefined;
}

const MOST = 50;
