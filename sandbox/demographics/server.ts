import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import express from 'express';
import type { Express, Request, Response } from 'express';
import jsonwebtoken from 'jsonwebtoken';
import { keysAt } from '../../launcher/trust/verify/index.ts';
import type { SandboxCommunity } from '../community.ts';
import { closeServer, listen } from '../eprs/epr.ts';
import { operationOutcome } from '../eprs/outcome.ts';
import { formerNumbersOf, nationalPatients, searchPeople } from './people.ts';

/** A pretend Personal Demographics Service: the token endpoint and the search, and what it was asked. */
export type Demographics = {
  readonly base: string;
  readonly tokenEndpoint: string;
  /** Searches so far: for whom, under which request; never the details that were searched by. */
  asked(): readonly { readonly organisation: string; readonly requestId: string; readonly found: number }[];
  close(): Promise<void>;
};

const TOKEN_LIFE_S = 599;
const MOST = 50;

export async function openDemographics(
  community: SandboxCommunity,
  port: number,
  launcherUrl: string,
): Promise<Demographics> {
  const origin = `http://localhost:${String(port)}`;
  const tokenEndpoint = `${origin}/oauth2/token`;
  const base = `${origin}/personal-demographics/FHIR/R4`;
  const tokens = new Map<string, number>();
  const asked: { organisation: string; requestId: string; found: number }[] = [];
  const people = nationalPatients(community);
  const app = express().disable('x-powered-by');
  app.use(express.urlencoded({ extended: false, limit: '16kb' }));
  tokenRoute(app, tokenEndpoint, launcherUrl, tokens);
  app.get('/personal-demographics/FHIR/R4/Patient', (request, response) => search(request, response, queryOf(request)));
  app.post('/personal-demographics/FHIR/R4/Patient/_search', (request, response) =>
    search(request, response, new URLSearchParams(request.body as Record<string, string>)),
  );
  app.get('/personal-demographics/FHIR/R4/Patient/:number', (request, response) => read(request, response));
  const server = createServer(app);
  await listen(server, port);
  return { base, tokenEndpoint, asked: () => [...asked], close: () => closeServer(server) };

  /** The headers the real one demands (NHS API platform); undefined once it has refused. */
  function askerOf(request: Request, response: Response): { organisation: string; requestId: string } | undefined {
    const token = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
    const organisation = request.get('nhsd-end-user-organisation-ods');
    const requestId = request.get('x-request-id');
    if ((tokens.get(token) ?? 0) < Date.now()) refuse(response, 401, 'login', 'Access Token is invalid or has expired');
    else if (!requestId || !organisation) refuse(response, 400, 'value', 'Missing X-Request-ID or organisation header');
    else return { organisation, requestId };
    return undefined;
  }

  /** By number; one that was superseded is answered with the record that lives on. */
  function read(request: Request, response: Response): void {
    const asker = askerOf(request, response);
    if (!asker) return;
    const patient = people.find(
      (one) => one.id === request.params['number'] || formerNumbersOf(one).includes(request.params['number'] as string),
    );
    if (!patient) return refuse(response, 404, 'not-found', 'Resource not found');
    response.set('x-request-id', asker.requestId).type('application/fhir+json').send(JSON.stringify(patient));
  }

  function search(request: Request, response: Response, query: URLSearchParams): void {
    const asker = askerOf(request, response);
    if (!asker) return;
    const { organisation, requestId } = asker;
    if (!query.get('family') || !query.get('birthdate'))
      return refuse(response, 400, 'required', 'Not enough search parameters');
    const found = searchPeople(people, query).slice(0, MOST);
    asked.push({ organisation, requestId, found: found.length });
    const entry = found.map(({ patient, score }) => ({
      fullUrl: `${base}/Patient/${String(patient.id)}`,
      search: { score },
      resource: patient,
    }));
    response.set('x-request-id', requestId).type('application/fhir+json');
    response.send(
      JSON.stringify({
        resourceType: 'Bundle',
        type: 'searchset',
        timestamp: new Date().toISOString(),
        total: entry.length,
        ...(entry.length > 0 && { entry }),
      }),
    );
  }
}

/** Application-restricted access: a JWT signed with RS512 by a key the launcher has published. */
function tokenRoute(app: Express, tokenEndpoint: string, launcherUrl: string, tokens: Map<string, number>): void {
  const keys = keysAt(`${launcherUrl}/.well-known/jwks.json`);
  app.post('/oauth2/token', async (request, response) => {
    const { client_assertion: assertion } = request.body as Record<string, string>;
    try {
      const kid = jsonwebtoken.decode(assertion ?? '', { complete: true })?.header.kid;
      const known = kid === undefined ? undefined : await keys(kid);
      if (!known || known.alg !== 'RS512') throw new Error('unknown key');
      jsonwebtoken.verify(assertion ?? '', known.key, { algorithms: ['RS512'], audience: tokenEndpoint });
    } catch {
      response.status(401).json({ error: 'invalid_client' });
      return;
    }
    const token = randomBytes(24).toString('base64url');
    tokens.set(token, Date.now() + TOKEN_LIFE_S * 1_000);
    // The real one writes the life as text.
    response.json({ access_token: token, token_type: 'Bearer', expires_in: String(TOKEN_LIFE_S) });
  });
}

function queryOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://localhost').searchParams;
}

function refuse(response: Response, status: number, issue: string, words: string): void {
  response
    .status(status)
    .type('application/fhir+json')
    .send(JSON.stringify(operationOutcome(issue, words)));
}
