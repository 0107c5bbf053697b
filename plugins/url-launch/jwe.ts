import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const LONGEST = 16_384;

/**
 * A compact JWE (RFC 7516) encrypted with our own secret (`alg: dir`): A256GCM with 32 bytes, A256CBC-HS512 with 64.
 * Anything else, and anything that was changed, is nothing.
 */
export function decryptToken(token: unknown, secretHex: string): string | undefined {
  if (typeof token !== 'string' || token.length > LONGEST) return undefined;
  const parts = token.split('.');
  if (parts.length !== 5 || parts[1] !== '') return undefined;
  const [head = '', , iv, sealed, tag] = parts;
  const secret = Buffer.from(secretHex, 'hex');
  const given: Sealed = { head, iv: bytes(iv), sealed: bytes(sealed), tag: bytes(tag) };
  try {
    const header = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as { alg?: unknown; enc?: unknown };
    if (header.alg !== 'dir' || 'crit' in header || 'zip' in header) return undefined;
    if (header.enc === 'A256GCM' && secret.length === 32) return gcm(given, secret);
    if (header.enc === 'A256CBC-HS512' && secret.length === 64) return cbc(given, secret);
    return undefined;
  } catch {
    return undefined;
  }
}

type Sealed = { readonly head: string; readonly iv: Buffer; readonly sealed: Buffer; readonly tag: Buffer };

function gcm({ head, iv, sealed, tag }: Sealed, secret: Buffer): string | undefined {
  if (iv.length !== 12 || tag.length !== 16) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', secret, iv, { authTagLength: 16 })
    .setAAD(Buffer.from(head))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
}

/** RFC 7518 §5.2.2: the tag is checked before anything is decrypted, so that padding tells nobody anything. */
function cbc(given: Sealed, secret: Buffer): string | undefined {
  const { iv, sealed, tag } = given;
  if (iv.length !== 16 || tag.length !== 32 || !timingSafeEqual(tagOf(given, secret), tag)) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', secret.subarray(32), iv);
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
}

/** The other way about, for links to try. */
export function encryptToken(text: string, secretHex: string): string {
  const secret = Buffer.from(secretHex, 'hex');
  const head = Buffer.from(
    JSON.stringify({ alg: 'dir', enc: secret.length === 32 ? 'A256GCM' : 'A256CBC-HS512' }),
  ).toString('base64url');
  const iv = randomBytes(secret.length === 32 ? 12 : 16);
  const gcmOf = (): readonly Buffer[] => {
    const cipher = createCipheriv('aes-256-gcm', secret, iv, { authTagLength: 16 }).setAAD(Buffer.from(head));
    return [Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]), cipher.getAuthTag()];
  };
  const cbcOf = (): readonly Buffer[] => {
    const cipher = createCipheriv('aes-256-cbc', secret.subarray(32), iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return [sealed, tagOf({ head, iv, sealed }, secret)];
  };
  const [sealed, tag] = secret.length === 32 ? gcmOf() : cbcOf();
  return [head, '', ...[iv, sealed, tag].map((each) => each?.toString('base64url') ?? '')].join('.');
}

function tagOf({ head, iv, sealed }: Omit<Sealed, 'tag'>, secret: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(head.length) * 8n);
  return createHmac('sha512', secret.subarray(0, 32))
    .update(head)
    .update(iv)
    .update(sealed)
    .update(length)
    .digest()
    .subarray(0, 32);
}

function bytes(part: string | undefined): Buffer {
  return Buffer.from(part ?? '', 'base64url');
}
