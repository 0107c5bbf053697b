import { Router } from 'express';

/** POST /api/session/end: the view closes itself. Says the same whether or not there was something to end. */
export function sessionRoutes(sessions: { end(bearer: string): Promise<boolean> }): Router {
  const router = Router();
  router.post('/api/session/end', async (request, response) => {
    const bearer = /^Bearer ((?:team\.)?[A-Za-z0-9_-]{43})$/i.exec(request.get('authorization') ?? '')?.[1];
    if (bearer !== undefined) await sessions.end(bearer);
    response.status(204).end();
  });
  return router;
}
