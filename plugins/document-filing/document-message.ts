import { createHash } from 'node:crypto';
import type { Json } from '../../src/record/resource.ts';
import type { InboxOrder } from '../inbox-face.ts';
import type { FilingSettings } from './manifest.ts';
import { letterOf } from './letter.ts';

const STU3 = 'https://fhir.nhs.uk/STU3';
const CARE_CONNECT = 'https://fhir.hl7.org.uk/STU3/StructureDefinition';
const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
const ODS_CODE = 'https://fhir.nhs.uk/Id/ods-organization-code';

/**
 * An ITK3 message (FHIR STU3) that carries one document, as GP Connect Send Document has it: a message Bundle with the
 * handling specification in its header, and in it a document Bundle whose Composition names one attachment. Everything in
 * it is named from the message's own id, so that a second attempt is the same message and the same document.
 */
export function buildDocumentMessage(order: InboxOrder, sender: FilingSettings['senders'][string]): Json {
  const { message } = order;
  const id = (part: string): string => namedUuid(message.id, part);
  const header = {
    resourceType: 'MessageHeader',
    id: message.id,
    ...profile(`${STU3}/StructureDefinition/ITK-MessageHeader-2`),
    extension: [handling(order)],
    event: {
      system: `${STU3}/CodeSystem/ITK-MessageEvent-2`,
      code: 'ITK007C',
      display: 'ITK GP Connect Send Document',
    },
    sender: { reference: `urn:uuid:${id('header-organisation')}` },
    timestamp: message.sentAt,
    // GPCM-SD-049: no receiver; the endpoint, or MESH by number, birth date and surname, is the practice's.
    source: { endpoint: sender.mailbox },
    focus: [{ reference: `urn:uuid:${id('document')}` }],
  };
  return {
    resourceType: 'Bundle',
    id: id('bundle'),
    ...profile(`${STU3}/StructureDefinition/ITK-Message-Bundle-1`),
    identifier: { value: id('bundle') },
    type: 'message',
    entry: [
      entryOf(message.id, header),
      entryOf(id('header-organisation'), {
        resourceType: 'Organization',
        ...profile(`${STU3}/StructureDefinition/CareConnect-ITK-Header-Organization-1`),
        identifier: [{ system: ODS_CODE, value: message.from.organisation.ods }],
      }),
      entryOf(id('document'), documentOf(order, sender, id)),
    ],
  };
}

/** GPCM-SD-039 to -043: both acknowledgements, for whom, by which definition, and what we call it. */
function handling({ message }: InboxOrder): Json {
  return {
    url: `${STU3}/StructureDefinition/Extension-ITK-MessageHandling-2`,
    extension: [
      { url: 'BusAckRequested', valueBoolean: true },
      { url: 'InfAckRequested', valueBoolean: true },
      {
        url: 'RecipientType',
        valueCoding: { system: `${STU3}/CodeSystem/ITK-RecipientType-1`, code: 'FA', display: 'For Action' },
      },
      {
        url: 'MessageDefinition',
        valueReference: {
          reference: `${STU3}/MessageDefinition/ITK-GPConnectSendDocument-MessageDefinition-Instance-1`,
        },
      },
      { url: 'SenderReference', valueString: message.threadId },
    ],
  };
}

function documentOf(
  { message, to }: InboxOrder,
  { telephone }: FilingSettings['senders'][string],
  id: (part: string) => string,
): Json {
  const { patient, from } = message;
  const organisation = { reference: `urn:uuid:${id('organisation')}` };
  const composition = {
    resourceType: 'Composition',
    id: id('composition'),
    ...profile(`${CARE_CONNECT}/CareConnect-Composition-1`),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${message.id}` },
    status: 'final',
    type: {
      coding: [{ system: 'http://snomed.info/sct', code: '371531000', display: 'Report of clinical encounter' }],
      text: 'Message',
    },
    subject: { reference: `urn:uuid:${id('patient')}` },
    date: message.sentAt,
    author: [{ reference: `urn:uuid:${id('writer')}` }, organisation],
    title: message.subject,
    custodian: organisation,
    section: [{ title: message.subject, entry: [{ reference: `urn:uuid:${id('letter')}` }] }],
  };
  return {
    resourceType: 'Bundle',
    id: id('document'),
    ...profile(`${STU3}/StructureDefinition/ITK-Document-Bundle-1`),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id('document')}` },
    type: 'document',
    entry: [
      entryOf(id('composition'), composition),
      entryOf(id('patient'), {
        resourceType: 'Patient',
        ...profile(`${CARE_CONNECT}/CareConnect-Patient-1`),
        identifier: [{ system: NHS_NUMBER, value: patient.nhsNumber }],
        name: [{ use: 'official', text: patient.name ?? '' }],
        birthDate: patient.birthDate ?? '',
      }),
      entryOf(id('organisation'), {
        resourceType: 'Organization',
        ...profile(`${CARE_CONNECT}/CareConnect-Organization-1`),
        identifier: [{ system: ODS_CODE, value: from.organisation.ods }],
        name: from.organisation.name,
        telecom: [{ system: 'phone', value: telephone, use: 'work' }],
      }),
      entryOf(id('writer'), {
        resourceType: 'Practitioner',
        ...profile(`${CARE_CONNECT}/CareConnect-Practitioner-1`),
        name: [{ use: 'official', text: from.person }],
      }),
      entryOf(id('letter'), {
        resourceType: 'Binary',
        ...profile(`${STU3}/StructureDefinition/ITK-Attachment-Binary-1`),
        contentType: 'text/plain; charset=utf-8',
        content: Buffer.from(letterOf(message, to), 'utf8').toString('base64'),
      }),
    ],
  };
}

function entryOf(id: string, resource: Json): Json {
  return { fullUrl: `urn:uuid:${id}`, resource: { id, ...resource } };
}

function profile(url: string): { readonly meta: Json } {
  return { meta: { profile: [url] } };
}

/** A UUID (RFC 9562 §5.8) that is always the same for one part of one message. */
function namedUuid(messageId: string, part: string): string {
  const hex = createHash('sha256').update(`${messageId} ${part}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
