import { readDate } from '../../src/record/fhir/date.ts';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import { type Draft, parseDraft } from './drafts.ts';
import { ADDRESS, MESSAGE_ID, NHS_NUMBER } from './fhir-names.ts';

/** A Communication (or CommunicationRequest) that an EPR wants to be sent. */
export type ReadMessage = {
  readonly draft: Draft;
  /** `ods/team-id` and the person who wrote it. */
  readonly from: { readonly address: string; readonly person: string };
  readonly patient: Patient;
  /** Id of the message it answers. */
  readonly answers?: string;
};

export function readMessage(given: unknown, nowMs: number): ReadMessage {
  const resource = asObject(given);
  const type = resource?.['resourceType'];
  if (!resource || (type !== 'Communication' && type !== 'CommunicationRequest')) throw invalid('resourceType');
  const patient = readPatient(resource);
  const sender = asObject(resource['sender']);
  const [recipient] = asObjects(resource['recipient']);
  const answers = readAnswers(resource);
  const dueAt = asString(asObject(resource['occurrencePeriod'])?.['end']) ?? asString(resource['occurrenceDateTime']);
  const draft = parseDraft(
    {
      id: readId(resource),
      to: addressIn(recipient) ?? '',
      subject:
        asString(asObject(resource['topic'])?.['text']) ?? asString(asObjects(resource['reasonCode'])[0]?.['text']),
      body: readBody(resource),
      urgency: asString(resource['priority']) ?? 'routine',
      patient: patient.nhsNumber,
      ...(dueAt !== undefined && { dueAt }),
    },
    nowMs,
  );
  const person = asString(sender?.['display']);
  const address = addressIn(sender);
  if (address === undefined || person === undefined || person.length > 120) throw invalid('sender');
  return { draft, from: { address, person }, patient, ...(answers !== undefined && { answers }) };
}

/** The sender's own id of it, so that what is sent again is the same. */
function readId(resource: Json): string | undefined {
  const found = asObjects(resource['identifier']).find(({ system }) => system === MESSAGE_ID);
  return asString(found?.['value'])
    ?.replace(/^urn:uuid:/, '')
    .toLowerCase();
}

function readAnswers(resource: Json): string | undefined {
  const [answered] = asObjects(resource['inResponseTo']);
  const reference = asString(answered?.['reference']);
  if (reference === undefined) return undefined;
  const id = /^Communication\/([0-9a-f-]{36})$/.exec(reference)?.[1];
  if (id === undefined) throw invalid('inResponseTo');
  return id;
}

/** Text only: what else is attached has no place in a message, and leaving it out unsaid would lose it. */
function readBody(resource: Json): string {
  const payload = asObjects(resource['payload']);
  const texts = payload.map((part) => asString(part['contentString']));
  if (texts.some((text) => text === undefined)) throw invalid('payload');
  return texts.join('\n\n');
}

/** Whom it is about, in the message itself: a number alone is too easily that of somebody else. */
function readPatient(resource: Json): Patient {
  const contained = asObjects(resource['contained']).find(({ resourceType }) => resourceType === 'Patient');
  const subject = asObject(resource['subject']);
  const own = numberIn(asObjects(contained?.['identifier']));
  const named = numberIn(asObjects(subject?.['identifier'] === undefined ? [] : [subject['identifier']]));
  const number = parseNhsNumber(own ?? '');
  const birthDate = readDate(contained?.['birthDate']);
  const [name] = asObjects(contained?.['name']);
  const family = asString(name?.['family']);
  const given = Array.isArray(name?.['given']) ? name['given'].filter((one) => typeof one === 'string').join(' ') : '';
  if (number === undefined || birthDate === undefined || family === undefined) throw invalid('contained Patient');
  if (named !== undefined && named !== own) throw new CorridorError('message.other_patient', 'subject');
  return { nhsNumber: number, family, given, birthDate, ...(isRestricted(contained) && { restricted: true as const }) };
}

function numberIn(identifiers: readonly Json[]): string | undefined {
  return asString(identifiers.find(({ system }) => system === NHS_NUMBER)?.['value']);
}

function isRestricted(patient: Json | undefined): boolean {
  return asObjects(asObject(patient?.['meta'])?.['security']).some(({ code }) => code === 'R' || code === 'V');
}

function addressIn(reference: Json | undefined): string | undefined {
  const identifier = asObject(reference?.['identifier']);
  return identifier?.['system'] === ADDRESS ? asString(identifier['value']) : undefined;
}

function invalid(field: string): CorridorError {
  return new CorridorError('request.invalid', field);
}
