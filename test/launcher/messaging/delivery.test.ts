import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeliverMessage, DeliveryOutcome, OutgoingMessage } from '../../../src/messages/delivery.ts';
import { startDeliveryWorker } from '../../../launcher/messaging/delivery-worker.ts';
import { signedContent } from '../../../src/messages/signed-content.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';
import { createHash } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import {
  COUNCIL,
  doctor,
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  PARTNERS,
  pharmacist,
  signal,
  START,
  SURGERY,
  type WorldOptions,
} from '../../support/messaging.ts';
import { answersAfter } from '../../support/quiet.ts';

const opened: MessagingWorld[] = [];

/** A surgery whose EPR takes messages in, and answers as told. */
async function withEpr(
  answer: (message: OutgoingMessage) => DeliveryOutcome | Promise<DeliveryOutcome>,
  options: WorldOptions = {},
): Promise<{ readonly world: MessagingWorld; readonly handed: OutgoingMessage[] }> {
  const handed: OutgoingMessage[] = [];
  const deliver: DeliverMessage = async (_to, message) => {
    handed.push(message);
    return answer(message);
  };
  const world = await openMessagingWorld({ community: messagingCommunity('north-epr'), deliver, ...options });
  opened.push(world);
  return { world, handed };
}

afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

const stateOf = async (world: MessagingWorld): Promise<string | undefined> =>
  (await world.messages.list(pharmacist())).threads[0]?.state;

/** Lets the pauses go by, and delivers after each. */
async function keepTrying(world: MessagingWorld, times: number): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    await world.deliverAll();
    world.clock.nowMs += 3_600_000 * 2;
  }
}

const DEADLINE = { timeout: 30_000 };

describe('handing a message to an EPR', () => {
  it('is not said to be delivered when the EPR has only taken it, or has said nothing', async () => {
    const { world } = await withEpr(() => ({ outcome: 'accepted', reference: 'theirs' }));
    const draft = draftOf();
    await world.messages.send(pharmacist(), draft, signal);
    await world.deliverAll();
    expect(await stateOf(world)).toBe('queued');
    const at = new Date(world.clock.nowMs).toISOString();
    const receipt = { messageId: draft.id, inbox: 'north-epr' as SourceId, kind: 'delivered', at } as const;
    expect(await world.receipt({ ...receipt, by: 'XC001' as OdsCode })).toBe(false);
    expect(await world.receipt({ ...receipt, messageId: randomUUID(), by: 'XB001' as OdsCode })).toBe(false);
    expect(await stateOf(world)).toBe('queued');
    expect(await world.receipt({ ...receipt, by: 'XB001' as OdsCode })).toBe(true);
    expect(await world.receipt({ ...receipt, by: 'XB001' as OdsCode })).toBe(true);
    expect(await stateOf(world)).toBe('delivered');
  });

  it('hands over what can be checked: the text, whose it is, and the launcher’s signature over it', async () => {
    const { world, handed } = await withEpr(() => ({ outcome: 'delivered' }));
    const draft = draftOf();
    await world.messages.send(pharmacist(), draft, signal);
    await world.deliverAll();
    const [message] = handed;
    expect(message).toMatchObject({
      id: draft.id,
      place: 1,
      body: draft.body,
      subject: draft.subject,
      urgency: 'urgent',
    });
    expect(message?.from).toMatchObject({ person: 'Priya Nair', role: 'pharmacist' });
    const claims = jsonwebtoken.decode(message?.signature ?? '') as { sha256?: string; jti?: string };
    const text = signedContent(message as OutgoingMessage);
    expect(claims).toMatchObject({
      jti: draft.id,
      sha256: createHash('sha256').update(text).digest('base64url'),
    });
  });

  it('tries again what failed, with growing pauses, under the same id, and is in the inbox once', async () => {
    let failing = 2;
    const { world, handed } = await withEpr(() => {
      failing -= 1;
      return failing >= 0 ? { outcome: 'retry', code: 'source.timeout' } : { outcome: 'delivered' };
    });
    await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    world.clock.nowMs += 700;
    expect(await world.deliverAll()).toBe(0);
    world.clock.nowMs += 301;
    await world.deliverAll();
    expect(await stateOf(world)).toBe('queued');
    world.clock.nowMs += 2_001;
    await world.deliverAll();
    expect(new Set(handed.map(({ id }) => id)).size).toBe(1);
    expect(handed).toHaveLength(3);
    expect(await stateOf(world)).toBe('delivered');
    expect((await world.inbox.list(doctor())).lines).toHaveLength(1);
  });

  it('gives up what fails for good, says so, and sends it on to whom it is escalated to', async () => {
    const { world, handed } = await withEpr(() => Promise.reject(new Error('poison')));
    await world.messages.send(pharmacist(), draftOf({ urgency: 'routine' }), signal);
    await keepTrying(world, 5);
    expect(handed).toHaveLength(5);
    world.clock.nowMs = START + 60_000;
    expect(await stateOf(world)).toBe('undeliverable');
    await keepTrying(world, 2);
    expect(handed).toHaveLength(5);
    world.clock.nowMs = START + 20 * 3_600_000;
    expect(await world.escalate()).toBe(1);
    const [thread] = (await world.messages.list(pharmacist())).threads;
    expect(thread).toMatchObject({ state: 'escalated', to: { address: PARTNERS } });
    expect(thread?.escalations[0]).toMatchObject({ rule: 'message.undeliverable' });
  });

  it('holds up nobody else: a message that kills what handles it is given up, and the others arrive', async () => {
    const { world, handed } = await withEpr((message) => {
      if (message.subject === 'Poison') throw new Error('poison');
      return { outcome: 'delivered' };
    });
    const poison = await world.messages.send(pharmacist(), draftOf({ subject: 'Poison' }), signal);
    await world.messages.send(pharmacist(), draftOf({ subject: 'Good' }), signal);
    await world.messages.send(pharmacist(), draftOf({ to: COUNCIL, subject: 'Elsewhere' }), signal);
    await world.deliverAll();
    const { threads } = await world.messages.list(pharmacist());
    const states = Object.fromEntries(threads.map(({ subject, state }) => [subject, state]));
    expect(states).toEqual({ Poison: 'queued', Good: 'delivered', Elsewhere: 'delivered' });
    // What comes after it in its own thread waits, so that nothing is shown before it.
    const follow = { id: randomUUID(), version: 1, kind: 'reply', body: 'And?' } as const;
    await world.messages.act(pharmacist(), poison.thread.id, follow);
    await world.deliverAll();
    expect(handed.some(({ id }) => id === follow.id)).toBe(false);
    await keepTrying(world, 5);
    expect(handed.filter(({ subject }) => subject === 'Poison').length).toBeGreaterThanOrEqual(5);
    expect(handed.some(({ id }) => id === follow.id)).toBe(true);
  });

  it('never hands over what was changed in the store', async () => {
    const { world, handed } = await withEpr(() => ({ outcome: 'delivered' }));
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    await world.database.queries
      .updateTable('message_acts')
      .set({ sealed: 'AAAA' })
      .where('thread_id', '=', thread.id)
      .execute();
    await world.deliverAll();
    expect(handed).toEqual([]);
    expect(world.audit.at(-1)).toMatchObject({
      type: 'message.delivered',
      outcome: 'failed',
      code: 'message.tampered',
    });
  });

  it('keeps at most four under way at one EPR, and loses none of the rest', async () => {
    let now = 0;
    let most = 0;
    const { world, handed } = await withEpr(async () => {
      now += 1;
      most = Math.max(most, now);
      await answersAfter(5);
      now -= 1;
      return { outcome: 'delivered' };
    });
    for (let sent = 0; sent < 12; sent += 1) await world.messages.send(pharmacist(), draftOf(), signal);
    for (let round = 0; round < 6; round += 1) {
      await world.deliverAll();
      world.clock.nowMs += 1_000;
    }
    expect(most).toBe(4);
    expect(new Set(handed.map(({ id }) => id)).size).toBe(12);
  });

  it('gives up nothing that it never tried: what waits for a slow EPR has its turn, however many are before it', async () => {
    const { world, handed } = await withEpr(() => ({ outcome: 'delivered' }));
    for (let sent = 0; sent < 60; sent += 1) await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    expect(new Set(handed.map(({ id }) => id)).size).toBe(60);
    expect(handed).toHaveLength(60);
    const given = await world.database.queries.selectFrom('message_outbox').select(['state', 'attempts']).execute();
    expect(new Set(given.map(({ state, attempts }) => `${state} ${String(attempts)}`))).toEqual(
      new Set(['delivered 1']),
    );
  });

  it.each(['throws', 'gives up'] as const)(
    'counts a stop of the launcher during the last attempt as no failure: a plugin that %s then',
    async (how) => {
      const { world } = await withEpr(() => ({ outcome: 'delivered' }));
      await world.messages.send(pharmacist(), draftOf(), signal);
      const outbox = () => world.database.queries.selectFrom('message_outbox').select(['state', 'attempts']).execute();
      await world.database.queries.updateTable('message_outbox').set({ attempts: 4 }).execute();
      let begun = false;
      const deps = {
        ...world.deps,
        limits: { deliverMs: 60_000, leaseMs: 60_000, attempts: 5, attemptMs: 60_000 },
        random: () => 0.5,
        onFailure: (error: unknown) => world.failures.push(error),
      };
      const worker = startDeliveryWorker({
        ...deps,
        deliver: (_to, _message, stopped) =>
          new Promise((resolve, reject) => {
            begun = true;
            stopped.addEventListener('abort', () => {
              if (how === 'throws') reject(new Error('stopped'));
              else resolve({ outcome: 'retry', code: 'source.timeout' });
            });
          }),
      });
      await expect.poll(() => begun, DEADLINE).toBe(true);
      await worker.stop();
      expect(await outbox()).toEqual([{ state: 'waiting', attempts: 4 }]);
      // Whoever is started next hands it over.
      const next = startDeliveryWorker({ ...deps, deliver: () => Promise.resolve({ outcome: 'delivered' }) });
      await expect.poll(async () => (await outbox())[0]?.state, DEADLINE).toBe('delivered');
      await next.stop();
    },
  );

  it('lets a full EPR keep nobody else waiting: what goes elsewhere passes it by', async () => {
    let release: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (release = resolve));
    const { world } = await withEpr(() => ({ outcome: 'delivered' }));
    for (let sent = 0; sent < 230; sent += 1) await world.messages.send(pharmacist(), draftOf(), signal);
    await world.messages.send(pharmacist(), draftOf({ to: COUNCIL, subject: 'Elsewhere' }), signal);
    const worker = startDeliveryWorker({
      ...world.deps,
      deliver: async () => {
        await answered;
        return { outcome: 'delivered' };
      },
      limits: { deliverMs: 60_000, leaseMs: 60_000, attempts: 5, attemptMs: 60_000 },
      random: () => 0.5,
      onFailure: (error) => world.failures.push(error),
    });
    const deliveredAt = async (address: string): Promise<number> => {
      const rows = world.database.queries
        .selectFrom('message_outbox')
        .select('version')
        .where('state', '=', 'delivered');
      return (await rows.where('to_address', '=', address).execute()).length;
    };
    await expect.poll(() => deliveredAt(COUNCIL)).toBe(1);
    expect(await deliveredAt(SURGERY)).toBe(0);
    release();
    // Nobody waits for the next look: each that ends makes room for the next.
    await expect.poll(() => deliveredAt(SURGERY)).toBe(230);
    await worker.stop();
    expect(world.failures).toEqual([]);
  });
});

describe('what nobody takes up', () => {
  it('stays where it is while somebody there has it on the screen, until it is due', async () => {
    const world = await openMessagingWorld();
    opened.push(world);
    const draft = draftOf();
    const { thread } = await world.messages.send(pharmacist(), draft, signal);
    await world.deliverAll();
    await world.messages.opened(doctor(), thread.id, [draft.id]);
    world.clock.nowMs = START + 2 * 3_600_000;
    expect(await world.escalate()).toBe(0);
    world.clock.nowMs = START + 4 * 3_600_000;
    expect(await stateOf(world)).toBe('overdue');
    expect(await world.escalate()).toBe(1);
    expect(await stateOf(world)).toBe('escalated');
  });

  it('is answered for all when anybody who had it answers, and then goes nowhere', async () => {
    const world = await openMessagingWorld();
    opened.push(world);
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    world.clock.nowMs = START + 2 * 3_600_000;
    await world.escalate();
    const late = { id: randomUUID(), version: 2, kind: 'reply', body: '2.5 mg.' } as const;
    expect((await world.messages.act(doctor(), thread.id, late)).state).toBe('answered');
    world.clock.nowMs = START + 40 * 3_600_000;
    expect(await world.escalate()).toBe(0);
  });

  it('is said to be overdue and no more where the team has nobody to pass it to', async () => {
    const world = await openMessagingWorld();
    opened.push(world);
    await world.messages.send(pharmacist(), draftOf({ to: COUNCIL }), signal);
    world.clock.nowMs = START + 40 * 3_600_000;
    expect(await world.escalate()).toBe(0);
    expect(await stateOf(world)).toBe('overdue');
  });
});
