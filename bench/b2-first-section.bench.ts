import { Agent, request } from 'undici';
import { launchBrowser } from '../test/support/browser.ts';
import { startChild, type Child } from './processes.ts';
import { eventually, firstSection, watchedPage } from './record-page.ts';
import { confidence, median, round } from './statistics.ts';
import { startWaitForAll } from './wait-for-all.ts';
import { bundlePage } from './bundle-page.ts';
import { orderTypes } from '../plugins/fhir-r4/search.ts';
import { SECTIONS } from '../src/record/sections/index.ts';

/**
 * B2: from asking for the record to the first section on the screen, over the time the fastest source itself takes to
 * its first clinical byte (its answer to "do you know this person", then its first page). Each run is a whole launch in
 * Chromium; the source's own time is measured beside it. The peers wait for all sources: one then draws a plain list, one
 * a page of Medplum's components.
 */
const RUNS = Number(process.env['CORRIDOR_BENCH_RUNS'] ?? 31);
const FASTEST_MS = 50;
const SOURCES = 18;
const RESOURCES = 20_000;
const TYPES = orderTypes(
  [...new Set(SECTIONS.flatMap((section) => section.reads))].filter((type) => type !== 'Patient'),
);

const children: Child[] = [];
const agent = new Agent({ keepAliveTimeout: 30_000 });
const browser = await launchBrowser();
try {
  const delaysMs = Array.from({ length: SOURCES }, (_, index) => FASTEST_MS + index * 12);
  const replay = await startChild('replay-source.ts', { sources: SOURCES, resources: RESOURCES, delaysMs });
  children.push(replay);
  const bases = JSON.parse(replay.said) as readonly string[];
  const launcher = await startChild('launcher-process.ts', { bases });
  children.push(launcher);
  const { press } = JSON.parse(launcher.said) as { press: string };
  const peer = await startWaitForAll(bases, TYPES, await bundlePage('medplum-page'));
  try {
    console.log(JSON.stringify(await measure(bases[0] ?? '', press, peer.url)));
  } finally {
    await peer.close();
  }
} finally {
  await browser.close();
  for (const child of children.reverse()) await child.stop();
  await agent.close();
}

async function measure(base: string, press: string, peerUrl: string): Promise<object> {
  const cold = await firstSection(press, await watchedPage(browser));
  const page = await watchedPage(browser);
  for (let warm = 0; warm < 4; warm++) await firstSection(press, page);
  const ratios: number[] = [];
  const added: number[] = [];
  const peers: number[] = [];
  const medplum: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const own = median([await firstClinicalByte(base), await firstClinicalByte(base), await firstClinicalByte(base)]);
    const painted = await firstSection(press, page);
    ratios.push(painted / own);
    added.push(painted - own);
    if (peers.length < 7) peers.push((await firstRowOfPeer(peerUrl, '/page')) / own);
    if (medplum.length < 7) medplum.push((await firstRowOfPeer(peerUrl, '/medplum')) / own);
  }
  const ratio = round(median(ratios));
  return {
    bench: 'B2',
    ratio,
    ci: confidence(ratios).map((value) => round(value)),
    target: 1.3,
    ok: ratio <= 1.3 && median(added) <= 30,
    addedMs: round(median(added), 1),
    addedTargetMs: 30,
    coldMs: round(cold, 1),
    waitForAll: round(median(peers)),
    medplum: round(median(medplum)),
    runs: ratios.length,
    fastestAnswerMs: FASTEST_MS,
  };
}

/** What the fastest source takes on its own, on a warm connection: who it is, then the first byte of a first page. */
async function firstClinicalByte(base: string): Promise<number> {
  const started = performance.now();
  const who = await request(`${base}/Patient/_search`, {
    method: 'POST',
    body: 'identifier=x',
    dispatcher: agent,
  });
  await who.body.dump();
  const first = await request(`${base}/Flag/_search`, {
    method: 'POST',
    body: 'patient=p1',
    dispatcher: agent,
  });
  const took = performance.now() - started;
  await first.body.dump();
  return took;
}

async function firstRowOfPeer(url: string, path: string): Promise<number> {
  const page = await browser.newPage();
  try {
    await page.goto(new URL(path, url).href);
    return await eventually(page, 'globalThis.benchPainted');
  } finally {
    await page.close();
  }
}
