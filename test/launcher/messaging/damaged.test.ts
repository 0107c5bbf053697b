import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { makeKeys } from '../../../launcher/trust/keys.ts';
import {
  doctor,
  draftOf,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  signal,
  START,
  type WorldOptions,
} from '../../support/messaging.ts';

const HOUR = 3_600_000;
const keys = makeKeys();
const opened: MessagingWorld[] = [];
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

/** So many conversations, all asked at once. */
async function asked(count: number, options: WorldOptions = {}): Promise<{ world: MessagingWorld; ids: string[] }> {
  const world = await openMessagingWorld({ keys: await keys, ...options });
  opened.push(world);
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await world.messages.send(pharmacist(), draftOf(), signal)).thread.id);
  return { world, ids: ids.sort() };
}

/** Nothing can be sealed in it any more, nor opened. */
async function spoilKey({ database }: MessagingWorld, id: string): Promise<void> {
  await sql`update message_threads set sealed_key = 'c3BvaWx0' where id = ${id}`.execute(database.queries);
}

describe('a conversation that was damaged in the store', () => {
  it('keeps no other from going on to whom it should when nobody answers', async () => {
    const { world, ids } = await asked(6);
    await world.deliverAll();
    for (const id of [ids[0], ids[3]]) await spoilKey(world, id ?? '');
    world.clock.nowMs = START + 5 * HOUR;
    expect(await world.escalate()).toBe(4);
    const states = (await world.messages.list(doctor())).threads.map(({ state }) => state);
    expect(states.filter((state) => state === 'escalated')).toHaveLength(4);
    expect(world.failures).toHaveLength(2);
    // Nor does it fill the audit: what nobody can open is looked at again in an hour.
    const told = world.audit.length;
    world.clock.nowMs += HOUR / 2;
    await world.escalate();
    expect(world.audit).toHaveLength(told);
  });

  it('keeps nothing else held back when a rule no longer does', async () => {
    const objected = { allowed: false, rule: 'consent.objection', words: 'The person objects.' } as const;
    const { world, ids } = await asked(6);
    world.judged.see = () => Promise.resolve(objected);
    await world.deliverAll();
    // One act is missing, as no service of ours leaves it.
    for (const id of [ids[0], ids[3]])
      await sql`update message_acts set version = 7 where thread_id = ${id}`.execute(world.database.queries);
    world.judged.see = () => Promise.resolve({ allowed: true });
    world.clock.nowMs = START + HOUR / 2;
    expect(await world.release()).toBe(4);
    expect(world.failures).toHaveLength(2);
    await world.deliverAll();
    expect((await world.inbox.counts(doctor())).unopened).toBe(4);
  });
});
