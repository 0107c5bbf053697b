import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Journey } from './journey.ts';
import { settledRecord } from './journey.ts';

/** Somebody at a desk of their own, with the shared record of one resident in a window of its own. */
export type Desk = {
  readonly view: Page;
  readonly record: Locator;
  /** To a part of the record, by the name it has in the rail. */
  to(place: string): Promise<void>;
  close(): Promise<void>;
};

/** Opens a chart as one of the organisation's users and the shared record from it, with every source answered. */
export async function sitAt(journey: Journey, ods: string, story: string, user = 0): Promise<Desk> {
  const desk: BrowserContext = await journey.sitDown();
  const chart = await desk.newPage();
  await chart.goto(journey.sandbox.chartUrl(ods, story, user));
  const [view] = await Promise.all([chart.waitForEvent('popup'), chart.locator('#shared-record-popup').click()]);
  const record = await settledRecord(view);
  const tab = (place: string): Locator =>
    view.getByRole('navigation').getByRole('button', { name: new RegExp(`^${place}(?! *[a-z])`) });
  await tab('Messages').waitFor();
  return {
    view,
    record,
    to: async (place) => {
      await tab(place).first().click();
    },
    close: () => desk.close(),
  };
}

/** All that a browser keeps for this page, and where it stands: nothing clinical may be in any of it. */
export async function keptByBrowser(view: Page): Promise<string> {
  const kept = await view.evaluate<string>('JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])');
  return `${kept} ${view.url()} ${await view.title()}`;
}
