import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChart, openPanel, settledRecord, startJourney, type Journey } from '../support/journey.ts';

let journey: Journey;
let chart: Page;
let panel: FrameLocator;

beforeAll(async () => {
  journey = await startJourney();
  chart = await openChart(await journey.sitDown(), journey.sandbox, 'XB001', 'hero');
  panel = await openPanel(chart);
  await settledRecord(panel);
});
afterAll(async () => {
  await journey.close();
});

describe('a record that was filed elsewhere, opened where it was filed', () => {
  it('leads to that system’s own sign-in, and from there to the entry', async () => {
    const record = await settledRecord(panel);
    await record.evaluate((element: { place?: string }) => (element.place = 'everything'));
    const lines = panel.locator('corridor-fact', { hasText: 'Infirmary' });
    await lines.first().waitFor();
    await lines.first().locator('.how button').click();
    const way = lines
      .first()
      .locator('corridor-provenance button', { hasText: /^Open in .*Infirmary/ })
      .first();
    const [elsewhere] = await Promise.all([chart.context().waitForEvent('page'), way.click()]);
    await elsewhere.getByRole('button', { name: 'Continue' }).waitFor();
    // Ids of that system, and nothing of the person.
    expect(new URL(elsewhere.url()).pathname).toMatch(/^\/items\/[^/]+\/[A-Z][A-Za-z]+\/[^/]+$/);
    expect(await elsewhere.evaluate(() => (globalThis as { opener?: unknown }).opener)).toBeNull();
    await elsewhere.getByRole('button', { name: 'Continue' }).click();
    expect(await elsewhere.locator('.linked').textContent()).toMatch(/^Opened at: ./);
  });

  it('has no way there from systems that open at no entry', async () => {
    const ways = await panel.locator('corridor-provenance button[part="open"]').allTextContents();
    expect(ways).not.toEqual([]);
    for (const text of ways) expect(text).toMatch(/Infirmary|Hospital/);
  });
});
