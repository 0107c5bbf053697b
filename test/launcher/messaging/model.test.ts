import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { DeliverMessage } from '../../../src/messages/delivery.ts';
import {
  doctor,
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  signal,
} from '../../support/messaging.ts';

/** The whole of what is promised, in thirty lines: what was written is in each inbox once, in the order it was written. */
class Model {
  readonly threads: { version: number; readonly sent: { readonly id: string; readonly to: 'ward' | 'surgery' }[] }[] =
    [];
  write(thread: number, id: string, to: 'ward' | 'surgery'): void {
    const one = this.threads[thread];
    if (!one) throw new Error('no such thread');
    one.version += 1;
    one.sent.push({ id, to });
  }
  begin(id: string): void {
    this.threads.push({ version: 0, sent: [] });
    this.write(this.threads.length - 1, id, 'surgery');
  }
  inbox(thread: number, to: 'ward' | 'surgery'): readonly string[] {
    return (this.threads[thread]?.sent ?? []).filter((message) => message.to === to).map(({ id }) => id);
  }
}

type Hand = {
  fault: Fault;
  /** By message, as the EPR got them. */
  readonly wire: string[];
  /** The process is gone: whatever waits for it waits for ever. */
  kill: () => void;
  auditDown: boolean;
};
type Real = Hand & { world: MessagingWorld; readonly threads: string[] };
/** What goes wrong while messages are handed over. */
type Fault = 'none' | 'lost' | 'said-twice' | 'killed-before' | 'killed-after' | 'late';
type Command = fc.AsyncCommand<Model, Real>;

const NEVER = new Promise<never>(() => undefined);

class Send implements Command {
  readonly #again: boolean;
  readonly #dark: boolean;
  constructor(again: boolean, dark: boolean) {
    this.#again = again;
    this.#dark = dark;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, real: Real): Promise<void> {
    const draft = draftOf();
    if (this.#dark) {
      real.auditDown = true;
      await expect(real.world.messages.send(pharmacist(), draft, signal)).rejects.toThrow();
      real.auditDown = false;
    }
    // The answer is lost, or the page asks twice at once: it is the same message.
    const asked = Array.from({ length: this.#again ? 2 : 1 }, () =>
      real.world.messages.send(pharmacist(), draft, signal),
    );
    const [first] = await Promise.all(asked);
    const known = real.threads.includes(first?.thread.id ?? '');
    expect(known).toBe(false);
    real.threads.push(first?.thread.id ?? '');
    model.begin(draft.id);
  }
  toString = (): string => `send${this.#again ? ' twice' : ''}${this.#dark ? ' while the audit is down at first' : ''}`;
}

class Write implements Command {
  readonly #thread: number;
  readonly #by: 'ward' | 'surgery';
  readonly #stale: boolean;
  constructor(thread: number, by: 'ward' | 'surgery', stale: boolean) {
    this.#thread = thread;
    this.#by = by;
    this.#stale = stale;
  }
  check({ threads }: Readonly<Model>): boolean {
    return threads.length > 0;
  }
  async run(model: Model, real: Real): Promise<void> {
    const thread = this.#thread % real.threads.length;
    const version = model.threads[thread]?.version ?? 0;
    const act = { id: randomUUID(), version: version - (this.#stale ? 1 : 0), kind: 'reply', body: 'x' } as const;
    const reader = this.#by === 'ward' ? pharmacist() : doctor();
    const written = await real.world.messages.act(reader, real.threads[thread] ?? '', act).then(
      () => true,
      () => false,
    );
    expect(written).toBe(!this.#stale);
    if (written) model.write(thread, act.id, this.#by === 'ward' ? 'surgery' : 'ward');
  }
  toString = (): string => `${this.#by} writes in ${String(this.#thread)}${this.#stale ? ' too late' : ''}`;
}

class Deliver implements Command {
  readonly #fault: Fault;
  constructor(fault: Fault) {
    this.#fault = fault;
  }
  check(): boolean {
    return true;
  }
  async run(_model: Model, real: Real): Promise<void> {
    real.fault = this.#fault;
    const killed = new Promise<'killed'>((resolve) => (real.kill = () => resolve('killed')));
    const ended = await Promise.race([real.world.deliverAll(), killed]);
    real.fault = 'none';
    if (ended === 'killed') real.world = await real.world.restart();
  }
  toString = (): string => `deliver (${this.#fault})`;
}

class Wait implements Command {
  readonly #ms: number;
  constructor(ms: number) {
    this.#ms = ms;
  }
  check(): boolean {
    return true;
  }
  run(_model: Model, real: Real): Promise<void> {
    real.world.clock.nowMs += this.#ms;
    return Promise.resolve();
  }
  toString = (): string => `wait ${String(this.#ms)} ms`;
}

/** The EPR of the surgery: it shows what it gets by its id once, and may fail in every way an EPR does. */
function eprOf(real: Hand): DeliverMessage {
  const killed = (): Promise<never> => {
    real.kill();
    return NEVER;
  };
  return (_to, message) => {
    if (real.fault === 'lost') return Promise.resolve({ outcome: 'retry', code: 'source.timeout' });
    if (real.fault === 'killed-before') return killed();
    real.wire.push(message.id);
    if (real.fault === 'said-twice') real.wire.push(message.id);
    if (real.fault === 'killed-after') return killed();
    return Promise.resolve(real.fault === 'late' ? { outcome: 'accepted' } : { outcome: 'delivered' });
  };
}

async function arrived(world: MessagingWorld, thread: string, address: string): Promise<readonly string[]> {
  const { rows } = await sql<{ message_id: string }>`
    select message_id from message_inbox where thread_id = ${thread} and address = ${address} order by arrival
  `.execute(world.database.queries);
  return rows.map(({ message_id }) => message_id);
}

const shown = (wire: readonly string[], ids: readonly string[]): readonly string[] =>
  [...new Set(wire)].filter((id) => ids.includes(id));

const commands = [
  fc.tuple(fc.boolean(), fc.boolean()).map(([again, dark]) => new Send(again, dark)),
  fc
    .tuple(fc.nat(5), fc.constantFrom('ward' as const, 'surgery' as const), fc.boolean())
    .map(([thread, by, stale]) => new Write(thread, by, stale)),
  fc
    .constantFrom<Fault>('none', 'lost', 'said-twice', 'killed-before', 'killed-after', 'late')
    .map((fault) => new Deliver(fault)),
  fc.constantFrom(200, 1_500, 5_000).map((ms) => new Wait(ms)),
];

describe('conversations against their model', () => {
  it('lose, double and reorder nothing, whatever is written, fails and is killed in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { size: '+1', maxCommands: 40 }), async (steps) => {
        const hand: Hand = { fault: 'none', wire: [], kill: () => undefined, auditDown: false };
        const options = { community: messagingCommunity('north-epr'), attempts: 100 };
        const world = await openMessagingWorld({ ...options, deliver: eprOf(hand), auditDown: () => hand.auditDown });
        const real: Real = Object.assign(hand, { world, threads: [] as string[] });
        const model = new Model();
        try {
          await fc.asyncModelRun(() => ({ model, real }), steps);
          // Whatever was under way when the last was killed: its lease and the pauses run out.
          for (let round = 0; round < 12; round += 1) {
            real.world.clock.nowMs += 3_600_000;
            await real.world.deliverAll();
          }
          for (const [index, thread] of real.threads.entries()) {
            expect(await arrived(real.world, thread, 'XH001/pharmacy')).toEqual(model.inbox(index, 'ward'));
            expect(await arrived(real.world, thread, 'XB001/duty-doctor')).toEqual(model.inbox(index, 'surgery'));
            // At the EPR too: each once, in order.
            expect(shown(real.wire, model.inbox(index, 'surgery'))).toEqual(model.inbox(index, 'surgery'));
          }
        } finally {
          await real.world.close();
        }
      }),
      { numRuns: Number(process.env['CORRIDOR_MODEL_RUNS'] ?? 25), endOnFailure: true },
    );
  }, 120_000);
});
