import express from 'express';
import type { NextFunction, Request, Response, Router } from 'express';
import { asString } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { AuditEvent, AuditLog } from './audit-log.ts';
import type { Bearer } from './authorisation.ts';
import { capabilityStatement } from './capability.ts';
import type { FhirStore } from './fhir-store.ts';
import { breakOff, matchesIn, pageSizeIn, sendGarbage, slowly } from './misbehaviour.ts';
import type { ModeSwitch } from './modes.ts';
import { FhirTrouble, operationOutcome } from './outcome.ts';
import { openPages, ownerOf } from './pages.ts';
import type { Rest } from './pages.ts';
import { reachOf } from './reach.ts';
import { READABLE_TYPES } from './scopes.ts';
import { includedWith, runSearch } from './search.ts';
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
  readonly audit: AuditLog;
  readonly startedAt: string;
  bearer(token: string): Promise<Bearer | undefined>;
};

/** What one request is doing, gathered for the audit log as it becomes known. */
type Asked = {
  bearer?: Bearer;
  action: 'read' | 'search';
  type: string;
  patientId?: string | undefined;
  returned: number;
};

/** FHIR R4 of one EPR: read, search by GET and POST, paging. */
export function fhirServer(options: FhirServerOptions): Router {
  const { base, store, modes } = options;
  const types = options.types ?? READABLE_TYPES;
  const pages = openPages();
  const router = express.Router();
  router.use((_request, response, next) => {
    // A component without a launcher asks from another origin; the bearer, not the origin, is what opens the record.
    response.set({
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization, content-type, accept',
    });
    next();
  });
  router.options('/{*any}', (_request, response) => void response.sendStatus(204));
  router.get(
    '/.well-known/smart-configuration',
    (_request, response) => void response.json(smartConfiguration(options.issuer)),
  );
  router.get('/metadata', (_request, response) => {
    sendFhir(
      response,
      JSON.stringify(capabilityStatement(base, options.issuer, options.name, types, options.startedAt)),
    );
  });
  router.use(slowly(modes), express.text({ type: 'application/x-www-form-urlencoded', limit: '64kb' }));
  router.get('/', (request, response) => answer(options, request, response, async (asked) => nextPage(request, asked)));
  router.post('/:type/_search', (request, response) => {
    const parameters = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    for (const [name, value] of queryOf(request)) parameters.append(name, value);
    return answer(options, request, response, async (asked) => search(asked, request.params['type'] ?? '', parameters));
  });
  router.get('/:type', (request, response) =>
    answer(options, request, response, async (asked) => search(asked, request.params['type'] ?? '', queryOf(request))),
  );
  router.get('/:type/:id', (request, response) =>
    answer(options, request, response, async (asked) =>
      read(request, response, asked, request.params['type'] ?? '', request.params['id'] ?? ''),
    ),
  );
  router.use((_request: Request, response: Response) =>
    sendTrouble(response, new FhirTrouble(404, 'not-supported', 'there is nothing at this address')),
  );
  router.use((error: unknown, _request: Request, response: Response, _next: NextFunction) =>
    sendTrouble(response, error),
  );
  return router;

  function search(asked: Asked, type: string, parameters: URLSearchParams): Body {
    asked.type = type;
    asked.patientId = parameters.get('patient') ?? parameters.get('subject') ?? undefined;
    const bearer = known(asked);
    checkType(type, types);
    const reach = reachOf(bearer, type, 'search', store);
    const found = runSearch(store, type, parameters);
    const matches = matchesIn(modes, type, found.matches.filter(reach), store);
    return page(asked, { search: found, matches, offset: 0, owner: ownerOf(bearer) });
  }

  function nextPage(request: Request, asked: Asked): Body {
    const rest = pages.find(queryOf(request).get('_page') ?? '', ownerOf(known(asked)));
    if (!rest) throw new FhirTrouble(410, 'expired', 'this page is no longer held; search again');
    asked.type = rest.search.type;
    const body = page(asked, rest);
    return modes.mode === 'half-way' ? { ...body, broken: true } : body;
  }

  function page(asked: Asked, rest: Rest): Body {
    const { search: asking, matches, offset } = rest;
    const bearer = known(asked);
    const size = pageSizeIn(modes, asking.count, matches.length);
    const shown = asking.summaryOnly ? [] : matches.slice(offset, offset + size);
    const more = !asking.summaryOnly && offset + size < matches.length;
    const brought = includedWith(store, shown, asking.includes).filter((resource) => mayBring(bearer, resource));
    asked.returned = shown.length + brought.length;
    const self = offset === 0 ? `${base}/${asking.type}?${asking.understood}` : `${base}?_page=${pages.keep(rest)}`;
    const next = more
      ? [{ relation: 'next', url: `${base}?_page=${pages.keep({ ...rest, offset: offset + size })}` }]
      : [];
    const entry = [
      ...shown.map((resource) => bundleEntry(base, resource, 'match')),
      ...brought.map((resource) => bundleEntry(base, resource, 'include')),
    ];
    const bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      total: matches.length,
      link: [{ relation: 'self', url: self }, ...next],
    };
    return { text: JSON.stringify(entry.length > 0 ? { ...bundle, entry } : bundle) };
  }

  function mayBring(bearer: Bearer, resource: Resource): boolean {
    try {
      return reachOf(bearer, resource.resourceType, 'read', store)(resource);
    } catch (error) {
      // What the scopes do not allow is simply not brought along; the matches themselves were allowed.
      if (error instanceof FhirTrouble) return false;
      throw error;
    }
  }

  function read(request: Request, response: Response, asked: Asked, type: string, id: string): Body {
    asked.action = 'read';
    asked.type = type;
    const bearer = known(asked);
    checkType(type, types);
    const reach = reachOf(bearer, type, 'read', store);
    const resource = store.read(type, id);
    // The same answer for “not there” and “not yours”, so that ids can't be tried out.
    if (!resource || !reach(resource)) throw new FhirTrouble(404, 'not-found', `no such ${type}`);
    if (type === 'Patient') asked.patientId = id;
    asked.returned = 1;
    return type === 'Binary' && !wantsFhir(request)
      ? { bytes: rawBinary(resource, response) }
      : { text: JSON.stringify(resource) };
  }
}

type Body = { readonly text: string; readonly broken?: boolean } | { readonly bytes: Buffer };

async function answer(
  options: FhirServerOptions,
  request: Request,
  response: Response,
  work: (asked: Asked) => Promise<Body>,
): Promise<void> {
  const asked: Asked = { action: 'search', type: '', returned: 0 };
  try {
    const bearer = await options.bearer(/^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '');
    if (bearer) asked.bearer = bearer;
    const body = await work(asked);
    if ('bytes' in body) response.send(body.bytes);
    else if (options.modes.mode === 'garbage') sendGarbage(response, body.text);
    else if (body.broken === true) breakOff(response, body.text);
    else sendFhir(response, body.text);
  } catch (error) {
    sendTrouble(response, error);
  }
  options.audit.record(auditEvent(request, response, asked));
}

function auditEvent(request: Request, response: Response, asked: Asked): AuditEvent {
  return {
    at: new Date().toISOString(),
    requestId: request.get('x-request-id'),
    clientId: asked.bearer?.clientId,
    userId: asked.bearer?.chart?.user.practitionerId,
    acting: asked.bearer?.acting,
    action: asked.action,
    type: asked.type,
    patientId: asked.patientId,
    status: response.statusCode,
    returned: asked.returned,
  };
}

function known(asked: Asked): Bearer {
  if (!asked.bearer) throw new FhirTrouble(401, 'login', 'a valid bearer token is needed');
  return asked.bearer;
}

function checkType(type: string, types: readonly string[]): void {
  if (!types.includes(type)) throw new FhirTrouble(404, 'not-supported', 'this server does not hold that type');
}

function bundleEntry(base: string, resource: Resource, mode: 'match' | 'include'): object {
  return { fullUrl: `${base}/${resource.resourceType}/${String(resource.id)}`, resource, search: { mode } };
}

function queryOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://localhost').searchParams;
}

function wantsFhir(request: Request): boolean {
  return /application\/(fhir\+json|json)/.test(request.get('accept') ?? '');
}

/** R4 §2.39 Binary: anything but a FHIR format is answered with the bytes themselves. */
function rawBinary(binary: Resource, response: Response): Buffer {
  // Not through express, which would add a character set the document never claimed.
  response.setHeader('content-type', asString(binary['contentType']) ?? 'application/octet-stream');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', 'sandbox');
  return Buffer.from(asString(binary['data']) ?? '', 'base64');
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
