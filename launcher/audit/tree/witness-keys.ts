import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';

/** A member that watches the log: it signs heads it has seen grow from heads it signed before (C2SP tlog-cosignature). */
export type WitnessKey = { readonly name: string; readonly id: Buffer; readonly key: KeyObject };

export type Cosignature = { readonly witness: string; readonly line: string };

const COSIGNATURE_V1 = 0x04;
/** SubjectPublicKeyInfo of an Ed25519 key, up to the key (RFC 8410 §4). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** `name+hash+key` (C2SP signed-note §verifier keys); undefined when it is not one of a witness. */
export function parseWitnessKey(text: string): WitnessKey | undefined {
  const [, name, id, encoded] = /^([^\s+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? [];
  if (name === undefined || id === undefined || encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 33 || bytes[0] !== COSIGNATURE_V1) return undefined;
  const expected = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'buffer').subarray(0, 4);
  if (expected.toString('hex') !== id) return undefined;
  const key = createPublicKey({ key: Buffer.concat([SPKI, bytes.subarray(1)]), format: 'der', type: 'spki' });
  return { name, id: expected, key };
}

/** A cosignature line over this note, when it is a known witness's and holds; otherwise undefined. */
export function readCosignature(note: string, line: string, witnesses: readonly WitnessKey[]): Cosignature | undefined {
  const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})\n?$/.exec(line) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  const witness = witnesses.find((known) => known.name === name && known.id.equals(bytes.subarray(0, 4)));
  const body = note.slice(0, note.indexOf('\n\n') + 1);
  if (!witness || bytes.length !== 4 + 8 + 64 || body === '') return undefined;
  const seconds = bytes.readBigUInt64BE(4);
  const signed = Buffer.from(`cosignature/v1\ntime ${String(seconds)}\n${body}`, 'utf8');
  if (!verify(null, signed, witness.key, bytes.subarray(12))) return undefined;
  return { witness: witness.name, line: `— ${witness.name} ${bytes.toString('base64')}\n` };
}
