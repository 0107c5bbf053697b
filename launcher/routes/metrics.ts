import { Router } from 'express';
import { CorridorError } from '../errors.ts';
import { sameSecret } from './same-secret.ts';

export type MetricsDeps = { readonly contentType: string; text(): Promise<string>; readonly token: string | undefined };

/** Prometheus. It tells of organisations and counts, so a deployment that shows the port to others sets a token. */
export function metricsRoutes(deps: MetricsDeps): Router {
  const router = Router();
  router.get('/metrics', async (request, response) => {
    if (deps.token !== undefined && !sameSecret(request.get('authorization') ?? '', `Bearer ${deps.token}`)) {
      throw new CorridorError('request.forbidden', 'metrics without their token');
    }
    response.type(deps.contentType).send(await deps.text());
  });
  return router;
}
