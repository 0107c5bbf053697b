import { afterEach, describe, expect, it } from 'vitest';
import { makeKeys } from '../../../launcher/trust/keys.ts';
import type { DeliveryOutcome, OutgoingMessage } from '../../../src/messages/delivery.ts';
import { createDeliveryRounds } from '../../../launcher/messaging/delivery-rounds.ts';
import {
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  signal,
} from '../../support/messaging.ts';

const opened: MessagingWorld[] = [];
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

/** Made once: they take longer than all the rest. */
const keys = makeKeys();
const NEVER = new Promise<never>(() => undefined);
const POISON = 'Poison';
/** Longer than a lease. */
const LEASE_OVER_MS = 5_000;

/** Launchers one after another over one store: each hands over what there is until all is quiet or one is killed. */
async function surgery(answer: (message: OutgoingMessage) => DeliveryOutcome | 'dies', attempts = 5) {
  const world = await openMessagingWorld({ community: messagingCommunity('north-epr'), keys: await keys });
  opened.push(world);
  const handed: OutgoingMessage[] = [];

  async function launcher(): Promise<'killed' | 'quiet'> {
    let dead = false;
    let kill: () => void = () => undefined;
    const killed = new Promise<'killed'>((resolve) => {
      kill = () => {
        dead = true;
        resolve('killed');
      };
    });
    const rounds = createDeliveryRounds(
      {
        ...world.deps,
        // Whoever is dead asks for nothing any more, not even for the time.
        now: () => {
          if (dead) throw new Error('killed');
          return world.clock.nowMs;
        },
        deliver: async (_to, message) => {
          handed.push(message);
          const said = answer(message);
          if (said === 'dies') kill();
          // All that is under way at this moment is so still when the one dies.
          await new Promise((resolve) => setImmediate(resolve));
          return dead || said === 'dies' ? NEVER : said;
        },
        limits: { deliverMs: 100, leaseMs: 4_000, attempts, attemptMs: 60_000 },
        random: () => 0.5,
        onFailure: () => undefined,
      },
      new AbortController().signal,
    );
    async function work(): Promise<'killed' | 'quiet'> {
      while (await rounds.round()) await rounds.end();
      await rounds.end();
      return 'quiet';
    }
    return Promise.race([work().catch(() => 'killed' as const), killed]);
  }

  return {
    world,
    handed,
    /** Gives how many were killed. */
    run: async (times: number): Promise<number> => {
      let deaths = 0;
      for (let nth = 0; nth < times; nth += 1) {
        if ((await launcher()) === 'killed') deaths += 1;
        world.clock.nowMs += LEASE_OVER_MS;
      }
      return deaths;
    },
    states: async () => {
      const { threads } = await world.messages.list(pharmacist());
      return threads.map(({ subject, state }) => `${subject} ${state}`).sort();
    },
  };
}

describe('a message that was under way when its launcher was killed', () => {
  it('is given up when it kills whoever takes it, and nothing that died beside it is', async () => {
    const { world, handed, run, states } = await surgery(({ subject }) =>
      subject === POISON ? 'dies' : { outcome: 'delivered' },
    );
    await world.messages.send(pharmacist(), draftOf({ subject: POISON, urgency: 'routine' }), signal);
    for (let sent = 0; sent < 9; sent += 1)
      await world.messages.send(pharmacist(), draftOf({ subject: 'Good', urgency: 'routine' }), signal);
    const deaths = await run(40);
    expect(await states()).toEqual([...Array<string>(9).fill('Good delivered'), `${POISON} undeliverable`]);
    const killers = handed.filter(({ subject }) => subject === POISON);
    expect(killers).toHaveLength(deaths);
    expect(deaths).toBeLessThanOrEqual(20);
    expect(world.audit.filter(({ code }) => code === 'message.gave_up')).toMatchObject([
      { outcome: 'failed', detail: { attempts: 1, deaths: 20 } },
    ]);
  });

  it('is not given up for it, however often it could not be taken besides', async () => {
    const said: ('dies' | DeliveryOutcome)[] = [];
    const fails = { outcome: 'retry', code: 'source.timeout' } as const;
    for (let round = 0; round < 4; round += 1) said.push(...Array<'dies'>(15).fill('dies'), fails);
    const { world, run, states } = await surgery(() => said.shift() ?? { outcome: 'delivered' });
    await world.messages.send(pharmacist(), draftOf({ urgency: 'routine' }), signal);
    // Sixty deaths and four attempts that failed: neither is as many as there may be.
    expect(await run(90)).toBe(60);
    expect(await states()).toEqual(['Dose of apixaban delivered']);
  });

  it('is given up after as many attempts as there are', async () => {
    const fails = { outcome: 'retry', code: 'source.timeout' } as const;
    const failing = await surgery(() => fails, 3);
    await failing.world.messages.send(pharmacist(), draftOf({ urgency: 'routine' }), signal);
    await failing.run(10);
    expect(failing.handed).toHaveLength(3);
    expect(await failing.states()).toEqual(['Dose of apixaban undeliverable']);
  });

  it('is given up after its deaths in a row though attempts failed before', async () => {
    const fails = { outcome: 'retry', code: 'source.timeout' } as const;
    const said: ('dies' | DeliveryOutcome)[] = [fails, fails];
    const killing = await surgery(() => said.shift() ?? 'dies', 1_000);
    await killing.world.messages.send(pharmacist(), draftOf({ urgency: 'routine' }), signal);
    expect(await killing.run(40)).toBe(20);
    expect(await killing.states()).toEqual(['Dose of apixaban undeliverable']);
  });

  it('is not handed over beside what is new when it was so for the third time, and holds that up no more', async () => {
    const { world, run, states } = await surgery(({ subject }) =>
      subject === POISON ? 'dies' : { outcome: 'delivered' },
    );
    await world.messages.send(pharmacist(), draftOf({ subject: POISON, urgency: 'routine' }), signal);
    await run(3);
    await world.messages.send(pharmacist(), draftOf({ subject: 'New', urgency: 'routine' }), signal);
    await run(1);
    expect(await states()).toEqual(['New delivered', `${POISON} queued`]);
  });
});
