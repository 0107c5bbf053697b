import { createHash } from 'node:crypto';
import { asObject, asObjects, asString, type Json, type Resource } from '../../../src/record/resource.ts';
import { Refusal } from './received.ts';
import type { ResponseCode } from './fhir-messages.ts';

const STU3 = 'https://fhir.nhs.uk/STU3';
const HANDLING = `${STU3}/StructureDefinition/Extension-ITK-MessageHandling-2`;
/** What this system's viewer opens; the business domain decides (ITK3 response code 20004). */
const FILE_TYPES = /^(?:text\/plain|application\/pdf|image\/(?:jpeg|png|tiff))(?:;|$)/;

export type ItkDocument = {
  readonly id: string;
  readonly documentId: string;
  readonly patient: Json | undefined;
  readonly title: string;
  readonly author: string;
  readonly sender: string;
  readonly custodian: string;
  readonly date: string | undefined;
  readonly attachments: readonly { readonly contentType: string; readonly content: string }[];
  readonly wants: { readonly infrastructure: boolean; readonly business: boolean };
};

/** Which acknowledgements are asked for. Where that can't be read, both are given (ITK3 §Response codes, note). */
export function acknowledgementsWanted(body: unknown): ItkDocument['wants'] {
  const header = asObject(asObjects(asObject(body)?.['entry'])[0]?.['resource']);
  const handling = asObjects(header?.['extension']).find(({ url }) => url === HANDLING);
  const flag = (name: string): boolean =>
    asObjects(handling?.['extension']).find(({ url }) => url === name)?.['valueBoolean'] !== false;
  return { infrastructure: flag('InfAckRequested'), business: flag('BusAckRequested') };
}

/** Reads an ITK3 Send Document message (FHIR STU3) for what is filed, and refuses with the standard's own codes. */
export function readItkDocument(body: unknown): ItkDocument {
  const bundle = asObject(body);
  const entries = asObjects(bundle?.['entry']);
  const header = asObject(entries[0]?.['resource']);
  if (bundle?.['resourceType'] !== 'Bundle' || bundle['type'] !== 'message')
    throw new Refusal('structure', '10009', 'the message could not be read');
  if (header?.['resourceType'] !== 'MessageHeader' || asString(header['id']) === undefined)
    throw new Refusal('structure', '20006', 'no ITK3 header');
  checkHandling(header);
  if (asObject(header['event'])?.['code'] !== 'ITK007C')
    throw new Refusal('not-supported', '10004', 'not a Send Document message');
  const focus = asString(asObjects(header['focus'])[0]?.['reference']);
  const document = asObject(entries.find(({ fullUrl }) => fullUrl === focus)?.['resource']);
  const inside = asObjects(document?.['entry']);
  const composition = asObject(inside[0]?.['resource']);
  const documentId = asString(asObject(document?.['identifier'])?.['value']);
  if (document?.['type'] !== 'document' || composition?.['resourceType'] !== 'Composition' || documentId === undefined)
    throw new Refusal('structure', '20009', 'no document in it');
  const find = (reference: unknown): Json | undefined => {
    const url = asString(asObject(reference)?.['reference']);
    return asObject(inside.find((entry) => url !== undefined && entry['fullUrl'] === url)?.['resource']);
  };
  const attachments = asObjects(composition['section'])
    .flatMap((section) => asObjects(section['entry']))
    .map(find)
    .map(attachmentOf);
  if (attachments.length === 0) throw new Refusal('required', '20009', 'no attachment');
  const authors = asObjects(composition['author']).map(find);
  return {
    id: String(header['id']),
    documentId,
    patient: find(composition['subject']),
    title: asString(composition['title']) ?? 'Document',
    author: nameOf(authors.find((author) => author?.['resourceType'] === 'Practitioner')) ?? 'not said',
    sender: asString(asObject(header['source'])?.['endpoint']) ?? '',
    custodian: asString(find(composition['custodian'])?.['name']) ?? 'not said',
    date: asString(composition['date']),
    attachments,
    wants: acknowledgementsWanted(body),
  };
}

function checkHandling(header: Json): void {
  const handling = asObjects(header['extension']).find(({ url }) => url === HANDLING);
  if (!handling) throw new Refusal('extension', '10001', 'no handling specification');
  const part = (name: string): Json | undefined => asObjects(handling['extension']).find(({ url }) => url === name);
  if (typeof part('InfAckRequested')?.['valueBoolean'] !== 'boolean')
    throw new Refusal('extension', '10002', 'InfAckRequested');
  if (typeof part('BusAckRequested')?.['valueBoolean'] !== 'boolean')
    throw new Refusal('extension', '10003', 'BusAckRequested');
  const type = asObject(part('RecipientType')?.['valueCoding'])?.['code'];
  if (type !== 'FA' && type !== 'FI') throw new Refusal('extension', '10010', 'RecipientType');
  const definition = asString(asObject(part('MessageDefinition')?.['valueReference'])?.['reference']);
  if (definition?.startsWith(`${STU3}/MessageDefinition/ITK-GPConnectSendDocument-`) !== true)
    throw new Refusal('extension', '10004', 'MessageDefinition');
}

/** STU3 has `content` where R4 has `data`. */
function attachmentOf(resource: Json | undefined): ItkDocument['attachments'][number] {
  const [contentType, content] = [asString(resource?.['contentType']), asString(resource?.['content'])];
  if (resource?.['resourceType'] !== 'Binary' || contentType === undefined || content === undefined)
    throw new Refusal('required', '20009', 'an attachment is missing');
  if (!FILE_TYPES.test(contentType)) throw new Refusal('security', '20004', 'file type not approved');
  return { contentType, content };
}

/** Filed in this system's own record: a DocumentReference with its Binaries, ids of its own. */
export function filedResources(document: ItkDocument, patientId: string, at: string): readonly Resource[] {
  const key = createHash('sha256').update(document.documentId).digest('hex').slice(0, 24);
  const binaries = document.attachments.map(({ contentType, content }, index) => ({
    resourceType: 'Binary',
    id: `filed-${key}-${String(index)}`,
    contentType,
    data: content,
  }));
  const reference = {
    resourceType: 'DocumentReference',
    id: `filed-${key}`,
    identifier: [{ system: 'urn:ietf:rfc:3986', value: document.documentId }],
    status: 'current',
    docStatus: 'final',
    type: { text: 'Message from another organisation' },
    subject: { reference: `Patient/${patientId}` },
    date: document.date ?? at,
    author: [{ display: document.author }],
    custodian: { display: document.custodian },
    description: document.title,
    content: binaries.map(({ id, contentType }) => ({
      attachment: { contentType, url: `Binary/${id}`, title: document.title, creation: document.date ?? at },
    })),
  };
  return [...binaries, reference];
}

/** An ITK3 response (event ITK008M), infrastructure or business by its code. */
export function itkResponse(parts: {
  readonly id: string;
  readonly answers: string;
  readonly code: ResponseCode;
  readonly itk: string;
  readonly ods: string;
  readonly at: string;
  readonly why?: { readonly issue: string; readonly message: string };
}): Json {
  const { id, answers, code, itk, ods, at, why } = parts;
  const outcome = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
  const organisation = `${id.slice(0, -1)}${id.endsWith('2') ? '3' : '2'}`;
  const handling = ['BusAckRequested', 'InfAckRequested'].map((url) => ({ url, valueBoolean: false }));
  const header = {
    resourceType: 'MessageHeader',
    id,
    meta: { profile: [`${STU3}/StructureDefinition/ITK-MessageHeader-2`] },
    extension: [{ url: HANDLING, extension: [...handling, { url: 'SenderReference', valueString: answers }] }],
    event: { system: `${STU3}/CodeSystem/ITK-MessageEvent-2`, code: 'ITK008M', display: 'ITK Response' },
    sender: { reference: `urn:uuid:${organisation}` },
    timestamp: at,
    source: { endpoint: `${ods}OT001` },
    response: { identifier: answers, code, details: { reference: `urn:uuid:${outcome}` } },
    focus: [{ reference: `urn:uuid:${outcome}` }],
  };
  const issue = {
    severity: why ? 'fatal' : 'information',
    code: why?.issue ?? 'informational',
    details: { coding: [{ system: `${STU3}/CodeSystem/ITK-ResponseCodes-1`, code: itk }] },
    diagnostics: why?.message ?? 'taken',
  };
  return {
    resourceType: 'Bundle',
    meta: { profile: [`${STU3}/StructureDefinition/ITK-Message-Bundle-1`] },
    identifier: { value: id },
    type: 'message',
    entry: [
      { fullUrl: `urn:uuid:${id}`, resource: header },
      {
        fullUrl: `urn:uuid:${organisation}`,
        resource: {
          resourceType: 'Organization',
          identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: ods }],
        },
      },
      { fullUrl: `urn:uuid:${outcome}`, resource: { resourceType: 'OperationOutcome', id: outcome, issue: [issue] } },
    ],
  };
}

function nameOf(practitioner: Json | undefined): string | undefined {
  return asString(asObjects(practitioner?.['name'])[0]?.['text']);
}
