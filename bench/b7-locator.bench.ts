import pg from 'pg';
import { createHandles, handleText } from '../launcher/identity/locate/handle.ts';
import { createLocatorStore } from '../launcher/identity/locate/locator-store.ts';
import { openLocator, type Locator } from '../launcher/identity/locate/locator.ts';
import { dayOf, writePointers } from '../launcher/identity/locate/pointers.ts';
import { migrate } from '../launcher/storage/migrate.ts';
import { openPostgres } from '../launcher/storage/postgres.ts';
import type { NhsNumber } from '../src/record/nhs-number.ts';
import type { OdsCode } from '../src/record/source.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { confidence, median, mulberry32, round } from './statistics.ts';

/**
 * B7: who holds a record of whom, for 920,000 residents and 150 organisations. A look-up in memory (keyed hash, table,
 * names) beside the same question to PostgreSQL; the way through a miss, which does ask the store, over a bare query by
 * the same driver; what the memory costs, how long it takes to fill, how soon another launcher's word is seen.
 */
const RESIDENTS = Number(process.env['CORRIDOR_BENCH_RESIDENTS'] ?? 920_000);
const ORGANISATIONS = 150;
const TARGETS = { ratio: 1.1, p99us: 20, rssMb: 40, rebuildMs: 5_000, visibleMs: 1_000 };
const LOOKUPS = 400_000;
const PAIRS = 31;
const QUERIES = 150;

const random = mulberry32(7);
const key = new Uint8Array(32).fill(7);
const handleOf = createHandles(key);
const organisations = Array.from(
  { length: ORGANISATIONS },
  (_unused, index) => `XB${String(index).padStart(3, '0')}` as OdsCode,
);
const today = dayOf(Date.now());
const numberOf = (index: number): NhsNumber => String(9_000_000_000 + index) as NhsNumber;

const postgres = await startPostgres();
try {
  const url = await postgres.newDatabase();
  const open = () =>
    openPostgres({ url, poolSize: 4, connectMs: 10_000, statementMs: 60_000, onIdleError: () => undefined });
  const database = await open();
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  try {
    await migrate(database);
    await createLocatorStore(database).numbers(organisations);
    await fill(pool);
    const figures = await measure(database, await open(), pool);
    const ok =
      figures.ratio <= TARGETS.ratio &&
      figures.p99us <= TARGETS.p99us &&
      figures.rssMb <= TARGETS.rssMb &&
      figures.rebuildMs <= TARGETS.rebuildMs &&
      figures.visibleMs <= TARGETS.visibleMs;
    console.log(JSON.stringify({ bench: 'B7', target: TARGETS.ratio, ok, ...figures }));
  } finally {
    await pool.end();
    await database.close();
  }
} finally {
  await postgres.stop();
}

/** One to a dozen organisations each, the first of them often: a region has its large hospitals. */
async function fill(into: pg.Pool): Promise<void> {
  const [handles, pointers]: [string[], string[]] = [[], []];
  const changed = Date.now() - 60_000;
  for (let index = 0; index < RESIDENTS; index++) {
    const held = new Set(
      Array.from({ length: 1 + Math.floor(random() ** 2 * 11) }, () => Math.floor(random() ** 2 * ORGANISATIONS)),
    );
    handles.push(handleText(handleOf(numberOf(index))));
    pointers.push(
      writePointers([...held].map((organisation) => ({ organisation, untilDay: today + 300, how: 'pushed' }))),
    );
    if (handles.length < 20_000 && index < RESIDENTS - 1) continue;
    await into.query(
      `insert into locator_residents select handle, pointers, $3::bigint, $4::integer
       from unnest($1::text[], $2::text[]) as row (handle, pointers)`,
      [handles, pointers, changed, today + 300],
    );
    [handles.length, pointers.length] = [0, 0];
  }
  await into.query('vacuum analyze locator_residents');
}

async function measure(database: Awaited<ReturnType<typeof openPostgres>>, beside: typeof database, pool: pg.Pool) {
  const options = (of: typeof database) => ({
    store: createLocatorStore(of),
    key,
    organisations,
    now: () => Date.now(),
    everyMs: 500,
    learntDays: 90,
    onFailure: (error: unknown) => console.error(error),
  });
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const startedAt = performance.now();
  const locator = await openLocator(options(database));
  const rebuildMs = performance.now() - startedAt;
  // What filling left behind is not the index: two rounds, as what the first frees the second gives back.
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 500));
  globalThis.gc?.();
  const rssMb = (process.memoryUsage().rss - before) / 1_048_576;
  const [uniform, zipf] = [lookUp(locator, uniformIndex), lookUp(locator, zipfIndex)];
  const map = lookUpMap();
  const miss = await measureMiss(locator, pool);
  const other = await openLocator(options(beside));
  const visibleMs = await measureVisible(locator, other);
  await locator.stop();
  await other.stop();
  await beside.close();
  return {
    ...miss,
    p99us: round(Math.max(uniform.p99us, zipf.p99us), 2),
    rssMb: round(rssMb, 1),
    rebuildMs: Math.round(rebuildMs),
    visibleMs: Math.round(visibleMs),
    arrayMb: round(locator.size.bytes / 1_048_576, 1),
    residents: locator.size.residents,
    uniform,
    zipf,
    mapP99us: map.p99us,
  };
}

function uniformIndex(): number {
  return Math.floor(random() * RESIDENTS);
}

/** Zipf with exponent one, by its continuous inverse; ranks are scattered over the residents. */
function zipfIndex(): number {
  const rank = Math.floor(Math.exp(random() * Math.log(RESIDENTS)));
  return (rank * 7_919) % RESIDENTS;
}

/** One in ten is somebody nobody ever said anything of. */
function sample(indexOf: () => number): NhsNumber {
  return numberOf(random() < 0.1 ? RESIDENTS + uniformIndex() : indexOf());
}

function lookUp(locator: Locator, indexOf: () => number): { readonly p50us: number; readonly p99us: number } {
  return timed((number) => locator.known(number)?.length ?? 0, indexOf);
}

/** What everybody would write first: a Map of strings to arrays, here of a tenth of the residents, for time only. */
function lookUpMap(): { readonly p99us: number } {
  const map = new Map(
    Array.from({ length: RESIDENTS / 10 }, (_unused, index): [string, number[]] => [numberOf(index * 10), [1, 2, 3]]),
  );
  return timed((number) => map.get(number)?.length ?? 0, uniformIndex);
}

function timed(ask: (number: NhsNumber) => number, indexOf: () => number): { p50us: number; p99us: number } {
  const numbers = Array.from({ length: LOOKUPS }, () => sample(indexOf));
  const tookUs = new Float64Array(LOOKUPS);
  let seen = 0;
  for (const [index, number] of numbers.entries()) {
    const at = performance.now();
    seen += ask(number);
    tookUs[index] = (performance.now() - at) * 1_000;
  }
  if (seen === 0) throw new Error('nothing was found');
  tookUs.sort();
  const at = (share: number): number => round(tookUs[Math.floor(LOOKUPS * share)] ?? NaN, 2);
  return { p50us: at(0.5), p99us: at(0.99) };
}

/** A, B, B, A: the way through a miss, and the same row asked for by the bare driver. */
async function measureMiss(locator: Locator, pool: pg.Pool) {
  const missing = (): NhsNumber => numberOf(RESIDENTS + uniformIndex());
  const ours = (): Promise<number> => each(() => locator.find(missing()));
  const bare = (): Promise<number> =>
    each(() =>
      pool.query('select pointers from locator_residents where handle = $1', [handleText(handleOf(missing()))]),
    );
  for (let warm = 0; warm < 5; warm++) {
    await ours();
    await bare();
  }
  const [ratios, bares, misses]: [number[], number[], number[]] = [[], [], []];
  for (let pair = 0; pair < PAIRS; pair++) {
    const first = await ours();
    const second = await bare();
    const third = await bare();
    const fourth = await ours();
    ratios.push((first + fourth) / (second + third));
    misses.push((first + fourth) / 2);
    bares.push((second + third) / 2);
  }
  const [low, high] = confidence(ratios);
  return {
    ratio: round(median(ratios)),
    ci: [round(low), round(high)],
    missUs: round((median(misses) / QUERIES) * 1_000, 1),
    postgresUs: round((median(bares) / QUERIES) * 1_000, 1),
  };
}

async function each(ask: () => Promise<unknown>): Promise<number> {
  const at = performance.now();
  for (let count = 0; count < QUERIES; count++) await ask();
  return performance.now() - at;
}

/** The longest of twenty times from one launcher's commit to the other's memory. */
async function measureVisible(one: Locator, other: Locator): Promise<number> {
  let longest = 0;
  for (let count = 0; count < 20; count++) {
    const nhsNumber = numberOf(2 * RESIDENTS + count);
    const organisation = organisations[count] as OdsCode;
    await one.push(organisation, [{ nhsNumber, untilMs: Date.now() + 864_000_000 }]);
    const at = performance.now();
    while (!other.known(nhsNumber)?.includes(organisation)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (performance.now() - at > 10_000) throw new Error('never seen');
    }
    longest = Math.max(longest, performance.now() - at);
  }
  return longest;
}
