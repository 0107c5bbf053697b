import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChart, openPanel, settledRecord, startJourney, type Journey } from '../support/journey.ts';

const GP = 'XB001';

let journey: Journey;
/** The hero's record at her practice, and what the page's policy reports while it is looked at. */
let record: Locator;
const refused: string[] = [];

beforeAll(async () => {
  journey = await startJourney();
  const chart = await openChart(await journey.sitDown(), journey.sandbox, GP, 'hero');
  chart.on('console', (message) => {
    if (/content security policy|trusted type/i.test(message.text())) refused.push(message.text());
  });
  record = await settledRecord(await openPanel(chart));
});
afterAll(async () => {
  await journey.close();
});

describe('the record over time, from the tabs of a record that was launched', () => {
  it('opens the timeline, walks its marks with the keys and leads to the line of one', async () => {
    await record.getByRole('button', { name: 'Timeline', exact: true }).click();
    const timeline = record.locator('corridor-timeline');
    const marks = timeline.getByRole('listbox');
    await marks.waitFor();
    await timeline.getByText(/Showing [\d,]+ of [\d,]+ items/).waitFor();
    await marks.focus();
    await marks.press('Home');
    const first = timeline.getByRole('option');
    expect(await first.getAttribute('aria-posinset')).toBe('1');
    await marks.press('End');
    expect(Number(await first.getAttribute('aria-posinset'))).toBe(Number(await first.getAttribute('aria-setsize')));
    expect(Number(await first.getAttribute('aria-setsize'))).toBeGreaterThan(500);

    await marks.press('Enter');
    await timeline
      .getByRole('button', { name: /^Show in / })
      .first()
      .click();
    await timeline.waitFor({ state: 'detached' });
    await record.locator('corridor-section').first().waitFor();
    expect(refused).toEqual([]);
  });

  it('opens results over time: a complete table, and charts whose script the policy lets in', async () => {
    await record.getByRole('button', { name: 'Results over time' }).click();
    const results = record.locator('corridor-cumulative');
    await results.getByRole('region').first().waitFor();
    await results.locator('corridor-chart canvas').first().waitFor();
    expect(await results.getByText(/Showing \d+ of \d+ dates/).count()).toBeGreaterThan(0);
    const before = await results.locator('corridor-chart').count();
    await results.getByRole('checkbox', { checked: false }).first().check();
    await results.locator('corridor-chart').nth(before).waitFor();
    expect(await results.locator('corridor-chart details').count()).toBe(
      await results.locator('corridor-chart').count(),
    );
    expect(refused).toEqual([]);
  });
});
