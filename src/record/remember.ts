/**
 * Results of pure functions kept while one page is read or one record is built, and let go of at its end: the same codes,
 * dates and words come again and again in a record, and each section looks at the same part of a resource. Nothing of a
 * person outlives the work (safety H02), and outside of it nothing is kept at all.
 */
const kept: Map<unknown, unknown>[] = [];
let depth = 0;

/** What comes again comes again soon; a larger table costs more than it saves. */
const MOST = 2_000;

/** `work` may look at nothing but its argument, and what it returns is never changed by anybody. */
export function remember<A, R>(work: (argument: A) => R): (argument: A) => R {
  const results = new Map<A, R>();
  kept.push(results as Map<unknown, unknown>);
  return (argument) => {
    if (depth === 0) return work(argument);
    const known = results.get(argument);
    if (known !== undefined || results.has(argument)) return known as R;
    const result = work(argument);
    if (results.size >= MOST) results.clear();
    results.set(argument, result);
    return result;
  };
}

/** Everything remembered during `task` is forgotten when it ends, however it ends. */
export function whileRemembering<T>(task: () => T): T {
  depth++;
  try {
    return task();
  } finally {
    depth--;
    if (depth === 0) for (const results of kept) results.clear();
  }
}
