import { launchBrowser } from '../test/support/browser.ts';
import { mainThreadOf, WATCH_MAIN_THREAD, type MainThread } from './main-thread.ts';
import { pressSharedRecord, startChild, type Child } from './processes.ts';
import { readAndMerge } from './read-and-merge.ts';
import { firstSection, watchedPage } from './record-page.ts';
import { confidence, median, mulberry32, round } from './statistics.ts';
import { syntheticPages } from './synthetic-pages.ts';

/**
 * B10: how the work grows. The exponent of CPU time in the number of resources (1 is linear), log-log over 1,000 to
 * 100,000 resources of 18 organisations; the first section on the screen with 150 organisations over that with 2, opened in
 * turn; and the longest time the page's main thread was held while 20,000 resources of 18 organisations arrived in
 * Chromium: in the thread's own processor time, which is what is judged, and by the clock, which says beside it how
 * much the machine was wanted by others.
 */
const SIZES = [1_000, 3_000, 10_000, 30_000, 100_000] as const;
const ROUNDS = Number(process.env['CORRIDOR_BENCH_ROUNDS'] ?? 5);
const PAIRS = Number(process.env['CORRIDOR_BENCH_RUNS'] ?? 7);
const TARGET = 1.05;
const FLAT = 1.2;
const LONGEST_MS = 50;

const growth = measureGrowth();
const children: Child[] = [];
const browser = await launchBrowser();
try {
  const flat = await measureFlatness();
  const blocks = await measureBlocks();
  const ok = growth.ratio <= TARGET && flat.firstPaintGrowth <= FLAT && blocks.longestBlockMs <= LONGEST_MS;
  console.log(JSON.stringify({ bench: 'B10', ...growth, target: TARGET, ok, ...flat, ...blocks }));
} finally {
  await browser.close();
  for (const child of children.reverse()) await child.stop();
}

/** What a record opens from: so many organisations that answer after 50 to 250 ms, and a launcher in front of them. */
async function started(sources: number, resources: number): Promise<string> {
  const delaysMs = Array.from({ length: sources }, (_, index) => 50 + Math.round((index * 200) / sources));
  const replay = await startChild('replay-source.ts', { sources, resources, delaysMs });
  children.push(replay);
  const launcher = await startChild('launcher-process.ts', { bases: JSON.parse(replay.said) as string[] });
  children.push(launcher);
  return (JSON.parse(launcher.said) as { press: string }).press;
}

/** Few and many in turn, so that both meet the same machine. */
async function measureFlatness(): Promise<{ readonly firstPaintGrowth: number }> {
  const presses = [await started(2, 2_222), await started(150, 20_000)] as const;
  const page = await watchedPage(browser);
  const firsts = [new Array<number>(), new Array<number>()] as const;
  for (let run = -1; run < PAIRS; run++) {
    for (const which of run % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const first = await firstSection(presses[which], page);
      if (run >= 0) firsts[which].push(first);
    }
  }
  await page.close();
  const ratios = firsts[0].map((few, pair) => (firsts[1][pair] ?? NaN) / few);
  return {
    firstPaintGrowth: round(median(ratios)),
    ...{ firstPaintGrowthCi: confidence(ratios).map((value) => round(value)), firstPaintTarget: FLAT },
    ...{ firstPaint2Ms: round(median(firsts[0]), 1), firstPaint150Ms: round(median(firsts[1]), 1) },
  };
}

async function measureBlocks(): Promise<{ readonly longestBlockMs: number }> {
  const press = await started(18, 20_000);
  const page = await watchedPage(browser);
  await page.addInitScript(WATCH_MAIN_THREAD);
  const seen: MainThread[] = [];
  for (let run = -1; run < PAIRS; run++) {
    const held = await mainThreadOf(browser, page, async () => page.goto(await pressSharedRecord(press)));
    if (run >= 0) seen.push(held);
    await page.goto('about:blank');
  }
  await page.close();
  const middle = (one: keyof MainThread): number => round(median(seen.map((held) => held[one])), 1);
  return {
    longestBlockMs: middle('ownMs'),
    ...{ longestBlockWorstMs: round(Math.max(...seen.map(({ ownMs }) => ownMs)), 1), longestBlockTargetMs: LONGEST_MS },
    ...{ longestBlockByTheClockMs: middle('clockMs'), longestWithoutAFrameMs: middle('frameMs') },
  };
}

/** The slope of log(time) over log(size), each round by least squares; the median round and its interval. */
function measureGrowth(): { ratio: number; ci: readonly number[]; cpuMs: Readonly<Record<string, number>> } {
  const inputs = SIZES.map((size) => ({ size, pages: syntheticPages(18, size) }));
  for (const { pages } of inputs.slice(0, 3)) readAndMerge(pages);
  const times = new Map<number, number[]>();
  const slopes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const points = shuffled(inputs, round).map(({ size, pages }) => {
      const repeats = Math.max(1, Math.round(10_000 / size));
      globalThis.gc?.();
      const before = process.cpuUsage();
      for (let repeat = 0; repeat < repeats; repeat++) readAndMerge(pages);
      const { user, system } = process.cpuUsage(before);
      const ms = (user + system) / 1000 / repeats;
      times.set(size, [...(times.get(size) ?? []), ms]);
      return { x: Math.log(size), y: Math.log(ms) };
    });
    slopes.push(slopeOf(points));
  }
  return {
    ratio: round(median(slopes)),
    ci: confidence(slopes).map((value) => round(value)),
    cpuMs: Object.fromEntries(SIZES.map((size) => [size, round(median(times.get(size) ?? []), 0)])),
  };
}

function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((p) => p.x)), mean(points.map((p) => p.y))];
  const over = points.reduce((sum, p) => sum + (p.x - x) * (p.y - y), 0);
  return over / points.reduce((sum, p) => sum + (p.x - x) ** 2, 0);
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const random = mulberry32(seed);
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
