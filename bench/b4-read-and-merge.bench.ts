import type { Resource } from '../src/record/resource.ts';
import { mergeWithoutRules } from './merge-without-rules.ts';
import { readAndMerge, type Bundle } from './read-and-merge.ts';
import { confidence, median, round } from './statistics.ts';
import { syntheticPages } from './synthetic-pages.ts';

/**
 * B4: what it costs to parse, read, group and order 20,000 resources of 18 organisations with every safety rule, over
 * JSON.parse of the same bytes. One peer parses and joins by type and id without reading anything; another makes one
 * object, one key and one order of everything without a single rule, which says what the rules themselves cost. CPU time
 * of this process, interleaved; the longest block is the longest stretch between two moments at which others may run.
 */
const SOURCES = 18;
const RESOURCES = 20_000;
const PAIRS = Number(process.env['CORRIDOR_BENCH_PAIRS'] ?? 31);
const TARGET = 1.5;

const pages = syntheticPages(SOURCES, RESOURCES);

/** The longest stretch, in milliseconds. */
function longestBlock(): number {
  let longest = 0;
  const { entries, record } = readAndMerge(pages, (work) => {
    const started = performance.now();
    const result = work();
    longest = Math.max(longest, performance.now() - started);
    return result;
  });
  if (record.sections.length === 0 || entries < RESOURCES) throw new Error('something was not read');
  return longest;
}

function parseOnly(): number {
  let seen = 0;
  for (const texts of pages.values()) for (const text of texts) seen += (JSON.parse(text) as Bundle).entry?.length ?? 0;
  return seen;
}

/** Joins by type and id as a portal without reading does. */
function mapMerge(): number {
  const merged = new Map<string, Resource>();
  for (const texts of pages.values()) {
    for (const text of texts) {
      for (const { resource } of (JSON.parse(text) as Bundle).entry ?? [])
        merged.set(`${resource.resourceType}/${String(resource.id)}`, resource);
    }
  }
  return [...merged.values()].sort((a, b) =>
    String(b['effectiveDateTime']).localeCompare(String(a['effectiveDateTime'])),
  ).length;
}

function cpuMs(work: () => unknown): number {
  globalThis.gc?.();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

for (let warm = 0; warm < 4; warm++) {
  longestBlock();
  parseOnly();
  mapMerge();
  mergeWithoutRules(pages);
}
const ratios: number[] = [];
const peers: number[] = [];
const withoutRules: number[] = [];
const control: number[] = [];
const blocks: number[] = [];
const costs: number[] = [];
for (let pair = 0; pair < PAIRS; pair++) {
  const first = cpuMs(parseOnly);
  const cost = cpuMs(() => blocks.push(longestBlock()));
  const second = cpuMs(parseOnly);
  const own = (first + second) / 2;
  ratios.push(cost / own);
  costs.push(cost);
  control.push(first / second);
  if (peers.length < 11) {
    peers.push(cpuMs(mapMerge) / own);
    withoutRules.push(cpuMs(() => mergeWithoutRules(pages)) / own);
  }
}
const ratio = round(median(ratios));
const longestBlockMs = round(median(blocks), 1);
console.log(
  JSON.stringify({
    bench: 'B4',
    ratio,
    ci: confidence(ratios).map((value) => round(value)),
    target: TARGET,
    ok: ratio <= TARGET && longestBlockMs <= 10,
    gate: 2,
    mapMerge: round(median(peers)),
    withoutRules: round(median(withoutRules)),
    control: round(median(control)),
    cpuMs: round(median(costs), 0),
    longestBlockMs,
    longestBlockTargetMs: 10,
    resources: RESOURCES,
    organisations: SOURCES,
  }),
);
