import { dayOf } from '../../src/record/fhir/date.ts';
import { parseFhirJson } from '../../src/record/fhir/json.ts';
import type { Patient } from '../../src/record/patient.ts';
import { isResource, type Resource } from '../../src/record/resource.ts';
import type { SourceTools } from '../../plugins/plugin.ts';
import { CorridorError } from '../errors.ts';
import { familiesComparable } from './family-name.ts';
import { isRestricted, readHomePatient } from './home-patient.ts';

/** What the national service says of the number the home EPR holds; `unavailable`: it did not say. */
export type CheckedNumber = {
  readonly patient: Patient;
  readonly said: 'current' | 'superseded' | 'unknown' | 'unavailable';
};

/**
 * Asks a service shaped like the Personal Demographics Service for this number, at launch. A number that was superseded
 * or merged is answered with the record that lives on: the launch goes on with that number, if the birth date and a
 * name agree, and says so. Whoever is restricted there (S flag) is restricted here, whatever the home EPR knows of it
 * (safety H05, H24). A service that does not answer ends no launch: the home EPR's own word stands, and the reader and
 * the audit are told that it stands alone.
 */
export async function checkNumber(
  home: Patient,
  { base }: { readonly base: string },
  fetch: SourceTools['fetch'],
  nowMs: number,
  signal: AbortSignal,
): Promise<CheckedNumber> {
  const answer = await ask(`${base}/Patient/${home.nhsNumber}`, fetch, signal);
  if (answer === 'unknown') return { patient: home, said: answer };
  if (answer === 'unavailable') return { patient: unchecked(home), said: answer };
  const restricted = isRestricted(answer);
  const patient = restricted ? restrictedFrom(home) : home;
  const read = readHomePatient(answer, nowMs);
  // Restricted, even where the rest of the answer can't be used.
  if (!('patient' in read)) return { patient: unchecked(patient), said: 'unavailable' };
  if (!agrees(home, read.patient)) throw new CorridorError('patient.number_differs');
  if (read.patient.nhsNumber === home.nhsNumber) return { patient, said: 'current' };
  return { patient: { ...patient, nhsNumber: read.patient.nhsNumber, supersedes: home.nhsNumber }, said: 'superseded' };
}

async function ask(
  url: string,
  fetch: SourceTools['fetch'],
  signal: AbortSignal,
): Promise<Resource | 'unknown' | 'unavailable'> {
  try {
    const answer = await fetch({ url, method: 'GET' }, signal);
    if (answer.status !== 200) {
      await answer.discard?.();
      return answer.status === 404 ? 'unknown' : 'unavailable';
    }
    const resource: unknown = parseFhirJson(await answer.text());
    return isResource(resource) && resource.resourceType === 'Patient' ? resource : 'unavailable';
  } catch {
    // Silence, a fault or nonsense: the caller tells the audit, and the launch goes on by the home EPR's word.
    return 'unavailable';
  }
}

function unchecked(patient: Patient): Patient {
  return { ...patient, numberUnchecked: true };
}

function restrictedFrom({ postcode: _postcode, ...home }: Patient): Patient {
  return { ...home, restricted: true };
}

/** By the number alone nobody goes on with another record: it may be somebody else's. */
function agrees(home: Patient, national: Patient): boolean {
  const ours = [home.family, ...(home.formerFamilies ?? [])];
  const theirs = [national.family, ...(national.formerFamilies ?? [])];
  const alike = theirs.some((family) => ours.some((own) => familiesComparable(family, own)));
  return alike && dayOf(national.birthDate) === dayOf(home.birthDate);
}
