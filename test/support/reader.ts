import compression from 'compression';
import express from 'express';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { AuditEvent } from '../../launcher/audit/audit.ts';
import type { Refusal } from '../../launcher/access/decision.ts';
import { CorridorError } from '../../launcher/errors.ts';
import { federate } from '../../launcher/federation/federate.ts';
import { documentRoutes, type DocumentRouteDeps } from '../../launcher/routes/document.ts';
import { recordRoutes, type RecordRouteDeps } from '../../launcher/routes/record.ts';
import type { SourceId } from '../../src/record/source.ts';
import { parseEvent, type RecordEvent } from '../../src/record/wire.ts';
import { openBench, permittedOf, RULE, sessionOf } from './federation.ts';

export const BEARER = 'a-bearer-that-only-the-test-knows';

export type ReaderBench = {
  readonly url: string;
  readonly events: AuditEvent[];
  /** The session's life, switched by a test. */
  readonly state: { live: boolean; streams: number };
  close(): Promise<void>;
};

/** The two routes of a reader behind a real server, with the compression and the body reader the launcher mounts. */
export async function openReaderBench(
  bases: { readonly [id: string]: string },
  more: Partial<RecordRouteDeps> & {
    readonly bench?: Parameters<typeof openBench>[1];
    readonly refusal?: Refusal;
    /** Where items open in their own EPR. */
    readonly chart?: NonNullable<RecordRouteDeps['federation']['chartAddress']>;
    readonly seenDocuments?: DocumentRouteDeps['seen'];
  } = {},
): Promise<ReaderBench> {
  const { bench: benchOptions, refusal, seenDocuments, chart, ...own } = more;
  const bench = openBench(bases, benchOptions);
  const state = { live: true, streams: 0 };
  const stopping = new AbortController();
  const deps: RecordRouteDeps = {
    sessions: {
      find: (bearer) => Promise.resolve(state.live && bearer === BEARER ? sessionOf() : undefined),
      isLive: () => Promise.resolve(state.live),
    },
    streams: {
      open: () => {
        if (state.streams >= 2) throw new CorridorError('request.too_many');
        state.streams += 1;
        return { signal: stopping.signal, close: () => void (state.streams -= 1) };
      },
    },
    decide: (_session, ask) =>
      Promise.resolve(
        refusal ?? permittedOf({ sources: Object.keys(bases), ask, sections: ['allergies', 'documents'] }),
      ),
    locate: (request) => ({ request, sources: Object.keys(bases) as SourceId[] }) as never,
    ruleOf: () => RULE,
    sourceIds: () => Object.keys(bases) as SourceId[],
    federate,
    federation: { ...bench.deps, ...(chart && { chartAddress: chart }) },
    audit: bench.deps.audit,
    now: () => Date.now(),
    recheckMs: 50,
    ...own,
  };
  const app = express();
  app.use(compression({ filter: () => true }));
  app.use(express.json());
  app.use(recordRoutes(deps), documentRoutes({ ...deps, seen: seenDocuments }));
  app.use((error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const known = error instanceof CorridorError ? error : new CorridorError('server.fault', String(error));
    response.status(known.entry.status).json({ error: known.code });
  });
  const server = createServer(app);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    events: bench.events,
    state,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await bench.agents.close();
    },
  };
}

export function askRecord(bench: ReaderBench, query = '', init: RequestInit = {}): Promise<Response> {
  return fetch(`${bench.url}/api/record${query}`, { headers: { authorization: `Bearer ${BEARER}` }, ...init });
}

export function askDocument(
  bench: ReaderBench,
  body: unknown,
  bearer = BEARER,
  path = '/api/document',
): Promise<Response> {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  return fetch(`${bench.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

export function readEvents(text: string): RecordEvent[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const event = parseEvent(line);
      if ('error' in event) throw new Error(event.error);
      return event;
    });
}
