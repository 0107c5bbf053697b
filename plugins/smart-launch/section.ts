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

/**
 * CDS Hooks: what our own card gave the EPR to hand on (`plugins/cds-hooks`). Anybody could have written it, so that
 * nothing but the name of a section is taken from it (smart.md §5 row 98).
 */
export function sectionOfAppContext({ token }: LaunchAnswer): string | undefined {
  const given = token['appContext'];
  if (typeof given !== 'string' || given.length > LONGEST) return undefined;
  try {
    const view = asString(asObject(JSON.parse(given))?.['view']);
    return view !== undefined && /^[a-z][a-z-]{0,40}$/.test(view) ? view : undefined;
  } catch {
    return undefined;
  }
}

const LONGEST = 200;
const MOST = 50;
