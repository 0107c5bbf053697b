import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../../launcher/audit/log.ts';
import { createStoreAudit } from '../../../launcher/audit/store-audit.ts';
import { createCheckpointSigner, type CheckpointSigner } from '../../../launcher/audit/tree/checkpoint.ts';
import { migrate } from '../../../launcher/storage/migrate.ts';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { readTrustedKey } from '../../../launcher/verifier/notes.ts';
import { openLog } from '../../../launcher/verifier/read-store.ts';
import { verifyLog, type Verdict } from '../../../launcher/verifier/verify-log.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-roll-audit-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ORIGIN = 'record.example/audit';
const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const event = { type: 'session.ended', at: '2026-11-22T09:00:00.000Z', outcome: 'success' } as const;

describe('a new signing key of the audit', () => {
  it('is refused by who knows neither key, and followed by who knows the old one or the new one', async () => {
    const file = join(folder, 'one.sqlite');
    const database = openSqlite({ file, busyMs: 1_000 });
    await migrate(database);
    const audit = createStoreAudit(database);
    const signed = async (signer: CheckpointSigner): Promise<void> => {
      await audit.recordAll([event, event, event]);
      await createAuditLog({ database, signer, witnesses: [], now: () => Date.parse(event.at) }).checkpoint();
    };
    await signed(createCheckpointSigner(ORIGIN, seed(1)));
    await signed(createCheckpointSigner(ORIGIN, seed(2), seed(1)));
    await signed(createCheckpointSigner(ORIGIN, seed(2), seed(1)));
    await database.close();

    const verify = async (...seeds: readonly number[]): Promise<Verdict> => {
      const image = await openLog(`sqlite:${file}`, []);
      const keys = seeds.flatMap((one) => readTrustedKey(createCheckpointSigner(ORIGIN, seed(one)).verifierKey) ?? []);
      try {
        return await verifyLog(image, { keys });
      } finally {
        await image.close();
      }
    };
    expect(await verify(9)).toMatchObject({ ok: false });
    // Across the change nothing is unsigned for who knows the old key.
    expect(await verify(1)).toMatchObject({ ok: true, size: 9, unsigned: 0 });
    expect(await verify(2, 1)).toMatchObject({ ok: true, size: 9, unsigned: 0 });
    // Who knows only the new key finds its heads good and the older ones, rightly, not signed by a key it knows.
    const young = await verify(2);
    expect(young.unsigned).toBe(0);
    expect(young.problems.map(({ index }) => index)).toEqual([3]);
  });
});
