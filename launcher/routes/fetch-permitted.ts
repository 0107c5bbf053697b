import type { PermittedRequest, RecordAsk } from '../access/decision.ts';
import { createRedaction, mayOpenDocuments } from '../access/redact.ts';
import { CorridorError } from '../errors.ts';
import type { openDocument } from '../federation/open-document.ts';
import { askedEvent, documentEvents } from '../federation/trail.ts';
import { refusedEvent } from './access-trail.ts';
import type { RecordRouteDeps } from './record.ts';

type PermittedAsk = Extract<RecordAsk, { kind: 'document' }> & {
  readonly type: string;
  readonly id: string;
  readonly part?: number;
};

type FetchDeps = Pick<RecordRouteDeps, 'ruleOf' | 'locate' | 'federation' | 'audit' | 'now'>;

/**
 * One thing of one source, for a reader who was let ask for it: asked for, read and judged anew, and both the asking and
 * its end in the audit.
 */
export async function fetchPermitted<T>(
  ask: PermittedAsk,
  open: (...args: Parameters<typeof openDocument>) => Promise<T>,
  permitted: PermittedRequest,
  deps: FetchDeps,
  signal: AbortSignal,
): Promise<T> {
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
    const opened = await open(ask, located, connection, federation, signal);
    await deps.audit.recordAll(documentEvents(asked, undefined, deps.now()));
    return opened;
  } catch (error) {
    const code = signal.aborted ? 'request.abandoned' : error instanceof CorridorError ? error.code : 'server.fault';
    await deps.audit.recordAll(documentEvents(asked, code, deps.now()));
    throw error;
  }
}
