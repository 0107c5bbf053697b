import { randomUUID } from 'node:crypto';
import type { SourceId } from '../../src/record/source.ts';
import { sweepNotices } from '../storage/tables/handover-changes.ts';
import { findNoticeSubscription, type NoticeSubscriptionRow } from '../storage/tables/notice-subscriptions.ts';
import {
  endNoticeWatch,
  leaseNoticeWatches,
  loadNoticeWatchesToEnd,
  settleNoticeWatch,
  type NoticeWatchRow,
} from '../storage/tables/notice-watches.ts';
import { planAsk } from './ask-changes.ts';
import { attend, type Attended, type AttendDeps } from './attend.ts';
import { escalate } from './escalate.ts';
import { instant } from './ports.ts';
import { openProven, standingSession } from './standing-session.ts';
import { writeDown } from './write-down.ts';

export type HandoverWorker = {
  /** Something was told: look now and not at the next tick. */
  nudge(): void;
  /** One round, for tests and for what can't wait. */
  tick(): Promise<void>;
  stop(): Promise<void>;
};

export type WorkerDeps = AttendDeps & {
  readonly limits: AttendDeps['limits'] & {
    readonly tickMs: number;
    readonly leaseMs: number;
    readonly keepDays: number;
  };
};

/** Sources asked at once by one launcher, few enough to leave readers their room, and taken at once from what is due. */
const AT_ONCE = 4;
const BATCH = 32;
const DAY_MS = 86_400_000;

/**
 * Goes round: what is late, what has run out, which sources are due. Several launchers go round beside each other; a lease
 * gives each source to one of them, and what moves by itself moves once.
 */
export function startWorker(deps: WorkerDeps): HandoverWorker {
  const stopping = new AbortController();
  const moveOn = createMoveOn(deps);
  let running: Promise<void> | undefined;
  let moving: Promise<void> | undefined;
  let again = false;

  const tick = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    if (running) {
      again = true;
      // However many sources are due, and however slow they are: what is late goes on meanwhile.
      moving ??= moveOn().finally(() => {
        moving = undefined;
      });
      await Promise.all([moving, running]);
      return;
    }
    running = round(deps, moveOn, stopping.signal).finally(() => {
      running = undefined;
    });
    await running;
    if (again) {
      again = false;
      await tick();
    }
  };
  const onFailure = (error: unknown): void => deps.onFailure('handover.round_failed', error);
  const timer = setInterval(() => void tick().catch(onFailure), deps.limits.tickMs);
  timer.unref();
  return {
    tick,
    nudge: () => void tick().catch(onFailure),
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await Promise.allSettled([running, moving]);
    },
  };
}

/** One at a time: of two that wrote down the same at once the audit would say it twice. */
function createMoveOn(deps: WorkerDeps): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(async () => {
      await escalate(deps);
      await writeDown(deps);
    });
    last = next.catch(() => undefined);
    return next;
  };
}

async function round(deps: WorkerDeps, moveOn: () => Promise<void>, signal: AbortSignal): Promise<void> {
  await moveOn();
  await endRunOut(deps, signal);
  await sweepNotices(deps.database.queries, instant(deps.now() - deps.limits.keepDays * DAY_MS), BATCH);
  for (;;) {
    const now = deps.now();
    const lease = randomUUID();
    const until = instant(now + deps.limits.leaseMs);
    const due = await leaseNoticeWatches(deps.database, { lease, now: instant(now), until, most: BATCH });
    if (due.length === 0 || signal.aborted) return;
    await attendAll(due, lease, deps, signal);
    await moveOn();
  }
}

async function attendAll(
  due: readonly NoticeWatchRow[],
  lease: string,
  deps: WorkerDeps,
  signal: AbortSignal,
): Promise<void> {
  const work: Attended[] = [];
  // One decision for each team and resident, however many sources are asked on it.
  for (const id of new Set(due.map(({ subscriptionId }) => subscriptionId))) {
    const watches = due.filter(({ subscriptionId }) => subscriptionId === id);
    const subscription = await findNoticeSubscription(deps.database.queries, id);
    if (!subscription || subscription.endedAt !== undefined) continue;
    try {
      const proven = openProven(subscription, deps);
      const plan = await planAsk(standingSession(subscription, proven, deps.teams), deps);
      work.push(...watches.map((watch) => ({ watch, subscription, proven, plan, lease })));
    } catch (error) {
      // What is wrong with one keeps nobody else from being heard.
      for (const watch of watches) await notHeard({ watch, lease }, error, deps);
    }
  }
  const next = async (): Promise<void> => {
    for (let one = work.shift(); one && !signal.aborted; one = work.shift()) {
      const attended = one;
      await attend(attended, deps, signal).catch((error: unknown) => notHeard(attended, error, deps));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** It counts as silent: a list that lacks what happened there says so, whatever it was that went wrong. */
async function notHeard(
  { watch, lease }: Pick<Attended, 'watch' | 'lease'>,
  error: unknown,
  deps: WorkerDeps,
): Promise<void> {
  deps.onFailure('notice.ask_failed', error);
  const { id, failures } = watch;
  const dueAt = instant(deps.now() + deps.limits.leaseMs);
  await settleNoticeWatch(deps.database.queries, { id, lease }, { state: 'failing', failures: failures + 1, dueAt });
}

/** What nobody is told of any more, its source need not tell. */
async function endRunOut(deps: WorkerDeps, signal: AbortSignal): Promise<void> {
  for (const watch of await loadNoticeWatchesToEnd(deps.database.queries, instant(deps.now()), BATCH)) {
    if (!(await endNoticeWatch(deps.database.queries, watch.id)) || watch.remoteIds.length === 0) continue;
    const subscription = await findNoticeSubscription(deps.database.queries, watch.subscriptionId);
    // By its own end date the source stops by itself; sooner only by being asked to.
    if (subscription && subscription.until > instant(deps.now()))
      await silence(watch, subscription, deps, signal).catch((error: unknown) =>
        deps.onFailure('notice.not_unsubscribed', error),
      );
  }
}

async function silence(
  watch: NoticeWatchRow,
  subscription: NoticeSubscriptionRow,
  deps: WorkerDeps,
  signal: AbortSignal,
): Promise<void> {
  const session = standingSession(subscription, openProven(subscription, deps), deps.teams);
  const plan = await planAsk(session, deps);
  if ('refused' in plan) return;
  await deps.open(watch.source as SourceId, plan.located).unsubscribe?.(watch.remoteIds, signal);
}
