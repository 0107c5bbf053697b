import { gunzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import { orderTypes } from '../plugins/fhir-r4/search.ts';
import { SECTIONS } from '../src/record/sections/index.ts';
import { parseEvent } from '../src/record/wire.ts';
import { openLauncherBeside, type LauncherBeside } from './launcher-beside.ts';
import { cpuSeconds, startChild, type Child } from './processes.ts';
import { confidence, median, round } from './statistics.ts';

/**
 * B3: what a view costs the launcher, with its parsing, subject check, policy, labels, reading into entries and audit,
 * over what it costs an express proxy that asks the same sources, parses the same bytes and writes them out again, and
 * checks nothing. Processor time of the serving process only, whatever its threads; store on disk, as run. For scale: a
 * bare stream that reads nothing. (nginx, which the table names too, is no npm package and is not measured.)
 */
type Setting = { readonly name: string; readonly resources: number; readonly views: number; readonly pairs: number };

const PAIRS = Number(process.env['CORRIDOR_BENCH_PAIRS'] ?? 31);
/** Each record's pairs end by then: a busy machine takes many times as long, and fewer pairs say so in their interval. */
const MOST_MS = Number(process.env['CORRIDOR_BENCH_MINUTES'] ?? 6) * 60_000;
const FEWEST_PAIRS = 5;
const SOURCES = 18;
const TARGET = 1;
const GATE = 1.3;
const SENT_TARGET = 0.25;
/** Views a batch: a batch is long against the clock's tick of 10 ms. */
const SETTINGS: readonly Setting[] = [
  { name: 'record31MB', resources: 43_000, views: 1, pairs: Math.min(21, PAIRS) },
  { name: 'record1500kB', resources: 2_000, views: 4, pairs: PAIRS },
];
const TYPES = orderTypes(
  [...new Set(SECTIONS.flatMap((section) => section.reads))].filter((type) => type !== 'Patient'),
);
const PROFILE = process.env['CORRIDOR_BENCH_PROFILE'];

type Measured = Awaited<ReturnType<typeof measure>>;

const results = new Map<string, Measured>();
// `npm run bench -- B3 record31MB` measures one of them.
for (const setting of SETTINGS.filter(({ name }) => (process.argv[2] ?? name) === name)) {
  const measured = await measure(setting);
  results.set(setting.name, measured);
  console.log(setting.name, measured);
}
const all = [...results.values()];
const { ratio, ci } = all[0] as Measured;
console.log(
  JSON.stringify({
    bench: 'B3',
    ratio,
    ci,
    target: TARGET,
    ok: all.every((one) => one.ratio <= TARGET && one.sentOverProxy <= SENT_TARGET && one.everyResourceRead),
    gate: GATE,
    withinGate: all.every((one) => one.ratio <= GATE),
    sentTarget: SENT_TARGET,
    nginx: 'not measured: no npm package',
    ...Object.fromEntries(results),
  }),
);

async function measure(setting: Setting) {
  const agent = new Agent({ connections: 4, keepAliveTimeout: 60_000, bodyTimeout: 120_000 });
  const children: { stop(): Promise<void> }[] = [];
  try {
    const replay = await startChild('replay-source.ts', {
      sources: SOURCES,
      resources: setting.resources,
      delaysMs: [0],
    });
    children.push(replay);
    const bases = JSON.parse(replay.said) as readonly string[];
    const launcher = await openLauncherBeside(bases, {}, PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`] : []);
    children.push({ stop: () => launcher.close() });
    const proxy = await startChild('express-proxy.ts', { bases, types: TYPES });
    children.push(proxy);
    const stream = await startChild('stream-through.ts', { bases, types: TYPES });
    children.push(stream);
    return await compare(setting, agent, { launcher, proxy, stream });
  } finally {
    for (const child of children.reverse()) await child.stop();
    await agent.close();
  }
}

type Servers = { readonly launcher: LauncherBeside; readonly proxy: Child; readonly stream: Child };

async function compare(setting: Setting, agent: Agent, { launcher, proxy, stream }: Servers) {
  const headers = { authorization: `Bearer ${await launcher.openSession()}`, 'accept-encoding': 'gzip' };
  const views = { url: `${launcher.url}/api/record`, headers };
  const ours = () => batch(launcher.process.pid, setting.views, () => drain(agent, views.url, views.headers));
  const theirs = () => batch(proxy.pid, setting.views, () => drain(agent, proxy.said, {}));
  const bare = () => batch(stream.pid, setting.views, () => drain(agent, stream.said, {}));
  for (let warm = 0; warm < 3; warm++) for (const run of [ours, theirs, bare]) await run();
  const [ratios, bares, control]: [number[], number[], number[]] = [[], [], []];
  const spent: { ours: number[]; proxy: number[]; bare: number[] } = { ours: [], proxy: [], bare: [] };
  const until = performance.now() + MOST_MS;
  for (let pair = 0; pair < setting.pairs; pair++) {
    if (pair >= FEWEST_PAIRS && performance.now() > until) break;
    const early = pair % 2 === 1 ? await ours() : undefined;
    const first = await theirs();
    const own = early ?? (await ours());
    const second = await theirs();
    const through = await bare();
    ratios.push((2 * own) / (first + second));
    control.push(first / second);
    bares.push(own / through);
    spent.ours.push(own);
    spent.proxy.push((first + second) / 2);
    spent.bare.push(through);
  }
  const sent = await drain(agent, views.url, views.headers);
  const proxied = await drain(agent, proxy.said, {});
  const perView = (times: readonly number[]): number => Math.round((median(times) / setting.views) * 1_000);
  return {
    ratio: round(median(ratios)),
    pairs: ratios.length,
    ci: confidence(ratios).map((value) => round(value)),
    control: round(median(control)),
    overBareStream: round(median(bares), 2),
    cpuMsAView: perView(spent.ours),
    proxyMsAView: perView(spent.proxy),
    bareStreamMsAView: perView(spent.bare),
    bytesSent: sent,
    bytesOfProxy: proxied,
    sentOverProxy: round(sent / proxied),
    ...(await checkWhole(agent, views, setting.resources)),
  };
}

async function batch(pid: number, views: number, view: () => Promise<unknown>): Promise<number> {
  const before = cpuSeconds(pid);
  for (let count = 0; count < views; count++) await view();
  return cpuSeconds(pid) - before;
}

/** Reads an answer to its last byte; returns how many came over the wire. */
async function drain(agent: Agent, url: string, headers: Record<string, string>): Promise<number> {
  const { statusCode, body } = await request(url, { dispatcher: agent, headers });
  let bytes = 0;
  for await (const chunk of body) bytes += (chunk as Buffer).length;
  if (statusCode !== 200) throw new Error(`the answer was ${statusCode}`);
  return bytes;
}

/** No time counts for a view that left something out: every resource of every source must have been read. */
async function checkWhole(
  agent: Agent,
  { url, headers }: { readonly url: string; readonly headers: Record<string, string> },
  resources: number,
): Promise<{ readonly resources: number; readonly everyResourceRead: boolean }> {
  const { body } = await request(url, { dispatcher: agent, headers });
  const events = gunzipSync(await body.bytes())
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map(parseEvent);
  const read = new Set<string>();
  for (const event of events) {
    if ('error' in event || event.type !== 'entries') continue;
    for (const { origin } of [...event.entries, ...event.unread]) read.add(`${origin.source}/${origin.resource}`);
  }
  const closed = events.some((event) => 'type' in event && event.type === 'closed');
  const answered = events.filter(
    (event) => 'type' in event && event.type === 'settled' && event.status.state === 'answered',
  );
  // Rounding to whole resources of each type and source takes or adds a few.
  const whole = closed && answered.length >= SOURCES && read.size >= resources * 0.98;
  return { resources: read.size, everyResourceRead: whole };
}
