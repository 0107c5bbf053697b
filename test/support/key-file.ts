import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';

/** A private EC key as a key file holds it; it lives as long as the test. */
export function ecKey(kid: string): JsonWebKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES384' };
}
