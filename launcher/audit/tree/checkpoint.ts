import { createPrivateKey, createPublicKey, hash, type KeyObject, sign } from 'node:crypto';
import type { Hash } from './merkle.ts';

/** Signs heads of the tree: an Ed25519 key with a name (C2SP signed-note). */
export type CheckpointSigner = {
  /** Schemaless address that names this log; the first line of each checkpoint. */
  readonly origin: string;
  /** `name+hash+key`, for those who verify. */
  readonly verifierKey: string;
  sign(size: number, root: Hash): string;
};

const ED25519 = 0x01;
/** PKCS #8 of an Ed25519 seed, up to the seed (RFC 8410 §7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const RAW_KEY_BYTES = 32;

/**
 * `seed` is 32 random bytes: the whole private key (RFC 8032 §5.1.5). With the seed of the key `before`, each head bears
 * both signatures, so that whoever knows only one of the two keys can follow the change (C2SP signed-note: a note may
 * be signed by several keys of one name).
 */
export function createCheckpointSigner(origin: string, seed: Uint8Array, before?: Uint8Array): CheckpointSigner {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const raw = rawPublicKey(key);
  const id = hash(
    'sha256',
    Buffer.concat([Buffer.from(`${origin}\n`), Buffer.from([ED25519]), raw]),
    'buffer',
  ).subarray(0, 4);
  const earlier = before && createCheckpointSigner(origin, before);
  return {
    origin,
    verifierKey: `${origin}+${id.toString('hex')}+${Buffer.concat([Buffer.from([ED25519]), raw]).toString('base64')}`,
    sign: (size, root) => {
      const body = checkpointBody(origin, size, root);
      const signature = Buffer.concat([id, sign(null, Buffer.from(body, 'utf8'), key)]).toString('base64');
      const line = `— ${origin} ${signature}\n`;
      return earlier ? `${earlier.sign(size, root)}${line}` : `${body}\n${line}`;
    },
  };
}

/** C2SP tlog-checkpoint: origin, size, root; each on a line of its own. */
function checkpointBody(origin: string, size: number, root: Hash): string {
  return `${origin}\n${String(size)}\n${root.toString('base64')}\n`;
}

function rawPublicKey(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-RAW_KEY_BYTES);
}
