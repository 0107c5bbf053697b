import { NHS_NUMBER_SYSTEM, parseNhsNumber } from '../../../src/record/nhs-number.ts';
import { asObjects, asString, type Resource } from '../../../src/record/resource.ts';

/** What a host says of its open patient; nothing of somebody who can't be pointed to by number and whole birth date. */
export type PatientFacts = { readonly nhsNumber: string; readonly birthDate: string; readonly family?: string };

export function patientFacts(patient: Resource): PatientFacts | undefined {
  const identifier = asObjects(patient['identifier']).find(
    ({ system, use }) => system === NHS_NUMBER_SYSTEM && use !== 'old',
  );
  const nhsNumber = parseNhsNumber(asString(identifier?.['value']));
  const birthDate = asString(patient['birthDate']);
  const names = asObjects(patient['name']);
  const family = asString((names.find(({ use }) => use === 'official') ?? names[0])?.['family']);
  if (nhsNumber === undefined || birthDate?.length !== 10) return undefined;
  return { nhsNumber, birthDate, ...(family !== undefined && { family }) };
}
