import { generateKeyPairSync, randomBytes, type JsonWebKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Our own signing keys: SMART 2.2 §Client authentication, asymmetric, asks a client to be able to use ES384 and RS384. */
export type LauncherKeys = {
  /** For `/.well-known/jwks.json`: public members only, current keys and those that come next. */
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
  /** The current key for the first of our algorithms the server can check; ES384 when it doesn't say. */
  signingKey(supported?: readonly string[]): SigningKey;
};

export type SigningKey = { readonly key: CryptoKey; readonly kid: string; readonly alg: Algorithm };

type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
type Algorithm = (typeof ALGORITHMS)[number];

/** In order of preference. */
const ALGORITHMS = ['ES384', 'RS384'] as const;

const text = z.string().min(1);
const shared = { kid: text, use: z.literal('sig').optional(), next: z.boolean().default(false) };
const privateKey = z.discriminatedUnion('kty', [
  z.object({
    ...shared,
    kty: z.literal('EC'),
    alg: z.literal('ES384'),
    crv: z.literal('P-384'),
    x: text,
    y: text,
    d: text,
  }),
  z.object({
    ...shared,
    kty: z.literal('RSA'),
    alg: z.literal('RS384'),
    n: text.min(342, 'is shorter than 2048 bits'),
    e: text,
    d: text,
    p: text,
    q: text,
    dp: text,
    dq: text,
    qi: text,
  }),
]);
const keyFile = z.object({ keys: z.array(privateKey).min(1).max(10) });

type PrivateKey = z.infer<typeof privateKey>;

/** The key file can't be used. The message names the field, never a value. */
export class KeyFileError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyFileError';
  }
}

/** A private JWKS file; a key with `"next": true` is published ahead of its use and doesn't sign yet. */
export async function loadKeys(file: string): Promise<LauncherKeys> {
  const value = parseJson(await readFile(file, 'utf8'));
  const read = keyFile.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new KeyFileError(`the key file can’t be used: ${issue?.path.join('.') ?? ''} ${issue?.code ?? ''}`.trim());
  }
  if (new Set(read.data.keys.map((key) => key.kid)).size !== read.data.keys.length)
    throw new KeyFileError('the key file has one kid twice');
  return buildKeys(read.data.keys);
}

/** Keys of this start only: nobody can have registered them but by our JWKS address. For tests and the sandbox. */
export async function makeKeys(): Promise<LauncherKeys> {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'jwk' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const suffix = randomBytes(6).toString('hex');
  return buildKeys([
    { ...ec, kid: `corridor-es384-${suffix}`, alg: 'ES384', next: false } as PrivateKey,
    { ...rsa, kid: `corridor-rs384-${suffix}`, alg: 'RS384', next: false } as PrivateKey,
  ]);
}

async function buildKeys(keys: readonly PrivateKey[]): Promise<LauncherKeys> {
  const current = keys.filter((key) => !key.next);
  const signing = await Promise.all(current.map(importKey));
  if (signing.length === 0) throw new KeyFileError('the key file has no current key: remove "next" from one');
  const jwks = Object.freeze({ keys: Object.freeze(keys.map(publicHalf)) });
  return {
    jwks,
    signingKey: (supported) => {
      const wanted = ALGORITHMS.filter((alg) => supported === undefined || supported.includes(alg));
      const found = wanted.flatMap((alg) => signing.find((key) => key.alg === alg) ?? [])[0] ?? signing[0];
      return found as SigningKey;
    },
  };
}

async function importKey(key: PrivateKey): Promise<SigningKey> {
  const { next: _next, ...jwk } = key;
  const algorithm =
    key.kty === 'EC' ? { name: 'ECDSA', namedCurve: 'P-384' } : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' };
  // Not extractable: once imported, no code path can write the private half anywhere.
  const imported = await crypto.subtle
    .importKey('jwk', { ...jwk, use: 'sig' } satisfies JsonWebKey, algorithm, false, ['sign'])
    .catch((cause: unknown) => {
      throw new KeyFileError(`the key ${key.kid} can’t be used`, { cause });
    });
  return { key: imported, kid: key.kid, alg: key.alg };
}

/** Named member by member: what is not listed here can't be published (smart.md §5 row 104). */
function publicHalf(key: PrivateKey): JsonWebKey {
  const { kid, alg } = key;
  return key.kty === 'EC'
    ? { kty: 'EC', crv: key.crv, x: key.x, y: key.y, kid, alg, use: 'sig' }
    : { kty: 'RSA', n: key.n, e: key.e, kid, alg, use: 'sig' };
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch (cause) {
    throw new KeyFileError('the key file is not JSON', { cause });
  }
}
