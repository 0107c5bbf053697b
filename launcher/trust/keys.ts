import { createPrivateKey, generateKeyPairSync, randomBytes, type JsonWebKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import jsonwebtoken from 'jsonwebtoken';
import { z } from 'zod';

/** Our own signing keys: SMART 2.2 §Client authentication, asymmetric, asks a client to be able to use ES384 and RS384. */
export type LauncherKeys = {
  /** For `/.well-known/jwks.json`: public members only; current keys, those that come next and those that signed until now. */
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
  /** The current key for the fastest of our algorithms the server says it can check; ES384 when it doesn't say. */
  signingKey(supported?: readonly string[]): SigningKey;
  /** A JWT of ours, signed with the first of these algorithms we have a current key for; `undefined` when there is none. */
  signJwt(
    claims: object,
    options: { readonly typ: string; readonly algorithms: readonly Algorithm[] },
  ): string | undefined;
};

export type SigningKey = { readonly key: CryptoKey; readonly kid: string; readonly alg: Algorithm };

type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
type Algorithm = keyof typeof IMPORTS;

/**
 * For client assertions, in order of preference. SMART 2.2 asks servers for ES384 or RS384; one that says it takes ES256
 * spares each launch two milliseconds (docs/decisions/0010). Of one that says nothing no more is expected than SMART does.
 */
const ALGORITHMS: readonly Algorithm[] = ['ES256', 'ES384', 'RS384'];
const WITHOUT_A_WORD: readonly string[] = ['ES384', 'RS384'];

/**
 * All we sign with. ES256 is for what is signed with every single request (a sixteenth of the time of ES384); RS512 is
 * what NHS England's API platform takes.
 */
const IMPORTS = {
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
  RS384: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS512: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
} as const;

const text = z.string().min(1);
const shared = {
  kid: text,
  use: z.literal('sig').optional(),
  next: z.boolean().default(false),
  retired: z.boolean().default(false),
  /** When it became what it is; `corridor keys roll` writes and reads it. */
  since: text.optional(),
};
const privateKey = z.discriminatedUnion('kty', [
  z
    .object({
      ...shared,
      kty: z.literal('EC'),
      alg: z.enum(['ES384', 'ES256']),
      crv: z.enum(['P-384', 'P-256']),
      x: text,
      y: text,
      d: text,
    })
    .refine((key) => IMPORTS[key.alg].namedCurve === key.crv, { path: ['crv'], message: 'is not the curve of alg' }),
  z.object({
    ...shared,
    kty: z.literal('RSA'),
    alg: z.enum(['RS384', 'RS512']),
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
const keyFile = z.object({ keys: z.array(privateKey).min(1).max(16) });

type PrivateKey = z.infer<typeof privateKey>;

/** The key file can't be used. The message names the field, never a value. */
export class KeyFileError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyFileError';
  }
}

/**
 * A private JWKS file. A key with `"next": true` is published ahead of its use and doesn't sign yet; one with
 * `"retired": true` signs no more and is published for what it signed last.
 */
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
  const small = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  return buildKeys([
    { ...ec, kid: `corridor-es384-${suffix}`, alg: 'ES384', next: false } as PrivateKey,
    { ...rsa, kid: `corridor-rs384-${suffix}`, alg: 'RS384', next: false } as PrivateKey,
    { ...small, kid: `corridor-es256-${suffix}`, alg: 'ES256', next: false } as PrivateKey,
    // The same pair under the name the API platform looks for: a second one would cost every start of a test.
    { ...rsa, kid: `corridor-rs512-${suffix}`, alg: 'RS512', next: false } as PrivateKey,
  ]);
}

async function buildKeys(keys: readonly PrivateKey[]): Promise<LauncherKeys> {
  const current = keys.filter((key) => !key.next && !key.retired);
  const signing = await Promise.all(current.map(importKey));
  if (signing.length === 0)
    throw new KeyFileError('the key file has no current key: remove "next" or "retired" from one');
  const jwks = Object.freeze({ keys: Object.freeze(keys.map(publicHalf)) });
  const forAssertions = signing.filter(({ alg }) => ALGORITHMS.includes(alg));
  return {
    jwks,
    signingKey: (supported) => {
      const wanted = ALGORITHMS.filter((alg) => (supported ?? WITHOUT_A_WORD).includes(alg));
      const found = wanted.flatMap((alg) => forAssertions.find((key) => key.alg === alg) ?? [])[0];
      return (found ?? forAssertions.find(({ alg }) => WITHOUT_A_WORD.includes(alg)) ?? signing[0]) as SigningKey;
    },
    signJwt: createSigner(current),
  };
}

/** The private halves stay in here: what comes out are signatures. */
function createSigner(current: readonly PrivateKey[]): LauncherKeys['signJwt'] {
  const signers = current.map(({ next: _next, retired: _retired, since: _since, ...jwk }) => ({
    kid: jwk.kid,
    alg: jwk.alg,
    key: createPrivateKey({ key: jwk satisfies JsonWebKey, format: 'jwk' }),
  }));
  return (claims, { typ, algorithms }) => {
    const signer = algorithms.flatMap((alg) => signers.find((one) => one.alg === alg) ?? [])[0];
    if (!signer) return undefined;
    const { kid, alg, key } = signer;
    return jsonwebtoken.sign(claims, key, { algorithm: alg, header: { alg, typ, kid } });
  };
}

async function importKey(key: PrivateKey): Promise<SigningKey> {
  const { next: _next, retired: _retired, since: _since, ...jwk } = key;
  // Not extractable: once imported, no code path can write the private half anywhere.
  const imported = await crypto.subtle
    .importKey('jwk', { ...jwk, use: 'sig' } satisfies JsonWebKey, IMPORTS[key.alg], false, ['sign'])
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
