import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeliveryRounds } from '../../../launcher/messaging/delivery-rounds.ts';
import { startDeliveryWorker } from '../../../launcher/messaging/delivery-worker.ts';
import type { Database } from '../../../launcher/storage/database.ts';
import { openPostgres } from '../../../launcher/storage/postgres.ts';
import { makeKeys } from '../../../launcher/trust/keys.ts';
import type { DeliverMessage } from '../../../src/messages/delivery.ts';
import {
  doctor,
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  signal,
  SURGERY,
} from '../../support/messaging.ts';
import { expectModelHolds } from '../../support/hold-to-model.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { answersAfter } from '../../support/quiet.ts';

/** A launcher's lease on what it delivers, as `message.leaseMs` has it. */
const LEASE_MS = 4_000;
const LOOK_MS = 250;

let server: TestPostgres | undefined;
beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server?.stop());

function openAt(url: string): Promise<Database> {
  return openPostgres({ url, poolSize: 4, connectMs: 5_000, statementMs: 10_000, onIdleError: () => undefined });
}

async function openNew(): Promise<Database> {
  if (!server) throw new Error('PostgreSQL is not running');
  return openAt(await server.newStore());
}

type Pair = { readonly first: MessagingWorld; readonly second: MessagingWorld; close(): Promise<void> };

/** Each with connections of its own to one database, under the same keys, as an operator runs them. */
async function twoLaunchers(deliver: DeliverMessage, clock?: { nowMs: number }): Promise<Pair> {
  if (!server) throw new Error('PostgreSQL is not running');
  const url = await server.newStore();
  const open = (): Promise<Database> => openAt(url);
  const shared = {
    community: messagingCommunity('north-epr'),
    attempts: 100,
    deliver,
    sealKey: new Uint8Array(randomBytes(32)),
    keys: await makeKeys(),
    clock: clock ?? { nowMs: Date.now() },
  };
  const first = await openMessagingWorld({ ...shared, database: await open() });
  const second = await openMessagingWorld({ ...shared, database: await open() });
  return {
    first,
    second,
    close: async () => {
      await first.close();
      await second.close();
    },
  };
}

async function waiting({ database }: MessagingWorld): Promise<number> {
  const rows = database.queries.selectFrom('message_outbox').select('version').where('state', '=', 'waiting');
  return (await rows.execute()).length;
}

/** Ids of what the surgery was sent, thread by thread, in the order of writing; each launcher takes every other one. */
async function write({ first, second }: Pair, sizes: readonly number[]): Promise<ReadonlyMap<string, string[]>> {
  const written = new Map<string, string[]>();
  for (const [index, size] of sizes.entries()) {
    const [here, there] = index % 2 === 0 ? [first, second] : [second, first];
    const draft = draftOf();
    const { thread } = await here.messages.send(pharmacist(), draft, signal);
    const ids = [draft.id];
    for (let version = 1; version < size; version += 1) {
      const act = { id: randomUUID(), version, kind: 'reply', body: 'And?' } as const;
      await (version % 2 === 0 ? here : there).messages.act(pharmacist(), thread.id, act);
      ids.push(act.id);
    }
    written.set(thread.id, ids);
  }
  return written;
}

async function arrivedAt({ database }: MessagingWorld, thread: string): Promise<readonly string[]> {
  const rows = database.queries.selectFrom('message_inbox').select('message_id').where('thread_id', '=', thread);
  return (await rows.where('address', '=', SURGERY).orderBy('arrival').execute()).map(({ message_id }) => message_id);
}

async function receiptsOf({ database }: MessagingWorld): Promise<number> {
  const rows = database.queries.selectFrom('message_receipts').select('version').where('kind', '=', 'delivered');
  return (await rows.execute()).length;
}

/** How often a delivery of one message fails: fewer times than it is tried. */
const MOST_LOST = 3;

describe('two launchers on one PostgreSQL', () => {
  it('hand over each message of one outbox once and in order of its thread, whatever fails and whoever is killed', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 6 });
    const faults = fc.array(fc.constantFrom('none', 'none', 'lost', 'slow'), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sizes, faults, fc.boolean(), async (threads, trouble, killed) => {
        const taken: string[] = [];
        const underWay = new Set<string>();
        let calls = 0;
        const lost = new Map<string, number>();
        const pair = await twoLaunchers(async (_to, message) => {
          // No system fails the same message for ever: then it would rightly be given up.
          const tries = (lost.get(message.id) ?? 0) + 1;
          const drawn = trouble[calls++ % trouble.length];
          const fault = drawn === 'lost' && tries > MOST_LOST ? 'none' : drawn;
          if (fault === 'lost') lost.set(message.id, tries);
          // Both at once at one thread would be an order by chance.
          expect(underWay.has(message.threadId)).toBe(false);
          underWay.add(message.threadId);
          await answersAfter(fault === 'slow' ? 20 : 1);
          underWay.delete(message.threadId);
          if (fault === 'lost') return { outcome: 'retry', code: 'source.timeout' };
          taken.push(message.id);
          return { outcome: 'delivered' };
        });
        const { first, second } = pair;
        try {
          const written = await write(pair, threads);
          if (killed) await claimAndDie(first);
          for (let round = 0; round < 60 && (round === 0 || (await waiting(first)) > 0); round += 1) {
            await Promise.all([first.deliverAll(), second.deliverAll()]);
            first.clock.nowMs += 3_600_000 * 2;
          }
          const all = [...written.values()].flat();
          expect([...taken].sort()).toEqual([...all].sort());
          expect(await receiptsOf(first)).toBe(all.length);
          for (const [thread, ids] of written) {
            expect(taken.filter((id) => ids.includes(id))).toEqual(ids);
            expect(await arrivedAt(second, thread)).toEqual(ids);
          }
          expect([...first.failures, ...second.failures]).toEqual([]);
        } finally {
          await pair.close();
        }
      }),
      { numRuns: Number(process.env['CORRIDOR_MODEL_RUNS'] ?? 4), endOnFailure: true },
    );
  }, 240_000);

  it('deliver what a killed one had taken within five seconds of its death', async () => {
    const taken: string[] = [];
    const pair = await twoLaunchers((_to, message) => {
      taken.push(message.id);
      return Promise.resolve({ outcome: 'delivered' });
    });
    const live = { ...pair.second.deps, now: () => Date.now() };
    pair.first.clock.nowMs = Date.now();
    const written = await write(pair, [1, 1, 1]);
    // As its lease has it: on a slow machine it may have taken long until here.
    const died = (pair.first.clock.nowMs = Date.now());
    await claimAndDie(pair.first);
    const worker = startDeliveryWorker({
      ...live,
      deliver: (_to, message) => {
        taken.push(message.id);
        return Promise.resolve({ outcome: 'delivered' });
      },
      limits: { deliverMs: LOOK_MS, leaseMs: LEASE_MS, attempts: 12, attemptMs: 5_000 },
      random: () => 0.5,
      onFailure: (error) => pair.second.failures.push(error),
    });
    try {
      await expect.poll(() => waiting(pair.second), { timeout: 30_000, interval: 50 }).toBe(0);
      expect([...taken].sort()).toEqual([...written.values()].flat().sort());
      // What it is made of: the dead one's lease, and the next look.
      expect(LEASE_MS + LOOK_MS).toBeLessThan(5_000);
      expect(Date.now() - died).toBeGreaterThanOrEqual(LEASE_MS - 500);
      expect(pair.second.failures).toEqual([]);
    } finally {
      await worker.stop();
      await pair.close();
    }
  });

  it('lose, double, reorder and hide nothing, whatever is written, ended, fails and is killed in between', async () => {
    // Fewer ways than the embedded store is tried in: each is a database of its own.
    await expectModelHolds(5, openNew);
  }, 240_000);

  it('show whoever writes through the one what was answered through the other', async () => {
    const pair = await twoLaunchers(() => Promise.resolve({ outcome: 'delivered' }));
    try {
      const { thread } = await pair.first.messages.send(pharmacist(), draftOf(), signal);
      const act = { id: randomUUID(), version: 1, kind: 'reply', body: 'Twice a day.' } as const;
      await pair.second.messages.act(doctor(), thread.id, act);
      const [seen] = (await pair.first.messages.list(pharmacist())).threads;
      expect(seen?.messages.map(({ id }) => id).at(-1)).toBe(act.id);
    } finally {
      await pair.close();
    }
  });
});

/** Takes all that waits and is gone before it has handed over any of it. */
async function claimAndDie(world: MessagingWorld): Promise<void> {
  const rounds = createDeliveryRounds(
    {
      ...world.deps,
      deliver: () => new Promise(() => undefined),
      limits: { deliverMs: LOOK_MS, leaseMs: LEASE_MS, attempts: 100, attemptMs: 600_000 },
      random: () => 0.5,
      onFailure: (error) => world.failures.push(error),
    },
    new AbortController().signal,
  );
  await rounds.round();
}
