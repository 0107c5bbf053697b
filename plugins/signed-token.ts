import {
  constants,
  createPublicKey,
  createSecretKey,
  timingSafeEqual,
  createHmac,
  verify,
  type JsonWebKey,
} from 'node:crypto';
import { asObject, asString, type Json } from '../src/record/resource.ts';

/** A key of a JSON Web Key Set (RFC 7517), public or `oct`. Untrusted: what is no good for signatures is passed over. */
export type TokenKey = { readonly [member: string]: unknown };

export type VerifiedToken = { readonly header: Json; readonly claims: Json };

/** Why a token is no proof; for the audit, never for the caller. */
export type TokenFault = { readonly fault: 'shape' | 'algorithm' | 'key' | 'signature' };

type Algorithm = { readonly hash: string | null; readonly fits: (key: TokenKey) => boolean; readonly pss?: true };

const rsa = (key: TokenKey): boolean => key['kty'] === 'RSA' && bytesOf(key['n']).length >= 256;
const curve = (name: string) => (key: TokenKey) => key['crv'] === name && (key['kty'] === 'EC' || key['kty'] === 'OKP');
const secret = (key: TokenKey): boolean => key['kty'] === 'oct' && bytesOf(key['k']).length >= 32;

/** The kind of key decides what may be done with it, so that a public key is never taken for a shared secret (smart.md §5 row 34). */
const ALGORITHMS: { readonly [name: string]: Algorithm } = {
  RS256: { hash: 'sha256', fits: rsa },
  RS384: { hash: 'sha384', fits: rsa },
  RS512: { hash: 'sha512', fits: rsa },
  PS256: { hash: 'sha256', fits: rsa, pss: true },
  PS384: { hash: 'sha384', fits: rsa, pss: true },
  ES256: { hash: 'sha256', fits: curve('P-256') },
  ES384: { hash: 'sha384', fits: curve('P-384') },
  ES512: { hash: 'sha512', fits: curve('P-521') },
  EdDSA: { hash: null, fits: curve('Ed25519') },
  HS256: { hash: 'sha256', fits: secret },
  HS384: { hash: 'sha384', fits: secret },
  HS512: { hash: 'sha512', fits: secret },
};

const LONGEST = 8_192;

/**
 * A compact JWS (RFC 7515) by pinned keys. `jku`, `x5u` and `jwk` of its header are not looked at; `crit` is refused, as
 * is `none`. Times and claims are the caller's to judge.
 */
export function verifySignedToken(token: unknown, keys: readonly TokenKey[]): VerifiedToken | TokenFault {
  if (typeof token !== 'string' || token.length > LONGEST) return { fault: 'shape' };
  const parts = token.split('.');
  const [head = '', body = '', signature = ''] = parts;
  const header = readPart(head);
  const claims = readPart(body);
  if (parts.length !== 3 || !header || !claims || !isSpelt(signature)) return { fault: 'shape' };
  const name = asString(header['alg']) ?? '';
  const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined;
  if (!algorithm || 'crit' in header || header['b64'] === false) return { fault: 'algorithm' };
  const key = chosen(header, name, algorithm, keys);
  if (!key) return { fault: 'key' };
  return holds(`${head}.${body}`, Buffer.from(signature, 'base64url'), key, algorithm)
    ? { header, claims }
    : { fault: 'signature' };
}

/** The one key it can be: by `kid`, or the only one there is (row 36). Duplicate ids are no key (row 38). */
function chosen(header: Json, name: string, { fits }: Algorithm, keys: readonly TokenKey[]): TokenKey | undefined {
  const usable = keys.filter(
    (key) =>
      fits(key) &&
      (key['use'] === undefined || key['use'] === 'sig') &&
      (key['alg'] === undefined || key['alg'] === name) &&
      key['d'] === undefined,
  );
  const kid = header['kid'];
  const named = kid === undefined ? usable : usable.filter((key) => key['kid'] === kid);
  return named.length === 1 ? named[0] : undefined;
}

function holds(text: string, signature: Buffer, key: TokenKey, { hash, pss }: Algorithm): boolean {
  try {
    if (key['kty'] === 'oct') {
      const wanted = createHmac(hash ?? '', createSecretKey(bytesOf(key['k'])))
        .update(text)
        .digest();
      return wanted.length === signature.length && timingSafeEqual(wanted, signature);
    }
    const verifier = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    return verify(
      hash,
      Buffer.from(text),
      {
        key: verifier,
        dsaEncoding: 'ieee-p1363',
        ...(pss && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
      },
      signature,
    );
  } catch {
    // A key that is no point of its curve, a signature of another length: no proof either way.
    return false;
  }
}

function readPart(part: string): Json | undefined {
  if (!isSpelt(part)) return undefined;
  try {
    return asObject(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url'))));
  } catch {
    return undefined;
  }
}

/** Decoding forgives stray characters and spare bits; a token has one spelling. */
function isSpelt(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}

function bytesOf(value: unknown): Buffer {
  return Buffer.from(typeof value === 'string' ? value : '', 'base64url');
}
