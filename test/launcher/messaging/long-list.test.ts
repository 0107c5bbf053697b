import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saveThread, type ThreadRow } from '../../../launcher/storage/tables/messages.ts';
import {
  COUNCIL,
  doctor,
  type MessagingWorld,
  openMessagingWorld,
  RESIDENT,
  START,
  SURGERY,
  WARD,
} from '../../support/messaging.ts';

let world: MessagingWorld;
beforeEach(async () => {
  world = await openMessagingWorld();
});
afterEach(() => world.close());

/** Conversations of the resident, each a second later than the one before, of which no more is left than that they were. */
async function put(count: number, to: string, from = 0): Promise<void> {
  await world.database.transaction(async (queries) => {
    for (let n = from; n < from + count; n += 1) {
      const at = new Date(START + n * 1_000).toISOString();
      const row = {
        id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
        version: 1,
        patient_handle: world.base.vault.handle(RESIDENT.nhsNumber),
        restricted: 0,
        sealed_key: null,
        sealed: null,
        from_address: WARD,
        to_address: to,
        urgency: 'routine',
        waits: 0,
        due_at: null,
        closed_at: null,
        check_at: null,
        created_at: at,
        changed_at: at,
      };
      await saveThread(queries, row as unknown as ThreadRow);
    }
  });
}

const list = () => world.messages.list(doctor());

describe('the conversations of an open chart', () => {
  it('leave out none of the reader’s organisation for what others have of the resident, however new', async () => {
    await put(1, SURGERY);
    await put(201, COUNCIL, 1);
    const { threads, more } = await list();
    expect(threads.map(({ to }) => to.address)).toEqual([SURGERY]);
    expect(more).toBeUndefined();
  });

  it('say that there are more when there are, and not when all are listed', async () => {
    await put(200, SURGERY);
    const all = await list();
    expect([all.threads.length, all.more]).toEqual([200, undefined]);
    await put(1, SURGERY, 200);
    const some = await list();
    expect([some.threads.length, some.more]).toEqual([200, true]);
    expect(some.threads[0]?.id).toMatch(/200$/);
  });
});
