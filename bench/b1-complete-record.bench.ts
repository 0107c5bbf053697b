import { Agent, request } from 'undici';
import { orderTypes } from '../plugins/fhir-r4/search.ts';
import { SECTIONS } from '../src/record/sections/index.ts';
import { openView } from '../test/support/plain-browser.ts';
import { pressSharedRecord, startChild, type Child } from './processes.ts';
import { confidence, median, round } from './statistics.ts';
import { readSource, startWaitForAll } from './wait-for-all.ts';

/**
 * B1: how long the complete record takes, over how long its slowest source takes on its own. Sources replay their answers
 * with scripted delays in a process of their own; the slowest one's time is measured directly with the same requests and
 * warm connections, alternating with the launcher and with a peer that waits for all.
 */
type Setting = {
  readonly name: string;
  readonly sources: number;
  readonly faults: number;
  readonly target: number;
  readonly pairs: number;
};

const PAIRS = Number(process.env['CORRIDOR_BENCH_PAIRS'] ?? 31);
const RESOURCES = 20_000;
const SLOWEST_MS = 250;
const SETTINGS: readonly Setting[] = [
  { name: 'clean', sources: 18, faults: 0, target: 1.02, pairs: PAIRS },
  { name: 'threeDown', sources: 18, faults: 3, target: 1.05, pairs: Math.min(7, PAIRS) },
  { name: 'organisations150', sources: 150, faults: 0, target: 1.1, pairs: Math.min(7, PAIRS) },
];
const TYPES = orderTypes(
  [...new Set(SECTIONS.flatMap((section) => section.reads))].filter((type) => type !== 'Patient'),
);

const results: Record<string, object> = {};
for (const setting of SETTINGS) {
  results[setting.name] = await measure(setting);
  console.log(setting.name, results[setting.name]);
}
const { ratio, ci } = results['clean'] as { ratio: number; ci: readonly number[] };
const ok = SETTINGS.every(({ name, target }) => ((results[name] as { ratio: number }).ratio ?? Infinity) <= target);
console.log(
  JSON.stringify({
    bench: 'B1',
    ratio,
    ci,
    target: 1.02,
    ok,
    resources: RESOURCES,
    slowestAnswerMs: SLOWEST_MS,
    ...results,
  }),
);

async function measure(setting: Setting): Promise<object> {
  const children: Child[] = [];
  const agent = new Agent({ connections: 8, keepAliveTimeout: 30_000, bodyTimeout: 120_000 });
  try {
    const replay = await startChild('replay-source.ts', {
      sources: setting.sources,
      resources: RESOURCES,
      delaysMs: delaysOf(setting.sources),
      // Never source 0: its own time is what the others are held against.
      faults: [null, ...Array.from({ length: setting.faults }, () => 'down')],
    });
    children.push(replay);
    const bases = JSON.parse(replay.said) as readonly string[];
    const launcher = await startChild('launcher-process.ts', { bases });
    children.push(launcher);
    const { launcher: url, press } = JSON.parse(launcher.said) as { launcher: string; press: string };
    const { session } = await openView(url, await pressSharedRecord(press));
    const peer = setting.name === 'clean' ? await startWaitForAll(bases, TYPES) : undefined;
    try {
      return await compare(setting, {
        direct: () => timed(() => readSource(agent, bases[0] ?? '', TYPES)),
        launcher: () => timed(() => drain(agent, `${url}/api/record`, session)),
        ...(peer && { peer: () => timed(() => drain(agent, peer.url)) }),
      });
    } finally {
      await peer?.close();
    }
  } finally {
    for (const child of children.reverse()) await child.stop();
    await agent.close();
  }
}

type Runs = { direct(): Promise<number>; launcher(): Promise<number>; peer?(): Promise<number> };

/** A,B,B,A in turn; the ratio of each pair; an A/A control of the direct time against itself. */
async function compare(setting: Setting, runs: Runs): Promise<object> {
  for (let warm = 0; warm < 3; warm++) {
    await runs.direct();
    await runs.launcher();
    await runs.peer?.();
  }
  const ratios: number[] = [];
  const peers: number[] = [];
  const control: number[] = [];
  const slowest: number[] = [];
  for (let pair = 0; pair < setting.pairs; pair++) {
    const launcherFirst = pair % 2 === 1;
    const early = launcherFirst ? await runs.launcher() : undefined;
    const first = await runs.direct();
    const late = early ?? (await runs.launcher());
    const second = await runs.direct();
    const own = (first + second) / 2;
    ratios.push(late / own);
    control.push(first / second);
    slowest.push(own);
    if (runs.peer && pair < 11) peers.push((await runs.peer()) / own);
  }

  return {
    ratio: round(median(ratios)),
    ci: confidence(ratios).map((value) => round(value)),
    target: setting.target,
    slowestMs: Math.round(median(slowest)),
    addedMs: Math.round(median(ratios) * median(slowest) - median(slowest)),
    control: round(median(control)),
    ...(peers.length > 0 && { waitForAll: round(median(peers)) }),
  };
}

/** Source 0 is the slowest; the others answer in a tenth to three fifths of its time. */
function delaysOf(sources: number): readonly number[] {
  return [
    SLOWEST_MS,
    ...Array.from({ length: sources - 1 }, (_, index) => Math.round(SLOWEST_MS * (0.1 + 0.5 * (index / sources)))),
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Reads an answer to its last byte and checks that it was whole. */
async function drain(agent: Agent, url: string, session?: string): Promise<void> {
  const { statusCode, body } = await request(url, {
    dispatcher: agent,
    ...(session && { headers: { authorization: `Bearer ${session}` } }),
  });
  let tail = '';
  for await (const chunk of body) tail = (tail + String(chunk)).slice(-200);
  if (statusCode !== 200) throw new Error(`the answer was ${statusCode}`);
  if (session && !tail.includes('"type":"closed"')) throw new Error('the stream was cut');
}
