import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export type SealKey = { readonly id: string; readonly key: Uint8Array };

/**
 * Seals what is kept at rest about a launch or a session (it names a patient). Bound to the row it belongs to, so that
 * a sealed text moved to another row does not open.
 */
export type Seal = {
  /** `boundTo` says what and whose: `launch:<state hash>`. */
  seal(value: unknown, boundTo: string): string;
  /** Undefined when it was tampered with, belongs elsewhere, or its key is gone (a restart with a key made at start). */
  open(sealed: string, boundTo: string): unknown;
};

const VERSION = 'c1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D §8.2.2: good for 2^32 seals a key). The first key seals, all open. */
export function createSeal(keys: readonly SealKey[]): Seal {
  const current = keys[0];
  if (!current) throw new RangeError('a seal needs at least one key');
  const byId = new Map(keys.map((key) => [key.id, key.key]));
  return {
    seal(value, boundTo) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(associated(current.id, boundTo));
      const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return `${VERSION}.${current.id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, boundTo) {
      const [version, id = '', text = '', ...rest] = sealed.split('.');
      const key = byId.get(id);
      const bytes = Buffer.from(text, 'base64url');
      if (version !== VERSION || !key || rest.length > 0 || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      // base64url decoding forgives stray characters and spare bits; a sealed text has one spelling.
      if (bytes.toString('base64url') !== text) return undefined;
      return decipher(key, id, bytes, boundTo);
    },
  };
}

/** A key that lives as long as the process. */
export function makeSealKey(): SealKey {
  return { id: `start-${randomBytes(6).toString('hex')}`, key: randomBytes(32) };
}

function decipher(key: Uint8Array, id: string, bytes: Buffer, boundTo: string): unknown {
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  cipher.setAAD(associated(id, boundTo));
  cipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  let text: string;
  try {
    text = Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]).toString('utf8');
  } catch {
    // GCM's only failure here is "does not authenticate": refused without saying more.
    return undefined;
  }
  return JSON.parse(text) as unknown;
}

function associated(id: string, boundTo: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, id, boundTo]), 'utf8');
}
