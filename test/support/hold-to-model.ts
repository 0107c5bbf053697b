import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { Model, type Side, SIDES } from './message-model.ts';
import { makeKeys } from '../../launcher/trust/keys.ts';
import type { Database } from '../../launcher/storage/database.ts';
import type { PatientReader } from '../../launcher/messaging/reader.ts';
import type { DeliverMessage } from '../../src/messages/delivery.ts';
import {
  doctor,
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  pharmacist,
  signal,
} from './messaging.ts';

const readerAt = (side: Side): PatientReader => (side === 'ward' ? pharmacist() : doctor());

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

/** Made once: they take longer than all the rest. */
const keys = makeKeys();
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
  readonly #by: Side;
  readonly #stale: boolean;
  constructor(thread: number, by: Side, stale: boolean) {
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
    const written = await real.world.messages.act(readerAt(this.#by), real.threads[thread] ?? '', act).then(
      () => true,
      () => false,
    );
    expect(written).toBe(!this.#stale && !model.at(thread).closed);
    if (written) model.write(thread, act.id, this.#by === 'ward' ? 'surgery' : 'ward');
  }
  toString = (): string => `${this.#by} writes in ${String(this.#thread)}${this.#stale ? ' too late' : ''}`;
}

class End implements Command {
  readonly #thread: number;
  readonly #by: Side;
  readonly #kind: 'close' | 'reopen';
  constructor(thread: number, by: Side, kind: 'close' | 'reopen') {
    this.#thread = thread;
    this.#by = by;
    this.#kind = kind;
  }
  check({ threads }: Readonly<Model>): boolean {
    return threads.length > 0;
  }
  async run(model: Model, real: Real): Promise<void> {
    const thread = this.#thread % real.threads.length;
    const closing = this.#kind === 'close';
    const may = closing ? model.mayEnd(thread, this.#by) : model.at(thread).closed;
    const act = { id: randomUUID(), version: model.at(thread).version, kind: this.#kind };
    const done = await real.world.messages.act(readerAt(this.#by), real.threads[thread] ?? '', act).then(
      ({ closedBy }) => expect(closedBy !== undefined).toBe(closing),
      () => 'refused',
    );
    expect(done !== 'refused').toBe(may);
    if (may) model.end(thread, closing);
  }
  toString = (): string => `${this.#by} asks to ${this.#kind} ${String(this.#thread)}`;
}

/** Everything there is comes, and then the side has it on the screen. */
class Open implements Command {
  readonly #thread: number;
  readonly #by: Side;
  constructor(thread: number, by: Side) {
    this.#thread = thread;
    this.#by = by;
  }
  check({ threads }: Readonly<Model>): boolean {
    return threads.length > 0;
  }
  async run(model: Model, real: Real): Promise<void> {
    const thread = this.#thread % real.threads.length;
    await settle(real);
    const { sent } = model.at(thread);
    const ids = sent.map(({ id }) => id);
    await real.world.messages.opened(readerAt(this.#by), real.threads[thread] ?? '', ids);
    for (const message of sent) if (message.to === this.#by) message.opened = true;
  }
  toString = (): string => `${this.#by} has ${String(this.#thread)} on the screen`;
}

/** Whatever was under way when the last was killed: its lease and the pauses run out. */
async function settle(real: Real): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    real.world.clock.nowMs += 3_600_000;
    await real.world.deliverAll();
  }
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
    .tuple(fc.nat(5), fc.constantFrom(...SIDES), fc.boolean())
    .map(([thread, by, stale]) => new Write(thread, by, stale)),
  fc
    .tuple(fc.nat(5), fc.constantFrom(...SIDES), fc.constantFrom('close' as const, 'reopen' as const))
    .map(([thread, by, kind]) => new End(thread, by, kind)),
  fc.tuple(fc.nat(5), fc.constantFrom(...SIDES)).map(([thread, by]) => new Open(thread, by)),
  fc
    .constantFrom<Fault>('none', 'lost', 'said-twice', 'killed-before', 'killed-after', 'late')
    .map((fault) => new Deliver(fault)),
  fc.constantFrom(200, 1_500, 5_000).map((ms) => new Wait(ms)),
];

/** On the list of a side is what is not ended and what nobody there opened; of the second, its number. */
async function expectListed(model: Model, real: Real, side: Side): Promise<void> {
  const { lines, counts } = await real.world.inbox.list(readerAt(side));
  const listed = real.threads.filter((_id, index) => !model.at(index).closed || model.unopened(index, side));
  expect(lines.map(({ thread }) => thread).sort()).toEqual([...listed].sort());
  // Long after all of it: what waits is late, and nothing else is.
  for (const { thread, state } of lines) {
    const { closed, waits } = model.at(real.threads.indexOf(thread));
    expect(state).toBe(closed ? 'closed' : waits ? 'overdue' : 'answered');
  }
  const unopened = real.threads.filter((_id, index) => model.unopened(index, side));
  expect(counts.unopened).toBe(unopened.length);
}

/** Whatever is done, in `numRuns` ways that nobody thought of; `open` gives a new and empty store, left out: the embedded one. */
export async function expectModelHolds(numRuns: number, open?: () => Promise<Database>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { size: '+1', maxCommands: 40 }), async (steps) => {
      const hand: Hand = { fault: 'none', wire: [], kill: () => undefined, auditDown: false };
      const world = await openMessagingWorld({
        community: messagingCommunity('north-epr'),
        attempts: 100,
        keys: await keys,
        ...(open && { database: await open() }),
        deliver: eprOf(hand),
        auditDown: () => hand.auditDown,
      });
      const real: Real = Object.assign(hand, { world, threads: [] as string[] });
      const model = new Model();
      try {
        await fc.asyncModelRun(() => ({ model, real }), steps);
        await settle(real);
        for (const [index, thread] of real.threads.entries()) {
          expect(await arrived(real.world, thread, 'XH001/pharmacy')).toEqual(model.inbox(index, 'ward'));
          expect(await arrived(real.world, thread, 'XB001/duty-doctor')).toEqual(model.inbox(index, 'surgery'));
          // At the EPR too: each once, in order.
          expect(shown(real.wire, model.inbox(index, 'surgery'))).toEqual(model.inbox(index, 'surgery'));
        }
        for (const side of SIDES) await expectListed(model, real, side);
      } finally {
        await real.world.close();
      }
    }),
    { numRuns: Number(process.env['CORRIDOR_MODEL_RUNS'] ?? numRuns), endOnFailure: true },
  );
}
