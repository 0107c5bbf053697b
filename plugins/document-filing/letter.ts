import type { InboxOrder, OutgoingMessage } from '../inbox-face.ts';

/** The attachment: what a person finds in the practice's own record, whole without the message around it. */
export function letterOf(message: OutgoingMessage, to: InboxOrder['to']): string {
  const { patient, from, about } = message;
  const lines = [
    message.urgency === 'urgent' ? `URGENT: ${message.subject}` : message.subject,
    '',
    `Patient: ${patient.name ?? ''}, born ${patient.birthDate ?? ''}, NHS number ${spaced(patient.nhsNumber)}`,
    `From: ${from.person}, ${from.team}, ${from.organisation.name} (${from.organisation.ods})`,
    `To: ${to.person === undefined ? '' : `${to.person}, `}${to.team}, ${to.organisation.name} (${to.organisation.ods})`,
    `Sent: ${clock(message.sentAt)}`,
    ...(message.dueAt === undefined ? [] : [`Answer asked for by: ${clock(message.dueAt)}`]),
    // Where it is, and never a copy: it may be withheld from whoever reads the letter.
    ...(about ? [`About: ${about.resource} at ${about.source} (open the shared record to see it)`] : []),
    '',
    message.body,
    '',
    'Answer in the shared record, from the patient’s chart. This letter can’t be answered where it is filed.',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function spaced(nhsNumber: string): string {
  return nhsNumber.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');
}

/** On the wall clock of who reads it, and which: a time in UTC is read an hour wrong for half of the year. */
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  ...{ day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  ...{ hourCycle: 'h23', timeZoneName: 'short' },
} as const);

function clock(instant: string): string {
  return CLOCK.format(new Date(instant));
}
