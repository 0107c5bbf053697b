import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** The support number of this request: made here, never taken from the caller, so it is safe to log and to show. */
export function requestIdOf(response: Response): string {
  const { requestId } = response.locals as { requestId?: unknown };
  return typeof requestId === 'string' ? requestId : 'none';
}

/** Gives each request its number, and logs and counts how it ended: the route's pattern, never the address asked for. */
export function watchRequests(log: Log, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const requestId = randomUUID();
    response.locals['requestId'] = requestId;
    response.setHeader('X-Correlation-ID', requestId);
    response.once('close', () => {
      const tookMs = Math.round(performance.now() - started);
      const route = routeOf(request);
      const method = METHODS.has(request.method) ? request.method : 'other';
      const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED;
      metrics.request(method, route, status, tookMs / 1_000);
      log.info('request.done', { requestId, method, route, status, tookMs });
    });
    next();
  };
}

/** What proxies log when the caller went away before the answer ended. */
const CLIENT_CLOSED = 499;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

function routeOf(request: Request): string {
  const route: unknown = request.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  if (typeof path === 'string') return `${request.baseUrl}${path}`;
  return request.baseUrl === '/assets' || request.baseUrl === '/sdk' ? request.baseUrl : 'unmatched';
}
