import { randomUUID } from 'node:crypto';
import type { DeliverMessage, DeliveryOutcome } from '../../src/messages/delivery.ts';
import type { Audit, AuditEvent } from '../audit/audit.ts';
import type { Database } from '../storage/database.ts';
import * as outbox from '../storage/tables/message-outbox.ts';
import type { OutboxRow } from '../storage/tables/message-outbox.ts';
import { spreadPauseMs } from './delivery-pause.ts';
import type { GoingDeps } from './judge-going.ts';
import { addressOf, prepareDeliveries, type Prepared } from './prepare-delivery.ts';
import { type Settled, settleDeliveries } from './settle-delivery.ts';
import type { LogDeps } from './thread-log.ts';

export type DeliveryDeps = LogDeps &
  GoingDeps & {
    readonly database: Database;
    readonly deliver: DeliverMessage;
    readonly audit: Audit;
    readonly limits: {
      readonly deliverMs: number;
      readonly leaseMs: number;
      readonly attempts: number;
      /** Longest time one attempt may take. */
      readonly attemptMs: number;
    };
    /** From 0 to 1: no two launchers try again at the same moment. */
    readonly random: () => number;
  };

const BATCH = 200;
/** Deliveries under way at systems of others, and at any one of them. */
const MOST_UNDER_WAY = 64;
const MOST_AT_ONE = 4;
const ORDINARY_DEATHS = 2;

/** One worker's hand in the outbox. */
type DeliveryRounds = {
  /** Claims what is due and hands it over; true when there may be more at once. */
  round(): Promise<boolean>;
  /** What is under way at systems of others goes on being ours. */
  renew(): Promise<void>;
  /** Waits for what is under way and gives the rest back. */
  end(): Promise<void>;
  readonly lease: string;
};

export function createDeliveryRounds(
  deps: DeliveryDeps,
  stopping: AbortSignal,
  onDone: () => void = () => undefined,
): DeliveryRounds {
  const lease = randomUUID();
  const underWay = new Map<string, { readonly at: string; readonly done: Promise<void> }>();
  // By system, the addresses there for which more waited than it is handed at once.
  const crowds = new Map<string, Set<string>>();

  /** Of its own, beside the others: a system that does not answer keeps nobody waiting but those who write to it. */
  function begin(prepared: Prepared): void {
    const { row, to } = prepared;
    const key = keyOf(row);
    const done = attempt(prepared, deps, stopping)
      .then((outcome) =>
        // A stop of ours is no failure of theirs: whoever is started next tries it again, and at once.
        settle([
          stopping.aborted && outcome.outcome === 'retry'
            ? { prepared, state: 'waiting', stopped: true }
            : { prepared, ...judge(outcome, row, deps) },
        ]),
      )
      .catch(deps.onFailure)
      .finally(() => {
        underWay.delete(key);
        onDone();
      });
    underWay.set(key, { at: to.inbox ?? '', done });
  }

  async function settle(settled: readonly Settled[]): Promise<void> {
    await deps.audit.recordAll(settled.flatMap((one) => auditOf(one, deps.now())));
    await settleDeliveries(settled, deps);
  }

  async function round(): Promise<boolean> {
    const died = (await outbox.leastDeaths(deps.database.queries, deps.now())) ?? 0;
    const ordinary = died <= ORDINARY_DEATHS;
    // What waited before goes before, but what is suspect keeps nobody waiting.
    const left = died > 0 && ordinary && (await handOverLeft(died));
    const fresh = (await claim()).filter((row) => !underWay.has(keyOf(row)));
    if (fresh.length > 0) await handOver(fresh);
    return (!ordinary && (await handOverLeft(died))) || left || fresh.length > 0;
  }

  /**
   * What launchers have died with is handed over with half as many others each time, of those they died with as often, and
   * at last alone: what is harmless gets through, and what is not is known by it. After an ordinary death it goes on at
   * once; from the third on nothing else is under way meanwhile.
   */
  async function handOverLeft(died: number): Promise<boolean> {
    const limit = Math.max(1, Math.floor(BATCH / 2 ** died));
    const apart = died > ORDINARY_DEATHS;
    if (apart) await allDone();
    const rows = (await take({ limit, died })).filter((row) => !underWay.has(keyOf(row)));
    const some = rows.length > 0 && (await handOver(rows)) > 0;
    if (apart) await allDone();
    return some;
  }

  async function allDone(): Promise<void> {
    await Promise.all([...underWay.values()].map(({ done }) => done));
  }

  /** Gives of how many that was tried. */
  async function handOver(rows: readonly OutboxRow[]): Promise<number> {
    const { taken, crowded } = makeRoom(rows);
    const prepared = await prepareDeliveries(deps.database.queries, taken, deps);
    for (const one of prepared.filter(isOutside)) begin(one);
    await settle([
      ...prepared
        .filter((one) => !isOutside(one))
        .map((one) => ({ prepared: one, ...judge(one.refused ?? { outcome: 'delivered' }, one.row, deps) })),
      // Given back as it was: no failure, no attempt, and first in turn as soon as there is room.
      ...crowded.map((prepared) => ({ prepared, state: 'waiting' as const, crowded: true })),
    ]);
    return taken.length;
  }

  /** Before anything is opened: to open a thread that is not handed over now would keep the others waiting. */
  function makeRoom(rows: readonly OutboxRow[]): { readonly taken: OutboxRow[]; readonly crowded: Prepared[] } {
    const taken: OutboxRow[] = [];
    const crowded: Prepared[] = [];
    const more = new Map<string, number>();
    for (const row of rows) {
      const to = addressOf(row, deps.teams);
      const room = to.inbox === undefined ? 1 : roomAt(to.inbox) - (more.get(to.inbox) ?? 0);
      if (room > 0) {
        taken.push(row);
        if (to.inbox !== undefined) more.set(to.inbox, (more.get(to.inbox) ?? 0) + 1);
        continue;
      }
      crowded.push({ row, messageId: row.message_id, to });
      const there = crowds.get(to.inbox ?? '') ?? new Set();
      crowds.set(to.inbox ?? '', there.add(row.to_address));
    }
    return { taken, crowded };
  }

  /** Of systems that are known to have enough, only as many as they have room for; of everybody else what is due. */
  async function claim(): Promise<readonly OutboxRow[]> {
    const full = [...crowds.values()].flatMap((there) => [...there]);
    const rows = [...(await take({ limit: BATCH, except: full, died: 0 }))];
    for (const [at, there] of crowds) {
      const room = roomAt(at) - rows.filter(({ to_address }) => deps.teams.find(to_address)?.inbox === at).length;
      if (room <= 0) continue;
      const more = await take({ limit: room, only: [...there], died: 0 });
      if (more.length < room) crowds.delete(at);
      rows.push(...more);
    }
    return rows;
  }

  function take(
    some: Pick<Parameters<typeof outbox.claimMessages>[2], 'limit' | 'only' | 'except' | 'died'>,
  ): Promise<readonly OutboxRow[]> {
    const nowMs = deps.now();
    const ours = { lease, nowMs, untilMs: nowMs + deps.limits.leaseMs };
    return deps.database.before((queries) => outbox.claimMessages(queries, deps.dialect, { ...ours, ...some }));
  }

  function roomAt(inbox: string): number {
    const there = [...underWay.values()].filter(({ at }) => at === inbox).length;
    return Math.min(MOST_UNDER_WAY - underWay.size, MOST_AT_ONE - there);
  }

  return {
    lease,
    round,
    renew: () =>
      underWay.size === 0
        ? Promise.resolve()
        : outbox.extendLeases(deps.database.queries, lease, deps.now() + deps.limits.leaseMs),
    end: async () => {
      await allDone();
      await outbox.releaseLeases(deps.database.queries, lease);
    },
  };
}

function isOutside({ message, to }: Prepared): boolean {
  return message !== undefined && to.inbox !== undefined;
}

async function attempt(
  { message, to }: Prepared,
  { deliver, limits, onFailure }: DeliveryDeps,
  stopping: AbortSignal,
): Promise<DeliveryOutcome> {
  if (!message) return { outcome: 'refused', code: 'message.unreadable' };
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(limits.attemptMs)]);
  try {
    return await deliver(to, message, signal);
  } catch (error) {
    if (!signal.aborted) onFailure(error);
    return { outcome: 'retry', code: signal.aborted ? 'source.timeout' : 'server.fault' };
  }
}

/** What an outcome comes to for what waits: how it stands, and when it is tried again. */
function judge(
  outcome: DeliveryOutcome,
  row: Pick<OutboxRow, 'attempts'>,
  { limits, now, random }: Pick<DeliveryDeps, 'limits' | 'now' | 'random'>,
): Pick<Settled, 'state' | 'code' | 'nextMs' | 'at' | 'reference'> {
  if (outcome.outcome === 'delivered')
    return {
      state: 'delivered',
      ...(outcome.at !== undefined && { at: outcome.at }),
      ...(outcome.reference !== undefined && { reference: outcome.reference }),
    };
  if (outcome.outcome === 'accepted')
    return { state: 'accepted', ...(outcome.reference !== undefined && { reference: outcome.reference }) };
  if (outcome.outcome === 'refused') return { state: 'undeliverable', code: outcome.code };
  if (row.attempts >= limits.attempts) return { state: 'undeliverable', code: outcome.code };
  return {
    state: 'waiting',
    code: outcome.code,
    nextMs: now() + spreadPauseMs(row.attempts, random, outcome.afterMs),
  };
}

function keyOf({ thread_id, to_address, version }: OutboxRow): string {
  return `${thread_id}|${to_address}|${String(version)}`;
}

/** A try that is repeated is told by the log; the audit says what the other side has said. */
function auditOf({ prepared, state, code }: Settled, nowMs: number): readonly AuditEvent[] {
  if (state === 'waiting') return [];
  const { row, messageId, to, nhsNumber, withheld } = prepared;
  return [
    {
      type: 'message.delivered',
      at: new Date(nowMs).toISOString(),
      outcome: withheld === undefined ? (state === 'undeliverable' ? 'failed' : 'success') : 'refused',
      organisation: to.organisation.ods,
      ...(nhsNumber !== undefined && { nhsNumber }),
      ...(to.inbox !== undefined && { source: to.inbox }),
      ...(code !== undefined && { code: withheld ?? code }),
      detail: {
        reference: `Communication/${messageId}`,
        to: row.to_address,
        state: withheld === undefined ? state : 'withheld',
        attempts: row.attempts,
        ...(row.deaths !== null && { deaths: row.deaths }),
      },
    },
  ];
}
