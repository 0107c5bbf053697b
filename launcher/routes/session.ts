import { Router } from 'express';
import type { Sessions } from '../session/sessions.ts';

/** POST /api/session/end: the view closes itself. Says the same whether or not there was something to end. */
export function sessionRoutes(sessions: Pick<Sessions, 'end'>): Router {
  const router = Router();
  router.post('/api/session/end', async (request, response) => {
    const bearer = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(request.get('authorization') ?? '')?.[1];
    if (bearer !== undefined) await sessions.end(bearer);
    response.status(204).end();
  });
  return router;
}
