import { randomUUID } from 'node:crypto';
import type { Json } from '../../src/record/resource.ts';
import type { InboxOrder, InboxTools } from '../inbox-face.ts';
import type { MessagingSettings } from './manifest.ts';

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
const ODS_CODE = 'https://fhir.nhs.uk/Id/ods-organization-code';

/**
 * A FHIR R4 message (§2.4): MessageHeader first, its focus a Communication. The header's id is the message's own, the
 * same at each attempt; the envelope's is new each time, as the standard has it for a message that is sent again.
 */
export function buildMessage(order: InboxOrder, { launcherUrl }: Pick<InboxTools, 'launcherUrl'>): Json {
  const { message, to, settings } = order;
  const { base, event } = settings as MessagingSettings;
  const parts = {
    patient: `urn:uuid:${randomUUID()}`,
    sender: `urn:uuid:${randomUUID()}`,
    writer: `urn:uuid:${randomUUID()}`,
    receiver: `urn:uuid:${randomUUID()}`,
    communication: `urn:uuid:${randomUUID()}`,
  };
  const header = {
    resourceType: 'MessageHeader',
    id: message.id,
    eventUri: event,
    destination: [{ name: to.organisation.name, endpoint: base, receiver: { reference: parts.receiver } }],
    sender: { reference: parts.sender },
    author: { reference: parts.writer },
    source: { name: 'Corridor', endpoint: launcherUrl },
    focus: [{ reference: parts.communication }],
  };
  return {
    resourceType: 'Bundle',
    type: 'message',
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${randomUUID()}` },
    timestamp: message.sentAt,
    entry: [
      entryOf(`urn:uuid:${message.id}`, header),
      entryOf(parts.communication, communicationOf(order, parts)),
      entryOf(parts.patient, patientOf(order)),
      entryOf(parts.sender, organisationOf(message.from.organisation)),
      entryOf(parts.writer, writerOf(order, parts.sender)),
      entryOf(parts.receiver, organisationOf(to.organisation)),
    ],
  };
}

type Parts = { readonly [name in 'patient' | 'sender' | 'writer' | 'receiver' | 'communication']: string };

function communicationOf({ message, to }: InboxOrder, parts: Parts): Json {
  return {
    resourceType: 'Communication',
    extension: [
      // What comes later in a thread is not shown before what comes first.
      { url: 'urn:corridor:place-in-thread', valuePositiveInt: message.place },
      { url: 'urn:corridor:signature', valueString: message.signature },
      ...(message.dueAt === undefined ? [] : [{ url: 'urn:corridor:answer-due', valueDateTime: message.dueAt }]),
    ],
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${message.id}` }],
    partOf: [{ type: 'Communication', identifier: { system: 'urn:corridor:thread', value: message.threadId } }],
    status: 'completed',
    priority: message.urgency,
    subject: { reference: parts.patient },
    topic: { text: message.subject },
    ...(message.about && { about: [aboutOf(message.about)] }),
    sent: message.sentAt,
    recipient: [
      {
        reference: parts.receiver,
        identifier: { system: 'urn:corridor:address', value: to.address },
        display: to.person === undefined ? to.team : `${to.person}, ${to.team}`,
      },
    ],
    sender: { reference: parts.writer, display: `${message.from.person}, ${message.from.team}` },
    payload: [{ contentString: message.body }],
  };
}

/** By origin and never a copy: whoever may see the item asks for it where it is. */
function aboutOf({ source, resource }: NonNullable<InboxOrder['message']['about']>): Json {
  return {
    type: resource.split('/')[0] ?? '',
    identifier: { system: `urn:corridor:source:${source}`, value: resource },
  };
}

function patientOf({ message: { patient } }: InboxOrder): Json {
  return {
    resourceType: 'Patient',
    identifier: [{ system: NHS_NUMBER, value: patient.nhsNumber }],
    ...(patient.name !== undefined && { name: [{ use: 'official', text: patient.name }] }),
    ...(patient.birthDate !== undefined && { birthDate: patient.birthDate }),
  };
}

function organisationOf({ ods, name }: { readonly ods: string; readonly name: string }): Json {
  return { resourceType: 'Organization', identifier: [{ system: ODS_CODE, value: ods }], name };
}

function writerOf({ message: { from } }: InboxOrder, sender: string): Json {
  return {
    resourceType: 'PractitionerRole',
    identifier: [{ system: 'urn:corridor:address', value: from.address }],
    practitioner: { display: from.person },
    organization: { reference: sender },
    code: [{ text: from.role }],
    healthcareService: [{ display: from.team }],
  };
}

function entryOf(fullUrl: string, resource: Json): Json {
  return { fullUrl, resource };
}
