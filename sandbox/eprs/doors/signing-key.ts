import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A key of this EPR's own, made at every start. */
export type SigningKey = { readonly kid: string; readonly privateKey: KeyObject; readonly publicJwk: object };

export function makeSigningKey(kid: string): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' } };
}
