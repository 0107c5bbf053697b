import type { BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CANARY_NUMBER,
  CANARY_ODS,
  canaryCommunity,
  found,
  PERSON_CANARIES,
  VISIBLE_CANARIES,
  WITHHELD_CANARIES,
} from '../support/canaries.ts';
import { openChart, openPanel, settledRecord, startJourney, type Journey } from '../support/journey.ts';

/** The browser's surfaces for the strings of `canary.test.ts`. The chart around the frame is the EPR's own, and not looked at. */
let journey: Journey;
let desk: BrowserContext;
let chart: Page;
const asked: Promise<string>[] = [];
const said: string[] = [];

beforeAll(async () => {
  journey = await startJourney({ community: canaryCommunity() });
  desk = await journey.sitDown();
  desk.on('request', (request) => {
    // What was really sent: the headers known at once still have the Referer that the page's policy takes away.
    if (request.url().startsWith(journey.sandbox.launcherUrl))
      asked.push(request.allHeaders().then((headers) => `${request.url()} ${JSON.stringify(headers)}`));
  });
  desk.on('console', (message) => said.push(message.text()));
  chart = await openChart(desk, journey.sandbox, CANARY_ODS, 'canary');
  await settledRecord(await openPanel(chart));
});
afterAll(async () => {
  await journey.close();
});

function frame(): Frame {
  const found = chart.frames().find((candidate) => candidate.url().startsWith(journey.sandbox.launcherUrl));
  if (!found) throw new Error('the panel is not on the launcher’s origin');
  return found;
}

/** All text and attributes of the frame, through every shadow root. */
const ALL_MARKUP = `(() => {
  const parts = [];
  const walk = (root) => {
    parts.push(root.innerHTML ?? '');
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) walk(element.shadowRoot);
  };
  walk(document.documentElement);
  return parts.join('\\n') + document.title + location.href;
})()`;

describe('two hundred planted strings in a browser', () => {
  it('are on the screen where they may be seen, so that the scan means something, and none that a label holds back', async () => {
    const markup = await frame().evaluate<string>(ALL_MARKUP);
    expect(found(markup, VISIBLE_CANARIES).length).toBeGreaterThan(0);
    expect(found(markup, PERSON_CANARIES)).toContain('Xanfamily');
    expect(found(markup, WITHHELD_CANARIES)).toEqual([]);
  });

  it('105 are in no address the browser asks of the launcher and in no header it sends, a Referer above all', async () => {
    const sent = await Promise.all(asked);
    expect(sent.length).toBeGreaterThan(3);
    expect(found(sent.join('\n'))).toEqual([]);
    expect(sent.join('\n')).not.toContain(CANARY_NUMBER);
    expect(sent.filter((one) => /"referer":"[^"]*[?&](?:state|code|launch)=/i.test(one))).toEqual([]);
  });

  it('105 are in no storage, cookie, cache, database, title, address or console', async () => {
    const kept = await frame().evaluate<string>(`(async () => JSON.stringify([
      { ...localStorage }, { ...sessionStorage }, document.cookie, document.title, location.href, history.length, history.state,
      await indexedDB.databases().then((all) => all.map(({ name }) => name)).catch(() => []),
      typeof caches === 'undefined' ? [] : await caches.keys().catch(() => []),
      performance.getEntries().map(({ name }) => name),
    ]))()`);
    expect(found(kept)).toEqual([]);
    expect(kept).not.toContain(CANARY_NUMBER);
    // The browser's own list of what it loaded can't be cleared, and keeps a code that is spent; the address does not.
    expect(await frame().evaluate<string>('location.href')).not.toMatch(/[?&](?:code|state|launch)=/);
    expect(JSON.stringify(await desk.cookies(journey.sandbox.launcherUrl))).toBe('[]');
    expect(found(said.join('\n'))).toEqual([]);
  });

  it('105 are in no markup once the record is off the screen', async () => {
    await frame().evaluate(`document.querySelector('corridor-record').blank()`);
    const markup = await frame().evaluate<string>(ALL_MARKUP);
    expect(found(markup)).toEqual([]);
    expect(markup).not.toMatch(/999\s?000\s?0018/);
  });

  it('94 are in no markup after a reload, nor when the page is gone back to', async () => {
    await frame().evaluate('location.reload()');
    await chart.frameLocator('#shared-record-frame').getByText('launch.relaunch_required').waitFor();
    expect(found(await frame().evaluate<string>(ALL_MARKUP))).toEqual([]);
  });
});
