import type { Database } from '../storage/database.ts';
import { watchAnswersSince } from '../storage/tables/unwatched-answers.ts';

/** How far back: what lay unopened for longer than a day before anybody looked is no news that a rule brings. */
const BACK_MS = 86_400_000;
const EVERY_MS = 3_600_000;

export type LeftAnswersDeps = { readonly database: Database; readonly now: () => number };

/**
 * A launcher of a version before answers were looked at (decision 42), beside this one in a rolling upgrade or stopped just
 * before it, writes an answer and leaves nobody to look at it. They are taken up here; what need not go on says so by itself.
 */
export async function takeUpLeftAnswers({ database, now }: LeftAnswersDeps): Promise<number> {
  const at = (ms: number): string => new Date(ms).toISOString();
  return watchAnswersSince(database.queries, at(now() - BACK_MS), at(now()));
}

/** At the first round and every hour from then on. */
export function createLeftAnswers(deps: LeftAnswersDeps): () => Promise<unknown> {
  let nextMs = 0;
  return async () => {
    if (deps.now() < nextMs) return;
    nextMs = deps.now() + EVERY_MS;
    await takeUpLeftAnswers(deps);
  };
}
