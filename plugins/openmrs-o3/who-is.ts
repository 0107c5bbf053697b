import type { HostPatient } from '../host-port.ts';
import { asObject, asString } from '../../src/record/resource.ts';

/** Which identifier is the NHS number: by its FHIR system, or by the UUID of its type. */
export type NumberSettings = { readonly system: string; readonly identifierType: string };

/**
 * Whom the chart shows, as its own FHIR Patient says: the record's page compares it with the launcher's. What is not
 * plainly there is not said; a Patient of another id is nobody's.
 */
export function whoIs(
  resource: unknown,
  patientUuid: string,
  { nhsNumber }: { readonly nhsNumber: NumberSettings },
): HostPatient | undefined {
  const patient = asObject(resource);
  if (patient?.['resourceType'] !== 'Patient' || patient['id'] !== patientUuid) return undefined;
  const numbers = listOf(patient['identifier']).filter((one) => isNhsNumber(one, nhsNumber));
  const digits = new Set(numbers.map((one) => (asString(one['value']) ?? '').replace(/\s/g, '')));
  const [number = ''] = digits;
  const names = listOf(patient['name']);
  const family = asString((names.find(({ use }) => use === 'official') ?? names[0])?.['family']);
  const birthDate = asString(patient['birthDate']);
  return {
    ...(digits.size === 1 && /^\d{10}$/.test(number) && { nhsNumber: number }),
    ...(birthDate !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(birthDate) && { birthDate }),
    ...(family !== undefined && family !== '' && { family }),
  };
}

/** By its system; OpenMRS gives an identifier one only where it was told to, and always its type. */
function isNhsNumber(identifier: Record<string, unknown>, { system, identifierType }: NumberSettings): boolean {
  if (system !== '' && identifier['system'] === system) return true;
  const codings = listOf(asObject(identifier['type'])?.['coding']);
  return identifierType !== '' && codings.some(({ code }) => code === identifierType);
}

function listOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((one): one is Record<string, unknown> => asObject(one) !== undefined) : [];
}
