import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPeople } from '../../sandbox/people/index.ts';
import type { Resource } from '../../src/record/resource.ts';
import { furnishedRecord, openChart, settledRecord, startJourney, type Journey } from '../support/journey.ts';

/** The hospital's own chart knows nothing of the flag, and holds where she lives. */
const HOSPITAL = 'XB101';
const PLACES = ['4 Canary Lane', 'ZZ99 9CN'];

let journey: Journey;
let view: Page;
let names: readonly string[];

beforeAll(async () => {
  const people = buildPeople();
  const patientId = people.residents.find(({ story }) => story === 'restricted')?.patientIds[HOSPITAL];
  const unflagged = (resource: Resource): Resource =>
    resource.resourceType === 'Patient' && resource.id === patientId
      ? { ...resource, meta: {}, address: [{ use: 'home', line: [PLACES[0]], postalCode: PLACES[1] }] }
      : resource;
  const held = (people.resources.get(HOSPITAL) ?? []).map(unflagged);
  journey = await startJourney({
    community: { ...people, resources: new Map(people.resources).set(HOSPITAL, held) },
  });
  names = [...PLACES, ...people.organisations.flatMap(({ name, ods }) => [name, ods])];
  const chart = await openChart(await journey.sitDown(), journey.sandbox, HOSPITAL, 'restricted');
  [view] = await Promise.all([chart.waitForEvent('popup'), chart.locator('#shared-record-popup').click()]);
  await settledRecord(view);
  await furnishedRecord(view);
});
afterAll(async () => {
  await journey.close();
});

/**
 * All markup of the page, attributes and what is only heard included, through every shadow root. What the page's own
 * script is told of the chart it was opened from is no part of what stands there.
 */
const ALL_MARKUP = `(() => {
  const parts = [document.title];
  const walk = (root) => {
    parts.push(root.innerHTML ?? '');
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) walk(element.shadowRoot);
  };
  walk(document.documentElement);
  return parts.join('\\n').replace(/<script[^]*?<\\/script>/g, '');
})()`;

const found = (text: string): readonly string[] => {
  const plain = text.replace(/\s+/g, ' ');
  return names.flatMap((name) => {
    const at = plain.indexOf(name);
    return at < 0 ? [] : [plain.slice(Math.max(0, at - 80), at + 80)];
  });
};

describe('H24 a person whose whereabouts are restricted, on the screen', () => {
  it('is said to be restricted in the banner, which names no place and no organisation', async () => {
    const banner = view.locator('corridor-banner');
    await banner.locator('.restricted').waitFor();
    expect(
      found(
        await banner.evaluate((element) => (element as { shadowRoot: { innerHTML: string } }).shadowRoot.innerHTML),
      ),
    ).toEqual([]);
  });

  it.each(['snapshot', 'everything', 'demographics', 'timeline', 'medicines-side-by-side', 'documents'])(
    'no place and no organisation stands anywhere in the page: %s',
    async (place) => {
      await view.locator('corridor-record').evaluate((element: { place?: string }, to) => (element.place = to), place);
      await furnishedRecord(view);
      const markup = await view.evaluate<string>(ALL_MARKUP);
      expect(markup.length).toBeGreaterThan(1_000);
      expect(found(markup)).toEqual([]);
    },
  );

  it('nor in the ledger, nor in what a line opens to', async () => {
    const record = view.locator('corridor-record');
    await record.evaluate((element: { place?: string }) => (element.place = 'everything'));
    await record.locator('corridor-sources .ledger').click();
    await record.locator('corridor-ledger table').first().waitFor({ state: 'attached' });
    await record.locator('corridor-fact .how button').first().click();
    await record.locator('corridor-provenance').first().waitFor();
    expect(found(await view.evaluate<string>(ALL_MARKUP))).toEqual([]);
  });

  it('nor on paper', async () => {
    const pdf = await view.pdf({ format: 'A4' });
    const paper = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
    const pages: string[] = [];
    for (let number = 1; number <= paper.numPages; number++) {
      const { items } = await (await paper.getPage(number)).getTextContent();
      pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    }
    for (const page of pages) expect(page).toMatch(/restricted/i);
    expect(found(pages.join(' '))).toEqual([]);
  });
});
