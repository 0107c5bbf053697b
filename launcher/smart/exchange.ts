import * as oauth from 'oauth4webapi';
import { asObject, type Json } from '../../src/record/resource.ts';
import { CorridorError, type ErrorCode } from '../errors.ts';
import type { LaunchMember } from '../trust/community.ts';
import type { SmartDeps } from './deps.ts';
import type { Discovery } from './discover.ts';
import { clientAuthentication } from './client-authentication.ts';
import { checkIdToken, peekClaims, type IdClaims } from './id-token.ts';
import { type OutboundAnswer, OutboundTrouble } from './outbound.ts';
import type { Transaction } from './transaction.ts';

/** What the token endpoint answered, checked: the user's token and who the user is. */
export type Exchange = {
  readonly accessToken: string;
  readonly answer: { readonly [member: string]: unknown };
  readonly claims: IdClaims;
  readonly expiresInS: number;
  readonly granted: readonly string[];
};

export type Callback = { readonly state: string; readonly code: string; readonly iss?: string };

type Context = {
  readonly member: LaunchMember;
  readonly discovery: Discovery;
  readonly transaction: Transaction;
  readonly deps: SmartDeps;
  readonly signal: AbortSignal;
};

const LONGEST_TOKEN = 16_384;

/** The code for the user's token and the id_token, verified (smart.md 1.5, 1.6). oauth4webapi sends and judges; this maps. */
export async function exchangeCode(callback: Callback, context: Context): Promise<Exchange> {
  const { member, discovery, deps } = context;
  const client: oauth.Client = {
    client_id: member.launch.clientId,
    [oauth.clockTolerance]: deps.limits.clockToleranceS,
  };
  const { response, body } = await sendCode(callback, client, context);
  const idToken = body?.['id_token'];
  if (response.status === 200 && typeof idToken !== 'string') {
    const refused = body !== undefined && typeof body['access_token'] === 'string';
    throw new CorridorError(refused ? 'launch.no_identity' : 'token.invalid_response', 'no id_token');
  }
  const peeked = typeof idToken === 'string' ? peekClaims(idToken) : {};
  const server = serverFor(peeked['iss'], discovery, member);
  const tokens = await oauth
    .processAuthorizationCodeResponse(server, client, response, {
      requireIdToken: true,
      expectedNonce: expectedNonce(peeked, context),
    })
    .catch((cause: unknown) => {
      throw new CorridorError(codeOf(cause), whyOf(cause));
    });
  const claims = await checkIdToken({ server, response, tokens, client, member, deps, signal: context.signal });
  checkBearer(tokens);
  return {
    accessToken: tokens.access_token,
    answer: tokens,
    claims,
    expiresInS: clampLife(tokens.expires_in),
    granted: tokens.scope === undefined ? context.transaction.scopes : tokens.scope.split(' ').filter(Boolean),
  };
}

type Answer = { readonly response: Response; readonly body: Json | undefined };

async function sendCode(callback: Callback, client: oauth.Client, context: Context): Promise<Answer> {
  const { member, discovery, transaction, deps, signal } = context;
  let body: Json | undefined;
  try {
    const parameters = oauth.validateAuthResponse(
      discovery.server,
      client,
      new URLSearchParams({ ...callback }),
      callback.state,
    );
    const response = await oauth.authorizationCodeGrantRequest(
      discovery.server,
      client,
      clientAuthentication(member, discovery, deps),
      parameters,
      transaction.redirectUri,
      transaction.verifier,
      {
        signal,
        [oauth.allowInsecureRequests]: member.launch.allowLoopbackHttp,
        [oauth.customFetch]: async (url, init) => {
          const answer = await readTokenAnswer(
            await deps.outbound({
              member,
              url,
              method: 'POST',
              headers: init.headers,
              body: init.body as URLSearchParams,
              deadlineMs: deps.limits.exchangeMs,
              maxBytes: deps.limits.exchangeBytes,
              signal,
            }),
          );
          body = answer.body;
          return answer.response;
        },
      },
    );
    return { response, body };
  } catch (cause) {
    if (cause instanceof CorridorError) throw cause;
    const late = cause instanceof OutboundTrouble && cause.kind === 'timeout';
    throw new CorridorError(late ? 'discovery.timeout' : 'token.invalid_response', whyOf(cause));
  }
}

/** Real servers' small liberties (smart.md 1.12, rows 29 and 31), put right before the library judges. Redirects end here (row 28). */
export async function readTokenAnswer(response: OutboundAnswer): Promise<Answer> {
  if (response.status >= 300 && response.status < 400) throw new CorridorError('token.invalid_response', 'redirect');
  const text = await response.text();
  const body = asObject(parseJson(text));
  if (!body) throw new CorridorError('token.invalid_response', 'not a JSON object');
  const { expires_in: life, scope, ...rest } = body;
  const seconds = typeof life === 'string' && /^\d{1,9}$/.test(life) ? Number(life) : life;
  const fixed = {
    ...rest,
    ...(typeof seconds === 'number' && seconds > 0 && { expires_in: seconds }),
    ...(scope !== undefined && { scope: Array.isArray(scope) ? scope.join(' ') : scope }),
  };
  const headers = [...response.headers].map(([name, value]): [string, string] => [name, value]);
  return { response: new Response(JSON.stringify(fixed), { status: response.status, headers }), body: fixed };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as unknown;
  } catch (cause) {
    throw new CorridorError('token.invalid_response', `not JSON (${whyOf(cause)})`);
  }
}

/** The id_token may be issued in any of the names the member registered (`issuers`), and in no other (row 40). */
function serverFor(iss: unknown, { server }: Discovery, member: LaunchMember): Discovery['server'] {
  return typeof iss === 'string' && member.launch.issuers.includes(iss) ? { ...server, issuer: iss } : server;
}

/** A nonce that comes must be ours; that none comes is only forgiven where the community file says so (row 43). */
function expectedNonce(
  claims: { readonly [claim: string]: unknown },
  { member, transaction }: Context,
): string | typeof oauth.expectNoNonce {
  return member.launch.nonce === 'if-present' && claims['nonce'] === undefined
    ? oauth.expectNoNonce
    : transaction.nonce;
}

function checkBearer(tokens: oauth.TokenEndpointResponse): void {
  if (tokens.token_type !== 'bearer' || tokens.access_token.length > LONGEST_TOKEN)
    throw new CorridorError('token.invalid_response', 'token_type');
}

/** Row 31: five minutes when nothing is said, an hour at most. */
export function clampLife(seconds: number | undefined): number {
  return seconds === undefined ? 300 : Math.min(seconds, 3_600);
}

const OF_THE_ID_TOKEN: readonly string[] = [oauth.JWT_CLAIM_COMPARISON, oauth.JWT_TIMESTAMP_CHECK];

function codeOf(cause: unknown): ErrorCode {
  if (cause instanceof oauth.ResponseBodyError) {
    if (cause.error === 'invalid_client' || cause.error === 'unauthorized_client') return 'token.invalid_client';
    return cause.error === 'invalid_grant' ? 'token.invalid_grant' : 'token.invalid_response';
  }
  if (cause instanceof oauth.WWWAuthenticateChallengeError) return 'token.invalid_client';
  if (
    cause instanceof oauth.OperationProcessingError &&
    (OF_THE_ID_TOKEN.includes(cause.code ?? '') || /JWT|ID Token/.test(cause.message))
  )
    return 'idtoken.invalid';
  if (cause instanceof oauth.UnsupportedOperationError && /JWT|JWS|JWE|crit/.test(cause.message))
    return 'idtoken.invalid';
  return 'token.invalid_response';
}

/** The library's own words and code. Its `cause` is left behind: it holds the tokens and claims it complains about. */
export function whyOf(cause: unknown): string {
  if (cause instanceof OutboundTrouble) return cause.kind;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return cause instanceof oauth.OperationProcessingError ? `${code} ${cause.message}` : code;
}
