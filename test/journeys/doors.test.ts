import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoorId } from '../../sandbox/eprs/doors/door.ts';
import { openChart, recordedNumber, startJourney, type Journey } from '../support/journey.ts';

let journey: Journey;
let desk: BrowserContext;
const addresses: string[] = [];

beforeAll(async () => {
  journey = await startJourney();
  desk = await journey.sitDown();
  desk.on('request', (request) => addresses.push(request.url()));
});
afterAll(async () => {
  await journey.close();
});

/** The organisation with this door that knows most residents by their numbers, and two of them where there are two. */
function behind(door: DoorId): { readonly ods: string; readonly stories: readonly [string, string] } {
  let most: readonly string[] = [];
  let ods = '';
  for (const { organisation, door: own } of journey.sandbox.eprs) {
    const known = journey.sandbox.community.residents.filter(
      ({ patientIds, nhsNumber, story }) =>
        nhsNumber !== undefined && patientIds[organisation.ods] !== undefined && !UNFIT.has(story),
    );
    if (own.id !== door || known.length <= most.length) continue;
    most = known.map(({ story }) => story);
    ({ ods } = organisation);
  }
  const [first, second = first] = most;
  if (first === undefined || second === undefined) throw new Error(`nobody opens by ${door}`);
  return { ods, stories: [first, second] };
}

/** A browser, a sandbox and whatever else runs share the machine. */
const PATIENCE = { timeout: 30_000 };

/** Their record does not open, or not at once: each has tests of its own. */
const UNFIT = new Set(['restricted', 'ambiguous', 'merged', 'superseded-number', 'objection']);

const numberOf = (story: string): string => journey.sandbox.resident(story).nhsNumber ?? '';

/** The banner's words in the chart and in the record are of the same person, and the record's number is theirs. */
async function expectPatient(chart: Page, record: Locator, story: string): Promise<void> {
  await expect.poll(() => recordedNumber(record), PATIENCE).toBe(numberOf(story));
  const said = await chart.locator('.banner .number').innerText();
  expect(said.replace(/\D/g, '')).toBe(numberOf(story));
  await expect.poll(() => record.locator('corridor-banner', { hasText: said }).count(), PATIENCE).toBe(1);
}

const recordIn = (place: Page | FrameLocator): Locator => place.locator('corridor-record');
const framed = (chart: Page, frame = '#shared-record-frame'): Locator => recordIn(chart.frameLocator(frame));

describe('each door of the pretend community opens the record of the chart’s patient', () => {
  it.each([
    ['smart-launch', '#shared-record-frame'],
    ['url-launch', '#shared-record-frame'],
    ['cds-hooks', '#shared-record-frame'],
    ['oracle-mpage', '.xfc[data-status=authorized] #shared-record-frame'],
  ] as const)('%s, in a frame', async (door, frame) => {
    const { ods, stories } = behind(door);
    const chart = await openChart(desk, journey.sandbox, ods, stories[0]);
    await chart.locator('#shared-record').click();
    await expectPatient(chart, framed(chart, frame), stories[0]);
    await chart.close();
  });

  it('embed-sdk, in the element of the vendor SDK; with another chart the old record is gone and the new one comes', async () => {
    const { ods, stories } = behind('embed-sdk');
    const chart = await openChart(desk, journey.sandbox, ods, stories[0]);
    await chart.locator('#shared-record').click();
    const record = framed(chart, 'corridor-frame iframe');
    await expectPatient(chart, record, stories[0]);
    await chart.locator('#next-patient').selectOption(addressOf(ods, stories[1]));
    await expectPatient(chart, record, stories[1]);
    await chart.close();
  });

  it.each([
    ['openmrs-o3', '#frame iframe'],
    ['openemr', '#openemr-tab'],
  ] as const)('%s, by its real module in a pretend chart that says so; gone with another chart', async (door, tab) => {
    const { ods, stories } = behind(door);
    const chart = await openChart(desk, journey.sandbox, ods, stories[0]);
    expect(await chart.locator('.pretend').innerText()).toMatch(/No Open(?:MRS|EMR) was run here/);
    await chart.locator('#shared-record').click();
    const outer = chart.frameLocator(tab);
    const record = recordIn(door === 'openemr' ? outer.frameLocator('iframe') : outer);
    await expectPatient(chart, record, stories[0]);
    await chart.locator('#next-patient').selectOption(addressOf(ods, stories[1]));
    if (door === 'openmrs-o3') return expectPatient(chart, record, stories[1]);
    await expect.poll(() => outer.locator('[role=status]').innerText(), PATIENCE).toContain('The chart has moved on');
    await chart.locator('#openemr-card[data-corridor-open]').click();
    await expectPatient(chart, record, stories[1]);
  });

  it('native-webview, in a control that the page plays and says so; the record follows to the next patient', async () => {
    const { ods, stories } = behind('native-webview');
    const chart = await openChart(desk, journey.sandbox, ods, stories[0]);
    expect(await chart.locator('.pretend').innerText()).toContain('No control was run');
    await chart.locator('#shared-record').click();
    const record = framed(chart);
    await expectPatient(chart, record, stories[0]);
    await chart.locator('#next-patient').selectOption(addressOf(ods, stories[1]));
    await expectPatient(chart, record, stories[1]);
    await expect.poll(() => chart.locator('#wire').innerText(), PATIENCE).toContain('ack: shown');
    await chart.close();
  });

  it('fhircast, in a window of its own that follows the desktop to the next patient', async () => {
    const { ods, stories } = behind('fhircast');
    const chart = await openChart(desk, journey.sandbox, ods, stories[0]);
    const [view] = await Promise.all([chart.waitForEvent('popup'), chart.locator('#shared-record').click()]);
    await expectPatient(chart, recordIn(view), stories[0]);
    const next = addressOf(ods, stories[1]);
    await Promise.all([chart.waitForURL(`**${next}`), chart.locator('#next-patient').selectOption(next)]);
    await expectPatient(chart, recordIn(view), stories[1]);
    await chart.locator('.close-chart').click();
    await expect.poll(() => recordIn(view).count(), PATIENCE).toBe(0);
    await view.close();
    await chart.close();
  });

  it('and by none of them does a number stand in an address, plain or encoded', () => {
    const numbers = journey.sandbox.community.residents.flatMap(({ nhsNumber }) => nhsNumber ?? []);
    expect(addresses.length).toBeGreaterThan(100);
    for (const address of addresses) {
      const parts = address.split(/[.=&?#/]/).map((part) => Buffer.from(part, 'base64url').toString('latin1'));
      const read = [address, ...parts].join('\n');
      expect(numbers.filter((number) => read.includes(number))).toEqual([]);
    }
  });
});

function addressOf(ods: string, story: string): string {
  return new URL(journey.sandbox.chartUrl(ods, story)).pathname;
}
