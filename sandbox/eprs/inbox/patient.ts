import { asObjects, asString, type Json } from '../../../src/record/resource.ts';
import type { FhirStore } from '../fhir-store.ts';
import { Refusal } from './received.ts';

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';

/** The one person here who is meant: by number, and by birth date where it is said. Anybody else's letter is not filed. */
export function patientMeant(said: Json | undefined, store: FhirStore): string {
  const number = asObjects(said?.['identifier']).find(({ system }) => system === NHS_NUMBER)?.['value'];
  if (typeof number !== 'string') throw new Refusal('required', '20009', 'no NHS number', 'Patient.identifier');
  const [known, ...others] = store.patientsByIdentifier(NHS_NUMBER, number);
  if (!known || others.length > 0) throw new Refusal('not-found', '30002', 'patient not known here', 'Patient');
  const born = asString(said?.['birthDate']);
  if (born !== undefined && born !== known['birthDate'])
    throw new Refusal('not-found', '30002', 'patient not known here', 'Patient.birthDate');
  return String(known.id);
}

export function numberOf(said: Json | undefined): string | undefined {
  return asString(asObjects(said?.['identifier']).find(({ system }) => system === NHS_NUMBER)?.['value']);
}
