import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { VaultLocked } from '../../../launcher/messaging/open-vault.ts';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { draftOf, openMessagingWorld, pharmacist, signal } from '../../support/messaging.ts';

const database = openSqlite({ file: ':memory:', busyMs: 1_000 });
const [ours, another] = [new Uint8Array(randomBytes(32)), new Uint8Array(randomBytes(32))];
afterEach(() => database.close());

describe('a launcher that has not the key of what was written', () => {
  it('makes a new one only while nothing was, and afterwards opens nothing and changes nothing', async () => {
    await openMessagingWorld({ database, sealKey: another });
    const world = await openMessagingWorld({ database, sealKey: ours });
    await world.messages.send(pharmacist(), draftOf(), signal);
    await expect(openMessagingWorld({ database, sealKey: another })).rejects.toThrow(VaultLocked);
    const again = await openMessagingWorld({ database, sealKey: ours });
    expect((await again.messages.list(pharmacist())).threads).toHaveLength(1);
  });
});
