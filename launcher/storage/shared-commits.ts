import type { Queries } from './database.ts';

type Waiting = {
  readonly work: (queries: Queries) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: unknown) => void;
};

/**
 * One commit for what several callers ask for in the same moment. With one writer a commit holds up everybody for as
 * long as the disk takes, whatever is in it: launches and views that come together share it. Each caller is told when
 * its own work is durable, and is undone alone: a group in which one fails is tried again one by one, so work may run
 * twice. What work itself asks for while it runs joins the same commit.
 */
export function shareCommits(queries: Queries): <T>(work: (queries: Queries) => Promise<T>) => Promise<T> {
  const waiting: Waiting[] = [];
  let draining = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // Whatever else the loop has heard by now joins this commit.
      await new Promise(setImmediate);
      await commit();
    }
    draining = false;
  }

  async function commit(): Promise<void> {
    const group: Waiting[] = [];
    const results: unknown[] = [];
    try {
      await queries.transaction().execute(async (inside) => {
        for (let one = waiting.shift(); one; one = group.length < MOST ? waiting.shift() : undefined) {
          group.push(one);
          results.push(await one.work(inside));
        }
      });
      for (const [index, { resolve }] of group.entries()) resolve(results[index]);
    } catch (cause) {
      // Nothing could even be begun: whoever waits would wait for ever.
      if (group.length === 0) for (const one of waiting.splice(0)) one.reject(cause);
      else if (group.length === 1) group[0]?.reject(cause);
      else for (const one of group) await alone(one);
    }
  }

  function alone({ work, resolve, reject }: Waiting): Promise<void> {
    return queries
      .transaction()
      .execute((inside) => work(inside))
      .then(resolve, reject);
  }

  return <T>(work: (queries: Queries) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (draining) return;
      draining = true;
      void drain();
    });
}

/** Keeps a commit, and with it the first of those who wait for it, short. */
const MOST = 256;
