import { parseFhirJson } from '../src/record/fhir/json.ts';
import { BuildMemory } from '../src/record/build-memory.ts';
import { buildInSteps, type RecordParts } from '../src/record/build-record.ts';
import type { PatientRecord } from '../src/record/patient-record.ts';
import { whileRemembering } from '../src/record/remember.ts';
import type { Entry, Unread } from '../src/record/entry.ts';
import { ResourceReader } from '../src/record/read-resources.ts';
import type { Resource } from '../src/record/resource.ts';
import type { SourceId } from '../src/record/source.ts';
import { settledStatus, syntheticPages, syntheticSources } from './synthetic-pages.ts';
import { confidence, median, round } from './statistics.ts';

/**
 * B4: what it costs to parse, read, group and order 20,000 resources of 18 organisations with every safety rule, over
 * JSON.parse of the same bytes. The peer parses and joins by type and id without reading anything. CPU time of this
 * process, interleaved; the longest block is the longest stretch between two moments at which others may run.
 */
const SOURCES = 18;
const RESOURCES = 20_000;
const PAIRS = Number(process.env['CORRIDOR_BENCH_PAIRS'] ?? 31);
const TARGET = 1.5;

const pages = syntheticPages(SOURCES, RESOURCES);
const sources = syntheticSources(SOURCES);

type Bundle = { readonly entry?: readonly { readonly resource: Resource }[] };

/** Everything the product does between the bytes and the merged record. */
function readAndMerge(): number {
  let longest = 0;
  const block = <T>(work: () => T): T => {
    const started = performance.now();
    const result = work();
    longest = Math.max(longest, performance.now() - started);
    return result;
  };
  const entries: Entry[] = [];
  const unread: Unread[] = [];
  for (const [source, texts] of pages) {
    const reader = new ResourceReader(source as SourceId);
    for (const text of texts) {
      block(() => {
        const bundle = parseFhirJson(text) as Bundle;
        const reading = reader.read((bundle.entry ?? []).map(({ resource }) => resource));
        entries.push(...reading.entries);
        unread.push(...reading.unread);
      });
    }
  }
  const parts: RecordParts = {
    patient: { nhsNumber: '9990000018' } as RecordParts['patient'],
    sources,
    statuses: new Map(sources.map(({ id }) => [id, settledStatus()])),
    entries,
    unread,
    nowMs: Date.UTC(2026, 10, 22),
  };
  const steps = buildInSteps(parts, new BuildMemory());
  let record: PatientRecord | undefined;
  while (!record) {
    const step = block(() => whileRemembering(() => steps.next()));
    if (step.done) record = step.value;
  }
  if (record.sections.length === 0 || entries.length < RESOURCES) throw new Error('something was not read');
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
  readAndMerge();
  parseOnly();
  mapMerge();
}
const ratios: number[] = [];
const peers: number[] = [];
const control: number[] = [];
const blocks: number[] = [];
const costs: number[] = [];
for (let pair = 0; pair < PAIRS; pair++) {
  const first = cpuMs(parseOnly);
  const cost = cpuMs(() => blocks.push(readAndMerge()));
  const second = cpuMs(parseOnly);
  const own = (first + second) / 2;
  ratios.push(cost / own);
  costs.push(cost);
  control.push(first / second);
  if (peers.length < 11) peers.push(cpuMs(mapMerge) / own);
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
    control: round(median(control)),
    cpuMs: round(median(costs), 0),
    longestBlockMs,
    longestBlockTargetMs: 10,
    resources: RESOURCES,
    organisations: SOURCES,
  }),
);
