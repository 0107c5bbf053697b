import type { Browser } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { startChild, type Child } from './processes.ts';
import { readAndMerge } from './read-and-merge.ts';
import { eventually, firstSection, watchedPage } from './record-page.ts';
import { confidence, median, mulberry32, round } from './statistics.ts';
import { syntheticPages } from './synthetic-pages.ts';

/**
 * B10: how the work grows. The exponent of CPU time in the number of resources (1 is linear), log-log over 1,000 to
 * 100,000 resources of 18 organisations; the first section on the screen with 150 organisations over that with 2; and the
 * longest time the page's main thread was held while 20,000 resources of 18 organisations arrived in Chromium.
 */
const SIZES = [1_000, 3_000, 10_000, 30_000, 100_000] as const;
const ROUNDS = Number(process.env['CORRIDOR_BENCH_ROUNDS'] ?? 7);
const PAINTS = Number(process.env['CORRIDOR_BENCH_RUNS'] ?? 9);
const TARGET = 1.05;

/** Notes how long the page's own tasks kept a short timer waiting. */
const GAPS = `(() => {
  globalThis.benchGaps = [];
  let before = performance.now();
  const tick = () => {
    const now = performance.now();
    if (now - before > 12) globalThis.benchGaps.push([before, now - before]);
    before = now;
    setTimeout(tick, 4);
  };
  setTimeout(tick, 4);
})()`;

/** The longest gap from the asking for the record until half a second after its last byte. */
const LONGEST = `(() => {
  const record = performance.getEntriesByType('resource').find((e) => e.name.includes('/api/record'));
  if (!record || record.responseEnd === 0 || performance.now() < record.responseEnd + 500) return undefined;
  return Math.max(0, ...globalThis.benchGaps.filter(([at]) => at >= record.startTime).map(([, ms]) => ms - 4));
})()`;

const growth = measureGrowth();
const browser = await launchBrowser();
let paint: object, blocks: object, ok: boolean;
try {
  const few = await paintedWith(browser, 2, 2_222);
  const many = await paintedWith(browser, 150, 20_000);
  const flat = round(many.firstMs / few.firstMs);
  const all = await paintedWith(browser, 18, 20_000);
  paint = { firstPaint2Ms: few.firstMs, firstPaint150Ms: many.firstMs, firstPaintGrowth: flat, firstPaintTarget: 1.2 };
  blocks = { longestBlockMs: all.longestBlockMs, longestBlockTargetMs: 50, longestBlock150Ms: many.longestBlockMs };
  ok = growth.ratio <= TARGET && flat <= 1.2 && all.longestBlockMs <= 50;
} finally {
  await browser.close();
}
console.log(JSON.stringify({ bench: 'B10', ...growth, target: TARGET, ok, ...paint, ...blocks }));

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

async function paintedWith(
  browser: Browser,
  sources: number,
  resources: number,
): Promise<{ firstMs: number; longestBlockMs: number }> {
  const children: Child[] = [];
  try {
    const delaysMs = Array.from({ length: sources }, (_, index) => 50 + Math.round((index * 200) / sources));
    const replay = await startChild('replay-source.ts', { sources, resources, delaysMs });
    children.push(replay);
    const launcher = await startChild('launcher-process.ts', { bases: JSON.parse(replay.said) as string[] });
    children.push(launcher);
    const { press } = JSON.parse(launcher.said) as { press: string };
    const page = await watchedPage(browser);
    await page.addInitScript(GAPS);
    const longest: number[] = [];
    const firsts: number[] = [];
    for (let run = -2; run < PAINTS; run++) {
      const first = await firstSection(press, page, async () => {
        const block = await eventually(page, LONGEST);
        if (run >= 0) longest.push(block);
      });
      if (run >= 0) firsts.push(first);
    }
    return { firstMs: round(median(firsts), 1), longestBlockMs: round(median(longest), 1) };
  } finally {
    for (const child of children.reverse()) await child.stop();
  }
}
