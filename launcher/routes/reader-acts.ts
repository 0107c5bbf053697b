import { Router } from 'express';
import { asObject, type Json } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { Audit, AuditEvent } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { Session } from '../session/session.ts';
import { requireSession, type SessionFinder } from './bearer.ts';

export type ReaderActsDeps = {
  readonly sessions: SessionFinder;
  readonly audit: Audit;
  /** Until when this view has broken the glass: what is printed then was seen in an emergency. */
  readonly emergency?: (session: Session) => Promise<string | undefined>;
  now(): number;
};

/** What a reader does in the window, which no other request tells of. */
const ACTS: { readonly [act: string]: AuditEvent['type'] } = {
  printed: 'record.printed',
  exported: 'record.exported',
  'context-changed': 'context.changed',
};

/**
 * POST /api/act {act, view?, source?, reference?}: the window says that it printed, saved or was given another patient;
 * with a source and a reference, that it was one document. Who and whom the session says.
 */
export function readerActRoutes(deps: ReaderActsDeps): Router {
  const router = Router();
  router.post('/api/act', async (request, response) => {
    const { session } = await requireSession(request, deps.sessions);
    const body = asObject(request.body);
    const act = body?.['act'];
    const view = body?.['view'];
    const type = typeof act === 'string' && Object.hasOwn(ACTS, act) ? ACTS[act] : undefined;
    if (!type || (view !== undefined && (typeof view !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(view))))
      throw new CorridorError('request.invalid', 'act');
    const document = parseDocument(body);
    const change = act === 'context-changed' ? parseChange(body) : undefined;
    const { context } = session;
    const broken = (await deps.emergency?.(session)) !== undefined;
    await deps.audit.record({
      type,
      at: new Date(deps.now()).toISOString(),
      outcome: 'success',
      launchId: context.launchId,
      ...(view !== undefined && { viewId: view }),
      ...document,
      ...(change && { detail: change }),
      user: context.user.key,
      userName: context.user.name,
      role: context.role,
      organisation: context.home.ods,
      purpose: broken ? 'break-glass' : session.purpose,
      nhsNumber: context.patient.nhsNumber,
    });
    response.status(204).end();
  });
  return router;
}

/** Both epochs and why (plugins.md §5 rule 12): numbers and one word of a list. */
function parseChange(
  body: Json | undefined,
): { readonly from: number; readonly to: number; readonly why: string } | undefined {
  const { from, to, why } = body ?? {};
  if (from === undefined && to === undefined && why === undefined) return undefined;
  if (!isEpoch(from) || !isEpoch(to) || typeof why !== 'string' || !/^[a-z-]{1,20}$/.test(why))
    throw new CorridorError('request.invalid', 'change');
  return { from, to, why };
}

function isEpoch(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Which document it was: its source and its place there, as `/api/document` takes them; neither is a word of the record. */
function parseDocument(body: Json | undefined): Pick<AuditEvent, 'source' | 'detail'> {
  const source = body?.['source'];
  const reference = body?.['reference'];
  if (source === undefined && reference === undefined) return {};
  if (typeof source !== 'string' || !/^[A-Za-z0-9._-]{1,64}$/.test(source))
    throw new CorridorError('request.invalid', 'source');
  if (typeof reference !== 'string' || !/^[A-Z][A-Za-z]{1,63}\/[A-Za-z0-9\-.|~ ]{1,64}$/.test(reference))
    throw new CorridorError('request.invalid', 'reference');
  return { source: source as SourceId, detail: { reference } };
}
