import * as oauth from 'oauth4webapi';
import { randomUUID } from 'node:crypto';
import { SourceTrouble } from '../../plugins/plugin.ts';
import type { LaunchContext } from '../smart/launch-context.ts';
import { actingExtensions } from './acting-extensions.ts';
import type { Community, CommunitySource, Role } from './community.ts';
import type { LauncherKeys } from './keys.ts';
import { createTokenCache, type TokenCache } from './token-cache.ts';

/**
 * SMART Backend Services to every source (smart.md 1.10), profile P1: the client assertion says who acts, in what role,
 * for which organisation, about whom and why. A token is only ever used for that user, role, purpose and patient.
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
  /** Drops what is kept for this source, user, role, purpose and patient. */
  forget(source: CommunitySource, context: LaunchContext, purpose: string): void;
};

export type SourceTokenDeps = {
  readonly community: Pick<Community, 'member' | 'roles'>;
  readonly keys: LauncherKeys;
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

type SmartB2b = Extract<CommunitySource['authorisation'], { profile: 'smart-b2b' }>;

export function createSourceTokens(deps: SourceTokenDeps): SourceTokens {
  const cache: TokenCache = createTokenCache(deps.limits.tokens, deps.now);
  return {
    token: async (source, context, purpose, signal, options) => {
      const { authorisation } = source;
      if (authorisation.profile !== 'smart-b2b') return undefined;
      const key = keyOf(source, authorisation, context, purpose);
      if (options?.fresh) cache.forget(key);
      return cache.get(key, () => askToken(authorisation, context, purpose, deps, signal), signal);
    },
    forget: (source, context, purpose) => {
      if (source.authorisation.profile === 'smart-b2b')
        cache.forget(keyOf(source, source.authorisation, context, purpose));
    },
  };
}

/** smart.md §5 row 81: a token of one user, patient or purpose can't serve another. JSON, so that no part can run into the next. */
function keyOf(source: CommunitySource, { scopes }: SmartB2b, context: LaunchContext, purpose: string): string {
  return JSON.stringify([
    source.id,
    scopes,
    context.user.key,
    context.home.ods,
    context.role,
    purpose,
    context.patient.nhsNumber,
  ]);
}

async function askToken(
  authorisation: SmartB2b,
  context: LaunchContext,
  purpose: string,
  deps: SourceTokenDeps,
  outer: AbortSignal,
) {
  const { tokenEndpoint, clientId, scopes, allowLoopbackHttp } = authorisation;
  const server: oauth.AuthorizationServer = { issuer: tokenEndpoint, token_endpoint: tokenEndpoint };
  const client: oauth.Client = { client_id: clientId };
  const deadline = AbortSignal.timeout(deps.limits.tokenMs);
  const signal = AbortSignal.any([outer, deadline]);
  try {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      assertion(tokenEndpoint, context, purpose, deps),
      { scope: scopes },
      {
        signal,
        [oauth.allowInsecureRequests]: allowLoopbackHttp,
        [oauth.customFetch]: (url, init) =>
          deps.send({
            url,
            allowLoopbackHttp,
            headers: init.headers,
            body: (init.body as URLSearchParams).toString(),
            signal,
          }),
      },
    );
    const answer = await oauth.processClientCredentialsResponse(server, client, response);
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

/** A new assertion with a new `jti` for every request (servers refuse one seen before), two minutes of life. */
function assertion(
  tokenEndpoint: string,
  context: LaunchContext,
  purpose: string,
  { keys, community }: SourceTokenDeps,
): oauth.ClientAuth {
  const role: Role | undefined = community.roles.find((candidate) => candidate.id === context.role);
  const organisation = community.member(context.home.ods);
  const { key, kid } = keys.signingKey();
  return oauth.PrivateKeyJwt(
    { key, kid },
    {
      [oauth.modifyAssertion]: (header, payload) => {
        header['typ'] = 'JWT';
        delete payload['nbf'];
        Object.assign(payload, {
          aud: tokenEndpoint,
          exp: Number(payload['iat']) + 120,
          jti: randomUUID(),
          extensions: actingExtensions(context, purpose, {
            roleName: role?.name ?? context.role,
            organisationName: organisation?.name ?? context.home.ods,
          }),
        });
      },
    },
  );
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
