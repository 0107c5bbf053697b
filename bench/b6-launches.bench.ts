import { rmSync } from 'node:fs';
import { Agent, request, type Dispatcher } from 'undici';
import { stringify } from 'yaml';
import { benchSettings, storeFolder } from './launcher-beside.ts';
import { cpuSeconds, startChild, type Child } from './processes.ts';
import { confidence, median, round } from './statistics.ts';

/**
 * B6: launches a second of one core of the launcher, over a relying party that is nothing but oauth4webapi. A launch is
 * the same for both: from the EPR's link over authorisation and token to a session whose user and patient are known, with
 * real signatures, kept-alive connections, and a store on disk that is flushed at each commit. Processor time of the
 * relying party's process only, whatever its threads; the EPR's side has a process of its own.
 */
const PAIRS = Number(process.env['CORRIDOR_BENCH_PAIRS'] ?? 31);
const LAUNCHES = Number(process.env['CORRIDOR_BENCH_RUNS'] ?? 100);
const PROFILE = process.env['CORRIDOR_BENCH_PROFILE'];
const AT_ONCE = 8;
const TARGET = 0.6;
const PER_CORE_SECOND = 1_000;
const ADDED_P99_MS = 25;

type Measured = Awaited<ReturnType<typeof measure>>;

const results: Record<string, Measured> = {};
for (const algorithm of ['RS256', 'ES256'] as const) {
  const measured = await measure(algorithm, algorithm === 'RS256' ? PAIRS : Math.min(11, PAIRS));
  results[algorithm] = measured;
  console.log(algorithm, measured);
}
const all = Object.values(results);
const { ratio, ci, launchesPerCoreSecond, addedP99Ms } = results['RS256'] as Measured;
const ok = all.every(
  (one) => one.ratio >= TARGET && one.launchesPerCoreSecond >= PER_CORE_SECOND && one.addedP99Ms <= ADDED_P99_MS,
);
console.log(
  JSON.stringify({ bench: 'B6', ratio, ci, target: TARGET, ok, launchesPerCoreSecond, addedP99Ms, ...results }),
);

/** One way of launching at one relying party, as a browser would; returns the milliseconds spent at the relying party. */
type Launch = () => Promise<number>;
type Party = { readonly pid: number; readonly launch: Launch };

async function measure(algorithm: 'RS256' | 'ES256', pairs: number) {
  const folder = storeFolder();
  const children: Child[] = [];
  const agent = new Agent({ connections: AT_ONCE, keepAliveTimeout: 60_000 });
  const start = async (file: string, options: object, flags: readonly string[] = []): Promise<Child> => {
    const child = await startChild(file, options, flags);
    children.push(child);
    return child;
  };
  try {
    const { said: epr } = await start('counterpart-server.ts', { algorithm });
    const launcher = await start(
      'launcher-alone.ts',
      { communityText: communityOf(epr), settings: benchSettings(folder, 0) },
      PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`] : [],
    );
    const { url } = JSON.parse(launcher.said) as { url: string };
    const register = async (id: string, keys: string): Promise<void> => {
      const { body } = await send(agent, `${epr}/clients?id=${id}&jwks=${encodeURIComponent(keys)}`);
      await body.dump();
    };
    await register('corridor', `${url}/.well-known/jwks.json`);
    const ours = { pid: launcher.pid, launch: () => launchAtLauncher(agent, url, epr) };
    const openBare = async (clientId: string, reads: boolean): Promise<Party> => {
      const { said, pid } = await start('bare-relying-party.ts', { epr, folder, clientId, reads });
      await register(clientId, `${said}/jwks`);
      return { pid, launch: () => launchAtBare(agent, said) };
    };
    const measured = await compare(pairs, ours, await openBare('bare', true));
    const alone = await openBare('sign-in-only', false);
    for (let warm = 0; warm < 3; warm++) await batch(alone);
    const times = [];
    for (let run = 0; run < 5; run++) times.push(await batch(alone));
    return { ...measured, signInOnlyPerCoreSecond: Math.round(LAUNCHES / median(times)) };
  } finally {
    for (const child of children.reverse()) await child.stop();
    await agent.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(pairs: number, ours: Party, peer: Party) {
  for (let warm = 0; warm < 5; warm++) {
    await batch(ours);
    await batch(peer);
  }
  const [ratios, control, own, bare]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let pair = 0; pair < pairs; pair++) {
    const early = pair % 2 === 1 ? await batch(ours) : undefined;
    const first = await batch(peer);
    const mine = early ?? (await batch(ours));
    const second = await batch(peer);
    // Launches a core-second: the bare party's time over ours.
    ratios.push((first + second) / 2 / mine);
    control.push(first / second);
    own.push(mine);
    bare.push((first + second) / 2);
  }
  const [waits, peerWaits]: [number[], number[]] = [[], []];
  for (let count = 0; count < 3 * LAUNCHES; count++) {
    waits.push(await ours.launch());
    peerWaits.push(await peer.launch());
  }
  const usual = median(peerWaits);
  return {
    ratio: round(median(ratios)),
    ci: confidence(ratios).map((value) => round(value)),
    control: round(median(control)),
    launchesPerCoreSecond: Math.round(LAUNCHES / median(own)),
    barePerCoreSecond: Math.round(LAUNCHES / median(bare)),
    addedP50Ms: round(percentile(waits, 0.5) - usual, 1),
    addedP99Ms: round(percentile(waits, 0.99) - usual, 1),
  };
}

/** Processor seconds of so many launches, several of them under way at once. */
async function batch({ pid, launch }: Party): Promise<number> {
  const before = cpuSeconds(pid);
  let left = LAUNCHES;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await launch();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return cpuSeconds(pid) - before;
}

async function launchAtLauncher(agent: Agent, url: string, epr: string): Promise<number> {
  const started = performance.now();
  const link = `${url}/launch?iss=${encodeURIComponent(`${epr}/fhir`)}&launch=l1`;
  const page = pageData(await (await send(agent, link)).body.text());
  const left = performance.now();
  const callback = await authorise(agent, page['address'] ?? '');
  const back = performance.now();
  const data = pageData(await (await send(agent, callback.href)).body.text());
  const answer = await send(agent, `${url}/callback/complete`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({
      ods: data['ods'],
      binding: page['binding'],
      ...Object.fromEntries(callback.searchParams),
    }),
  });
  await checkSession(answer);
  return performance.now() - back + (left - started);
}

async function launchAtBare(agent: Agent, url: string): Promise<number> {
  const started = performance.now();
  const first = await send(agent, `${url}/launch?launch=l1`);
  await first.body.dump();
  const left = performance.now();
  const callback = await authorise(agent, String(first.headers['location']));
  const back = performance.now();
  await checkSession(await send(agent, callback.href));
  return performance.now() - back + (left - started);
}

async function authorise(agent: Agent, address: string): Promise<URL> {
  const { headers, body } = await send(agent, address);
  await body.dump();
  return new URL(String(headers['location']));
}

async function checkSession({ statusCode, body }: Dispatcher.ResponseData): Promise<void> {
  const text = await body.text();
  if (statusCode !== 200 || !text.includes('"session"')) throw new Error(`the launch was refused: ${text}`);
}

function send(
  agent: Agent,
  url: string,
  options: { method?: 'POST'; headers?: Record<string, string>; body?: string } = {},
): Promise<Dispatcher.ResponseData> {
  return request(url, { dispatcher: agent, ...options });
}

function pageData(html: string): { readonly [name: string]: string } {
  const [, json] = /<script type="application\/json" id="page-data">(.*?)<\/script>/s.exec(html) ?? [];
  if (json === undefined) throw new Error(`not a page of the launch: ${html.slice(0, 400)}`);
  return JSON.parse(json) as { [name: string]: string };
}

function communityOf(epr: string): string {
  return stringify({
    corridor: 1,
    name: 'Benchmark',
    environment: 'test',
    pathways: [{ id: 'direct-care', name: 'Direct care', purpose: 'direct-care', askers: 'all', givers: 'all' }],
    roles: [{ id: 'gp', name: 'General practitioner', sections: 'all', clearance: 'N' }],
    organisations: [
      {
        ods: 'XB001',
        name: 'Home Surgery',
        kind: 'gp',
        launch: {
          plugin: 'smart-launch',
          iss: `${epr}/fhir`,
          issuers: [`${epr}/auth`],
          clientId: 'corridor',
          clientAuthentication: 'private_key_jwt',
          allowedOrigins: [epr],
          frameAncestors: [epr],
          nonce: 'required',
          allowLoopbackHttp: true,
          roles: { R0260: 'gp' },
        },
      },
    ],
  });
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}
