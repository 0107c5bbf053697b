import * as oauth from 'oauth4webapi';
import { asObject, asString, type Json } from '../../src/record/resource.ts';
import { PluginTrouble } from '../plugin.ts';
import type { PluginMember, RouterTools } from '../router-face.ts';
import type { SignInSettings } from './settings.ts';

/** What the sign-in service says of itself, each endpoint at an origin that the settings name. */
export type SignInServer = oauth.AuthorizationServer & {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
};

export type SignInAt = {
  readonly server: SignInServer;
  readonly settings: SignInSettings;
  readonly member: PluginMember;
  readonly tools: RouterTools;
  readonly signal: AbortSignal;
};

type Kept = { readonly server: SignInServer; readonly untilMs: number };

const KEPT_MS = 600_000;
/** Asymmetric only: whoever can check a shared secret can also forge with it. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'PS256'];
const KEPT = new WeakMap<RouterTools, Map<string, Kept>>();

/** Kept for ten minutes when it was good, asked again at once when it was not. */
export async function readSignInServer(
  settings: SignInSettings,
  member: PluginMember,
  tools: RouterTools,
  signal: AbortSignal,
): Promise<SignInServer> {
  const kept = KEPT.get(tools) ?? new Map<string, Kept>();
  KEPT.set(tools, kept);
  const known = kept.get(`${member.ods} ${settings.issuer}`);
  if (known && known.untilMs > tools.now()) return known.server;
  const server = await discover(settings, member, tools, signal);
  kept.set(`${member.ods} ${settings.issuer}`, { server, untilMs: tools.now() + KEPT_MS });
  return server;
}

async function discover(
  settings: SignInSettings,
  member: PluginMember,
  tools: RouterTools,
  signal: AbortSignal,
): Promise<SignInServer> {
  const { issuer } = settings;
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  let said: Json | undefined;
  try {
    const { status, text } = await tools.fetch(member, { url, method: 'GET', signal });
    if (status >= 300 && status < 400) throw new PluginTrouble('discovery.redirect', 'sign-in service');
    said = status === 200 ? asObject(JSON.parse(text)) : undefined;
  } catch (cause) {
    if (cause instanceof PluginTrouble) throw cause;
    throw new PluginTrouble('discovery.invalid', 'sign-in service: no answer that can be used', { cause });
  }
  if (said?.['issuer'] !== issuer) throw new PluginTrouble('discovery.invalid', 'sign-in service: another issuer');
  const endpoint = (name: string): string => {
    const address = asString(said[name]) ?? '';
    const origins = [issuer, ...settings.endpointOrigins].map((one) => new URL(one).origin);
    if (!URL.canParse(address) || !origins.includes(new URL(address).origin))
      throw new PluginTrouble('discovery.endpoint_origin', `sign-in service: ${name}`);
    return address;
  };
  return {
    issuer,
    authorization_endpoint: endpoint('authorization_endpoint'),
    token_endpoint: endpoint('token_endpoint'),
    jwks_uri: endpoint('jwks_uri'),
    ...(settings.userinfo && { userinfo_endpoint: endpoint('userinfo_endpoint') }),
    id_token_signing_alg_values_supported: ALGORITHMS,
    ...(said['authorization_response_iss_parameter_supported'] === true && {
      authorization_response_iss_parameter_supported: true,
    }),
  };
}

type Answered = {
  readonly answer: URLSearchParams;
  readonly state: string;
  readonly verifier: string;
  readonly nonce: string;
  readonly redirectUri: string;
};

/** The code for the verified claims of who signed in. oauth4webapi sends and judges; the way out is the launcher's. */
export async function askIdentity(given: Answered, at: SignInAt): Promise<Json> {
  const { server, settings, signal } = at;
  const client: oauth.Client = { client_id: settings.clientId, [oauth.clockTolerance]: 60 };
  const out = { signal, [oauth.allowInsecureRequests]: isLoopback(server.issuer), [oauth.customFetch]: sender(at) };
  try {
    const parameters = oauth.validateAuthResponse(server, client, given.answer, given.state);
    const authentication =
      settings.clientSecret === undefined ? oauth.None() : oauth.ClientSecretPost(settings.clientSecret);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      parameters,
      given.redirectUri,
      given.verifier,
      out,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      requireIdToken: true,
      expectedNonce: given.nonce,
    });
    await oauth.validateApplicationLevelSignature(server, response, out);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    if (!claims || (claims.azp !== undefined && claims.azp !== settings.clientId)) throw new Error('azp');
    if (!settings.userinfo) return claims;
    const more = await oauth.userInfoRequest(server, client, tokens.access_token, out);
    // What the signed token says stands; userinfo only adds to it.
    return { ...(await oauth.processUserInfoResponse(server, client, claims.sub, more)), ...claims };
  } catch (cause) {
    throw cause instanceof PluginTrouble ? cause : new PluginTrouble('idtoken.invalid', `sign-in: ${codeOf(cause)}`);
  }
}

/** Only addresses that discovery was checked for; answers are JSON or nothing. */
function sender({ member, tools, signal }: SignInAt) {
  return async (url: string, init: { method: string; headers: Record<string, string>; body?: unknown }) => {
    const { status, text } = await tools.fetch(member, {
      url,
      method: init.method === 'POST' ? 'POST' : 'GET',
      headers: init.headers,
      ...(init.body instanceof URLSearchParams && { form: init.body }),
      signal,
    });
    return new Response(text, { status, headers: { 'content-type': 'application/json' } });
  };
}

function isLoopback(address: string): boolean {
  return /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(address);
}

/** Only the library's code: its `cause` holds what it complains about. */
function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'not accepted';
}
