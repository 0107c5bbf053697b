import { Router, type Request, type Response } from 'express';
import type { SourceDocument } from '../../plugins/plugin.ts';
import { asObject } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { PermittedRequest, RecordAsk } from '../access/decision.ts';
import { createRedaction, mayOpenDocuments } from '../access/redact.ts';
import { CorridorError } from '../errors.ts';
import { openDocument } from '../federation/open-document.ts';
import { askedEvent, documentEvents } from '../federation/trail.ts';
import { refusedEvent, viewedEvent } from './access-trail.ts';
import { requireSession } from './bearer.ts';
import { watchReader } from './event-stream.ts';
import type { RecordRouteDeps } from './record.ts';
import { sniffDocument, type SniffedDocument } from './sniff-document.ts';

export type DocumentRouteDeps = Omit<RecordRouteDeps, 'federate'>;

type DocumentRequest = Extract<RecordAsk, { kind: 'document' }> & { readonly type: string; readonly id: string };

/**
 * POST /api/document {source, reference}: the bytes of one document, through the same checks as a record. The body of
 * the request must have been parsed as JSON by then; the reference is in the body, never in an address.
 */
export function documentRoutes(deps: DocumentRouteDeps): Router {
  const router = Router();
  router.post('/api/document', async (request, response) => {
    const ask = parseAsk(request);
    const { bearer, session } = await requireSession(request, deps.sessions);
    const place = deps.streams.open(session.context.user.key);
    const watch = {
      isLive: () => deps.sessions.isLive(bearer),
      everyMs: deps.recheckMs ?? 1_000,
      stopping: place.signal,
    };
    const reader = watchReader(response, watch);
    try {
      const permitted = await deps.decide(session, { kind: 'document', source: ask.source, reference: ask.reference });
      if ('refused' in permitted && permitted.refused === true) {
        await deps.audit.record(refusedEvent(session, ask, permitted, deps.now()));
        throw new CorridorError(permitted.code, permitted.rule);
      }
      const document = await fetchPermitted(ask, permitted, deps, reader.signal);
      const kind = sniffDocument(document.bytes);
      if (!kind) throw new CorridorError('document.refused', 'no known kind of document');
      await deps.audit.record(viewedEvent(permitted, deps.now()));
      if (reader.signal.aborted) response.destroy();
      else sendDocument(document, kind, response);
    } finally {
      reader.end();
      place.close();
    }
  });
  return router;
}

async function fetchPermitted(
  ask: DocumentRequest,
  permitted: PermittedRequest,
  deps: DocumentRouteDeps,
  signal: AbortSignal,
): Promise<SourceDocument> {
  const rule = deps.ruleOf(permitted);
  const located = await deps.locate(permitted);
  if (!located.sources.includes(ask.source) || !mayOpenDocuments(rule)) {
    const refusal = { refused: true, rule: 'document', code: 'access.refused' } as const;
    await deps.audit.record(refusedEvent(permitted.session, ask, refusal, deps.now()));
    throw new CorridorError('access.refused', 'document');
  }
  const connection = deps.federation.open(ask.source, located);
  const sections = permitted.permitted.get(ask.source) ?? [];
  const asked = { source: ask.source, sections, connection, request: located };
  await deps.audit.record(askedEvent(asked, deps.now()));
  const federation = { ...deps.federation, redactor: createRedaction(rule) };
  try {
    const document = await openDocument(ask, located, connection, federation, signal);
    await deps.audit.recordAll(documentEvents(asked, undefined, deps.now()));
    return document;
  } catch (error) {
    const code = signal.aborted ? 'request.abandoned' : error instanceof CorridorError ? error.code : 'server.fault';
    await deps.audit.recordAll(documentEvents(asked, code, deps.now()));
    throw error;
  }
}

/** Inert wherever it is opened: sandboxed, never sniffed again, offered as a file under a name of ours. */
function sendDocument(document: SourceDocument, sniffed: SniffedDocument, response: Response): void {
  response.setHeader('Content-Type', sniffed.contentType);
  response.setHeader('Content-Disposition', `attachment; filename="document.${sniffed.extension}"`);
  response.setHeader(
    'Content-Security-Policy',
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  );
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  response.status(200).end(Buffer.from(document.bytes));
}

function parseAsk(request: Request): DocumentRequest {
  const body = asObject(request.body);
  const source = body?.['source'];
  const reference = body?.['reference'];
  if (typeof source !== 'string' || !/^[A-Za-z0-9._-]{1,64}$/.test(source))
    throw new CorridorError('request.invalid', 'source');
  if (typeof reference !== 'string') throw new CorridorError('request.invalid', 'reference');
  const [, type, id] = /^(DocumentReference|DiagnosticReport)\/([A-Za-z0-9\-.|~ ]{1,64})$/.exec(reference) ?? [];
  if (type === undefined || id === undefined) throw new CorridorError('request.invalid', 'reference');
  return { kind: 'document', source: source as SourceId, reference, type, id };
}
