import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import type { EprPlugin } from '../../plugins/plugin.ts';
import { PluginTrouble } from '../../plugins/plugin.ts';
import type {
  PluginAnswer,
  PluginRequest,
  PluginRoute,
  PluginSession,
  RouterTools,
} from '../../plugins/router-face.ts';
import type { LaunchContext } from '../smart/launch-context.ts';
import { CorridorError, ERRORS, type ErrorCode } from '../errors.ts';
import { requireSession, type SessionFinder } from './bearer.ts';
import { sameOriginOnly } from './same-origin.ts';
import { sendLines } from './send-lines.ts';
import { untilGone } from './until-gone.ts';

export type PluginRouteDeps = {
  readonly plugins: readonly EprPlugin[];
  toolsOf(plugin: EprPlugin): RouterTools;
  readonly sessions: SessionFinder;
  readonly streams: { open(userKey: string): { readonly signal: AbortSignal; close(): void } };
  readonly publicOrigin: string;
  readonly limits: { readonly bodyBytes: number; readonly requestMs: number; readonly recheckMs: number };
};

/**
 * The plugins' own addresses, `/plugins/<id>/…`. Their bodies have the launcher's limit, their time its deadline, their
 * errors its table; who may call which is said by the route (`plugins/router-face.ts`).
 */
export function pluginRoutes(deps: PluginRouteDeps): Router {
  const router = Router();
  for (const plugin of deps.plugins) {
    if (!plugin.router) continue;
    const tools = deps.toolsOf(plugin);
    for (const route of plugin.router.routes) mount(router, `/plugins/${plugin.id}${route.path}`, route, tools, deps);
  }
  return router;
}

function mount(router: Router, path: string, route: PluginRoute, tools: RouterTools, deps: PluginRouteDeps): void {
  const before = [allowOrigins(route, tools), ...readers(route, deps)];
  const answer: RequestHandler = async (request, response) => {
    const found = route.caller === 'page' ? await requireSession(request, deps.sessions) : undefined;
    const gone = untilGone(response);
    const session = found && sessionOf(found.session.context);
    try {
      const asked = askedOf(request, route, gone, session);
      const given = await within(route.handle(asked, tools), deps.limits.requestMs);
      if (!('lines' in given)) return send(response, given, route);
      if (!found) throw new CorridorError('server.fault', 'lines are for our own page only');
      await sendLines(response, given, {
        ...deps,
        isLive: () => deps.sessions.isLive(found.bearer),
        userKey: found.session.context.user.key,
      });
    } catch (cause) {
      throw asCorridorError(cause);
    }
  };
  const own = route.caller === 'page' ? [sameOriginOnly(deps.publicOrigin)] : [];
  if (route.cors !== undefined)
    router.options(path, allowOrigins(route, tools), (_request, response) => void response.sendStatus(204));
  if (route.method === 'GET') router.get(path, ...own, ...before, answer);
  if (route.method === 'POST') router.post(path, ...own, ...before, answer);
  if (route.method === 'DELETE') router.delete(path, ...own, ...before, answer);
}

function readers({ body }: PluginRoute, { limits }: PluginRouteDeps): RequestHandler[] {
  const limit = limits.bodyBytes;
  if (body === 'json')
    return [express.json({ limit, strict: true, type: ['application/json', 'application/fhir+json'] })];
  if (body === 'form') return [express.urlencoded({ limit, extended: false, parameterLimit: 100 })];
  if (body === 'form-or-json')
    return [
      express.json({ limit, strict: true, type: ['application/json', 'application/fhir+json'] }),
      express.urlencoded({ limit, extended: false, parameterLimit: 100 }),
    ];
  if (body === 'text')
    return [express.text({ limit, type: ['text/*', 'application/xml', 'application/jwt', 'application/soap+xml'] })];
  return [];
}

/** Named origins only, and never with credentials: a plugin's route knows nobody by a cookie. */
function allowOrigins({ cors }: PluginRoute, tools: RouterTools): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin');
    if (cors === undefined || origin === undefined) return next();
    response.vary('Origin');
    if (cors !== 'any' && !cors(tools).includes(origin)) return next();
    response.setHeader('Access-Control-Allow-Origin', cors === 'any' ? '*' : origin);
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
    response.setHeader('Access-Control-Max-Age', '600');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    next();
  };
}

function askedOf(
  request: Request,
  { body }: PluginRoute,
  signal: AbortSignal,
  session: PluginSession | undefined,
): PluginRequest {
  const names = Object.entries(request.query as { readonly [name: string]: unknown });
  const certificate = request.get('x-client-certificate-sha256');
  return {
    parameters: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
    query: Object.fromEntries(names.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
    repeated: names.flatMap(([name, value]) => (typeof value === 'string' ? [] : [name])),
    header: (name) => request.get(name),
    body: body === undefined ? undefined : (request.body as unknown),
    // Only a proxy that is trusted may say so (`server.trustProxy`).
    ...(certificate !== undefined && request.app.get('trust proxy') !== 0 && { clientCertificate: certificate }),
    ...(session && { session }),
    signal,
  };
}

function sessionOf({ launchId, home, user, role, assurance }: LaunchContext): PluginSession {
  const { key, name, sdsUserId, sdsRoleProfileId, professionalId } = user;
  const known = {
    key,
    ...(sdsRoleProfileId !== undefined && { sdsRoleProfileId }),
    ...(professionalId && { professionalId }),
    ...(assurance && { assurance }),
  };
  const same = {
    id: key,
    name,
    role,
    ...(sdsUserId !== undefined && { sdsUserId }),
    assurance: 'oidc',
    known,
  } as const;
  return { launchId, ods: home.ods, userKey: key, user: same };
}

function send(response: Response, answer: Exclude<PluginAnswer, { lines: unknown }>, { caller }: PluginRoute): void {
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if ('see' in answer) {
    if (caller !== 'browser') throw new CorridorError('server.fault', 'a redirect for a program');
    response.redirect(303, answer.see);
    return;
  }
  response.status(answer.status ?? ('nothing' in answer ? 204 : 200));
  if ('nothing' in answer) response.end();
  else if ('json' in answer) response.json(answer.json);
  else response.type(answer.contentType ?? 'text/plain').send(answer.text);
}

async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new CorridorError('server.busy', 'a plugin took too long')), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A plugin's refusal by its code; a code that is not in the table is a fault of the plugin. */
function asCorridorError(cause: unknown): unknown {
  if (!(cause instanceof PluginTrouble)) return cause;
  return Object.hasOwn(ERRORS, cause.code)
    ? new CorridorError(cause.code as ErrorCode, cause.message, { cause })
    : new CorridorError('server.fault', `a plugin's code ${cause.code}`, { cause });
}
