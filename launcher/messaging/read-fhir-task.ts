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

const ELEMENTS: Elements = {
  id: 'identifier',
  to: 'owner',
  from: 'requester',
  subject: 'description',
  body: 'note',
  urgency: 'priority',
  dueAt: 'restriction.period.end',
  patient: 'for',
};

/** Where a Task hangs or what it brings along has no place in a message yet: left out unsaid it would be lost. */
const UNREAD = ['focus', 'basedOn', 'partOf', 'reasonReference', 'input', 'output', 'instantiatesCanonical'];

/**
 * A Task that an EPR gives to a team: the beginning of a conversation like any other, what is to be done in its
 * description and its notes. Only one that somebody has yet to take up: how it goes on is told by acts, not by its sender.
 */
export function readTask(resource: Json, nowMs: number): ReadMessage {
  refuseUndone(resource, 'Task');
  refuseUnread(resource, 'Task', UNREAD);
  if (resource['status'] !== 'requested') throw invalid('Task.status');
  if (resource['intent'] !== 'order') throw invalid('Task.intent');
  const patient = readPatient(resource, 'Task', 'for');
  const notes = asObjects(resource['note']).map(({ text }) => asString(text));
  if (notes.some((text) => text === undefined)) throw invalid('Task.note');
  const period = asObject(asObject(resource['restriction'])?.['period']);
  const draft = draftFrom(
    {
      id: readId(resource),
      to: addressIn(asObject(resource['owner'])) ?? '',
      subject: resource['description'],
      body: notes.join('\n\n'),
      urgency: resource['priority'] ?? 'routine',
      patient: patient.nhsNumber,
      dueAt: period?.['end'],
    },
    'Task',
    ELEMENTS,
    nowMs,
  );
  return { draft, from: readFrom(asObject(resource['requester']), 'Task.requester'), patient };
}
