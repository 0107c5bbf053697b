import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { SignedClaims, Signing } from './envelope.ts';

type SigningDeps = {
  /** Signs with the launcher's keys (`trust/keys.ts`). */
  readonly signJwt: (
    claims: object,
    options: { readonly typ: string; readonly algorithms: readonly ('ES256' | 'ES384')[] },
  ) => string | undefined;
  /** Public halves of our keys: of today, and all that ever signed a message that is still kept. */
  readonly keys: readonly JsonWebKey[];
  /** Whose signature it is: the launcher's address. */
  readonly issuer: string;
};

const MESSAGE_TYP = 'corridor-message+jwt';
/** About 3 MB. */
const MOST_VERIFIED = 5_000;

/** Messages outlive the keys that signed them: what is needed to check them is kept with them (`message_secrets`). */
export function createSigning({ signJwt, keys, issuer }: SigningDeps): Signing {
  const byKid = new Map<string, KeyObject>();
  for (const jwk of keys) {
    if (typeof jwk['kid'] !== 'string' || jwk.kty !== 'EC') continue;
    byKid.set(jwk['kid'], createPublicKey({ key: jwk, format: 'jwk' }));
  }
  // By the whole text of it: the same text by the same keys is as good as it was. A thread is read many times.
  const verified = new Map<string, SignedClaims>();
  return {
    sign: (claims) => {
      const jws = signJwt({ iss: issuer, ...claims }, { typ: MESSAGE_TYP, algorithms: ['ES256', 'ES384'] });
      if (jws === undefined) throw new Error('the launcher has no key that signs messages: ES256 or ES384');
      return jws;
    },
    verify: (jws) => {
      const known = verified.get(jws);
      if (known) return known;
      // Who signed is what the key says; the address of a launcher may change.
      const header = jsonwebtoken.decode(jws, { complete: true })?.header;
      const key = header?.kid === undefined ? undefined : byKid.get(header.kid);
      if (!key || header?.typ !== MESSAGE_TYP) return undefined;
      try {
        const claims = jsonwebtoken.verify(jws, key, { algorithms: ['ES256', 'ES384'] }) as unknown as SignedClaims;
        if (verified.size >= MOST_VERIFIED) verified.clear();
        verified.set(jws, claims);
        return claims;
      } catch {
        return undefined;
      }
    },
  };
}
