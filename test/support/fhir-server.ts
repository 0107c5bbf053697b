import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Resource } from '../../src/record/resource.ts';

/** What came in, as far as a test may want to know. */
export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly form: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Set once the answer has ended or the asker has gone. */
  gone: boolean;
};

export type Script = (seen: Seen, response: ServerResponse, usual: () => void) => void | Promise<void>;

export type FhirServer = {
  readonly base: string;
  readonly seen: Seen[];
  /** Takes over every request to a path that starts with this, e.g. `Observation` or `Patient/_search`. */
  script(start: string, script: Script): void;
  close(): Promise<void>;
};

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';

/**
 * A small real FHIR R4 server on loopback with search, paging and totals, whose every answer a test can replace. It is
 * deliberately literal: it answers what it is told, and keeps what it was asked.
 */
export async function openFhirServer(resources: readonly Resource[], prefix = '/fhir'): Promise<FhirServer> {
  const scripts: { start: string; script: Script }[] = [];
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void receive(request).then(async (one) => {
      seen.push(one);
      response.on('close', () => (one.gone = true));
      const usual = (): void => answer(one, response, resources, base, prefix);
      const scripted = scripts.findLast(({ start }) => one.path.slice(prefix.length + 1).startsWith(start));
      if (scripted) await scripted.script(one, response, usual);
      else usual();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  const port = await listen(server);
  const base = `http://127.0.0.1:${port}${prefix}`;
  return {
    base,
    seen,
    script: (start, script) => void scripts.push({ start, script }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

export function sendJson(response: ServerResponse, value: unknown, status = 200, type = 'application/fhir+json'): void {
  response.writeHead(status, { 'content-type': type });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
}

export function bundle(resources: readonly unknown[], more: { total?: number; next?: string } = {}): object {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(more.total !== undefined && { total: more.total }),
    link: more.next === undefined ? [] : [{ relation: 'next', url: more.next }],
    entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
  };
}

export function person(id: string, nhsNumber: string, more: object = {}): Resource {
  const name = [{ family: 'Ashdown', given: ['Wren'] }];
  return {
    resourceType: 'Patient',
    id,
    identifier: [{ system: NHS, value: nhsNumber }],
    name,
    birthDate: '1948-03-07',
    ...more,
  };
}

export function allergy(id: string, patientId: string, substance = 'Penicillin', more: object = {}): Resource {
  return {
    resourceType: 'AllergyIntolerance',
    id,
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text: substance },
    patient: { reference: `Patient/${patientId}` },
    ...more,
  };
}

function answer(
  seen: Seen,
  response: ServerResponse,
  resources: readonly Resource[],
  base: string,
  prefix: string,
): void {
  const rest = seen.path.slice(prefix.length + 1);
  const search = /^([A-Za-z]+)\/_search$/.exec(rest)?.[1];
  const asked = search === undefined ? new URLSearchParams(seen.query) : seen.form;
  const type = search ?? asked.get('_type') ?? '';
  if (search === undefined && rest !== '') return readOne(rest, response, resources);
  const matches = resources.filter((resource) => resource.resourceType === type && matchesAsk(resource, asked));
  const count = Number(asked.get('_count') ?? 50);
  const offset = Number(asked.get('_offset') ?? 0);
  const page = matches.slice(offset, offset + count);
  const left = offset + count < matches.length;
  const next = new URLSearchParams(asked);
  next.set('_type', type);
  next.set('_offset', String(offset + count));
  sendJson(response, bundle(page, { total: matches.length, ...(left && { next: `${base}?${next.toString()}` }) }));
}

function readOne(path: string, response: ServerResponse, resources: readonly Resource[]): void {
  const found = resources.find((resource) => `${resource.resourceType}/${String(resource.id)}` === path);
  if (found) sendJson(response, found);
  else sendJson(response, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] }, 404);
}

function matchesAsk(resource: Resource, asked: URLSearchParams): boolean {
  const ids = asked.get('_id')?.split(',');
  if (ids && !ids.includes(String(resource.id))) return false;
  const identifier = asked.get('identifier');
  if (identifier !== null)
    return JSON.stringify(resource['identifier'] ?? []).includes(`"${identifier.split('|')[1] ?? ''}"`);
  const patient = asked.get('patient');
  // Anything without a subject, or with a wrong one planted by a test, is answered to whoever asks.
  return patient === null || !('otherPatient' in resource) || patient === resource['otherPatient'];
}

async function receive(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  return {
    method: request.method ?? '',
    path,
    query,
    form: new URLSearchParams(Buffer.concat(chunks).toString()),
    headers: request.headers,
    gone: false,
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
