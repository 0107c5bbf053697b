import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { galleryApp } from '../../gallery/serve.ts';
import { launchBrowser } from '../support/browser.ts';

/**
 * `npm run visual`: photographs the gallery and compares it with the pictures that were reviewed. `-- --update` takes new
 * ones, to be looked at in the diff. What differs is written to `node_modules/.cache/corridor-visual`, red on the rest.
 */
const FOLDER = join(import.meta.dirname, 'baseline');
const DIFFERENCES = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'corridor-visual');
/** Anti-aliasing differs between machines: as much of a picture may differ, and each pixel by as much. */
const TOLERANCE = { share: 0.005, pixel: 0.2 };
const WIDTHS = [360, 1024] as const;

type Shot = { readonly element: string; readonly state: string; readonly width: number; readonly dark?: true };
const STATES = ['complete', 'waiting', 'partial', 'failed', 'withheld', 'nothing recorded', 'unread', 'conflict'];
const SHOTS: readonly Shot[] = [
  ...STATES.flatMap((state) => WIDTHS.map((width) => ({ element: 'corridor-record', state, width }))),
  ...STATES.map((state) => ({ element: 'corridor-allergies', state, width: 640 })),
  { element: 'corridor-record', state: 'complete', width: 1024, dark: true },
  { element: 'corridor-record', state: 'failed', width: 360, dark: true },
  ...['corridor-ledger', 'corridor-sources', 'corridor-medications', 'corridor-results'].map((element) => ({
    element,
    state: 'partial',
    width: 1024,
  })),
  ...['corridor-timeline', 'corridor-cumulative', 'corridor-reconciliation'].flatMap((element) =>
    [360, 1024].map((width) => ({ element, state: 'complete', width })),
  ),
  { element: 'corridor-timeline', state: 'partial', width: 1024, dark: true },
  ...['corridor-documents', 'corridor-problems', 'corridor-end-of-life-care', 'corridor-examination-findings'].map(
    (element) => ({ element, state: 'complete', width: 640 }),
  ),
  { element: 'corridor-banner', state: 'partial', width: 360 },
  { element: 'corridor-sources', state: 'failed', width: 640 },
  { element: 'corridor-ledger', state: 'failed', width: 360 },
  { element: 'corridor-find', state: 'complete', width: 640 },
  { element: 'corridor-break-glass', state: 'complete', width: 640 },
  { element: 'corridor-conflicts', state: 'conflict', width: 360 },
  { element: 'corridor-conflicts', state: 'conflict', width: 640 },
  { element: 'corridor-unread', state: 'unread', width: 640 },
];

const update = process.argv.includes('--update');
const server = (await galleryApp()).listen(0, '127.0.0.1');
const browser = await launchBrowser(['--force-device-scale-factor=1', '--font-render-hinting=none']);
try {
  rmSync(DIFFERENCES, { recursive: true, force: true });
  if (update) rmSync(FOLDER, { recursive: true, force: true });
  for (const folder of [FOLDER, DIFFERENCES]) mkdirSync(folder, { recursive: true });
  const failed: string[] = [];
  for (const shot of SHOTS) {
    const said = judge(nameOf(shot), PNG.sync.read(await photograph(browser, shot)));
    if (said !== undefined) failed.push(`${nameOf(shot)}: ${said}`);
  }
  console.log(update ? `${String(SHOTS.length)} pictures taken` : `${String(SHOTS.length)} compared`);
  for (const line of failed) console.log(line);
  console.log(`${String(SHOTS.length - failed.length)} passed, ${String(failed.length)} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}

async function photograph(on: Browser, { element, state, width, dark }: Shot): Promise<Buffer> {
  const { port } = server.address() as AddressInfo;
  const context = await on.newContext({
    viewport: { width: width + 330, height: 700 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  const page: Page = await context.newPage();
  try {
    await page.goto(`http://127.0.0.1:${String(port)}/?${String(new URLSearchParams({ element, state }))}`);
    await page.locator('html[data-shown]').waitFor({ state: 'attached' });
    await page.waitForTimeout(500);
    return await page.locator('main > section > .stage').screenshot({ animations: 'disabled', timeout: 10_000 });
  } finally {
    await context.close();
  }
}

/** Nothing when the picture is as it was reviewed; else what is the matter. */
function judge(name: string, taken: PNG): string | undefined {
  const path = join(FOLDER, `${name}.png`);
  if (update) {
    writeFileSync(path, small(taken));
    return undefined;
  }
  if (!existsSync(path)) return 'has never been reviewed (npm run visual -- --update)';
  const known = PNG.sync.read(readFileSync(path));
  const { width, height } = taken;
  if (known.width !== width || known.height !== height)
    return `was ${String(known.width)}×${String(known.height)} and is ${String(width)}×${String(height)}`;
  const difference = new PNG({ width, height });
  const now = PNG.sync.read(small(taken));
  const pixels = pixelmatch(known.data, now.data, difference.data, width, height, { threshold: TOLERANCE.pixel });
  if (pixels <= width * height * TOLERANCE.share) return undefined;
  writeFileSync(join(DIFFERENCES, `${name}.png`), PNG.sync.write(difference));
  return `${String(pixels)} pixels differ (${DIFFERENCES}/${name}.png)`;
}

function nameOf({ element, state, width, dark }: Shot): string {
  return [element, state.replaceAll(' ', '-'), String(width), ...(dark ? ['dark'] : [])].join('.');
}

/** Without transparency, compressed as far as it goes: pictures stay in the repository for good. */
function small(picture: PNG): Buffer {
  return PNG.sync.write(picture, { colorType: 2, deflateLevel: 9, deflateStrategy: 1, filterType: 4 });
}
