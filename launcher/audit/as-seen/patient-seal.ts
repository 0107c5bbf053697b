import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const PATIENT_KEY_BYTES = 32;

/** AES-256-GCM under one patient's key; `place` is bound in, so that no row can be put in the place of another. */
export function sealForPatient(key: Uint8Array, place: string, bytes: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Throws when it was changed, or sealed for another place or under another key. */
export function openForPatient(key: Uint8Array, place: string, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const head = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(NONCE_BYTES, head));
  return Buffer.concat([decipher.update(bytes.subarray(head)), decipher.final()]);
}
