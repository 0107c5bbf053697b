import { randomUUID } from 'node:crypto';
import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import { inPart } from './fhir-outcome.ts';

// FHIR R4 messaging: a Bundle whose header says what it is about, and the answer to one.

/** `foci`: all that the header names, in its order. */
type OpenedMessage = { readonly header: Json; readonly foci: readonly Json[] };

const MOST_FOCI = 50;

/**
 * A message Bundle: its header first, and what it is about by the header's own word (FHIR R4 messaging §2.4). Of several
 * each is a message of its own; where one can't be read none is, so that nothing of it is lost unsaid (safety H29).
 */
export function openMessage(given: unknown): OpenedMessage {
  const bundle = asObject(given);
  const entries = asObjects(bundle?.['entry']);
  const header = asObject(entries[0]?.['resource']);
  if (bundle?.['type'] !== 'message' || header?.['resourceType'] !== 'MessageHeader')
    throw new CorridorError('request.invalid', 'message');
  const named = asObjects(header['focus']);
  if (named.length === 0) throw new CorridorError('request.invalid', 'MessageHeader.focus');
  if (named.length > MOST_FOCI) throw new CorridorError('message.too_long', 'MessageHeader.focus');
  const foci = named.map(({ reference }, at) => {
    try {
      const focus = resolve(reference, entries[0], entries);
      const resource = asObject(focus?.['resource']);
      if (resource?.['resourceType'] !== 'Communication') throw new CorridorError('request.invalid', 'focus');
      return withPatient(resource, focus, entries);
    } catch (error) {
      throw inPart(error, { at, of: named.length, sent: [] });
    }
  });
  return { header, foci };
}

/** Whom it is about may stand beside it in the Bundle instead of in it: the one it refers to, whoever else is there. */
function withPatient(communication: Json, from: Json | undefined, entries: readonly Json[]): Json {
  const subject = asObject(communication['subject']);
  const reference = asString(subject?.['reference']);
  const contained = asObjects(communication['contained']).filter(isPatient);
  if (reference === undefined ? contained.length > 0 : reference.startsWith('#')) return communication;
  const patient = reference === undefined ? onlyPatient(entries) : resolve(reference, from, entries)?.['resource'];
  const found = asObject(patient);
  if (!found || !isPatient(found)) throw new CorridorError('request.invalid', 'Communication.subject');
  return {
    ...communication,
    contained: [{ ...found, id: 'subject' }],
    subject: { ...subject, ...(reference !== undefined && { reference: '#subject' }) },
  };
}

function onlyPatient(entries: readonly Json[]): Json | undefined {
  const [patient, ...others] = entries.flatMap(({ resource }) => asObjects([resource]).filter(isPatient));
  return others.length === 0 ? patient : undefined;
}

function isPatient({ resourceType }: Json): boolean {
  return resourceType === 'Patient';
}

/**
 * The one entry that a reference means (R4 §2.36.4.1): by its full address, or relative to that of whoever refers. Where
 * there are no addresses, by type and id. None where two could be meant.
 */
function resolve(given: unknown, from: Json | undefined, entries: readonly Json[]): Json | undefined {
  const reference = asString(given);
  if (reference === undefined) return undefined;
  const base = /^(https?:\/\/.+\/)[A-Za-z]+\/[^/]+$/.exec(asString(from?.['fullUrl']) ?? '')?.[1];
  const [entry, ...others] = entries.filter(({ fullUrl, resource }) => {
    if (fullUrl !== undefined && fullUrl === reference) return true;
    if (base !== undefined && fullUrl !== undefined) return fullUrl === `${base}${reference}`;
    const { resourceType, id } = asObject(resource) ?? {};
    return typeof id === 'string' && reference === `${String(resourceType)}/${id}`;
  });
  return others.length === 0 ? entry : undefined;
}

/** `sent`: the id of what came of each focus, in their order. */
export function answerTo(header: Json, sent: readonly string[], url: string): object {
  const id = randomUUID();
  const identifier = asString(header['id']) ?? sent[0];
  const response = { identifier, code: 'ok' };
  const answer = {
    resourceType: 'MessageHeader',
    id,
    ...(header['eventCoding'] !== undefined && { eventCoding: header['eventCoding'] }),
    ...(header['eventUri'] !== undefined && { eventUri: header['eventUri'] }),
    source: { endpoint: `${url}/fhir` },
    response,
    focus: sent.map((one) => ({ reference: `${url}/fhir/Communication/${one}` })),
  };
  return { resourceType: 'Bundle', type: 'message', entry: [{ fullUrl: `urn:uuid:${id}`, resource: answer }] };
}
