import type { Database } from './database.ts';
import { sweepLaunchTransactions } from './tables/launch-transactions.ts';
import { sweepSessions } from './tables/sessions.ts';

export type Sweeper = { stop(): Promise<void> };

/** Removes run-out launches and sessions now and then; what fails is told to `onFailure` and tried again next time. */
export function startSweeper(database: Database, everyMs: number, onFailure: (reason: unknown) => void): Sweeper {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= sweep(database)
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

async function sweep(database: Database): Promise<void> {
  const now = new Date().toISOString();
  await sweepLaunchTransactions(database.queries, now);
  await sweepSessions(database.queries, now);
}
