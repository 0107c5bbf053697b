import { randomBytes } from 'node:crypto';
import type { AuditEvent } from '../../launcher/audit/audit.ts';
import { buildAuditEvent } from '../../launcher/audit/balp/build-audit-event.ts';
import { type CheckpointSigner, createCheckpointSigner } from '../../launcher/audit/tree/checkpoint.ts';
import { EMPTY, grow, hashLeaf, rootOf } from '../../launcher/audit/tree/merkle.ts';
import { readTrustedKey, type TrustedKey } from '../../launcher/verifier/notes.ts';
import type { LogImage, StoredLeaf } from '../../launcher/verifier/verify-log.ts';
import { AUDIT_TYPES, auditEvent, PLACES } from './audit-events.ts';
import { type TestWitness, testWitness } from './witness.ts';

/** The whole of a log in memory, as a store holds it, and those who can sign it. */
export type TestLog = {
  readonly leaves: readonly StoredLeaf[];
  readonly size: number;
  readonly tiles: ReadonlyMap<string, string>;
  readonly checkpoints: readonly { readonly size: number; readonly at: string; readonly note: string }[];
  readonly witnessed: readonly string[];
};

export type TestLogKeys = {
  readonly signer: CheckpointSigner;
  readonly witnesses: readonly TestWitness[];
  readonly trust: { readonly keys: readonly TrustedKey[] };
};

const START = Date.parse('2026-11-22T09:00:00.000Z');
const EVERY_MS = 60_000;

export function testLogKeys(): TestLogKeys {
  const signer = createCheckpointSigner('corridor.example/audit', randomBytes(32));
  const witnesses = [testWitness('north.example/witness'), testWitness('south.example/witness')];
  const keys = [signer.verifierKey, ...witnesses.map(({ key }) => key)].map((key) => readTrustedKey(key));
  if (keys.some((key) => key === undefined)) throw new Error('a key of the test can’t be read');
  return { signer, witnesses, trust: { keys: keys as TrustedKey[] } };
}

/** The row the launcher would write for this event. */
export function leafOf(event: AuditEvent, leaf: number): StoredLeaf {
  const body = JSON.stringify(buildAuditEvent(event, PLACES));
  return {
    leaf,
    leaf_hash: hashLeaf(body).toString('base64'),
    body,
    type: event.type,
    at: event.at,
    outcome: event.outcome,
    launch_id: event.launchId ?? null,
    view_id: event.viewId ?? null,
    request_id: event.requestId ?? null,
    user_key: event.user ?? null,
    role: event.role ?? null,
    organisation: event.organisation ?? null,
    purpose: event.purpose ?? null,
    nhs_number: event.nhsNumber ?? null,
    source: event.source ?? null,
    code: event.code ?? null,
    detail: event.detail ? JSON.stringify(event.detail) : null,
  };
}

export function eventAt(index: number): AuditEvent {
  return auditEvent(AUDIT_TYPES[index % AUDIT_TYPES.length] ?? 'record.viewed', {
    at: new Date(START + index * EVERY_MS).toISOString(),
    viewId: `view-${String(index)}`,
  });
}

/** Hashes, tiles and signed heads over these leaves, whoever made them; `signAt` are the sizes that are signed. */
export function logOver(
  leaves: readonly StoredLeaf[],
  signAt: readonly number[],
  { signer }: TestLogKeys,
): Omit<TestLog, 'witnessed'> {
  let tree = EMPTY;
  const tiles = new Map<string, string>();
  const checkpoints: { size: number; at: string; note: string }[] = [];
  for (const [index, { leaf_hash }] of leaves.entries()) {
    const grown = grow(tree, [Buffer.from(leaf_hash, 'base64')]);
    tree = grown.tree;
    for (const { level, place, hash } of grown.tiles)
      tiles.set(`${String(level)}/${String(place)}`, hash.toString('base64'));
    if (signAt.includes(index + 1)) {
      const at = new Date(START + index * EVERY_MS).toISOString();
      checkpoints.push({ size: index + 1, at, note: signer.sign(tree.size, rootOf(tree)) });
    }
  }
  return { leaves, size: leaves.length, tiles, checkpoints };
}

/** The heads each witness holds: every third checkpoint and the last. */
export function witnessedBy(log: Omit<TestLog, 'witnessed'>, { witnesses }: TestLogKeys): readonly string[] {
  return log.checkpoints.flatMap(({ size, at, note }, index) => {
    if (index % 3 !== 0 && size !== log.size) return [];
    return witnesses.map((witness) => note + witness.cosign(note, Date.parse(at) / 1_000));
  });
}

export function imageOf(log: TestLog): LogImage {
  return { ...log, leaves: [log.leaves] };
}
