import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import {
  addressIn,
  draftFrom,
  type Elements,
  invalid,
  readFrom,
  readId,
  type ReadMessage,
  readPatient,
  refuseUndone,
  refuseUnread,
} from './read-fhir-parts.ts';
import { readTask } from './read-fhir-task.ts';

const ELEMENTS: Elements = {
  id: 'identifier',
  to: 'recipient',
  from: 'sender',
  subject: 'topic',
  body: 'payload',
  urgency: 'priority',
  dueAt: 'occurrence',
  patient: 'subject',
};

/** What is to be sent and nothing else: a draft, what was given up and what was written in error are no message. */
const SENT: { readonly [type: string]: readonly string[] } = {
  Communication: ['in-progress', 'completed'],
  CommunicationRequest: ['active'],
};

/** What has no place in a message: left out unsaid it would be lost. */
const UNREAD = ['note', 'basedOn', 'partOf', 'reasonReference', 'replaces'];
/** An answer has the urgency and the time of its question. */
const UNREAD_OF_ANSWER = ['occurrencePeriod', 'occurrenceDateTime'];

/** What an EPR wants to be sent, by the type it was sent as: another type at its address is a mistake of somebody's. */
export function readMessage(given: unknown, type: string, nowMs: number): ReadMessage {
  const resource = asObject(given);
  if (!resource || resource['resourceType'] !== type) throw invalid('resourceType');
  return type === 'Task' ? readTask(resource, nowMs) : readCommunication(resource, type, nowMs);
}

function readCommunication(resource: Json, type: string, nowMs: number): ReadMessage {
  refuseUndone(resource, type);
  if (!SENT[type]?.includes(asString(resource['status']) ?? '')) throw invalid(`${type}.status`);
  const answers = readAnswers(resource, type);
  // An answer hangs where its question hangs. Labels of an item can be asked of its source only in somebody's name.
  refuseUnread(resource, type, [...UNREAD, ...(answers === undefined ? ['about'] : UNREAD_OF_ANSWER)]);
  const patient = readPatient(resource, type, 'subject');
  const [recipient, ...others] = asObjects(resource['recipient']);
  if (others.length > 0) throw invalid(`${type}.recipient`);
  const draft = draftFrom(
    {
      id: readId(resource),
      to: addressIn(recipient) ?? '',
      subject:
        asString(asObject(resource['topic'])?.['text']) ?? asString(asObjects(resource['reasonCode'])[0]?.['text']),
      body: readBody(resource, type),
      urgency: resource['priority'] ?? 'routine',
      patient: patient.nhsNumber,
      dueAt: asObject(resource['occurrencePeriod'])?.['end'] ?? resource['occurrenceDateTime'],
    },
    type,
    ELEMENTS,
    nowMs,
  );
  const from = readFrom(asObject(resource['sender']), `${type}.sender`);
  return { draft, from, patient, ...(answers !== undefined && { answers }) };
}

function readAnswers(resource: Json, type: string): string | undefined {
  if (resource['inResponseTo'] === undefined) return undefined;
  const [answered, ...others] = asObjects(resource['inResponseTo']);
  const id = /^Communication\/([0-9a-f-]{36})$/.exec(asString(answered?.['reference']) ?? '')?.[1];
  // What names its question in another way would begin a conversation of its own.
  if (id === undefined || others.length > 0) throw invalid(`${type}.inResponseTo`);
  return id;
}

/** Text only: what else is attached has no place in a message, and leaving it out unsaid would lose it. */
function readBody(resource: Json, type: string): string {
  const payload = asObjects(resource['payload']);
  const texts = payload.map((part) => asString(part['contentString']));
  if (texts.some((text) => text === undefined)) throw invalid(`${type}.payload`);
  return texts.join('\n\n');
}
