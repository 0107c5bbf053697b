import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { pressSharedRecord, startChild, type Child } from './processes.ts';
import { eventually, watchedPage } from './record-page.ts';
import { round } from './statistics.ts';

/**
 * B11: what a browser is sent before the first fact is on the screen. A launch through the real launcher in Chromium;
 * every script it asks for until that frame is counted, as it was built, compressed by gzip -9 and by brotli 11 (what
 * goes over the line today is the launcher's choice of level). The shell is what the launch page itself loads, before
 * anybody is signed in; all the rest is the record. `laterKb` follows once the first sight has been painted.
 */
const TARGET_KB = 45;
const SHELL_TARGET_KB = 12;
const KB = 1000;

/** When each script was asked for, on the page's own clock. */
const ASKED = `performance.getEntriesByType('resource').map((e) => [e.name, e.startTime])`;

type Sent = { readonly url: string; readonly body: Buffer };

const children: Child[] = [];
const browser = await launchBrowser();
try {
  const replay = await startChild('replay-source.ts', { sources: 4, resources: 400, delaysMs: [150, 200, 250, 300] });
  children.push(replay);
  const launcher = await startChild('launcher-process.ts', { bases: JSON.parse(replay.said) as string[] });
  children.push(launcher);
  const { launcher: own, press } = JSON.parse(launcher.said) as { launcher: string; press: string };
  console.log(JSON.stringify(await measure(await watchedPage(browser), press, new URL(own).origin)));
} finally {
  await browser.close();
  for (const child of children.reverse()) await child.stop();
}

async function measure(page: Page, press: string, own: string): Promise<object> {
  const scripts = new Set<string>();
  const foreign = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    const kind = request.resourceType();
    if (origin === own && kind === 'script') scripts.add(pathname);
    // The way there leads through the EPR's own pages: only what a page of the launcher asks elsewhere is a third party.
    if (origin !== own && kind !== 'document' && request.frame().url().startsWith(own)) foreign.add(request.url());
  });
  await page.goto(await pressSharedRecord(press));
  const paintedAt = await eventually(page, 'globalThis.benchPainted');
  // The ledger is among what comes later; once it is registered, all of that has come.
  await eventually(page, "customElements.get('corridor-ledger') && performance.now()");
  const asked = await page.evaluate<readonly (readonly [string, number])[]>(ASKED);
  const sent = await Promise.all([...scripts].map((path) => fetchScript(own, path)));
  // What the page does not know of yet was asked for later still.
  const early = new Set(asked.filter(([, at]) => at <= paintedAt).map(([url]) => new URL(url).pathname));
  const shell = sent.filter(({ url }) => url === '/assets/app.js');
  const first = sent.filter(({ url }) => url !== '/assets/app.js' && early.has(url));
  const later = sent.filter(({ url }) => url !== '/assets/app.js' && !early.has(url));
  if (shell.length === 0 || first.length === 0) throw new Error('no script of the record was seen');
  const [recordKb, shellKb] = [gzipped(first), gzipped(shell)];
  return {
    bench: 'B11',
    ratio: round(recordKb / TARGET_KB),
    recordKb,
    shellKb,
    recordBrotliKb: brotlied(first),
    thirdPartyRequests: foreign.size,
    target: 1,
    ok: recordKb <= TARGET_KB && shellKb <= SHELL_TARGET_KB && foreign.size === 0,
    targetKb: TARGET_KB,
    shellTargetKb: SHELL_TARGET_KB,
    laterKb: gzipped(later),
    files: first.map(({ url }) => url.replace('/assets/', '')),
  };
}

async function fetchScript(own: string, url: string): Promise<Sent> {
  const answer = await fetch(new URL(url, own));
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return { url, body: Buffer.from(await answer.arrayBuffer()) };
}

function gzipped(files: readonly Sent[]): number {
  return sumKb(files.map(({ body }) => gzipSync(body, { level: 9 }).length));
}

function brotlied(files: readonly Sent[]): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return sumKb(files.map(({ body }) => brotliCompressSync(body, { params }).length));
}

function sumKb(bytes: readonly number[]): number {
  return round(bytes.reduce((sum, count) => sum + count, 0) / KB, 1);
}
