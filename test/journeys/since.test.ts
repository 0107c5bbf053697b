import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChart, settledRecord, startJourney, type Journey } from '../support/journey.ts';

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(async () => {
  await journey.close();
});

/** Opens the record in a window of its own and gives what its head says is new, once everybody has ended. */
async function looked(desk: BrowserContext, ods: string): Promise<{ readonly said: string; readonly view: Page }> {
  const chart = await openChart(desk, journey.sandbox, ods, 'hero');
  // Heard from before the view is there: on a slow machine it is kept before the view looks settled from here.
  const kept = desk.waitForEvent('response', {
    predicate: (answer) => answer.url().endsWith('/api/last-look') && answer.status() === 204,
    timeout: 90_000,
  });
  const [view] = await Promise.all([chart.waitForEvent('popup'), chart.locator('#shared-record-popup').click()]);
  const [record] = await Promise.all([settledRecord(view), kept]);
  const said = await record.locator('.tool.since').innerText();
  return { said, view };
}

describe('coming back to a record', () => {
  it('says what is new since this clinician last looked, to nobody else, and keeps nothing in the browser', async () => {
    const desk = await journey.sitDown();
    const first = await looked(desk, 'XB001');
    expect(first.said).toContain('Your first look at this record');
    await first.view.close();

    const second = await looked(desk, 'XB001');
    expect(second.said).toMatch(/^(Nothing new|\d+ new)[^]*since you last looked \(\d{2}-\w{3}-\d{4} \d{2}:\d{2}\)/);
    const stored = await second.view.evaluate(
      'JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])',
    );
    expect(stored).toBe('[{},{},""]');
    await desk.close();

    const other = await journey.sitDown();
    expect((await looked(other, 'XB101')).said).toContain('first look');
    await other.close();
  }, 150_000);
});
