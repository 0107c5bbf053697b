import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { SealKeySetting } from '../config.ts';

/** Seals what the store keeps of launches and sessions, so that a copy of the store shows nobody. */
export type Sealing = {
  /** `purpose` is bound in: a launch can't be opened as a session. */
  seal(purpose: string, value: unknown): string;
  /** Throws `SealBroken` when the text was changed, was sealed for another purpose, or its key is gone. */
  open(purpose: string, sealed: string): unknown;
};

export class SealBroken extends Error {
  constructor(options?: ErrorOptions) {
    super('a sealed value can’t be opened', options);
    this.name = 'SealBroken';
  }
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/** AES-256-GCM with a random nonce (NIST SP 800-38D §8.2.2); the first key seals, all open, so that keys can be changed without ending sessions. */
export function createSealing(keys: readonly SealKeySetting[] | undefined): Sealing {
  const ring = keys && keys.length > 0 ? keys : [{ id: 'start', key: new Uint8Array(randomBytes(32)) }];
  // Node makes a key of bare bytes anew at each use, which takes longer than to seal.
  const own = ring.map(({ id, key }) => ({ id, key: createSecretKey(key) }));
  const [sealer] = own as [(typeof own)[number], ...typeof own];
  const byId = new Map(own.map(({ id, key }) => [id, key]));
  return {
    seal: (purpose, value) => {
      const iv = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealer.key, iv, { authTagLength: TAG_BYTES }).setAAD(
        bound(sealer.id, purpose),
      );
      const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return `${sealer.id}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    open: (purpose, text) => {
      const [id = '', body = '', ...rest] = text.split('.');
      const key = byId.get(id);
      const bytes = Buffer.from(body, 'base64url');
      // base64url decoding forgives stray characters and spare bits; a sealed text has one spelling.
      const spelt = rest.length === 0 && bytes.toString('base64url') === body;
      if (!key || !spelt || bytes.length < HEAD_BYTES) throw new SealBroken();
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(bound(id, purpose))
          .setAuthTag(bytes.subarray(NONCE_BYTES, HEAD_BYTES));
        return JSON.parse(
          Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8'),
        ) as unknown;
      } catch (cause) {
        throw new SealBroken({ cause });
      }
    },
  };
}

function bound(id: string, purpose: string): Buffer {
  return Buffer.from(`corridor|${id}|${purpose}`);
}
