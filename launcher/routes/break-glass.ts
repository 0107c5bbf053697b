import { Router, type Request } from 'express';
import { asObject } from '../../src/record/resource.ts';
import type { BreakGlass } from '../access/break-glass.ts';
import type { Refusal } from '../access/decision.ts';
import { CorridorError } from '../errors.ts';
import { requireSession, type SessionFinder } from './bearer.ts';

/** Shorter is no reason; longer is a record. */
const REASON_CHARS = { least: 10, most: 500 };

/**
 * POST /api/break-glass {reason, confirmed: true}: opens what an objection or a restricted label holds back from this
 * view, for a while, if the policy lets this role (safety H26). The reader asks for the record again afterwards.
 */
export function breakGlassRoutes(deps: { readonly sessions: SessionFinder; readonly breakGlass: BreakGlass }): Router {
  const router = Router();
  router.post('/api/break-glass', async (request, response) => {
    const reason = parseReason(request);
    const { session } = await requireSession(request, deps.sessions);
    const opened = await deps.breakGlass.open(session, reason);
    if ('rule' in opened) {
      const refusal: Refusal = { refused: true, rule: opened.rule, code: 'access.refused', words: opened.words };
      throw new CorridorError('access.refused', opened.rule, { cause: refusal });
    }
    response.setHeader('Cache-Control', 'no-store');
    response.json({ until: opened.until });
  });
  return router;
}

/** Confirmed by saying so, not by leaving something out. */
function parseReason(request: Request): string {
  const body = asObject(request.body);
  const reason = body?.['reason'];
  if (body?.['confirmed'] !== true || typeof reason !== 'string') throw new CorridorError('request.invalid', 'reason');
  const text = reason.trim();
  if (text.length < REASON_CHARS.least || text.length > REASON_CHARS.most)
    throw new CorridorError('request.invalid', 'reason');
  return text;
}
