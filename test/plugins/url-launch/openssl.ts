import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The OpenSSL command line as the EPR's side of a link: it shares no code with ours. */
export function aesCbc(text: string, keyHex: string, ivHex: string): string {
  const cipher = keyHex.length === 32 ? '-aes-128-cbc' : '-aes-256-cbc';
  return openssl(['enc', cipher, '-K', keyHex, '-iv', ivHex], text).toString('base64');
}

export function hmacHex(text: string, secret: string, digest = 'sha256'): string {
  const key = Buffer.from(secret, 'utf8').toString('hex');
  return openssl(['dgst', `-${digest}`, '-mac', 'HMAC', '-macopt', `hexkey:${key}`, '-binary'], text).toString('hex');
}

export function hmacOfBytes(text: Uint8Array, keyHex: string, digest: string): Buffer {
  return openssl(['dgst', `-${digest}`, '-mac', 'HMAC', '-macopt', `hexkey:${keyHex}`, '-binary'], text);
}

export type OpensslKey = { readonly jwk: { readonly [member: string]: unknown }; sign(text: string): string };

/** An RSA key made by OpenSSL; `sign` gives what stands after the second dot of an RS256 token. */
export function rsaKey(kid: string): OpensslKey {
  const pem = openssl(['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-quiet'], '');
  return {
    jwk: { ...createPublicKey(pem).export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' },
    sign: (text) => {
      const place = mkdtempSync(join(tmpdir(), 'corridor-openssl-'));
      try {
        writeFileSync(join(place, 'key.pem'), pem, { mode: 0o600 });
        return openssl(['dgst', '-sha256', '-sign', join(place, 'key.pem')], text).toString('base64url');
      } finally {
        rmSync(place, { recursive: true });
      }
    },
  };
}

export function token(key: OpensslKey, claims: object, header: object = {}): string {
  const text = [{ alg: 'RS256', typ: 'JWT', kid: key.jwk['kid'], ...header }, claims].map(encoded).join('.');
  return `${text}.${key.sign(text)}`;
}

/** HS256 by the shared secret. */
export function sharedToken(secret: string, claims: object, header: object = {}): string {
  const text = [{ alg: 'HS256', typ: 'JWT', ...header }, claims].map(encoded).join('.');
  return `${text}.${Buffer.from(hmacHex(text, secret), 'hex').toString('base64url')}`;
}

export function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function openssl(args: readonly string[], input: string | Uint8Array): Buffer {
  return execFileSync('openssl', args, { input, maxBuffer: 1_000_000 });
}
