import express, { Router, type Request, type Response } from 'express';
import { parseNhsNumber } from '../../src/record/nhs-number.ts';
import { asObject, asString } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import { ADDRESS, NHS_NUMBER } from '../messaging/fhir-names.ts';
import { readMessage } from '../messaging/read-fhir.ts';
import { FHIR_TYPES, type FhirType } from '../messaging/fhir-names.ts';
import type { SystemMessages, Wanted } from '../messaging/system-messages.ts';
import { capabilitiesOf } from './fhir-capabilities.ts';
import { answerTo, openMessage } from './fhir-message.ts';
import { type GrantedAccess, mayDo } from './fhir-token.ts';
import { untilGone } from './until-gone.ts';

type FhirMessagingDeps = {
  readonly system: SystemMessages;
  /** Whose request it is; throws for whoever has no token of ours. */
  readonly access: (request: Request) => GrantedAccess;
  readonly url: string;
  readonly bodyBytes: number;
  readonly now: () => number;
};

const ID = /^[0-9a-f-]{36}$/;
const ELEMENT = new RegExp(`^(?:${FHIR_TYPES.join('|')})\\.`);

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
    (type: FhirType, right: 'c' | 'r' | 's', work: Handler) =>
    async (request: Request, response: Response): Promise<void> => {
      response.setHeader('Cache-Control', 'no-store');
      response.type('application/fhir+json');
      try {
        const granted = deps.access(request);
        if (!mayDo(granted, type, right)) throw new CorridorError('request.forbidden', 'scope');
        await work(request, response, granted);
      } catch (error) {
        if (!(error instanceof CorridorError) || error.entry.status >= 500) throw error;
        response.status(error.entry.status).send(JSON.stringify(outcomeOf(error)));
      }
    };
  router.get('/fhir/metadata', (_request, response) => {
    response.type('application/fhir+json').send(JSON.stringify(capabilitiesOf(deps.url, deps.now())));
  });
  for (const type of FHIR_TYPES) {
    router.get(
      `/fhir/${type}/:id`,
      handle(type, 'r', async (request, response, { client }) => {
        const { id } = request.params;
        if (typeof id !== 'string' || !ID.test(id)) throw new CorridorError('message.not_found', 'id');
        const [found] = (await deps.system.find(client, type, { id })).resources;
        if (!found) throw new CorridorError('message.not_found', 'id');
        response.send(JSON.stringify(found));
      }),
    );
    const search = (by: (request: Request) => unknown) =>
      handle(type, 's', async (request, response, { client }) => {
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
      search(({ body, query }) => {
        // What stands in the address would be passed over, or in every log.
        if (Object.keys(query).length > 0) throw new CorridorError('request.invalid', 'search parameter');
        return body as unknown;
      }),
    );
    router.post(
      `/fhir/${type}`,
      json,
      handle(type, 'c', async (request, response, { client }) => {
        const read = readMessage(request.body, type, deps.now());
        const { resource, created } = await deps.system.send(client, type, read, untilGone(response));
        response.status(created ? 201 : 200);
        response.setHeader('Location', `${deps.url}/fhir/${type}/${String(resource.id)}`);
        response.send(JSON.stringify(resource));
      }),
    );
  }
  router.post(
    '/fhir/$process-message',
    json,
    handle('Communication', 'c', async (request, response, { client }) => {
      const { header, focus } = openMessage(request.body);
      const read = readMessage(focus, 'Communication', deps.now());
      const { resource } = await deps.system.send(client, 'Communication', read, untilGone(response));
      response.send(JSON.stringify(answerTo(header, resource, deps.url)));
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

const PARAMETERS = {
  id: /^_id$/,
  patient: /^(?:patient|subject)[:.]identifier$/,
  recipient: /^(?:recipient|owner)[:.]identifier$/,
  form: /^_(?:count|format)$/,
};

/** A parameter that is passed over would find more than was asked for: each is known, given once, and one value. */
function wantedBy(given: unknown): Wanted {
  const parameters = Object.entries(asObject(given) ?? {});
  const known = Object.values(PARAMETERS);
  if (parameters.some(([name]) => !known.some((one) => one.test(name))))
    throw new CorridorError('request.invalid', 'search parameter');
  const value = (named: RegExp, system: string): string | undefined => {
    const [found, ...others] = parameters
      .filter(([name]) => named.test(name))
      .map(([, value]) => asString(value) ?? '');
    const one = found?.replace(`${system}|`, '');
    if (others.length > 0 || one === '' || /[,|]/.test(one ?? ''))
      throw new CorridorError('request.invalid', 'search parameter');
    return one;
  };
  const patient = value(PARAMETERS.patient, NHS_NUMBER);
  const recipient = value(PARAMETERS.recipient, ADDRESS);
  const id = value(PARAMETERS.id, '');
  const nhsNumber = patient === undefined ? undefined : parseNhsNumber(patient);
  if (patient !== undefined && nhsNumber === undefined) throw new CorridorError('request.invalid', 'patient');
  return {
    ...(id !== undefined && { id }),
    ...(nhsNumber !== undefined && { nhsNumber }),
    ...(recipient !== undefined && { recipient }),
  };
}

type Found = Awaited<ReturnType<SystemMessages['find']>>;

/** A list that was cut says so and counts nothing: what is not in it must not be taken for not there (safety H10). */
function bundleOf({ resources, more }: Found, url: string): object {
  const matches = resources.map((resource) => ({
    fullUrl: `${url}/fhir/${resource.resourceType}/${String(resource.id)}`,
    resource,
    search: { mode: 'match' },
  }));
  const entry = more ? [...matches, { resource: CUT_SHORT, search: { mode: 'outcome' } }] : matches;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(!more && { total: matches.length }),
    ...(entry.length > 0 && { entry }),
  };
}

const CUT_SHORT = {
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'warning',
      code: 'incomplete',
      details: { coding: [{ system: 'urn:corridor:code', code: 'message.more' }] },
      diagnostics: 'Older conversations were left out: search by patient.',
    },
  ],
};

/** `details` has the stable code, `expression` the element at fault. No word of what was sent is said back. */
function outcomeOf({ code, entry, detail }: CorridorError): object {
  const kind = entry.status === 404 ? 'not-found' : entry.status === 400 ? 'invalid' : 'forbidden';
  const details = { coding: [{ system: 'urn:corridor:code', code }], text: entry.message };
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: entry.status === 401 ? 'login' : kind,
        details,
        diagnostics: entry.nextStep,
        ...(detail !== undefined && ELEMENT.test(detail) && { expression: [detail] }),
      },
    ],
  };
}
