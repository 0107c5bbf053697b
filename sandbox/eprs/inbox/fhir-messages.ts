import { asObject, asObjects, asString, type Json } from '../../../src/record/resource.ts';
import { Refusal, type Received } from './received.ts';

const ODS_CODE = 'https://fhir.nhs.uk/Id/ods-organization-code';

export type FhirMessage = Omit<Received, 'patientId' | 'kind' | 'at'> & { readonly patient: Json | undefined };

/** Reads a FHIR R4 message (§2.4) that carries a Communication for this organisation. */
export function readFhirMessage(body: unknown, ods: string): FhirMessage {
  const bundle = asObject(body);
  const entries = asObjects(bundle?.['entry']);
  const header = asObject(entries[0]?.['resource']);
  if (
    bundle?.['resourceType'] !== 'Bundle' ||
    bundle['type'] !== 'message' ||
    header?.['resourceType'] !== 'MessageHeader'
  )
    throw new Refusal('structure', '', 'not a message', 'Bundle');
  const id = messageIdOf(body);
  if (id === undefined) throw new Refusal('required', '', 'no id', 'MessageHeader.id');
  const find = (reference: unknown): Json | undefined => {
    const url = asString(asObject(reference)?.['reference']);
    return asObject(entries.find((entry) => url !== undefined && entry['fullUrl'] === url)?.['resource']);
  };
  const receiver = find(asObjects(header['destination'])[0]?.['receiver']);
  if (!asObjects(receiver?.['identifier']).some(({ system, value }) => system === ODS_CODE && value === ods))
    throw new Refusal('not-found', '', 'another organisation’s', 'MessageHeader.destination.receiver');
  const communication = find(asObjects(header['focus'])[0]);
  if (communication?.['resourceType'] !== 'Communication')
    throw new Refusal('not-supported', '', 'nothing that is taken here', 'MessageHeader.focus');
  const text = asObjects(communication['payload']).flatMap((part) => asString(part['contentString']) ?? []);
  if (text.length === 0) throw new Refusal('required', '', 'no text', 'Communication.payload');
  const place = asObjects(communication['extension']).find(({ url }) => url === 'urn:corridor:place-in-thread');
  return {
    id,
    patient: find(communication['subject']),
    title: asString(asObject(communication['topic'])?.['text']) ?? 'Message',
    text: text.join('\n\n'),
    from: asString(asObject(communication['sender'])?.['display']) ?? 'not said',
    to: asString(asObjects(communication['recipient'])[0]?.['display']) ?? 'not said',
    urgent: communication['priority'] === 'urgent' || communication['priority'] === 'stat',
    ...(typeof place?.['valuePositiveInt'] === 'number' && { place: place['valuePositiveInt'] }),
  };
}

/** Of anything that may be a message: what an answer to it has to name. */
export function messageIdOf(body: unknown): string | undefined {
  const first = asObject(asObjects(asObject(body)?.['entry'])[0]?.['resource']);
  const id = first?.['resourceType'] === 'MessageHeader' ? asString(first['id']) : undefined;
  return id !== undefined && /^[A-Za-z0-9\-.]{1,64}$/.test(id) ? id : undefined;
}

export type ResponseCode = 'ok' | 'transient-error' | 'fatal-error';

/** R4 §2.4.6: a response message names the message it answers, and says why not where it is one. */
export function fhirResponse(parts: {
  readonly id: string;
  readonly answers: string;
  readonly code: ResponseCode;
  readonly origin: string;
  readonly at: string;
  readonly why?: { readonly issue: string; readonly message: string; readonly expression?: string | undefined };
}): Json {
  const { id, answers, code, origin, at, why } = parts;
  const outcome = `urn:uuid:${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
  const header = {
    resourceType: 'MessageHeader',
    id,
    eventUri: 'urn:corridor:event:message',
    source: { endpoint: origin },
    response: { identifier: answers, code, ...(why && { details: { reference: outcome } }) },
  };
  const issue = why && {
    severity: 'error',
    code: why.issue,
    diagnostics: why.message,
    ...(why.expression !== undefined && { expression: [why.expression] }),
  };
  return {
    resourceType: 'Bundle',
    type: 'message',
    timestamp: at,
    entry: [
      { fullUrl: `urn:uuid:${id}`, resource: header },
      ...(issue ? [{ fullUrl: outcome, resource: { resourceType: 'OperationOutcome', issue: [issue] } }] : []),
    ],
  };
}
