import type { Correspondent, Message, Thread, ThreadState } from '../../src/messages/thread.ts';
import type { Resource } from '../../src/record/resource.ts';
import { ADDRESS, MESSAGE_ID, NHS_NUMBER, ODS_CODE, STATE, UK_CORE } from './fhir-names.ts';

/** A conversation as FHIR R4: each message a Communication, the conversation a CommunicationRequest and its Task. */
export function communicationsOf(thread: Thread, nhsNumber: string): readonly Resource[] {
  return thread.messages.map((message, index) => {
    const before = thread.messages[index - 1];
    const answers = message.from.address !== thread.from.address;
    const received = message.receipts.find(({ kind }) => kind === 'delivered')?.at;
    return {
      resourceType: 'Communication',
      id: message.id,
      meta: { profile: [UK_CORE.Communication] },
      identifier: [{ system: MESSAGE_ID, value: `urn:uuid:${message.id}` }],
      basedOn: [{ reference: `CommunicationRequest/${thread.id}` }],
      ...(before && { inResponseTo: [{ reference: `Communication/${before.id}` }] }),
      status: statusOf(message),
      priority: thread.urgency,
      subject: subjectOf(nhsNumber),
      ...aboutOf(thread),
      ...(thread.subject !== '' && { topic: { text: thread.subject } }),
      sent: message.sentAt,
      ...(received !== undefined && { received }),
      sender: { ...referenceTo(message.from), display: message.from.person },
      recipient: [referenceTo(answers ? thread.from : thread.to)],
      ...(message.body === undefined ? withheldOf(message) : { payload: [{ contentString: message.body }] }),
    };
  });
}

export function requestOf(thread: Thread, nhsNumber: string): Resource {
  return {
    resourceType: 'CommunicationRequest',
    id: thread.id,
    ...(thread.messages[0] && { identifier: [{ system: MESSAGE_ID, value: `urn:uuid:${thread.messages[0].id}` }] }),
    status: thread.state === 'closed' || thread.state === 'answered' ? 'completed' : 'active',
    priority: thread.urgency,
    subject: subjectOf(nhsNumber),
    ...aboutOf(thread),
    ...(thread.dueAt !== undefined && { occurrencePeriod: { end: thread.dueAt } }),
    ...(thread.messages[0] && { authoredOn: thread.messages[0].sentAt }),
    sender: referenceTo(thread.from),
    recipient: [referenceTo(thread.to)],
  };
}

export function taskOf(thread: Thread, nhsNumber: string): Resource {
  const first = thread.messages[0];
  const last = thread.messages.at(-1);
  return {
    resourceType: 'Task',
    id: thread.id,
    meta: { profile: [UK_CORE.Task], versionId: String(thread.version) },
    ...(first && { identifier: [{ system: MESSAGE_ID, value: `urn:uuid:${first.id}` }] }),
    status: taskStatusOf(thread),
    businessStatus: { coding: [{ system: STATE, code: thread.state }] },
    intent: 'order',
    priority: thread.urgency,
    ...(thread.subject !== '' && { description: thread.subject }),
    ...(first?.body !== undefined && {
      note: [{ authorString: first.from.person, time: first.sentAt, text: first.body }],
    }),
    focus: { reference: `CommunicationRequest/${thread.id}` },
    for: subjectOf(nhsNumber),
    ...(first && { authoredOn: first.sentAt }),
    ...(last && { lastModified: last.sentAt }),
    requester: { ...referenceTo(thread.from), ...(first && { display: first.from.person }) },
    owner: { ...referenceTo(thread.to), ...(thread.owner && { display: thread.owner.name }) },
    ...(thread.dueAt !== undefined && { restriction: { period: { end: thread.dueAt } } }),
  };
}

/** That its time has gone by, or that it went on, proves nothing of whether whoever has it now has received it. */
function taskStatusOf(thread: Thread): string {
  const { state, owner } = thread;
  const stands = TASK_STATUS[state];
  if (stands !== 'received') return stands;
  if (owner) return 'accepted';
  return state === 'delivered' || state === 'opened' || hasReceived(thread) ? 'received' : 'requested';
}

function hasReceived({ dueAt, escalations, messages, to }: Thread): boolean {
  // What goes on is an answer, and whoever gave it had the question.
  if (dueAt === undefined) return true;
  const since = escalations.at(-1)?.at ?? '';
  return (messages.at(-1)?.receipts ?? []).some((receipt) => {
    if (receipt.kind !== 'delivered' && receipt.kind !== 'opened') return false;
    const { by = to.team, at } = receipt;
    return at >= since && (by === to.team || by.endsWith(`, ${to.team}`));
  });
}

/** Never further than what is proven; whether somebody is at work on it nobody has said. */
const TASK_STATUS: { readonly [state in ThreadState]: string } = {
  queued: 'requested',
  delivered: 'received',
  opened: 'received',
  overdue: 'received',
  escalated: 'received',
  undeliverable: 'failed',
  answered: 'completed',
  closed: 'completed',
};

function statusOf({ receipts }: Message): string {
  if (receipts.some(({ kind }) => kind === 'delivered' || kind === 'opened')) return 'completed';
  return receipts.some(({ kind }) => kind === 'undeliverable') ? 'not-done' : 'in-progress';
}

function withheldOf({ unreadable }: Message): object {
  const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
  const valueCode = unreadable === 'withheld' ? 'masked' : 'error';
  return { payload: [{ _contentString: { extension: [{ url, valueCode }] } }] };
}

function subjectOf(nhsNumber: string): object {
  return { type: 'Patient', identifier: { system: NHS_NUMBER, value: nhsNumber } };
}

/** By origin: at its source, which this launcher is not. */
function aboutOf({ about }: Thread): object {
  if (!about || about.withheld) return {};
  return { about: [{ identifier: { system: `urn:corridor:source:${about.source}`, value: about.resource } }] };
}

/** A team or role is part of its organisation; a person of a team is somebody's role there. */
function referenceTo({ address, organisation, team, person }: Correspondent): object {
  const named = person !== undefined && address !== teamOnly(address);
  return {
    type: named ? 'PractitionerRole' : 'Organization',
    identifier: {
      system: ADDRESS,
      value: address,
      assigner: { identifier: { system: ODS_CODE, value: organisation.ods } },
    },
    display: `${named ? `${person}, ` : ''}${team}, ${organisation.name}`,
  };
}

function teamOnly(address: string): string {
  return address.split('/').slice(0, 2).join('/');
}
