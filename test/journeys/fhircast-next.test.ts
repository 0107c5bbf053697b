import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedNumber, startJourney, type Journey } from '../support/journey.ts';

let journey: Journey;
let desk: BrowserContext;

beforeAll(async () => {
  journey = await startJourney();
  desk = await journey.sitDown();
});
afterAll(async () => {
  await journey.close();
});

/** Their record does not open, or not at once: each has tests of its own. */
const UNFIT = new Set(['restricted', 'ambiguous', 'merged', 'superseded-number', 'objection']);

/** A service whose desktop says by FHIRcast whom it shows, and people it knows by their numbers. */
function service(): { readonly ods: string; readonly stories: readonly string[] } {
  const { eprs, community } = journey.sandbox;
  const found = eprs
    .filter(({ door }) => door.id === 'fhircast')
    .map(({ organisation: { ods } }) => ({
      ods,
      stories: community.residents
        .filter(({ patientIds, nhsNumber, story }) => nhsNumber !== undefined && patientIds[ods] && !UNFIT.has(story))
        .map(({ story }) => story),
    }))
    .sort((one, other) => other.stories.length - one.stories.length)[0];
  if (!found || found.stories.length < 2) throw new Error('nobody follows by FHIRcast');
  return found;
}

const numberOf = (story: string): string => journey.sandbox.resident(story).nhsNumber ?? '';

/** The desktop says whom it shows now; its chart page stays where it is. */
async function say(chart: Page, desktop: string, ods: string, story: string, event = 'Patient-open'): Promise<void> {
  const path = `${new URL(journey.sandbox.chartUrl(ods, story)).pathname}/context`;
  const body = JSON.stringify({ desktop, event });
  const program = `fetch(${JSON.stringify(path)}, { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(body)} }).then(({ status }) => status)`;
  expect(await chart.evaluate(program)).toBe(200);
}

describe('a window that follows its desktop by FHIRcast', () => {
  it('opens the next patient by itself, and the one after, each by a session of its own, and is empty when it is closed', async () => {
    const { ods, stories } = service();
    const [first = '', second = ''] = stories;
    const chart = await desk.newPage();
    let desktop = '';
    chart.on('request', (request) => {
      const sent = request.method() === 'POST' ? (request.postData() ?? '') : '';
      desktop ||= /"desktop":"([^"]+)"/.exec(sent)?.[1] ?? '';
    });
    await chart.goto(journey.sandbox.chartUrl(ods, first));
    const [view] = await Promise.all([chart.waitForEvent('popup'), chart.locator('#shared-record').click()]);
    const record = view.locator('corridor-record');
    await expect.poll(() => recordedNumber(record), { timeout: 30_000 }).toBe(numberOf(first));
    expect(desktop).not.toBe('');
    await view.evaluate('void (globalThis.sameDocument = true)');
    const types = async (type: 'launch.finished' | 'session.ended'): Promise<number> =>
      (await journey.sandbox.launcher.audit.read({ type, limit: 1_000 })).length;
    const [launched, ended] = [await types('launch.finished'), await types('session.ended')];

    await say(chart, desktop, ods, second);
    await expect.poll(() => recordedNumber(record), { timeout: 30_000 }).toBe(numberOf(second));
    expect(await view.evaluate('document.body.innerText')).not.toContain(numberOf(first));
    await say(chart, desktop, ods, first);
    await expect.poll(() => recordedNumber(record), { timeout: 30_000 }).toBe(numberOf(first));

    expect(await view.evaluate('globalThis.sameDocument')).toBe(true);
    await expect
      .poll(async () => [await types('launch.finished'), await types('session.ended')], { timeout: 30_000 })
      .toEqual([launched + 2, ended + 2]);

    await say(chart, desktop, ods, first, 'Patient-close');
    await expect.poll(() => record.count()).toBe(0);
    await view.close();
    await chart.close();
  });
});
