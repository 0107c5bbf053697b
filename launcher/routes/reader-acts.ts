import { Router } from 'express';
import { asObject } from '../../src/record/resource.ts';
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

/** POST /api/act {act, view?}: the window says that it printed, saved or was given another patient. Who and whom the session says. */
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
    const { context } = session;
    const broken = (await deps.emergency?.(session)) !== undefined;
    await deps.audit.record({
      type,
      at: new Date(deps.now()).toISOString(),
      outcome: 'success',
      launchId: context.launchId,
      ...(view !== undefined && { viewId: view }),
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
