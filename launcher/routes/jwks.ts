import { Router } from 'express';
import type { LauncherKeys } from '../trust/keys.ts';

/** GET /.well-known/jwks.json: what EPRs and sources check our assertions with. Public by nature, so any origin may read it. */
export function jwksRoutes(keys: Pick<LauncherKeys, 'jwks'>): Router {
  const router = Router();
  router.get('/.well-known/jwks.json', (_request, response) => {
    response.setHeader('Cache-Control', 'public, max-age=300');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.json(keys.jwks);
  });
  return router;
}
