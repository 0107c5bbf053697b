import * as oauth from 'oauth4webapi';
import { asString } from '../../src/record/resource.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { LaunchMember } from '../trust/community.ts';
import { clientAuthentication } from './client-authentication.ts';
import type { SmartDeps } from './deps.ts';
import type { Discovery } from './discover.ts';
import { clampLife, type Exchange, readTokenAnswer } from './exchange.ts';
import { peekClaims } from './id-token.ts';
import { hashOf } from './transaction.ts';

/**
 * Whether the EPR still vouches for its user while the view is open (smart.md 1.7): a refresh token is used and rotated, an
 * access token is asked after (RFC 7662). Both stay sealed in the launcher's store, never in the browser, and whoever takes
 * them out is the only one: two windows, or two launchers, never use one refresh token twice (row 101).
 */
type Kept = {
  readonly launchId: string;
  readonly ods: OdsCode;
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly patientId?: string;
  readonly sub: string;
  readonly scopes: readonly string[];
  /** When the access token was got and when it ends. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** When there is nothing left to keep. */
  readonly lastMs: number;
};

export type Keeping =
  /** `untilMs`: the user is let in until then, by a new token. */
  | { readonly state: 'kept'; readonly untilMs?: number }
  /** The EPR says no, or says something else than before: the view is over. */
  | { readonly state: 'revoked'; readonly code: 'token.revoked' | 'token.changed'; readonly why: string }
  /** Nothing is kept, somebody else is asking, or the EPR does not answer: the view lasts as long as it would anyway. */
  | { readonly state: 'unknown' };

const PURPOSE = 'kept-launch';

/** Nothing to wait for where the EPR offers neither a refresh token nor introspection: `undefined`. */
export function keepTokens(
  launchId: string,
  exchange: Exchange,
  member: LaunchMember,
  { server }: Discovery,
  deps: SmartDeps,
): Promise<boolean> | undefined {
  const refreshToken = asString(exchange.answer['refresh_token']);
  if (deps.keepsMs === undefined) return undefined;
  if (refreshToken === undefined && server.introspection_endpoint === undefined) return undefined;
  const nowMs = deps.now();
  const patientId = patientIn(exchange.answer);
  const kept: Kept = {
    launchId,
    ods: member.ods,
    accessToken: exchange.accessToken,
    ...(refreshToken !== undefined && refreshToken.length <= 16_384 && { refreshToken }),
    ...(patientId !== undefined && { patientId }),
    sub: exchange.claims.sub,
    scopes: exchange.granted,
    fromMs: nowMs,
    untilMs: nowMs + exchange.expiresInS * 1_000,
    lastMs: nowMs + deps.keepsMs,
  };
  return save(kept, deps);
}

/** Asks the EPR, once at a time for each launch. Never throws for what an EPR does or says. */
export async function keepLaunch(launchId: string, deps: SmartDeps, signal: AbortSignal): Promise<Keeping> {
  const kept = await take(launchId, deps);
  if (!kept) return { state: 'unknown' };
  const member = deps.community.member(kept.ods) as LaunchMember | undefined;
  if (!member?.launch) return { state: 'revoked', code: 'token.revoked', why: 'no longer a member' };
  const judged = await judge(kept, member, deps, signal);
  if (judged && 'revoked' in judged) return judged.revoked;
  await save(judged?.kept ?? kept, deps);
  if (!judged) return { state: 'unknown' };
  return { state: 'kept', ...(judged.kept !== kept && { untilMs: judged.kept.untilMs }) };
}

async function judge(
  kept: Kept,
  member: LaunchMember,
  deps: SmartDeps,
  signal: AbortSignal,
): Promise<Judged | undefined> {
  try {
    const discovery = await deps.discover(member, signal);
    const at = { kept, member, discovery, deps, signal };
    return isDue(kept, deps.now()) ? await refresh(at) : await introspect(at);
  } catch {
    // An EPR that is slow, down or unreadable has not said no.
    return undefined;
  }
}

/** The view is over: nothing of the EPR's stays. */
export async function forgetLaunch(launchId: string, deps: SmartDeps): Promise<void> {
  await take(launchId, deps);
}

type At = {
  readonly kept: Kept;
  readonly member: LaunchMember;
  readonly discovery: Discovery;
  readonly deps: SmartDeps;
  readonly signal: AbortSignal;
};
type Judged = { readonly kept: Kept } | { readonly revoked: Extract<Keeping, { state: 'revoked' }> };

/** At four fifths of its life; without a refresh token there is nothing to do but to ask. */
function isDue({ refreshToken, fromMs, untilMs }: Kept, nowMs: number): boolean {
  return refreshToken !== undefined && nowMs >= fromMs + (untilMs - fromMs) * 0.8;
}

/** RFC 6749 §6. Whatever comes must be for the same user, the same patient, and no more than before (row 102). */
async function refresh(at: At): Promise<Judged> {
  const { kept, member, discovery, deps, signal } = at;
  const client = { client_id: member.launch.clientId, [oauth.clockTolerance]: deps.limits.clockToleranceS };
  const proof = clientAuthentication(member, discovery, deps);
  const response = await oauth.refreshTokenGrantRequest(discovery.server, client, proof, kept.refreshToken ?? '', {
    signal,
    [oauth.allowInsecureRequests]: member.launch.allowLoopbackHttp,
    [oauth.customFetch]: (url, init) => send(url, init, at),
  });
  const tokens = await oauth.processRefreshTokenResponse(discovery.server, client, response).catch((cause: unknown) => {
    if (cause instanceof oauth.ResponseBodyError && cause.error === 'invalid_grant') return undefined;
    throw cause;
  });
  if (!tokens) return revoked('token.revoked', 'invalid_grant');
  const changed = changeIn(tokens, kept);
  if (changed !== undefined) return revoked('token.changed', changed);
  const nowMs = deps.now();
  return {
    kept: {
      ...kept,
      accessToken: tokens.access_token,
      ...(tokens.refresh_token !== undefined && { refreshToken: tokens.refresh_token }),
      fromMs: nowMs,
      untilMs: nowMs + clampLife(tokens.expires_in) * 1_000,
    },
  };
}

function changeIn(tokens: oauth.TokenEndpointResponse, kept: Kept): string | undefined {
  const patient = patientIn(tokens);
  if (patient !== undefined && patient !== kept.patientId) return 'patient';
  if (tokens.id_token !== undefined && peekClaims(tokens.id_token)['sub'] !== kept.sub) return 'sub';
  const more = tokens.scope?.split(' ').filter((scope) => scope !== '' && !kept.scopes.includes(scope)) ?? [];
  return more.length > 0 ? 'scope' : undefined;
}

/** RFC 7662. Only a token that should still be good says anything by not being so. */
async function introspect(at: At): Promise<Judged | undefined> {
  const { kept, member, discovery, deps, signal } = at;
  if (discovery.server.introspection_endpoint === undefined || deps.now() >= kept.untilMs) return undefined;
  const client = { client_id: member.launch.clientId };
  const proof = clientAuthentication(member, discovery, deps);
  const response = await oauth.introspectionRequest(discovery.server, client, proof, kept.accessToken, {
    signal,
    [oauth.allowInsecureRequests]: member.launch.allowLoopbackHttp,
    [oauth.customFetch]: (url, init) => send(url, init, at),
  });
  const said = await oauth.processIntrospectionResponse(discovery.server, client, response);
  if (!said.active) return revoked('token.revoked', 'not active');
  if (said.sub !== undefined && said.sub !== kept.sub) return revoked('token.changed', 'sub');
  const patient = patientIn(said);
  return patient !== undefined && patient !== kept.patientId ? revoked('token.changed', 'patient') : { kept };
}

async function send(
  url: string,
  init: { readonly headers: Record<string, string>; readonly body?: unknown },
  { member, deps, signal }: At,
): Promise<Response> {
  const answer = await deps.outbound({
    member,
    url,
    method: 'POST',
    headers: init.headers,
    body: init.body as URLSearchParams,
    deadlineMs: deps.limits.exchangeMs,
    maxBytes: deps.limits.exchangeBytes,
    signal,
  });
  return (await readTokenAnswer(answer)).response;
}

function patientIn(answer: { readonly [member: string]: unknown }): string | undefined {
  return asString(answer['patient'])?.replace(/^Patient\//, '');
}

function revoked(code: 'token.revoked' | 'token.changed', why: string): Judged {
  return { revoked: { state: 'revoked', code, why } };
}

function keyOf(launchId: string): string {
  return hashOf(`${PURPOSE}:${launchId}`);
}

async function take(launchId: string, deps: SmartDeps): Promise<Kept | undefined> {
  const stored = await deps.transactions.take(keyOf(launchId), new Date(deps.now()).toISOString());
  return stored && (deps.sealing.open(PURPOSE, stored.sealed) as Kept);
}

/** As many views as an organisation has open; launches under way have their own limit. */
const MOST_OPEN = 100_000;

function save(kept: Kept, deps: SmartDeps): Promise<boolean> {
  return deps.transactions.save(
    {
      stateHash: keyOf(kept.launchId),
      organisation: `${PURPOSE}:${kept.ods}`,
      sealed: deps.sealing.seal(PURPOSE, kept),
      createdAt: new Date(deps.now()).toISOString(),
      expiresAt: new Date(kept.lastMs).toISOString(),
    },
    MOST_OPEN,
  );
}
