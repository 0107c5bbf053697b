import { randomUUID } from 'node:crypto';
import { asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';

// FHIR R4 messaging: a Bundle whose header says what it is about, and the answer to one.

type OpenedMessage = { readonly header: Json; readonly focus: Json };

/** A message Bundle: its header first, and what it is about by the header's own word (FHIR R4 messaging §2.4). */
export function openMessage(given: unknown): OpenedMessage {
  const bundle = asObject(given);
  const entries = asObjects(bundle?.['entry']);
  const header = asObject(entries[0]?.['resource']);
  if (bundle?.['type'] !== 'message' || header?.['resourceType'] !== 'MessageHeader')
    throw new CorridorError('request.invalid', 'message');
  const reference = asString(asObjects(header['focus'])[0]?.['reference']);
  const entry = entries.find(({ fullUrl, resource }) => {
    const { resourceType, id } = asObject(resource) ?? {};
    return reference !== undefined && (fullUrl === reference || reference === `${String(resourceType)}/${String(id)}`);
  });
  const focus = asObject(entry?.['resource']);
  if (focus?.['resourceType'] !== 'Communication') throw new CorridorError('request.invalid', 'focus');
  return { header, focus: withPatient(focus, entries) };
}

/** Whom it is about may stand beside it in the Bundle instead of in it. */
function withPatient(focus: Json, entries: readonly Json[]): Json {
  if (asObjects(focus['contained']).length > 0) return focus;
  const patients = entries
    .map(({ resource }) => asObject(resource))
    .filter((one) => one?.['resourceType'] === 'Patient');
  if (patients.length !== 1) throw new CorridorError('request.invalid', 'Patient');
  return { ...focus, contained: patients };
}

export function answerTo(header: Json, sent: Resource, url: string): object {
  const id = randomUUID();
  const identifier = asString(header['id']) ?? String(sent.id);
  const response = { identifier, code: 'ok' };
  const answer = {
    resourceType: 'MessageHeader',
    id,
    ...(header['eventCoding'] !== undefined && { eventCoding: header['eventCoding'] }),
    ...(header['eventUri'] !== undefined && { eventUri: header['eventUri'] }),
    source: { endpoint: `${url}/fhir` },
    response,
  };
  return { resourceType: 'Bundle', type: 'message', entry: [{ fullUrl: `urn:uuid:${id}`, resource: answer }] };
}
