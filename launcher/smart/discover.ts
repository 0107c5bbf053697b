import type { AuthorizationServer } from 'oauth4webapi';
import { asObject, asString, type Json } from '../../src/record/resource.ts';
import type { Config } from '../config.ts';
import { CorridorError } from '../errors.ts';
import type { LaunchMember } from '../trust/community.ts';
import { OutboundTrouble, type Outbound } from './outbound.ts';

/** What an EPR says about its authorisation server, checked against its entry in the community file (smart.md 1.3). */
export type Discovery = {
  readonly server: AuthorizationServer & {
    readonly authorization_endpoint: string;
    readonly token_endpoint: string;
    readonly jwks_uri: string;
  };
  /** SMART 2.2 §Capabilities: what it says it can do. */
  readonly standalone?: boolean;
  readonly scopesSupported?: readonly string[];
  /** The sign-in wants to be reached by a form (SMART 2.2 `authorize-post`). */
  readonly authorisePost?: boolean;
};

export type Discover = (member: LaunchMember, signal: AbortSignal) => Promise<Discovery>;

type Deps = { readonly outbound: Outbound; readonly limits: Config['launch']; now(): number };

/** Kept for a while when it was good, asked again at once when it was not; one question at a time per member. */
export function createDiscover(deps: Deps): Discover {
  const kept = new Map<string, { readonly discovery: Discovery; readonly untilMs: number }>();
  const asking = new Map<string, Promise<Discovery>>();
  return (member) => {
    const known = kept.get(member.ods);
    if (known && known.untilMs > deps.now()) return Promise.resolve(known.discovery);
    const already = asking.get(member.ods);
    if (already) return already;
    // Several launches may wait for this one answer, so it has its own deadline and outlives any one of them.
    const asked = discover(member, deps, new AbortController().signal)
      .then((discovery) => {
        kept.set(member.ods, { discovery, untilMs: deps.now() + deps.limits.discoveryCacheMs });
        return discovery;
      })
      .finally(() => asking.delete(member.ods));
    asking.set(member.ods, asked);
    return asked;
  };
}

async function discover(member: LaunchMember, deps: Deps, signal: AbortSignal): Promise<Discovery> {
  const { iss } = member.launch;
  const base = iss.endsWith('/') ? iss.slice(0, -1) : iss;
  const smart = await fetchJson(`${base}/.well-known/smart-configuration`, member, deps, signal);
  checkPkce(smart);
  const openid =
    asString(smart['issuer']) && asString(smart['jwks_uri']) ? smart : await fetchOpenId(smart, member, deps, signal);
  const issuer = checkIssuer(openid, member);
  const scopes = smart['scopes_supported'];
  return {
    server: {
      issuer,
      authorization_endpoint: readEndpoint(smart, 'authorization_endpoint', member),
      token_endpoint: readEndpoint(smart, 'token_endpoint', member),
      jwks_uri: readEndpoint(openid, 'jwks_uri', member),
      id_token_signing_alg_values_supported: [...ID_TOKEN_ALGORITHMS],
      ...algorithms(smart, openid),
      ...introspection(smart, openid, member),
      ...(eitherTrue(smart, openid, 'authorization_response_iss_parameter_supported') && {
        authorization_response_iss_parameter_supported: true,
      }),
    },
    ...(capabilitiesOf(smart).includes('launch-standalone') && { standalone: true }),
    ...(capabilitiesOf(smart).includes('authorize-post') && { authorisePost: true }),
    ...(Array.isArray(scopes) && { scopesSupported: scopes.filter((scope) => typeof scope === 'string') }),
  };
}

/** Asymmetric only: `none` and shared-secret algorithms can't prove who signed (smart.md 1.6). */
const ID_TOKEN_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'PS256'] as const;

/** SMART 2.2 §Conformance: S256 SHALL be there, `plain` SHALL NOT. */
function checkPkce(smart: Json): void {
  const methods = smart['code_challenge_methods_supported'];
  if (!Array.isArray(methods) || !methods.includes('S256'))
    throw new CorridorError('discovery.invalid', 'S256 is not supported');
}

/** A server without `sso-openid-connect` metadata: its OpenID document, at the issuer the community file names. */
async function fetchOpenId(smart: Json, member: LaunchMember, deps: Deps, signal: AbortSignal): Promise<Json> {
  const issuer = asString(smart['issuer']) ?? member.launch.issuers[0];
  if (issuer === undefined || !member.launch.issuers.includes(issuer))
    throw new CorridorError('discovery.invalid', 'issuer is not registered');
  const base = issuer.endsWith('/') ? issuer.slice(0, -1) : issuer;
  return fetchJson(`${base}/.well-known/openid-configuration`, member, deps, signal);
}

function checkIssuer(openid: Json, member: LaunchMember): string {
  const issuer = asString(openid['issuer']);
  if (issuer === undefined || !member.launch.issuers.includes(issuer))
    throw new CorridorError('discovery.invalid', 'issuer is not registered');
  return issuer;
}

/** Relative addresses stand against the FHIR base (SMART 2.2); none may leave the registered origins. */
function readEndpoint(metadata: Json, name: string, member: LaunchMember): string {
  const { iss, allowedOrigins, allowLoopbackHttp } = member.launch;
  const value = asString(metadata[name]);
  const base = iss.endsWith('/') ? iss : `${iss}/`;
  if (value === undefined || !URL.canParse(value, base))
    throw new CorridorError('discovery.invalid', `${name} is missing`);
  const url = new URL(value, base);
  const scheme = url.protocol === 'https:' || (url.protocol === 'http:' && allowLoopbackHttp);
  if (!scheme || url.username !== '' || url.hash !== '' || !allowedOrigins.includes(url.origin))
    throw new CorridorError('discovery.endpoint_origin', name);
  return url.href;
}

function algorithms(smart: Json, openid: Json): { token_endpoint_auth_signing_alg_values_supported?: string[] } {
  const name = 'token_endpoint_auth_signing_alg_values_supported';
  const stated = smart[name] ?? openid[name];
  return Array.isArray(stated) ? { [name]: stated.filter((alg) => typeof alg === 'string') } : {};
}

/** Anywhere but at the member's own origins it is as good as not there: nobody else is asked about a token. */
function introspection(smart: Json, openid: Json, member: LaunchMember): { introspection_endpoint?: string } {
  const name = 'introspection_endpoint';
  const stated = smart[name] === undefined ? openid : smart;
  try {
    return stated[name] === undefined ? {} : { [name]: readEndpoint(stated, name, member) };
  } catch {
    return {};
  }
}

function capabilitiesOf(smart: Json): readonly unknown[] {
  return Array.isArray(smart['capabilities']) ? smart['capabilities'] : [];
}

function eitherTrue(smart: Json, openid: Json, name: string): boolean {
  return smart[name] === true || openid[name] === true;
}

async function fetchJson(url: string, member: LaunchMember, deps: Deps, signal: AbortSignal): Promise<Json> {
  const { discoveryMs: deadlineMs, discoveryBytes: maxBytes } = deps.limits;
  const response = await deps
    .outbound({ member, url, method: 'GET', headers: { accept: 'application/json' }, deadlineMs, maxBytes, signal })
    .catch((cause: unknown) => {
      throw new CorridorError(codeOf(cause), 'discovery', { cause });
    });
  if (response.status >= 300 && response.status < 400) throw new CorridorError('discovery.redirect');
  if (response.status !== 200) throw new CorridorError('discovery.invalid', `status ${String(response.status)}`);
  if (!/^application\/(?:[a-z-]+\+)?json\b/i.test(response.headers.get('content-type') ?? ''))
    throw new CorridorError('discovery.invalid', 'not JSON');
  const json = asObject(parseJson(await response.text()));
  if (!json) throw new CorridorError('discovery.invalid', 'not a JSON object');
  return json;
}

function codeOf(cause: unknown): 'discovery.timeout' | 'discovery.endpoint_origin' | 'discovery.invalid' {
  const kind = cause instanceof OutboundTrouble ? cause.kind : undefined;
  return kind === 'timeout'
    ? 'discovery.timeout'
    : kind === 'origin'
      ? 'discovery.endpoint_origin'
      : 'discovery.invalid';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new CorridorError('discovery.invalid', 'not JSON', { cause });
  }
}
