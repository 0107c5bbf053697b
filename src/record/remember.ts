import { alike } from './alike.ts';
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

/**
 * As `remember`, for parsed values that come again as copies of themselves: one that is like an earlier one in every part
 * has its result. `nameOf` gives a text that differs between most of them; what has none is worked out each time.
 */
export function rememberAlike<R>(
  work: (argument: unknown) => R,
  nameOf: (argument: unknown) => string | undefined,
): (argument: unknown) => R {
  const byName = new Map<string, { readonly argument: unknown; readonly result: R; latest: unknown }>();
  kept.push(byName as Map<unknown, unknown>);
  return (argument) => {
    const name = depth === 0 ? undefined : nameOf(argument);
    if (name === undefined) return work(argument);
    const before = byName.get(name);
    if (before) {
      if (before.latest === argument) return before.result;
      if (alike(before.argument, argument)) {
        before.latest = argument;
        return before.result;
      }
    }
    const result = work(argument);
    if (byName.size >= MOST) byName.clear();
    byName.set(name, { argument, result, latest: argument });
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
