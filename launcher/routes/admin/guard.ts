import type { RequestHandler, Request } from 'express';
import { rateLimit } from 'express-rate-limit';
import { CorridorError } from '../../errors.ts';
import { sameSecret } from '../same-secret.ts';
import { ADMIN_POLICY } from './layout.ts';

export type GuardOptions = {
  /** What the pages ask for. Without one there are none. */
  readonly token: string | undefined;
  /** Loud choice: the pages also answer callers that are not on this machine. */
  readonly beyondLoopback: boolean;
};

const ATTEMPTS = 10;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?$/;
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

/**
 * Before anything of the pages: are there any, does the caller sit at this machine, and does it know the secret. A
 * browser asks its user for it (Basic; the name given is only a name), a program sends it as a bearer.
 */
export function adminGuard({ token, beyondLoopback }: GuardOptions): readonly RequestHandler[] {
  const placed: RequestHandler = (request, _response, next) => {
    if (token === undefined || !(beyondLoopback || isHere(request)))
      throw new CorridorError('request.not_found', 'admin');
    next();
  };
  const attempts = rateLimit({
    windowMs: 60_000,
    limit: ATTEMPTS,
    standardHeaders: false,
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => response.statusCode !== 401,
    validate: { xForwardedForHeader: false },
    // Guessing is stopped for everyone: whoever guesses from many addresses is one guesser.
    keyGenerator: () => 'admin',
    handler: (_request, _response, next) => next(new CorridorError('request.too_many', 'guesses at the admin secret')),
  });
  const known: RequestHandler = (request, response, next) => {
    const { secret, name } = credentials(request);
    if (token === undefined || !sameSecret(secret, token)) {
      response.setHeader('WWW-Authenticate', 'Basic realm="Corridor rules", charset="UTF-8"');
      throw new CorridorError('admin.secret');
    }
    response.locals['adminName'] = name;
    response.setHeader('Content-Security-Policy', ADMIN_POLICY);
    // Without an origin a browser's own form can't be told from another site's.
    response.setHeader('Referrer-Policy', 'same-origin');
    response.setHeader('Vary', 'Authorization');
    next();
  };
  return [placed, attempts, known, ownFormsOnly];
}

/** A browser sends the secret along with whatever a page makes it send: a change must come from one of our own pages. */
const ownFormsOnly: RequestHandler = (request, _response, next) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const origin = request.get('origin');
    const site = request.get('sec-fetch-site');
    const host = request.get('host');
    const ours = origin === undefined || origin === `http://${host ?? ''}` || origin === `https://${host ?? ''}`;
    if (!ours || (site !== undefined && site !== 'same-origin') || (origin === undefined && isBasic(request)))
      throw new CorridorError('request.forbidden', 'a request of another origin');
  }
  next();
};

/** A proxy's requests come from this machine too, and so may those of a name that leads here: neither is somebody here. */
function isHere(request: Request): boolean {
  return (
    LOOPBACK.test(request.socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(request.get('host') ?? '') &&
    FORWARDED.every((header) => request.get(header) === undefined)
  );
}

function isBasic(request: Request): boolean {
  return /^Basic /i.test(request.get('authorization') ?? '');
}

function credentials(request: Request): { readonly secret: string; readonly name: string } {
  const given = request.get('authorization') ?? '';
  const bearer = /^Bearer (\S+)$/i.exec(given)?.[1];
  if (bearer !== undefined) return { secret: bearer, name: 'bearer' };
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(given)?.[1] ?? '';
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return { secret: text.slice(colon + 1), name: text.slice(0, Math.max(colon, 0)).slice(0, 64) };
}
