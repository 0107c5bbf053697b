import type { Browser, Page } from 'playwright-core';
import { pressSharedRecord } from './processes.ts';

/**
 * Looks once a frame for a fact anywhere in the open shadow trees. A message posted from the frame's callback arrives
 * after that frame has been painted; its arrival is the time that counts.
 */
const WATCH = `(() => {
  const holds = (root) => [...root.querySelectorAll('*')].some((e) => e.localName === 'corridor-fact' || (e.shadowRoot && holds(e.shadowRoot)));
  const painted = new MessageChannel();
  painted.port1.onmessage = () => { globalThis.benchPainted = performance.now(); };
  const look = () => {
    const record = document.querySelector('corridor-record');
    if (record && record.shadowRoot && holds(record.shadowRoot)) painted.port2.postMessage(0);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

/**
 * Milliseconds from the start of the record's request to the first frame that holds a fact of a section. `before` the
 * page is left, the caller may look at it.
 */
export async function firstSection(press: string, page: Page, before?: () => Promise<void>): Promise<number> {
  await page.goto(await pressSharedRecord(press));
  const at = await eventually(page, 'globalThis.benchPainted');
  // The entry appears only when the whole stream has ended.
  const asked = await eventually(
    page,
    "performance.getEntriesByType('resource').find((e) => e.name.includes('/api/record'))?.startTime",
  );
  await before?.();
  await page.goto('about:blank');
  return at - asked;
}

export async function watchedPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(WATCH);
  return page;
}

/** Asked from outside: the page's own content policy allows no evaluation inside it. */
export async function eventually(page: Page, expression: string): Promise<number> {
  for (let tries = 0; tries < 1_500; tries++) {
    const value = await page.evaluate<number | undefined>(expression);
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the page never had ${expression}`);
}
