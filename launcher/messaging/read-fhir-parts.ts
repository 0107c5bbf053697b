import { readDate } from '../../src/record/fhir/date.ts';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import { type Draft, parseDraft } from './drafts.ts';
import { ADDRESS, MESSAGE_ID, NHS_NUMBER } from './fhir-names.ts';

// What all resources an EPR may send have in common, and how what is wrong with one is said: by the element at fault.

/** A resource that an EPR wants to be sent. */
export type ReadMessage = {
  readonly draft: Draft;
  /** `ods/team-id` and the person who wrote it. */
  readonly from: { readonly address: string; readonly person: string };
  readonly patient: Patient;
  /** Id of the message it answers. */
  readonly answers?: string;
};

/** Elements of one type, as paths below it, that hold what every message has. */
export type Elements = { readonly [part in keyof Omit<Draft, 'about'>]-?: string } & { readonly from: string };

const LONGEST_NAME = 120;

export function invalid(path: string): CorridorError {
  return new CorridorError('request.invalid', path);
}

/** Elements that change the meaning of the rest (R4 §2.5.2), and those whose loss nobody would notice. */
export function refuseUnread(resource: Json, type: string, more: readonly string[]): void {
  for (const name of ['implicitRules', 'modifierExtension', ...more])
    if (resource[name] !== undefined) throw invalid(`${type}.${name}`);
}

/** What says of itself that it is not to be done is nothing to be sent. */
export function refuseUndone({ doNotPerform }: Json, type: string): void {
  if (doNotPerform !== undefined && doNotPerform !== false) throw invalid(`${type}.doNotPerform`);
}

/** The draft by its own rules; what they refuse is named as the EPR has it. */
export function draftFrom(
  given: { readonly [part in keyof Omit<Draft, 'about'>]: unknown },
  type: string,
  elements: Elements,
  nowMs: number,
): Draft {
  const { dueAt, ...rest } = given;
  try {
    return parseDraft({ ...rest, ...(dueAt !== undefined && { dueAt }) }, nowMs);
  } catch (cause) {
    if (!(cause instanceof CorridorError) || !Object.hasOwn(elements, cause.detail ?? '')) throw cause;
    throw new CorridorError(cause.code, `${type}.${elements[cause.detail as keyof Elements]}`, { cause });
  }
}

export function readFrom(reference: Json | undefined, path: string): ReadMessage['from'] {
  const person = asString(reference?.['display']);
  const address = addressIn(reference);
  if (address === undefined || person === undefined || person.length > LONGEST_NAME) throw invalid(path);
  return { address, person };
}

/** The sender's own id of it, so that what is sent again is the same. */
export function readId(resource: Json): string | undefined {
  const found = asObjects(resource['identifier']).find(({ system }) => system === MESSAGE_ID);
  return asString(found?.['value'])
    ?.replace(/^urn:uuid:/, '')
    .toLowerCase();
}

/**
 * Whom it is about, in the message itself: a number alone is too easily that of somebody else. Of several contained people
 * it is the one that is referred to and no other (R4 §2.3.0.1).
 */
export function readPatient(resource: Json, type: string, element: string): Patient {
  const about = asObject(resource[element]);
  const contained = subjectIn(asObjects(resource['contained']), about, `${type}.${element}`);
  const named = about?.['identifier'];
  const own = numberIn(asObjects(contained?.['identifier']));
  const said = numberIn(asObjects(named === undefined ? [] : [named]));
  const nhsNumber = parseNhsNumber(own ?? '');
  const birthDate = readDate(contained?.['birthDate']);
  const [name] = asObjects(contained?.['name']);
  const family = asString(name?.['family']);
  if (nhsNumber === undefined || birthDate === undefined || family === undefined)
    throw invalid(`${type}.contained.ofType(Patient)`);
  if (said !== undefined && said !== own) throw new CorridorError('message.other_patient', `${type}.${element}`);
  const [prefix] = texts(name?.['prefix']);
  return {
    nhsNumber,
    family,
    given: texts(name?.['given']).join(' '),
    birthDate,
    ...(prefix !== undefined && { prefix }),
    ...(isRestricted(contained) && { restricted: true as const }),
  };
}

/** Exactly one, or nobody: to take the first of two would be to guess whom it is about. */
function subjectIn(contained: readonly Json[], about: Json | undefined, path: string): Json | undefined {
  const people = contained.filter(({ resourceType }) => resourceType === 'Patient');
  if (people.length === 0) return undefined;
  const reference = about?.['reference'];
  // A number is compared with that of the person found; without either nothing says that it is about this person.
  if (reference === undefined && numberIn(asObjects(about?.['identifier'])) === undefined) throw invalid(path);
  const meant =
    reference === undefined ? people : contained.filter(({ id }) => typeof id === 'string' && reference === `#${id}`);
  const [person, ...others] = meant;
  if (others.length > 0 || person?.['resourceType'] !== 'Patient') throw invalid(path);
  return person;
}

export function addressIn(reference: Json | undefined): string | undefined {
  const identifier = asObject(reference?.['identifier']);
  return identifier?.['system'] === ADDRESS ? asString(identifier['value']) : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** Nothing where two are said: which of them is the person's nobody here can know. */
function numberIn(identifiers: readonly Json[]): string | undefined {
  const numbers = identifiers.filter(({ system }) => system === NHS_NUMBER).map(({ value }) => asString(value));
  return new Set(numbers).size === 1 ? numbers[0] : undefined;
}

function isRestricted(patient: Json | undefined): boolean {
  return asObjects(asObject(patient?.['meta'])?.['security']).some(({ code }) => code === 'R' || code === 'V');
}
