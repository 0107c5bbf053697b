import express from 'express';
import type { NextFunction, Request, Response, Router } from 'express';
import type { ActingGate } from './acting.ts';
import { auditEvent } from './asked.ts';
import type { Asked } from './asked.ts';
import type { AuditLog } from './audit-log.ts';
import type { Bearer } from './bearer.ts';
import { capabilityStatement } from './capability.ts';
import { FhirAnswers } from './fhir-answers.ts';
import type { Body } from './fhir-answers.ts';
import type { FhirStore } from './fhir-store.ts';
import { breakOff, sendGarbage, slowly } from './misbehaviour.ts';
import type { ModeSwitch } from './modes.ts';
import { FhirTrouble, operationOutcome } from './outcome.ts';
import { READABLE_TYPES } from './scopes.ts';
import { smartConfiguration } from './smart-configuration.ts';

export type FhirServerOptions = {
  /** `http://localhost:8410/fhir` */
  readonly base: string;
  readonly issuer: string;
  readonly name: string;
  readonly store: FhirStore;
  /** FHIR types this EPR can be asked for. */
  readonly types?: readonly string[];
  readonly modes: ModeSwitch;
  /** Whether it can be searched by when something changed. */
  readonly byChange?: boolean;
  readonly audit: AuditLog;
  readonly startedAt: string;
  /** Organisation this EPR belongs to, as its audit names it. */
  readonly ods: string;
  readonly gate: ActingGate;
  readonly bearer: (token: string) => Promise<Bearer | undefined>;
};

type Work = (request: Request, asked: Asked) => Body;

/** FHIR R4 of one EPR over HTTP: read, search by GET and POST, paging, what everyone may know of the server. */
export function fhirServer(options: FhirServerOptions): Router {
  const types = options.types ?? READABLE_TYPES;
  const answers = new FhirAnswers({ ...options, types });
  const router = express.Router();
  const handle = (work: Work) => (request: Request, response: Response) => answer(options, request, response, work);
  router.use(openHeaders);
  router.options('/{*any}', (_request, response) => void response.sendStatus(204));
  router.get(
    '/.well-known/smart-configuration',
    (_request, response) => void response.json(smartConfiguration(options.issuer)),
  );
  router.get('/metadata', (_request, response) => {
    sendFhir(
      response,
      JSON.stringify(capabilityStatement(options.base, options.issuer, options.name, types, options.startedAt)),
    );
  });
  router.use(slowly(options.modes), express.text({ type: 'application/x-www-form-urlencoded', limit: '64kb' }));
  router.get(
    '/',
    handle((request, asked) => answers.nextPage(asked, queryOf(request).get('_page') ?? '')),
  );
  router.post(
    '/:type/_search',
    handle((request, asked) => answers.search(asked, parameter(request, 'type'), formOf(request))),
  );
  router.get(
    '/:type',
    handle((request, asked) => answers.search(asked, parameter(request, 'type'), queryOf(request))),
  );
  router.get(
    '/:type/:id',
    handle((request, asked) =>
      answers.read(asked, parameter(request, 'type'), parameter(request, 'id'), wantsFhir(request)),
    ),
  );
  router.use((_request: Request, response: Response) =>
    sendTrouble(response, new FhirTrouble(404, 'not-supported', 'there is nothing at this address')),
  );
  router.use((error: unknown, _request: Request, response: Response, _next: NextFunction) =>
    sendTrouble(response, error),
  );
  return router;
}

async function answer(options: FhirServerOptions, request: Request, response: Response, work: Work): Promise<void> {
  const asked: Asked = { action: 'search', type: '', returned: 0 };
  try {
    const token = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
    const bearer = await options.bearer(token);
    if (bearer) asked.bearer = bearer;
    await options.gate.admit(request, asked);
    send(options.modes, response, work(request, asked));
  } catch (error) {
    sendTrouble(response, error);
  }
  options.audit.record(auditEvent(request, response, asked, { ods: options.ods, name: options.name }));
}

function send(modes: ModeSwitch, response: Response, body: Body): void {
  if ('bytes' in body) sendBytes(response, body);
  else if (modes.mode === 'garbage') sendGarbage(response, body.text);
  else if (body.broken === true) breakOff(response, body.text);
  else sendFhir(response, body.text);
}

/** A component without a launcher asks from another origin; the bearer, not the origin, is what opens the record. */
function openHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.set({
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization, content-type, accept',
  });
  next();
}

function parameter(request: Request, name: string): string {
  return String(request.params[name] ?? '');
}

function queryOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://localhost').searchParams;
}

/** R4 §3.1.1.1: parameters of a POST search may stand in the body, in the address, or in both. */
function formOf(request: Request): URLSearchParams {
  const parameters = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
  for (const [name, value] of queryOf(request)) parameters.append(name, value);
  return parameters;
}

function wantsFhir(request: Request): boolean {
  return /application\/(fhir\+json|json)/.test(request.get('accept') ?? '');
}

function sendBytes(response: Response, body: { readonly bytes: Buffer; readonly contentType: string }): void {
  // Not through express, which would add a character set the document never claimed.
  response.setHeader('content-type', body.contentType);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', 'sandbox');
  response.send(body.bytes);
}

function sendFhir(response: Response, text: string): void {
  response.type('application/fhir+json').send(text);
}

function sendTrouble(response: Response, error: unknown): void {
  const trouble =
    error instanceof FhirTrouble ? error : new FhirTrouble(500, 'exception', 'the sandbox’s FHIR server failed');
  if (trouble.status === 401) response.set('www-authenticate', 'Bearer');
  response
    .status(trouble.status)
    .type('application/fhir+json')
    .send(JSON.stringify(operationOutcome(trouble.issue, trouble.message)));
}
