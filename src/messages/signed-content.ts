import type { OutgoingMessage } from './delivery.ts';

/**
 * The text whose SHA-256 a message's signature bears, spelt in one way, so that whoever receives the message can make it
 * again from what they got. The signature's `jti` is the id, `thr` the thread, `n` the place in it.
 */
export function signedContent(message: Omit<OutgoingMessage, 'signature'>): string {
  const { id, threadId, place, patient, about, subject, body, urgency, from, sentAt, dueAt } = message;
  return JSON.stringify([
    'corridor-message-1',
    id,
    threadId,
    place,
    patient.nhsNumber,
    about ? `${about.source}/${about.resource}` : null,
    subject,
    body,
    urgency,
    [from.address, from.person, from.role],
    sentAt,
    dueAt ?? null,
  ]);
}
