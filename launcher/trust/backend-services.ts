import * as oauth from 'oauth4webapi';
import { SourceTrouble } from '../../plugins/plugin.ts';
import type { LaunchContext } from '../smart/launch-context.ts';
import { buildActingContext } from './acting-context.ts';
import type { Community, CommunitySource } from './community.ts';
import type { LauncherKeys } from './keys.ts';
import { askAsLauncher, askByProfile, type TokenProfile } from './token-asks.ts';
import { createTokenCache, type TokenCache } from './token-cache.ts';

/**
 * SMART Backend Services to every source (smart.md 1.10), by the source's profile: what is asked with says who acts, in
 * what role, for which organisation, about whom and why. A token is only ever used for that user, role, purpose and patient.
 */
export type SourceTokens = {
  /** `undefined` for a source that asks for no authorisation. `fresh`: the source has just refused the one before. */
  token(
    source: CommunitySource,
    context: LaunchContext,
    purpose: string,
    signal: AbortSignal,
    options?: { readonly fresh?: boolean },
  ): Promise<string | undefined>;
  /** The launcher's own: in nobody's name, for what concerns no patient, and for no more than `scope`. */
  own(
    source: CommunitySource,
    scope: string,
    signal: AbortSignal,
    options?: { readonly fresh?: boolean },
  ): Promise<string | undefined>;
  /** Drops what is kept for this source, user, role, purpose and patient. */
  forget(source: CommunitySource, context: LaunchContext, purpose: string): void;
};

export type SourceTokenDeps = {
  readonly community: Pick<Community, 'member' | 'roles'>;
  readonly keys: LauncherKeys;
  /** Public address of the launcher, which signs for its users under that name. */
  readonly issuer?: string;
  /** Sends one request, judges no answer; `trust/token-request.ts` in the launcher. */
  readonly send: TokenRequest;
  readonly limits: { readonly tokenMs: number; readonly tokens: number };
  readonly now: () => number;
};

/** Bounded by bytes, no redirect followed, only to the address given. */
export type TokenRequest = (request: {
  readonly url: string;
  readonly allowLoopbackHttp: boolean;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  readonly signal: AbortSignal;
}) => Promise<Response>;

export function createSourceTokens(deps: SourceTokenDeps): SourceTokens {
  const cache: TokenCache = createTokenCache(deps.limits.tokens, deps.now);
  return {
    token: async (source, context, purpose, signal, options) => {
      const { authorisation } = source;
      if (!('tokenEndpoint' in authorisation)) return undefined;
      const key = keyOf(source, authorisation, context, purpose);
      if (options?.fresh) cache.forget(key);
      const acting = buildActingContext(context, purpose, deps.community);
      const { keys, issuer = '', now } = deps;
      const ask: AskWith = (server, sending) =>
        askByProfile({ source, authorisation, acting, keys, issuer, now }, server, sending);
      return cache.get(key, () => askToken(authorisation, scopesOf(authorisation), ask, deps, signal), signal);
    },
    own: async (source, scope, signal, options) => {
      const { authorisation } = source;
      if (authorisation.profile === 'none') return undefined;
      // The other profiles answer to somebody's name alone.
      if (authorisation.profile !== 'smart-b2b') throw new SourceTrouble('source.auth', 'no sign-in of our own here');
      const key = JSON.stringify([source.id, scope]);
      if (options?.fresh) cache.forget(key);
      const ask: AskWith = (server, sending) => askAsLauncher(authorisation, scope, deps.keys, server, sending);
      return cache.get(key, () => askToken(authorisation, scope, ask, deps, signal), signal);
    },
    forget: (source, context, purpose) => {
      if ('tokenEndpoint' in source.authorisation) cache.forget(keyOf(source, source.authorisation, context, purpose));
    },
  };
}

/** smart.md §5 row 81: a token of one user, patient or purpose can't serve another. JSON, so that no part can run into the next. */
function keyOf(source: CommunitySource, authorisation: TokenProfile, context: LaunchContext, purpose: string): string {
  return JSON.stringify([
    source.id,
    scopesOf(authorisation),
    context.user.key,
    context.home.ods,
    context.role,
    purpose,
    context.patient.nhsNumber,
  ]);
}

/** The API platform grants what the application was registered for: nothing is asked for by name. */
function scopesOf(authorisation: TokenProfile): string {
  return authorisation.profile === 'nhsd-headers' ? '*' : authorisation.scopes;
}

type AskWith = (
  server: oauth.AuthorizationServer,
  sending: oauth.TokenEndpointRequestOptions,
) => Promise<oauth.TokenEndpointResponse>;

async function askToken(
  authorisation: TokenProfile,
  scopes: string,
  ask: AskWith,
  deps: SourceTokenDeps,
  outer: AbortSignal,
) {
  const { tokenEndpoint, allowLoopbackHttp } = authorisation;
  const server: oauth.AuthorizationServer = { issuer: tokenEndpoint, token_endpoint: tokenEndpoint };
  const deadline = AbortSignal.timeout(deps.limits.tokenMs);
  const signal = AbortSignal.any([outer, deadline]);
  try {
    const answer = await ask(server, {
      signal,
      [oauth.allowInsecureRequests]: allowLoopbackHttp,
      [oauth.customFetch]: async (url, init) =>
        withNumericLife(
          await deps.send({
            url,
            allowLoopbackHttp,
            headers: init.headers,
            body: (init.body as URLSearchParams).toString(),
            signal,
          }),
        ),
    });
    if (answer.token_type !== 'bearer') throw new SourceTrouble('source.auth', 'token type');
    checkScope(answer.scope, scopes);
    return { token: answer.access_token, lifeS: answer.expires_in ?? 300 };
  } catch (cause) {
    if (outer.aborted || cause instanceof SourceTrouble) throw cause;
    // The library's `cause` holds the answer it complains about, so only its code goes on.
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no code';
    throw new SourceTrouble(deadline.aborted ? 'source.timeout' : codeOf(cause), `token: ${why}`);
  }
}

/** NHS England's platform, among others, writes `expires_in` as text (smart.md 1.12, row 31). */
async function withNumericLife(response: Response): Promise<Response> {
  const text = await response.text();
  const mended = text.replace(/("expires_in"\s*:\s*)"(\d{1,9})"/, '$1$2');
  const empty = [101, 204, 205, 304].includes(response.status);
  return new Response(empty ? null : mended, { status: response.status, headers: response.headers });
}

/** Row 80: a token for something nobody asked for is not used. Narrower is the source's right. */
function checkScope(granted: string | undefined, asked: string): void {
  const wanted = new Set(asked.split(' '));
  const extra = granted?.split(' ').filter((scope) => scope !== '' && !wanted.has(scope) && !asked.includes('*')) ?? [];
  if (extra.length > 0) throw new SourceTrouble('source.auth', 'scope');
}

function codeOf(cause: unknown): 'source.auth' | 'source.unavailable' {
  const answered =
    cause instanceof oauth.ResponseBodyError ||
    cause instanceof oauth.WWWAuthenticateChallengeError ||
    cause instanceof oauth.OperationProcessingError ||
    cause instanceof oauth.UnsupportedOperationError;
  return answered ? 'source.auth' : 'source.unavailable';
}
