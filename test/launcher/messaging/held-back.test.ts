import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { makeKeys } from '../../../launcher/trust/keys.ts';
import type { OutgoingMessage } from '../../../src/messages/delivery.ts';
import {
  COUNCIL,
  doctor,
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  signal,
  START,
} from '../../support/messaging.ts';

const HOUR = 3_600_000;
/** Made once: they take longer than all the rest. */
const keys = makeKeys();
const ALLOWED = { allowed: true } as const;
const OBJECTED = { allowed: false, rule: 'consent.objection', words: 'The person objects.' } as const;

const opened: MessagingWorld[] = [];
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

/** A message to the council, which has nobody to pass it to, is held back by an objection; each has an EPR. */
async function held(more: object = {}) {
  const plain = messagingCommunity('north-epr');
  const members = plain.members.map((member) => ({
    ...member,
    teams: (member.teams ?? []).map((team) => ({ ...team, inbox: 'an-epr' as never })),
  }));
  const handed: OutgoingMessage[] = [];
  const world = await openMessagingWorld({
    community: { ...plain, members },
    keys: await keys,
    deliver: (_to, message) => {
      handed.push(message);
      return Promise.resolve({ outcome: 'delivered' });
    },
  });
  opened.push(world);
  const objects = (yes: boolean): void => {
    world.judged.see = () => Promise.resolve(yes ? OBJECTED : ALLOWED);
  };
  const { thread } = await world.messages.send(pharmacist(), draftOf({ to: COUNCIL, ...more }), signal);
  objects(true);
  await world.deliverAll();
  objects(false);
  const state = async () => (await world.messages.list(pharmacist())).threads[0]?.state;
  const follow = async (version: number, body: string) => {
    const act = { id: randomUUID(), version, kind: 'reply', body } as const;
    await world.messages.act(pharmacist(), thread.id, act);
    return act.id;
  };
  /** The rules are asked again, and what may go goes. */
  const look = async (afterMs: number): Promise<number> => {
    world.clock.nowMs += afterMs;
    const released = await world.release();
    await world.deliverAll();
    return released;
  };
  return { world, thread: thread.id, handed, objects, state, follow, look };
}

describe('a message that a rule held back', () => {
  it('is never sent of itself once it was to be answered', async () => {
    const { look, handed } = await held();
    expect(await look(4 * HOUR)).toBe(0);
    expect(await look(HOUR)).toBe(0);
    expect(handed).toEqual([]);
  });

  it('is never sent of itself a day after it was written, and its writer is told what they were told', async () => {
    const routine = await held({ urgency: 'routine' });
    routine.objects(true);
    await routine.look(23 * HOUR);
    routine.objects(false);
    expect(await routine.look(HOUR)).toBe(0);
    expect(await routine.look(HOUR)).toBe(0);
    expect(routine.handed).toEqual([]);
    expect(await routine.state()).toBe('undeliverable');
  });

  it('is never sent of itself when its conversation was ended', async () => {
    const ended = await held();
    await ended.world.messages.act(pharmacist(), ended.thread, { id: randomUUID(), version: 1, kind: 'close' });
    expect(await ended.look(HOUR)).toBe(0);
    expect(ended.handed).toEqual([]);
  });

  it('is never sent of itself when it was passed on to somebody else', async () => {
    const passed = await held({ to: 'XB001/duty-doctor' });
    expect(await passed.world.escalate()).toBe(1);
    expect(await passed.look(HOUR)).toBe(0);
    // The partners have it, by the rule; the duty doctor does not get it late besides.
    expect(passed.handed).toHaveLength(1);
  });

  it('stays where it is while the rule holds, or where nobody can ask the rules', async () => {
    const { objects, look, handed, world } = await held();
    objects(true);
    expect(await look(HOUR)).toBe(0);
    world.judged.see = () => Promise.reject(new Error('the store is down'));
    expect(await look(HOUR)).toBe(0);
    expect(handed).toEqual([]);
    objects(false);
    expect(await look(HOUR)).toBe(1);
    expect(handed).toHaveLength(1);
  });

  it('goes once when the rule no longer holds in time, and says when it was written', async () => {
    const { look, handed, state, world } = await held();
    expect(await state()).toBe('undeliverable');
    expect(await look(HOUR)).toBe(1);
    expect(handed).toMatchObject([{ sentAt: new Date(START).toISOString() }]);
    expect(await state()).toBe('delivered');
    expect(await look(HOUR)).toBe(0);
    expect(world.audit.filter(({ type }) => type === 'message.delivered')).toMatchObject([
      { outcome: 'refused', code: 'consent.objection' },
      { outcome: 'success' },
    ]);
  });

  it('goes in the order of writing with what was held back after it', async () => {
    const both = await held();
    both.objects(false);
    const second = await both.follow(1, 'And?');
    both.objects(true);
    await both.world.deliverAll();
    both.objects(false);
    await both.look(HOUR);
    await both.look(HOUR);
    expect(both.handed.map(({ place }) => place)).toEqual([1, 2]);
    expect(both.handed.at(-1)?.id).toBe(second);
  });

  it('does not go behind what was written later and has gone', async () => {
    const passed = await held();
    await passed.follow(1, 'Withdrawn now: what is the dose?');
    await passed.world.deliverAll();
    await passed.look(HOUR);
    expect(passed.handed.map(({ place }) => place)).toEqual([2]);
  });

  it('is an answer too, while nobody of the side that asked has written since', async () => {
    const { world, handed, objects, look } = await held({ to: 'XB001/duty-doctor', urgency: 'routine' });
    await look(HOUR);
    const [thread] = (await world.messages.list(pharmacist())).threads;
    const reply = { id: randomUUID(), version: thread?.version ?? 0, kind: 'reply', body: 'Half.' } as const;
    await world.messages.act(doctor(), thread?.id ?? '', reply);
    objects(true);
    await world.deliverAll();
    objects(false);
    expect(await look(HOUR)).toBe(1);
    expect(handed.map(({ body }) => body).at(-1)).toBe('Half.');
  });
});
