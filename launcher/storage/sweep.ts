import type { Database, Queries } from './database.ts';
import { sweepBulkBrowsing } from './tables/bulk-browsing.ts';
import { sweepLastLooks } from './tables/last-looks.ts';
import { sweepLaunchTransactions } from './tables/launch-transactions.ts';
import { destroyThreads, sweepThreads } from './tables/messages.ts';
import { destroyPatientKeys, sweepSeenViews } from './tables/seen-views.ts';
import { sweepSessions } from './tables/sessions.ts';
import { takeSweepTurn } from './tables/sweep-turn.ts';

export type Sweeper = { stop(): Promise<void> };

/** Removes run-out launches and sessions now and then; what fails is told to `onFailure` and tried again next time. */
export function startSweeper(
  database: Database,
  everyMs: number,
  onFailure: (reason: unknown) => void,
  asSeenDays = 30,
  lastLookDays = 365,
  messageDays = 3_660,
): Sweeper {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= sweep(database, { asSeenDays, lastLookDays, messageDays })
      .catch(onFailure)
      .finally(() => {
        running = undefined;
      });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

const DAY_MS = 86_400_000;

type Task = (queries: Queries) => Promise<unknown>;

type Days = { readonly asSeenDays: number; readonly lastLookDays: number; readonly messageDays: number };

async function sweep(database: Database, days: Days): Promise<void> {
  for (const task of tasksAt(Date.now(), days)) await inTurn(database, task);
}

/** How long it is still said that there was a conversation whose time of keeping is over. */
const SAID_GONE_DAYS = 30;

function tasksAt(nowMs: number, { asSeenDays, lastLookDays, messageDays }: Days): readonly Task[] {
  const now = new Date(nowMs).toISOString();
  const seenBefore = new Date(nowMs - asSeenDays * DAY_MS).toISOString();
  const messagesBefore = new Date(nowMs - messageDays * DAY_MS).toISOString();
  const goneBefore = new Date(nowMs - (messageDays + SAID_GONE_DAYS) * DAY_MS).toISOString();
  return [
    (queries) => sweepLaunchTransactions(queries, now),
    (queries) => sweepSessions(queries, now),
    // The key first: a row that outlives it shows nothing, in this store or in a copy of it.
    (queries) => destroyPatientKeys(queries, { monthsBefore: seenBefore.slice(0, 7) }, now),
    (queries) => sweepSeenViews(queries, seenBefore),
    (queries) => sweepLastLooks(queries, new Date(nowMs - lastLookDays * DAY_MS).toISOString()),
    (queries) => sweepBulkBrowsing(queries, new Date(nowMs - DAY_MS).toISOString().slice(0, 13)),
    (queries) => destroyThreads(queries, messagesBefore),
    (queries) => sweepThreads(queries, goneBefore),
  ];
}

/** Of several launchers one sweeps at a time; who finds another at it leaves it be until the next time. */
async function inTurn(database: Database, task: Task): Promise<void> {
  if (database.dialect === 'sqlite') await task(database.queries);
  else
    await database.transaction(async (queries) => {
      if (await takeSweepTurn(queries)) await task(queries);
    });
}
