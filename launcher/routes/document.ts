import { Router, type Request, type Response } from 'express';
import type { SourceDocument } from '../../plugins/plugin.ts';
import { asObject } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { PermittedRequest, RecordAsk } from '../access/decision.ts';
import type { KeptDocument, OpenedDocument } from '../audit/as-seen/seen-document.ts';
import { CorridorError } from '../errors.ts';
import { openDocument } from '../federation/open-document.ts';
import { openItem } from '../federation/open-item.ts';
import { openUnread } from '../federation/open-unread.ts';
import { refusedEvent, viewedEvent } from './access-trail.ts';
import { requireSession } from './bearer.ts';
import { watchReader } from './event-stream.ts';
import { fetchPermitted } from './fetch-permitted.ts';
import type { RecordRouteDeps } from './record.ts';
import { sniffDocument, type SniffedDocument } from './sniff-document.ts';

export type DocumentRouteDeps = Omit<RecordRouteDeps, 'federate' | 'seen'> & {
  /** Keeps what is sent, so that it can be shown again (safety H44). Left out: nothing is kept. */
  readonly seen?: { document(opened: OpenedDocument): Promise<KeptDocument | undefined> } | undefined;
};

type DocumentRequest = Extract<RecordAsk, { kind: 'document' }> & {
  readonly type: string;
  readonly id: string;
  readonly part?: number;
};

/** What is fetched of a source, and how it goes out. */
type Opening<T> = {
  readonly path: string;
  /** Types that may be asked for in this way. */
  readonly types: RegExp;
  readonly open: (...args: Parameters<typeof openDocument>) => Promise<T>;
  /** Looks at it before anything is audited as seen, and says what is sent and how. */
  prepare(opened: T): Prepared;
  /** The item is looked at elsewhere: the audit says where, and there is nothing of it here to keep. */
  readonly opened?: 'at-source';
};

type Prepared = SniffedDocument & { readonly bytes: Uint8Array; send(response: Response): void };

const DOCUMENT: Opening<SourceDocument> = {
  path: '/api/document',
  types: /^(?:DocumentReference|DiagnosticReport|Composition)$/,
  open: openDocument,
  prepare: (document) => {
    const kind = sniffDocument(document.bytes, document.contentType);
    if (!kind) throw new CorridorError('document.refused', 'no known kind of document');
    return { ...kind, bytes: document.bytes, send: (response) => sendDocument(document, kind, response) };
  },
};

const UNREAD: Opening<string> = {
  path: '/api/unread',
  types: /^[A-Z][A-Za-z]{1,63}$/,
  open: openUnread,
  prepare: (text) => ({
    contentType: 'text/plain; charset=utf-8',
    extension: 'txt',
    bytes: Buffer.from(text),
    send: (response) => sendText(text, response),
  }),
};

const ITEM: Opening<string> = {
  path: '/api/item',
  types: /^[A-Z][A-Za-z]{1,63}$/,
  open: openItem,
  prepare: (address) => ({
    contentType: 'application/json',
    extension: 'json',
    bytes: Buffer.from(address),
    send: (response) => void response.setHeader('Cache-Control', 'no-store').json({ address }),
  }),
  opened: 'at-source',
};

/**
 * POST /api/document {source, reference, part?}: the bytes of one document; POST /api/unread: what nobody here could read, as its
 * source holds it. Both through the same checks as a record. The body of the request must have been parsed as JSON by
 * then; the reference is in the body, never in an address.
 */
export function documentRoutes(deps: DocumentRouteDeps): Router {
  const router = Router();
  route(router, DOCUMENT, deps);
  route(router, UNREAD, deps);
  route(router, ITEM, deps);
  return router;
}

function route<T>(router: Router, opening: Opening<T>, deps: DocumentRouteDeps): void {
  router.post(opening.path, async (request, response) => {
    const ask = parseAsk(request, opening.types);
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
        throw new CorridorError(permitted.code, permitted.rule, { cause: permitted });
      }
      const prepared = opening.prepare(await fetchPermitted(ask, opening.open, permitted, deps, reader.signal));
      const { opened } = opening;
      const kept = opened === undefined ? await keep(prepared, ask, permitted, deps) : undefined;
      const viewed = viewedEvent(permitted, deps.now(), kept);
      await deps.audit.record(opened === undefined ? viewed : { ...viewed, detail: { ...viewed.detail, opened } });
      if (reader.signal.aborted) response.destroy();
      else prepared.send(response);
    } finally {
      reader.end();
      place.close();
    }
  });
}

/** Sealed before it is audited, and audited before it leaves: the event of the opening has the hash of what was sent. */
async function keep(
  { contentType, extension, bytes }: Prepared,
  { source, reference, part }: DocumentRequest,
  { viewId, session }: PermittedRequest,
  { seen }: DocumentRouteDeps,
): Promise<KeptDocument | undefined> {
  const { nhsNumber } = session.context.patient;
  const asked = { source, reference, ...(part !== undefined && { part }) };
  return seen?.document({ viewId, nhsNumber, ...asked, contentType, extension, bytes });
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

/** Plain text and nothing else, whatever markup it holds. */
function sendText(text: string, response: Response): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Content-Disposition', 'attachment; filename="unread.txt"');
  response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'; frame-ancestors 'none'");
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  response.status(200).end(text);
}

function parseAsk(request: Request, types: RegExp): DocumentRequest {
  const body = asObject(request.body);
  const source = body?.['source'];
  const reference = body?.['reference'];
  if (typeof source !== 'string' || !/^[A-Za-z0-9._-]{1,64}$/.test(source))
    throw new CorridorError('request.invalid', 'source');
  if (typeof reference !== 'string') throw new CorridorError('request.invalid', 'reference');
  const part = body?.['part'];
  if (part !== undefined && !(Number.isInteger(part) && (part as number) >= 0 && (part as number) < 100))
    throw new CorridorError('request.invalid', 'part');
  const [, type, id] = /^([A-Za-z]{1,64})\/([A-Za-z0-9\-.|~ ]{1,64})$/.exec(reference) ?? [];
  if (type === undefined || id === undefined || !types.test(type))
    throw new CorridorError('request.invalid', 'reference');
  const asked = { kind: 'document', source: source as SourceId, reference, type, id } as const;
  return typeof part === 'number' ? { ...asked, part } : asked;
}
