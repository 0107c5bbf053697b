import { generateKeyPairSync } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';

/** Made at run time and never written down. Elliptic curves, because two dozen RSA pairs would take longer than all the rest. */
export function makeSigningKeys(name: string): { readonly keys: readonly JsonWebKey[] } {
  return { keys: [makeKey('P-384', 'ES384', name), makeKey('P-256', 'ES256', name)] };
}

function makeKey(namedCurve: string, alg: string, name: string): JsonWebKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  return { ...privateKey.export({ format: 'jwk' }), kid: `${name}-${alg}`.toLowerCase(), alg, use: 'sig' };
}
