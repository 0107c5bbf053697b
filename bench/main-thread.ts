import type { Browser, Page } from 'playwright-core';

/** How long the page's main thread was held, from the asking for the record until a while after its last byte. */
export type MainThread = {
  /** The longest task, in the thread's own processor time: what the page itself is to blame for, however busy the machine. */
  readonly ownMs: number;
  /** The longest task by the clock, as the browser's own list of long tasks has it; 0 where it has none (none over 50 ms). */
  readonly clockMs: number;
  /** The longest time by the clock between two frames. */
  readonly frameMs: number;
};

const AFTER_MS = 500;
/** A mark that is in the page's own clock and in the trace's. */
const ZERO = 'bench-zero';

/** To be added to the page before it loads. */
export const WATCH_MAIN_THREAD = `(() => {
  globalThis.benchTasks = [];
  globalThis.benchFrames = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) globalThis.benchTasks.push([startTime, duration]);
  }).observe({ type: 'longtask' });
  let before = performance.now();
  const frame = (now) => {
    globalThis.benchFrames.push([before, now - before]);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})()`;

/** From and until when, and what was seen; nothing while the record still streams. */
const SEEN = `(() => {
  const record = performance.getEntriesByType('resource').find((e) => e.name.includes('/api/record'));
  const until = record && record.responseEnd > 0 ? record.responseEnd + ${AFTER_MS} : Infinity;
  if (performance.now() < until) return undefined;
  performance.mark('${ZERO}');
  return { from: record.startTime, until, tasks: globalThis.benchTasks, frames: globalThis.benchFrames };
})()`;

type Span = readonly [at: number, ms: number];
type Seen = {
  readonly from: number;
  readonly until: number;
  readonly tasks: readonly Span[];
  readonly frames: readonly Span[];
};

/** Opens the record by `open`, waits until all of it has come, and returns how long its main thread was held. */
export async function mainThreadOf(browser: Browser, page: Page, open: () => Promise<unknown>): Promise<MainThread> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', 'blink.user_timing'] });
  await open();
  const seen = await arrived(page);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as Trace;
  return {
    ownMs: longestOwnMs(trace, seen),
    clockMs: longest(seen.tasks, seen),
    frameMs: longest(seen.frames, seen),
  };
}

/** Asked from outside: the page's own content policy allows no evaluation inside it. */
async function arrived(page: Page): Promise<Seen> {
  for (let tries = 0; tries < 600; tries++) {
    const seen = await page.evaluate<Seen | undefined>(SEEN);
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the record did not end');
}

function longest(spans: readonly Span[], { from, until }: Seen): number {
  return Math.max(0, ...spans.flatMap(([at, ms]) => (at >= from && at < until ? [ms] : [])));
}

type Trace = { readonly traceEvents: readonly TraceEvent[] };
/** Times in microseconds; `tdur` is processor time of the thread. */
type TraceEvent = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly startTime?: number } };
};

function longestOwnMs({ traceEvents }: Trace, { from, until }: Seen): number {
  const zero = traceEvents.find(({ name }) => name === ZERO);
  if (!zero) throw new Error('the page is not in its own trace');
  const started = zero.ts / 1_000 - (zero.args?.data?.startTime ?? 0);
  const own = traceEvents.flatMap(({ name, pid, tid, ts, dur, tdur }) => {
    const at = ts / 1_000 - started;
    const mine = name === 'RunTask' && pid === zero.pid && tid === zero.tid && at >= from && at < until;
    return mine ? [(tdur ?? dur ?? 0) / 1_000] : [];
  });
  if (own.length === 0) throw new Error('the trace names no tasks');
  return Math.max(...own);
}
