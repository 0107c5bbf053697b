import * as oauth from 'oauth4webapi';
import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import { CorridorError } from '../errors.ts';
import type { LaunchMember } from '../trust/community.ts';
import type { SmartDeps } from './deps.ts';
import type { Discovery } from './discover.ts';

/** The claims of an id_token whose signature, issuer, audience, times and nonce have been checked. */
export type IdClaims = oauth.IDToken;

type Checked = {
  readonly server: Discovery['server'];
  readonly response: Response;
  readonly tokens: oauth.TokenEndpointResponse;
  readonly client: oauth.Client;
  readonly member: LaunchMember;
  readonly deps: SmartDeps;
  readonly signal: AbortSignal;
};

/** What the library leaves to us (smart.md 1.6): the signature itself, `azp` on a lone audience, and an `iat` ahead of time. */
export async function checkIdToken(checked: Checked): Promise<IdClaims> {
  const { server, response, tokens, client, member, deps } = checked;
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  if (!claims) throw new CorridorError('launch.no_identity', 'no id_token');
  await oauth
    .validateApplicationLevelSignature(server, response, {
      signal: checked.signal,
      [oauth.allowInsecureRequests]: member.launch.allowLoopbackHttp,
      [oauth.jwksCache]: keyCacheOf(server.jwks_uri, deps),
      [oauth.customFetch]: (url) => fetchKeys(url, checked),
    })
    .catch((cause: unknown) => {
      throw cause instanceof CorridorError ? cause : new CorridorError('idtoken.invalid', `signature ${codeOf(cause)}`);
    });
  if (claims.azp !== undefined && claims.azp !== client.client_id) throw new CorridorError('idtoken.invalid', 'azp');
  if (claims.iat > deps.now() / 1000 + deps.limits.clockToleranceS) throw new CorridorError('idtoken.invalid', 'iat');
  if (claims.sub === '') throw new CorridorError('launch.no_identity', 'sub');
  return claims;
}

/** The claims before anything is proven: only to know which expectation to check them against. */
export function peekClaims(idToken: string): Json {
  try {
    return asObject(JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8'))) ?? {};
  } catch {
    throw new CorridorError('idtoken.invalid', 'not a JWT');
  }
}

/** Keys already read, by address, for each launcher. The library asks again for an unknown `kid`, at most once a minute. */
const KEY_CACHES = new WeakMap<SmartDeps, Map<string, oauth.JWKSCacheInput>>();

function keyCacheOf(address: string, deps: SmartDeps): oauth.JWKSCacheInput {
  const caches = KEY_CACHES.get(deps) ?? new Map<string, oauth.JWKSCacheInput>();
  KEY_CACHES.set(deps, caches);
  const cache = caches.get(address) ?? ({} as oauth.JWKSCacheInput);
  caches.set(address, cache);
  return cache;
}

async function fetchKeys(url: string, { member, deps, signal }: Checked): Promise<Response> {
  const { discoveryMs: deadlineMs, jwksBytes: maxBytes } = deps.limits;
  const headers = { accept: 'application/json, application/jwk-set+json' };
  const response = await deps.outbound({ member, url, method: 'GET', headers, deadlineMs, maxBytes, signal });
  if (response.status !== 200) throw new CorridorError('idtoken.invalid', 'keys could not be read');
  const keys = asObject(JSON.parse(await response.text()))?.['keys'];
  if (!Array.isArray(keys) || keys.length > deps.limits.jwksKeys) throw new CorridorError('idtoken.invalid', 'key set');
  return Response.json({ keys: asObjects(keys).filter(isUsableKey) });
}

/** Row 38: not ours to use are keys for encryption, secrets, published private keys, and RSA below 2048 bits. */
function isUsableKey(key: Json): boolean {
  if (key['kty'] !== 'RSA' && key['kty'] !== 'EC') return false;
  if ((key['use'] !== undefined && key['use'] !== 'sig') || key['d'] !== undefined) return false;
  return key['kty'] !== 'RSA' || Buffer.from(asString(key['n']) ?? '', 'base64url').length >= 256;
}

/** Only the library's code: its `cause` holds the keys and header it complains about. */
function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
