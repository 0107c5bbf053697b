import { createHash, createPrivateKey, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Digest } from './tree.ts';

/** A head of the log as a note: what it says, and who signed it. */
export type Head = {
  readonly origin: string;
  readonly size: number;
  readonly root: Digest;
  /** The signed text, with its last line break. */
  readonly body: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Buffer }[];
};

/** Who may have signed: `log` signs heads, `witness` signs that it saw one at a time (C2SP signed-note, tlog-cosignature). */
export type TrustedKey = {
  readonly kind: 'log' | 'witness';
  readonly name: string;
  readonly id: string;
  readonly key: KeyObject;
};

const KINDS = { 1: 'log', 4: 'witness' } as const;
const SPKI = '302a300506032b6570032100';
const PKCS8 = '302e020100300506032b657004220420';

/** `name+hash+key`; undefined when it is none, or its hash is not of its key. */
export function readTrustedKey(text: string): TrustedKey | undefined {
  const parts = /^(?<name>[^\s+]+)\+(?<id>[0-9a-f]{8})\+(?<key>[A-Za-z0-9+/]+=*)$/.exec(text.trim())?.groups;
  const bytes = Buffer.from(parts?.['key'] ?? '', 'base64');
  const kind = KINDS[bytes[0] as keyof typeof KINDS] as (typeof KINDS)[keyof typeof KINDS] | undefined;
  if (!parts || bytes.length !== 33 || kind === undefined) return undefined;
  const { name = '', id = '' } = parts;
  if (keyId(name, bytes) !== id) return undefined;
  const der = Buffer.concat([Buffer.from(SPKI, 'hex'), bytes.subarray(1)]);
  return { kind, name, id, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

/** The public half of a log's seed, for an operator who verifies with the secret at hand. */
export function trustedKeyOfSeed(name: string, seed: Uint8Array): TrustedKey {
  const der = Buffer.concat([Buffer.from(PKCS8, 'hex'), seed]);
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  const raw = key.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { kind: 'log', name, id: keyId(name, Buffer.concat([Buffer.from([1]), raw])), key };
}

function keyId(name: string, typedKey: Buffer): string {
  return createHash('sha256').update(`${name}\n`).update(typedKey).digest('hex').slice(0, 8);
}

export function parseHead(note: string): Head | undefined {
  const end = note.indexOf('\n\n');
  if (end < 0) return undefined;
  const body = note.slice(0, end + 1);
  const [origin = '', size = '', root = ''] = body.split('\n');
  const bytes = Buffer.from(root, 'base64');
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || bytes.length !== 32) return undefined;
  if (bytes.toString('base64') !== root) return undefined;
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .flatMap((line) => {
      const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      const bytes = Buffer.from(encoded ?? '', 'base64');
      // Base64 has one spelling here: a changed spare bit is a changed note.
      return name === undefined || bytes.toString('base64') !== encoded ? [] : [{ name, bytes }];
    });
  return { origin, size: Number(size), root, body, signatures };
}

/** Whether this key signed this head; a witness's signature also says when, in seconds since the epoch. */
export function signedBy(head: Head, trusted: TrustedKey): { readonly atSeconds?: number } | undefined {
  for (const { name, bytes } of head.signatures) {
    if (name !== trusted.name || bytes.subarray(0, 4).toString('hex') !== trusted.id) continue;
    if (trusted.kind === 'log') {
      if (verify(null, Buffer.from(head.body, 'utf8'), trusted.key, bytes.subarray(4))) return {};
      continue;
    }
    if (bytes.length !== 76) continue;
    const atSeconds = Number(bytes.readBigUInt64BE(4));
    const text = Buffer.from(`cosignature/v1\ntime ${String(atSeconds)}\n${head.body}`, 'utf8');
    if (verify(null, text, trusted.key, bytes.subarray(12))) return { atSeconds };
  }
  return undefined;
}
