import type { Database } from '../storage/database.ts';
import { loadLeaves } from '../storage/tables/audit-events.ts';
import {
  findCheckpoint,
  loadCosignatures,
  loadHashes,
  loadTreeHead,
  saveCheckpoint,
  saveCosignature,
} from '../storage/tables/audit-tree.ts';
import { readFrontier } from './append.ts';
import type { CheckpointSigner } from './tree/checkpoint.ts';
import { type Hash, rootOf } from './tree/merkle.ts';
import { consistencyProof, type HashReader, inclusionProof, NoSuchTree } from './tree/proofs.ts';
import { type Cosignature, readCosignature, type WitnessKey } from './tree/witness-keys.ts';

/** The audit as others see it: signed heads, proofs, cosignatures, and the leaves themselves for those who may. */
export type AuditLog = {
  /** Signs the head when it has grown since the last signature. */
  checkpoint(): Promise<void>;
  /** The newest signed head with its cosignatures, or the one of that size. */
  signedHead(size?: number): Promise<string | undefined>;
  inclusion(index: number, size: number): Promise<readonly Hash[]>;
  consistency(old: number, size: number): Promise<readonly Hash[]>;
  /** Keeps a cosignature of a head of ours; false when it is not a known witness's, or not over that head. */
  witness(size: number, line: string): Promise<boolean>;
  leaves(from: number, limit: number): Promise<readonly { readonly leaf: number; readonly body: string }[]>;
};

export type AuditLogDeps = {
  readonly database: Database;
  readonly signer: CheckpointSigner;
  readonly witnesses: readonly WitnessKey[];
  readonly now: () => number;
};

export function createAuditLog({ database: { queries }, signer, witnesses, now }: AuditLogDeps): AuditLog {
  const read: HashReader = async (level, from, to) => {
    const hashes = await loadHashes(queries, level, from, to);
    if (hashes.length !== to - from) throw new NoSuchTree();
    return hashes.map((hash) => Buffer.from(hash, 'base64'));
  };
  const instant = (): string => new Date(now()).toISOString();
  return {
    checkpoint: async () => {
      const tree = readFrontier(await loadTreeHead(queries));
      const last = await findCheckpoint(queries);
      if (tree.size === 0 || tree.size === last?.size) return;
      await saveCheckpoint(queries, { size: tree.size, at: instant(), note: signer.sign(tree.size, rootOf(tree)) });
    },
    signedHead: async (size) => {
      const found = await findCheckpoint(queries, size);
      if (!found) return undefined;
      const lines = await loadCosignatures(queries, found.size);
      return found.note + lines.map(({ line }) => line).join('');
    },
    inclusion: (index, size) => inclusionProof(index, size, read),
    consistency: (old, size) => consistencyProof(old, size, read),
    witness: async (size, line) => {
      const found = await findCheckpoint(queries, size);
      const cosignature: Cosignature | undefined = found && readCosignature(found.note, line, witnesses);
      if (!cosignature) return false;
      await saveCosignature(queries, { size, witness: cosignature.witness, at: instant(), line: cosignature.line });
      return true;
    },
    leaves: (from, limit) => loadLeaves(queries, from, limit),
  };
}
