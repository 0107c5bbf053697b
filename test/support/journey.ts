import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { startSandbox, type RunningSandbox, type StartOptions } from '../../sandbox/start.ts';
import { launchBrowser } from './browser.ts';
import { unhurried } from './unhurried.ts';

/** A running community and a browser that blocks third-party cookies, as hospitals' browsers do. */
export type Journey = {
  readonly sandbox: RunningSandbox;
  readonly browser: Browser;
  /** A person at a desk: a fresh profile of the browser. */
  sitDown(): Promise<BrowserContext>;
  close(): Promise<void>;
};

export const NO_THIRD_PARTY_COOKIES = [
  '--test-third-party-cookie-phaseout',
  '--enable-features=ThirdPartyStoragePartitioning',
];

export async function startJourney(options: StartOptions = {}): Promise<Journey> {
  const sandbox = await startSandbox(unhurried(options));
  try {
    const browser = await launchBrowser(NO_THIRD_PARTY_COOKIES);
    return {
      sandbox,
      browser,
      sitDown: () => browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' }),
      close: async () => {
        await browser.close();
        await sandbox.close();
      },
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** Opens a resident's chart at one organisation, as its own user, and leaves the shared record unopened. */
export async function openChart(
  context: BrowserContext,
  sandbox: RunningSandbox,
  ods: string,
  story: string,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(sandbox.chartUrl(ods, story));
  return page;
}

/** Presses “Shared record” and gives the panel, a frame of another site. */
export async function openPanel(page: Page): Promise<FrameLocator> {
  await page.locator('#shared-record').click();
  return page.frameLocator('#shared-record-frame');
}

/** What a running record knows of itself, as far as a journey needs it. */
type Running = {
  readonly store?: {
    readonly record?: {
      readonly completeness: Completeness;
      readonly patient: { readonly nhsNumber: string };
      readonly sources: readonly SourceLine[];
    };
  };
};
type Completeness = {
  readonly total: number;
  readonly answered: number;
  readonly waiting: number;
  readonly settled: boolean;
};
type SourceLine = {
  readonly source: { readonly organisation: { readonly ods: string; readonly name: string } };
  readonly status: { readonly state: string; readonly code?: string };
};

/** The record inside a page or a frame, once every source has ended in a status. */
export async function settledRecord(place: Page | FrameLocator, timeoutMs = 60_000): Promise<Locator> {
  const record = place.locator('corridor-record');
  await record.waitFor({ timeout: timeoutMs });
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const settled = await record.evaluate((element: Running) => element.store?.record?.completeness.settled ?? false);
    if (settled) return record;
    if (Date.now() > deadline) throw new Error('not every source ended in a status');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Rows that the browser's own find reaches and nobody sees yet, over rows there are: through every shadow root. */
const REACHED = `(() => {
  const reaches = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === 'corridor-reach') reaches.push(element);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return reaches.every(({ facts, shadowRoot }) => shadowRoot?.querySelectorAll('li').length === facts.length);
})()`;

/**
 * The record with all that comes after its first sight: the end of its page, and what its head says is new, which is
 * worked out of what is drawn. Whether every source has ended is another question.
 */
export async function furnishedRecord(view: Page, timeoutMs = 60_000): Promise<Locator> {
  const record = view.locator('corridor-record');
  await record.locator('main > .end').waitFor({ state: 'attached', timeout: timeoutMs });
  await record.locator('.tool.since').filter({ hasText: /\S/ }).waitFor({ timeout: timeoutMs });
  await reached(view, timeoutMs);
  return record;
}

/** Every row of what is drawn is within reach of the browser's own find: they are written when the page is idle. */
async function reached(view: Page, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await view.evaluate<boolean>(REACHED))) {
    if (Date.now() > deadline) throw new Error('not every row came within reach');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The state each organisation's source ended in, by ODS code. */
export async function sourceStates(record: Locator): Promise<Readonly<Record<string, string>>> {
  return record.evaluate((element: Running) =>
    Object.fromEntries(
      (element.store?.record?.sources ?? []).map(({ source, status }) => [source.organisation.ods, status.state]),
    ),
  );
}

/** The NHS number the record is about, from its own data. */
export async function recordedNumber(record: Locator): Promise<string | undefined> {
  return record.evaluate((element: Running) => element.store?.record?.patient.nhsNumber);
}
