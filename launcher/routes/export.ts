import { Router } from 'express';
import { asObject } from '../../src/record/resource.ts';
import { mayOpenDocuments } from '../access/redact.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import { refusedEvent, viewedEvent } from './access-trail.ts';
import { requireSession } from './bearer.ts';
import type { RecordRouteDeps } from './record.ts';

export type ExportRouteDeps = Pick<RecordRouteDeps, 'sessions' | 'decide' | 'ruleOf' | 'audit' | 'now'>;

/**
 * POST /api/export {as: "ips"}: may this reader take away, as one document, what the view shows? The policy is asked again,
 * for a grant of an hour ago is none; whoever may not open documents may not take one away; and it is in the audit before the
 * window makes the file. The document is put together where the record is: in the window. Nothing of it comes here.
 */
export function exportRoutes(deps: ExportRouteDeps): Router {
  const router = Router();
  router.post('/api/export', async (request, response) => {
    const { session } = await requireSession(request, deps.sessions);
    if (asObject(request.body)?.['as'] !== 'ips') throw new CorridorError('request.invalid', 'as');
    const ask = { kind: 'record' } as const;
    const permitted = await deps.decide(session, ask);
    if ('refused' in permitted && permitted.refused === true) {
      await deps.audit.record(refusedEvent(session, ask, permitted, deps.now()));
      throw new CorridorError(permitted.code, permitted.rule, { cause: permitted });
    }
    if (!mayOpenDocuments(deps.ruleOf(permitted))) {
      const refusal = { refused: true, rule: 'document', code: 'access.refused' } as const;
      await deps.audit.record(refusedEvent(session, ask, refusal, deps.now()));
      throw new CorridorError('access.refused', 'document');
    }
    const viewed = viewedEvent(permitted, deps.now());
    const exported: AuditEvent = { ...viewed, type: 'record.exported', detail: { ...viewed.detail, as: 'ips' } };
    await deps.audit.record(exported);
    response.setHeader('Cache-Control', 'no-store');
    response.json({ documentId: permitted.viewId, at: exported.at, author: session.context.home.ods });
  });
  return router;
}
