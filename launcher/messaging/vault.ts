import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/**
 * Seals what is said under a key of the thread, which belongs to one resident and goes when its time of keeping is over.
 * The threads' keys are wrapped under one secret of the store (`message_secrets`), so that the launcher's seal keys can be
 * changed without opening a single conversation.
 */
export type Vault = {
  /** A resident's name in the tables; the same for as long as the store lives. */
  handle(nhsNumber: string): string;
  /** A new key, wrapped for the thread's row. */
  newKey(threadId: string): string;
  /** `place` is bound in: no sealed text can be put in the place of another. */
  seal(threadId: string, wrapped: string, place: string, text: string): string;
  /** Throws when it was changed, stands in another's place, or its key is gone. */
  open(threadId: string, wrapped: string, place: string, sealed: string): string;
  /** For what belongs to no thread: the public halves of signing keys. */
  sealOwn(place: string, text: string): string;
  openOwn(place: string, sealed: string): string;
};

export const MASTER_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MOST_KEYS = 2_000;

export function createVault(master: Uint8Array): Vault {
  const derive = (use: string): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync('sha256', master, '', `corridor|messages|${use}`, 32)));
  const [naming, wrapping, own] = [derive('name'), derive('wrap'), derive('own')];
  // Unwrapped keys of threads read lately; what is destroyed in the store is not asked for again.
  const unwrapped = new Map<string, KeyObject>();
  const keyOf = (threadId: string, wrapped: string): KeyObject => {
    const known = unwrapped.get(wrapped);
    if (known) return known;
    const key = createSecretKey(open(wrapping, `key|${threadId}`, wrapped));
    if (unwrapped.size >= MOST_KEYS) unwrapped.clear();
    unwrapped.set(wrapped, key);
    return key;
  };
  return {
    handle: (nhsNumber) => createHmac('sha256', naming).update(nhsNumber).digest('base64url'),
    newKey: (threadId) => seal(wrapping, `key|${threadId}`, randomBytes(32)),
    seal: (threadId, wrapped, place, text) => seal(keyOf(threadId, wrapped), `${threadId}|${place}`, Buffer.from(text)),
    open: (threadId, wrapped, place, sealed) =>
      open(keyOf(threadId, wrapped), `${threadId}|${place}`, sealed).toString('utf8'),
    sealOwn: (place, text) => seal(own, place, Buffer.from(text)),
    openOwn: (place, sealed) => open(own, place, sealed).toString('utf8'),
  };
}

/** AES-256-GCM with a random nonce (NIST SP 800-38D §8.2.2). Node makes a key of bare bytes anew at each use, which takes longer than to seal. */
function seal(key: KeyObject, place: string, bytes: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

function open(key: KeyObject, place: string, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const head = NONCE_BYTES + TAG_BYTES;
  if (bytes.length < head) throw new Error('a sealed value is too short');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(NONCE_BYTES, head));
  return Buffer.concat([decipher.update(bytes.subarray(head)), decipher.final()]);
}
