import { randomUUID } from 'node:crypto';
import express, { Router, type Request, type Response } from 'express';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import { ADDRESS, NHS_NUMBER, UK_CORE } from '../messaging/fhir-names.ts';
import { readMessage } from '../messaging/read-fhir.ts';
import type { FhirType, SystemMessages, Wanted } from '../messaging/system-messages.ts';
import { FHIR_SCOPES, type GrantedAccess } from './fhir-token.ts';
import { untilGone } from './until-gone.ts';

type FhirMessagingDeps = {
  readonly system: SystemMessages;
  /** Whose request it is; throws for whoever has no token of ours. */
  readonly access: (request: Request) => GrantedAccess;
  readonly url: string;
  readonly bodyBytes: number;
  readonly now: () => number;
};

const TYPES: readonly FhirType[] = ['Communication', 'CommunicationRequest', 'Task'];
const ID = /^[0-9a-f-]{36}$/;

type Handler = (request: Request, response: Response, granted: GrantedAccess) => Promise<void>;

/**
 * /fhir for an EPR's own system: messages as Communication, CommunicationRequest and Task, to read, search and send, and
 * $process-message for those that speak FHIR messaging. A resident's number is never part of an address: who looks by it
 * does so with POST …/_search (FHIR R4 §3.1.1.6).
 */
export function fhirMessagingRoutes(deps: FhirMessagingDeps): Router {
  const router = Router();
  const json = express.json({
    limit: deps.bodyBytes,
    strict: true,
    type: ['application/fhir+json', 'application/json'],
  });
  const form = express.urlencoded({ extended: false, limit: 16_384 });
  const handle =
    (scope: string | undefined, work: Handler) =>
    async (request: Request, response: Response): Promise<void> => {
      response.setHeader('Cache-Control', 'no-store');
      response.type('application/fhir+json');
      try {
        const granted = deps.access(request);
        if (scope !== undefined && !granted.scopes.includes(scope))
          throw new CorridorError('request.forbidden', 'scope');
        await work(request, response, granted);
      } catch (error) {
        if (!(error instanceof CorridorError) || error.entry.status >= 500) throw error;
        response.status(error.entry.status).send(JSON.stringify(outcomeOf(error)));
      }
    };
  router.get('/fhir/metadata', (_request, response) => {
    response.type('application/fhir+json').send(JSON.stringify(capabilities(deps)));
  });
  for (const type of TYPES) {
    const scope = FHIR_SCOPES.find((one) => one.startsWith(`system/${type}.`));
    router.get(
      `/fhir/${type}/:id`,
      handle(scope, async (request, response, { client }) => {
        const { id } = request.params;
        const [found] = typeof id === 'string' && ID.test(id) ? await deps.system.find(client, type, { id }) : [];
        if (!found) throw new CorridorError('message.not_found', 'id');
        response.send(JSON.stringify(found));
      }),
    );
    const search = (by: (request: Request) => unknown) =>
      handle(scope, async (request, response, { client }) => {
        const found = await deps.system.find(client, type, wantedBy(by(request)));
        response.send(JSON.stringify(bundleOf(found, deps.url)));
      });
    router.get(
      `/fhir/${type}`,
      search(({ query }) => withoutPatient(query)),
    );
    router.post(
      `/fhir/${type}/_search`,
      form,
      search(({ body }) => body as unknown),
    );
    if (type === 'Task') continue;
    router.post(
      `/fhir/${type}`,
      json,
      handle(scope, async (request, response, { client }) => {
        const sent = await deps.system.send(client, readMessage(request.body, deps.now()), untilGone(response));
        response.status(201).setHeader('Location', `${deps.url}/fhir/Communication/${String(sent.id)}`);
        response.send(JSON.stringify(sent));
      }),
    );
  }
  router.post(
    '/fhir/$process-message',
    json,
    handle(FHIR_SCOPES[0], async (request, response, { client }) => {
      const { header, focus } = openMessage(request.body);
      const sent = await deps.system.send(client, readMessage(focus, deps.now()), untilGone(response));
      response.send(JSON.stringify(answerTo(header, sent, deps)));
    }),
  );
  return router;
}

/** In an address a number would stand in every log on the way. */
function withoutPatient(query: unknown): unknown {
  const named = Object.keys(asObject(query) ?? {});
  if (named.some((name) => /patient|subject/.test(name)))
    throw new CorridorError('request.invalid', 'a resident is searched for by POST …/_search');
  return query;
}

function wantedBy(given: unknown): Wanted {
  const parameters = asObject(given) ?? {};
  const value = (...names: readonly string[]): string | undefined =>
    names.map((name) => asString(parameters[name])).find((found) => found !== undefined);
  const patient = value('patient:identifier', 'subject:identifier', 'patient.identifier', 'subject.identifier');
  const recipient = value('recipient:identifier', 'owner:identifier');
  const known = ['_id', '_count', '_format'];
  const unknown = Object.keys(parameters).filter(
    (name) => !known.includes(name) && !/^(?:patient|subject|recipient|owner)[:.]identifier$/.test(name),
  );
  // A parameter that is passed over would find more than was asked for.
  if (unknown.length > 0) throw new CorridorError('request.invalid', 'search parameter');
  const nhsNumber = patient === undefined ? undefined : parseNhsNumber(patient.replace(`${NHS_NUMBER}|`, ''));
  if (patient !== undefined && nhsNumber === undefined) throw new CorridorError('request.invalid', 'patient');
  const id = value('_id');
  return {
    ...(id !== undefined && { id }),
    ...(nhsNumber !== undefined && { nhsNumber }),
    ...(recipient !== undefined && { recipient: recipient.replace(`${ADDRESS}|`, '') }),
  };
}

function bundleOf(found: readonly Resource[], url: string): object {
  const entry = found.map((resource) => ({
    fullUrl: `${url}/fhir/${resource.resourceType}/${String(resource.id)}`,
    resource,
    search: { mode: 'match' },
  }));
  return { resourceType: 'Bundle', type: 'searchset', total: found.length, ...(entry.length > 0 && { entry }) };
}

type OpenedMessage = { readonly header: Json; readonly focus: Json };

/** A message Bundle: its header first, and what it is about by the header's own word (FHIR R4 messaging §2.4). */
function openMessage(given: unknown): OpenedMessage {
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

function answerTo(header: Json, sent: Resource, { url }: FhirMessagingDeps): object {
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

function outcomeOf({ code, entry }: CorridorError): object {
  const kind = entry.status === 404 ? 'not-found' : entry.status === 400 ? 'invalid' : 'forbidden';
  const details = { coding: [{ system: 'urn:corridor:code', code }], text: entry.message };
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: entry.status === 401 ? 'login' : kind, details, diagnostics: entry.nextStep }],
  };
}

function capabilities({ url, now }: FhirMessagingDeps): object {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: new Date(now()).toISOString(),
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    implementation: { description: 'Corridor: messages between organisations', url: `${url}/fhir` },
    rest: [
      {
        mode: 'server',
        security: {
          service: [
            {
              coding: [
                { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' },
              ],
            },
          ],
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [{ url: 'token', valueUri: `${url}/fhir/auth/token` }],
            },
          ],
        },
        resource: TYPES.map((type) => ({
          type,
          ...(type !== 'CommunicationRequest' && { supportedProfile: [UK_CORE[type]] }),
          interaction: ['read', 'search-type', ...(type === 'Task' ? [] : ['create'])].map((code) => ({ code })),
          searchParam: [
            { name: type === 'Task' ? 'patient' : 'subject', type: 'reference' },
            { name: type === 'Task' ? 'owner' : 'recipient', type: 'reference' },
          ],
        })),
        operation: [
          {
            name: 'process-message',
            definition: 'http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message',
          },
        ],
      },
    ],
  };
}
