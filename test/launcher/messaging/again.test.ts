import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { claimMessages, findSent } from '../../../launcher/storage/tables/message-outbox.ts';
import type { DeliveryOutcome } from '../../../src/messages/delivery.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';
import {
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  signal,
  START,
} from '../../support/messaging.ts';

const opened: MessagingWorld[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const EPR = { id: 'north-epr' as SourceId, ods: 'XB001' as OdsCode };
const ACCEPTED: DeliveryOutcome = { outcome: 'accepted' };

/** A surgery whose EPR takes everything, and may say otherwise later. */
async function open(attempts = 3) {
  const handed: string[] = [];
  const world = await openMessagingWorld({
    community: messagingCommunity(EPR.id),
    attempts,
    deliver: (_to, { id }) => (handed.push(id), Promise.resolve(ACCEPTED)),
  });
  opened.push(world);
  const draft = draftOf();
  await world.messages.send(pharmacist(), draft, signal);
  await world.deliverAll();
  const state = async (): Promise<string | undefined> => (await world.messages.list(pharmacist())).threads[0]?.state;
  return { world, handed, id: draft.id, state };
}

describe('a message that was taken and could not be kept', () => {
  it('is not tried again by the word of another inbox, of another organisation, or about another message', async () => {
    const { world, handed, id } = await open();
    expect(await world.again(id, { ...EPR, ods: 'XC001' as OdsCode })).toBe(false);
    expect(await world.again(id, { ...EPR, id: 'second-epr' as SourceId })).toBe(false);
    expect(await world.again(randomUUID(), EPR)).toBe(false);
    world.clock.nowMs = START + 3_600_000;
    await world.deliverAll();
    expect(handed).toEqual([id]);
  });

  it('is not tried again once it is delivered', async () => {
    const { world, handed, id, state } = await open();
    const at = new Date(START).toISOString();
    await world.receipt({ messageId: id, by: EPR.ods, inbox: EPR.id, kind: 'delivered', at });
    expect(await world.again(id, EPR)).toBe(true);
    world.clock.nowMs = START + 3_600_000;
    await world.deliverAll();
    expect(handed).toEqual([id]);
    expect(await state()).toBe('delivered');
  });

  it('is handed over once more after a pause, however often that is said, and delivered when the EPR says so', async () => {
    const { world, handed, id, state } = await open();
    expect(await Promise.all([1, 2, 3].map(() => world.again(id, EPR)))).toEqual([true, true, true]);
    await world.deliverAll();
    expect(handed).toHaveLength(1);
    expect(await state()).toBe('queued');
    world.clock.nowMs = START + 2_000;
    await world.deliverAll();
    expect(handed).toEqual([id, id]);
    await world.receipt({
      messageId: id,
      by: EPR.ods,
      inbox: EPR.id,
      kind: 'delivered',
      at: new Date(START + 3_000).toISOString(),
    });
    expect(await state()).toBe('delivered');
    expect(world.audit.filter(({ detail }) => detail?.['state'] === 'retry').length).toBeGreaterThan(0);
  });

  it('is given up after as many attempts as any other, and says so to whom it is passed on', async () => {
    const { world, handed, id } = await open(2);
    for (let hour = 1; hour <= 4; hour += 1) {
      await world.again(id, EPR);
      world.clock.nowMs = START + hour * 1_200_000;
      await world.deliverAll();
    }
    expect(handed).toHaveLength(2);
    const [thread] = (await world.messages.list(pharmacist())).threads;
    expect(thread?.state).toBe('undeliverable');
    expect(thread?.messages[0]?.receipts).toContainEqual(
      expect.objectContaining({ kind: 'undeliverable', code: 'message.gave_up' }),
    );
    await world.escalate();
    expect((await world.messages.list(pharmacist())).threads[0]?.escalations[0]).toMatchObject({
      rule: 'message.undeliverable',
    });
  });

  it('goes again too when that is said before the handing over has ended', async () => {
    const { world, id } = await open();
    const { queries, dialect } = world.database;
    await world.again(id, EPR);
    const nowMs = START + 10_000;
    world.clock.nowMs = nowMs;
    await claimMessages(queries, dialect, { lease: 'busy', nowMs, untilMs: nowMs + 4_000, limit: 10 });
    await world.again(id, EPR);
    const [row] = await findSent(queries, id, EPR.ods);
    expect(row).toMatchObject({ state: 'waiting', lease: null });
    expect(row?.next_ms).toBeGreaterThan(nowMs);
  });
});
