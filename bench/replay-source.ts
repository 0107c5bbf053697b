import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSyntheticRecord } from './synthetic-record.ts';

/**
 * A process of its own that plays a number of organisations' FHIR servers, each with an origin of its own as in life:
 * what a client holds per server (connections above all) must not be shared by all. Answers are serialised once and
 * replayed with a scripted delay each, so that what is measured is the launcher and not the making of test data.
 * Arguments: one JSON object. First line printed: a JSON array of their FHIR base addresses.
 */
type Script = {
  readonly sources: number;
  readonly resources: number;
  readonly delaysMs: readonly number[];
  readonly faults?: readonly ('down' | 'silent')[];
};

const script = JSON.parse(process.argv[2] ?? '{}') as Script;
const PAGE = 200;
const EMPTY = Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: 0 }));
const pages = new Map<string, readonly Buffer[]>();

for (let source = 0; source < script.sources; source++) {
  for (const [type, resources] of buildSyntheticRecord(source, Math.round(script.resources / script.sources))) {
    const total = resources.length;
    const chunks = Array.from({ length: Math.max(1, Math.ceil(total / PAGE)) }, (_, page) =>
      resources.slice(page * PAGE, (page + 1) * PAGE),
    );
    pages.set(
      `${source}/${type}`,
      chunks.map((chunk, page) => bundle(type, total, chunk, page + 1 < chunks.length ? page + 1 : undefined)),
    );
  }
}

const bases = await Promise.all(Array.from({ length: script.sources }, (_, source) => listen(source)));
console.log(JSON.stringify(bases));
process.once('SIGTERM', () => process.exit(0));

function listen(source: number): Promise<string> {
  const fault = script.faults?.[source];
  const server = createServer((request, response) => {
    request.resume();
    if (fault === 'silent') return;
    if (fault === 'down') return void response.destroy();
    const match = /^\/fhir\/([A-Za-z]+)\/(?:_search|page\/(\d+))$/.exec(request.url ?? '');
    const list = pages.get(`${source}/${match?.[1] ?? ''}`) ?? [EMPTY];
    setTimeout(
      () => send(response, list[Number(match?.[2] ?? 0)] ?? EMPTY),
      script.delaysMs[source % script.delaysMs.length] ?? 0,
    );
  });
  // As the launcher keeps its own: a run must not begin with new connections because the one before took long.
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`));
  });
}

function bundle(type: string, total: number, resources: readonly unknown[], next: number | undefined): Buffer {
  const link = next === undefined ? [] : [{ relation: 'next', url: `/fhir/${type}/page/${next}` }];
  const entry = resources.map((resource) => ({ resource, search: { mode: 'match' } }));
  return Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total, link, entry }));
}

function send(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, {
    'content-type': 'application/fhir+json',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}
