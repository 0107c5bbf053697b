import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import express, { Router, type Request } from 'express';
import jsonwebtoken from 'jsonwebtoken';
import { CorridorError } from '../errors.ts';
import { FHIR_TYPES, type FhirType } from '../messaging/fhir-names.ts';
import type { SystemClient } from '../messaging/system-search.ts';
import type { KeySource } from '../trust/verify/index.ts';

export type FhirTokenDeps = {
  /** The community file's clients, each with the keys it has registered. */
  readonly client: (id: string) => (SystemClient & { readonly keys: KeySource }) | undefined;
  /** True the first time this is shown, false ever after. */
  readonly once: (key: string, expiresAtMs: number) => Promise<boolean>;
  readonly signJwt: (
    claims: object,
    options: { readonly typ: string; readonly algorithms: readonly ('ES256' | 'ES384')[] },
  ) => string | undefined;
  /** Our own public keys: what we signed is ours. */
  readonly jwks: readonly JsonWebKey[];
  readonly url: string;
  readonly now: () => number;
};

export type GrantedAccess = { readonly client: SystemClient; readonly scopes: readonly string[] };

const LIFE_S = 300;
const LONGEST_S = 300;
const TYP = 'at+jwt';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** To read and search, and to create as well (SMART 2.2 §4.3.2). */
const SCOPES: readonly string[] = FHIR_TYPES.flatMap((type) => [`system/${type}.crs`, `system/${type}.rs`]);

export function mayDo({ scopes }: GrantedAccess, type: FhirType, right: 'c' | 'r' | 's'): boolean {
  const start = `system/${type}.`;
  return scopes.some((scope) => scope.startsWith(start) && scope.slice(start.length).includes(right));
}

/** POST /fhir/auth/token: SMART Backend Services (private_key_jwt); the client and its keys are in the community file. */
export function fhirTokenRoutes(deps: FhirTokenDeps): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: 16_384 });
  router.post('/fhir/auth/token', form, async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const granted = await prove(request, deps).catch((error: unknown) => {
      if (error instanceof CorridorError) return error.detail === 'scope' ? 'invalid_scope' : 'invalid_client';
      throw error;
    });
    if (typeof granted === 'string') {
      // RFC 6749 §5.2; why it was refused goes to no caller.
      response.status(granted === 'invalid_client' ? 401 : 400).json({ error: granted });
      return;
    }
    response.json({
      access_token: tokenFor(granted, deps),
      token_type: 'Bearer',
      expires_in: LIFE_S,
      scope: granted.scopes.join(' '),
    });
  });
  return router;
}

async function prove(request: Request, deps: FhirTokenDeps): Promise<GrantedAccess> {
  const body = request.body as { readonly [name: string]: unknown } | undefined;
  const assertion = body?.['client_assertion'];
  if (body?.['grant_type'] !== 'client_credentials' || body['client_assertion_type'] !== ASSERTION)
    throw refused('grant');
  if (typeof assertion !== 'string' || assertion.length > 8_192) throw refused('assertion');
  const decoded = jsonwebtoken.decode(assertion, { complete: true });
  const claimed: unknown = typeof decoded?.payload === 'object' ? decoded.payload.iss : undefined;
  const client = typeof claimed === 'string' ? deps.client(claimed) : undefined;
  const key = client && decoded?.header.kid !== undefined ? await client.keys(decoded.header.kid) : undefined;
  if (!client || !key || !['ES384', 'RS384', 'ES256'].includes(key.alg)) throw refused('key');
  const { jti, iat, exp } = verified(assertion, key.key, key.alg as jsonwebtoken.Algorithm, client.id, deps);
  if (typeof jti !== 'string' || jti.length > 200 || typeof exp !== 'number') throw refused('claims');
  const nowS = Math.floor(deps.now() / 1_000);
  if (exp - (iat ?? nowS) > LONGEST_S || exp - nowS > LONGEST_S + 60) throw refused('life');
  if (!(await deps.once(`${client.id}|${jti}`, (exp + 60) * 1_000))) throw refused('replayed');
  const asked = typeof body['scope'] === 'string' ? body['scope'].split(' ') : [];
  const scopes = SCOPES.filter((scope) => asked.includes(scope));
  if (scopes.length === 0) throw refused('scope');
  return { client: { id: client.id, ods: client.ods }, scopes };
}

function verified(
  token: string,
  key: jsonwebtoken.PublicKey,
  algorithm: jsonwebtoken.Algorithm,
  id: string,
  { url, now }: FhirTokenDeps,
): jsonwebtoken.JwtPayload {
  try {
    return jsonwebtoken.verify(token, key, {
      algorithms: [algorithm],
      audience: `${url}/fhir/auth/token`,
      issuer: id,
      subject: id,
      clockTolerance: 30,
      clockTimestamp: Math.floor(now() / 1_000),
    }) as jsonwebtoken.JwtPayload;
  } catch {
    // Whatever is wrong with it: the answer is the same.
    throw refused('signature');
  }
}

function tokenFor({ client, scopes }: GrantedAccess, { signJwt, url, now }: FhirTokenDeps): string {
  const iat = Math.floor(now() / 1_000);
  const claims = {
    iss: url,
    aud: `${url}/fhir`,
    sub: client.id,
    ods: client.ods,
    scope: scopes.join(' '),
    iat,
    exp: iat + LIFE_S,
  };
  const token = signJwt(claims, { typ: TYP, algorithms: ['ES256', 'ES384'] });
  if (token === undefined) throw new CorridorError('server.fault', 'no key that signs tokens: ES256 or ES384');
  return token;
}

/** Whose request this is: by a token of ours, for this address and still good. */
export function createAccess(deps: FhirTokenDeps): (request: Request) => GrantedAccess {
  const keys = new Map<string, KeyObject>(
    deps.jwks.flatMap((jwk) =>
      jwk.kty === 'EC' && typeof jwk['kid'] === 'string'
        ? [[jwk['kid'], createPublicKey({ key: jwk, format: 'jwk' })] as const]
        : [],
    ),
  );
  return (request) => {
    const token = /^Bearer (\S{1,4096})$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
    const header = jsonwebtoken.decode(token, { complete: true })?.header;
    const key = header?.typ === TYP && header.kid !== undefined ? keys.get(header.kid) : undefined;
    if (!key) throw new CorridorError('session.missing', 'token');
    const { sub, scope } = claimsOf(token, key, deps);
    const client = typeof sub === 'string' ? deps.client(sub) : undefined;
    if (!client || typeof scope !== 'string') throw new CorridorError('session.expired', 'client');
    return { client: { id: client.id, ods: client.ods }, scopes: scope.split(' ') };
  };
}

function claimsOf(token: string, key: KeyObject, { url, now }: FhirTokenDeps): jsonwebtoken.JwtPayload {
  try {
    return jsonwebtoken.verify(token, key, {
      algorithms: ['ES256', 'ES384'],
      audience: `${url}/fhir`,
      issuer: url,
      clockTimestamp: Math.floor(now() / 1_000),
    }) as jsonwebtoken.JwtPayload;
  } catch (cause) {
    throw new CorridorError('session.expired', 'token', { cause });
  }
}

function refused(why: string): CorridorError {
  return new CorridorError('request.forbidden', why);
}
