import type { Database } from './database.ts';
import { sweepBulkBrowsing } from './tables/bulk-browsing.ts';
import { sweepLaunchTransactions } from './tables/launch-transactions.ts';
import { destroyPatientKeys, sweepSeenViews } from './tables/seen-views.ts';
import { sweepSessions } from './tables/sessions.ts';

export type Sweeper = { stop(): Promise<void> };

/** Removes run-out launches and sessions now and then; what fails is told to `onFailure` and tried again next time. */
export function startSweeper(
  database: Database,
  everyMs: number,
  onFailure: (reason: unknown) => void,
  asSeenDays = 30,
): Sweeper {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= sweep(database, asSeenDays)
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

async function sweep(database: Database, asSeenDays: number): Promise<void> {
  const now = new Date().toISOString();
  await sweepLaunchTransactions(database.queries, now);
  await sweepSessions(database.queries, now);
  // The key first: a row that outlives it shows nothing, in this store or in a copy of it.
  const seenBefore = new Date(Date.now() - asSeenDays * DAY_MS).toISOString();
  await destroyPatientKeys(database.queries, { monthsBefore: seenBefore.slice(0, 7) }, now);
  await sweepSeenViews(database.queries, seenBefore);
  await sweepBulkBrowsing(database.queries, new Date(Date.now() - DAY_MS).toISOString().slice(0, 13));
}
