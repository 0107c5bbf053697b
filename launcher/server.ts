import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { constants } from 'node:zlib';
import compression from 'compression';
import express, { type Express, type Router } from 'express';
import { type Options as RateOptions, rateLimit } from 'express-rate-limit';
import type { Config } from './config.ts';
import { CorridorError } from './errors.ts';
import type { Log } from './observability/log.ts';
import type { Metrics } from './observability/metrics.ts';
import { watchRequests } from './observability/request-watch.ts';
import { assetRoutes } from './routes/assets.ts';
import { sdkRoutes } from './routes/sdk.ts';
import { answerErrors, notFound } from './routes/errors.ts';
import { sameOriginOnly } from './routes/same-origin.ts';
import type { PluginSockets } from './routes/plugin-sockets.ts';
import { type HealthDeps, healthRoutes } from './routes/health.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { securityHeaders, type SecurityOptions } from './routes/security-headers.ts';

export type Services = {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Origin browsers reach us at. */
  readonly publicOrigin: string;
  readonly security: SecurityOptions;
  readonly health: HealthDeps;
  /** The routes of the product, in the order they are tried; `main.ts` gives each its services. */
  readonly routers: readonly Router[];
  /** The pages under /admin, which look after themselves: mounted before what is only for the product's own pages. */
  readonly admin: Router;
  /** The plugins' own addresses; each says who may call it, so they too stand before what is only for our own pages. */
  readonly plugins?: Router;
  readonly sockets?: PluginSockets;
  /** Where sources tell what has happened; they prove themselves, and come from no page of ours. */
  readonly notify?: Router;
  /** What goes on beside the requests, until the launcher stops. */
  readonly background?: { stop(): Promise<void> };
};

/** Mounts everything, listens to nothing. The order is the order in which a request is judged. */
export function createServer(services: Services): Express {
  const { config, log, metrics } = services;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.server.trustProxy);
  app.set('query parser', 'simple');
  app.use(watchRequests(log, metrics));
  app.use(securityHeaders(services.security));
  app.use(healthRoutes(services.health));
  app.use(metricsRoutes({ contentType: metrics.contentType, text: () => metrics.text(), token: config.metrics.token }));
  app.use(limitTo(config.server.requestsPerMinute));
  app.use('/launch', limitTo(config.server.launchesPerMinute));
  const [stream, others] = [compression({ ...FAST, filter: isText }), compression({ filter: isText })];
  app.use((request, response, next) => {
    (request.path === '/api/record' ? stream : others)(request, response, next);
  });
  app.use('/assets', assetRoutes(config.server.assets ?? built('dist/app')));
  app.use('/sdk', sdkRoutes(built('dist/sdk')));
  app.use(services.admin);
  if (services.plugins) app.use(services.plugins);
  if (services.notify) app.use(services.notify);
  app.use(express.json({ limit: config.server.bodyBytes, strict: true, type: 'application/json' }));
  app.use(sameOriginOnly(services.publicOrigin));
  for (const router of services.routers) app.use(router);
  app.use(notFound);
  app.use(answerErrors(log));
  return app;
}

/** A folder of this package, whether this file runs as a source or from `dist/launcher`. */
function built(name: string): string {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder)) && folder.pathname !== '/') folder = new URL('..', folder);
  return fileURLToPath(new URL(name, folder));
}

/**
 * The record stream is compressed while its reader waits, a line at a time, and is so repetitive that the first level
 * takes nine tenths away; the usual level costs several times as much for a little more. A small window keeps the memory
 * of a view small.
 */
const FAST = {
  level: constants.Z_BEST_SPEED,
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 18 } },
};
/** Text of ours and the record stream; documents are compressed by nature. */
const TEXT = /^(?:application\/(?:x-ndjson|json|javascript)|text\/(?:javascript|css|html|plain)|image\/svg)/;

function isText(_request: unknown, response: ServerResponse): boolean {
  return TEXT.test(String(response.getHeader('content-type')));
}

function limitTo(perMinute: number): ReturnType<typeof rateLimit> {
  const options: Partial<RateOptions> = {
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: false,
    legacyHeaders: false,
    // A header nobody asked us to believe is ignored, not complained about (`server.trustProxy`).
    validate: { xForwardedForHeader: false },
    handler: (_request, _response, next) => next(new CorridorError('request.too_many', 'requests of one address')),
  };
  return rateLimit(options);
}
