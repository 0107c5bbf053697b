import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openChart,
  openPanel,
  recordedNumber,
  settledRecord,
  sourceStates,
  startJourney,
  type Journey,
} from '../support/journey.ts';

const GP = 'XB001';
/** Another resident whose chart the same practice has. */
const OTHER = 'nothing-recorded';
const FINAL = [
  'not-asked',
  'answered',
  'nothing-held',
  'withheld',
  'not-agreed',
  'not-connected',
  'late',
  'unavailable',
  'failed',
  'truncated',
];

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(async () => {
  await journey.close();
});

describe('from an open chart to the shared record', () => {
  it('opens in a cross-site frame with third-party cookies blocked, and all eighteen organisations end in a status', async () => {
    const desk = await journey.sitDown();
    const chart = await openChart(desk, journey.sandbox, GP, 'hero');
    const record = await settledRecord(await openPanel(chart));

    const hero = journey.sandbox.resident('hero');
    const states = await sourceStates(record);
    const holders = Object.keys(hero.patientIds);
    expect(holders).toHaveLength(18);
    expect(Object.keys(states)).toEqual(expect.arrayContaining(holders));
    expect(holders.map((ods) => [ods, states[ods]])).toEqual(holders.map((ods) => [ods, 'answered']));
    expect(Object.values(states).every((state) => FINAL.includes(state))).toBe(true);

    await expectBanner(record.getByText('BEDFORD, Margaret'));
    await expectBanner(record.getByText(/14-Mar-1948/));
    await expectBanner(record.getByText(/999 \d{3} \d{4}/));
    await desk.close();
  });

  it('leaves no patient number in any address and nothing of the patient in storage, cookies or title', async () => {
    const desk = await journey.sitDown();
    const addresses: string[] = [];
    desk.on('request', (request) => addresses.push(request.url()));
    const chart = await openChart(desk, journey.sandbox, GP, 'hero');
    await settledRecord(await openPanel(chart));

    const { nhsNumber = '', name } = journey.sandbox.resident('hero');
    const launcher = addresses.filter((address) => address.startsWith(journey.sandbox.launcherUrl));
    expect(launcher.length).toBeGreaterThan(3);
    expect(addresses.filter((address) => address.includes(nhsNumber))).toEqual([]);
    const kept = await frameOf(chart, journey.sandbox.launcherUrl).evaluate(
      'JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, document.title, location.href])',
    );
    expect(kept).not.toContain(nhsNumber);
    expect(kept).not.toMatch(new RegExp(name.split(/[ ,]/)[0] ?? 'BEDFORD', 'i'));
    expect(kept).not.toMatch(/code=|state=|launch=/);
    await desk.close();
  });

  it('opens in a pop-up', async () => {
    const desk = await journey.sitDown();
    const chart = await openChart(desk, journey.sandbox, GP, 'hero');
    const [popup] = await Promise.all([chart.waitForEvent('popup'), chart.locator('#shared-record-popup').click()]);
    expect(await recordedNumber(await settledRecord(popup))).toBe(journey.sandbox.resident('hero').nhsNumber);
    await desk.close();
  });

  it('opens in a tab', async () => {
    const desk = await journey.sitDown();
    const chart = await openChart(desk, journey.sandbox, GP, 'hero');
    const [tab] = await Promise.all([chart.waitForEvent('popup'), chart.locator('#shared-record-tab').click()]);
    expect(await recordedNumber(await settledRecord(tab))).toBe(journey.sandbox.resident('hero').nhsNumber);
    await desk.close();
  });

  it('two launches in two frames of one browser never mix, and reloading one leaves the other as it was', async () => {
    const desk = await journey.sitDown();
    const [first, second] = await Promise.all([
      openChart(desk, journey.sandbox, GP, 'hero'),
      openChart(desk, journey.sandbox, GP, OTHER),
    ]);
    const [a, b] = await Promise.all([openPanel(first), openPanel(second)]);
    const [hero, other] = await Promise.all([settledRecord(a), settledRecord(b)]);
    const numbers = ['hero', OTHER].map((story) => journey.sandbox.resident(story).nhsNumber);
    expect([await recordedNumber(hero), await recordedNumber(other)]).toEqual(numbers);

    await frameOf(first, journey.sandbox.launcherUrl).evaluate('location.reload()');
    await a
      .getByText(/opened again from the chart/i)
      .first()
      .waitFor();
    expect(await a.locator('corridor-record').count()).toBe(0);
    expect(await recordedNumber(other)).toBe(numbers[1]);
    await desk.close();
  });

  it('a reload says that the record has to be opened again, with its code', async () => {
    const desk = await journey.sitDown();
    const chart = await openChart(desk, journey.sandbox, GP, 'hero');
    const panel = await openPanel(chart);
    await settledRecord(panel);
    await frameOf(chart, journey.sandbox.launcherUrl).evaluate('location.reload()');
    await panel.getByText('launch.relaunch_required').waitFor();
    expect(await panel.getByText('BEDFORD').count()).toBe(0);
    await desk.close();
  });
});

async function expectBanner(locator: { first(): { waitFor(): Promise<void> } }): Promise<void> {
  await locator.first().waitFor();
}

function frameOf(page: Page, origin: string) {
  const frame = page.frames().find((candidate) => candidate.url().startsWith(origin));
  if (!frame) throw new Error('the panel is not on the launcher’s origin');
  return frame;
}
