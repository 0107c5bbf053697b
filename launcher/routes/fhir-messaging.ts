import express, { Router, type Request, type Response } from 'express';
import { CorridorError } from '../errors.ts';
import { readMessage } from '../messaging/read-fhir.ts';
import { FHIR_TYPES, type FhirType } from '../messaging/fhir-names.ts';
import type { SystemMessages } from '../messaging/system-messages.ts';
import { capabilitiesOf } from './fhir-capabilities.ts';
import { answerTo, openMessage } from './fhir-message.ts';
import { inPart, outcomeOf } from './fhir-outcome.ts';
import { askedBy, bundleOf, withoutPatient } from './fhir-search.ts';
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
        const [found] = (await deps.system.find(client, type, { wanted: { id } })).resources;
        if (!found) throw new CorridorError('message.not_found', 'id');
        response.send(JSON.stringify(found));
      }),
    );
    const search = (by: (request: Request) => unknown) =>
      handle(type, 's', async (request, response, { client }) => {
        const asked = askedBy(by(request));
        const found = await deps.system.find(client, type, asked);
        response.send(JSON.stringify(bundleOf(found, `${deps.url}/fhir`, { type, asked })));
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
      const { header, foci } = openMessage(request.body);
      // All are read before the first is sent: of a Bundle that can't be read whole nothing is done.
      const read = foci.map((focus, at) => {
        try {
          return readMessage(focus, 'Communication', deps.now());
        } catch (error) {
          throw inPart(error, { at, of: foci.length, sent: [] });
        }
      });
      const sent: string[] = [];
      for (const [at, one] of read.entries()) {
        const sending = deps.system.send(client, 'Communication', one, untilGone(response));
        const { resource } = await sending.catch((error: unknown) => {
          throw inPart(error, { at, of: foci.length, sent });
        });
        sent.push(String(resource.id));
      }
      response.send(JSON.stringify(answerTo(header, sent, deps.url)));
    }),
  );
  return router;
}
