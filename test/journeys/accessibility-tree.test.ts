import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  furnishedRecord,
  openChart,
  settledRecord,
  sourceStates,
  startJourney,
  type Journey,
} from '../support/journey.ts';

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(async () => {
  await journey.close();
});

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Opening = { readonly story: string; readonly until?: (view: Page) => Promise<unknown>; readonly cut?: boolean };

async function whole(view: Page): Promise<void> {
  await settledRecord(view);
  await furnishedRecord(view);
}

async function open({
  story,
  until = whole,
  cut = false,
}: Opening): Promise<{ readonly view: Page; readonly record: Locator }> {
  const desk = await journey.sitDown();
  if (cut) await desk.route('**/api/record*', (route) => route.abort());
  const chart = await openChart(desk, journey.sandbox, 'XB001', story);
  const [view] = await Promise.all([chart.waitForEvent('popup'), chart.locator('#shared-record-popup').click()]);
  await view.setViewportSize({ width: 1024, height: 900 });
  await until(view);
  return { view, record: view.locator('corridor-record') };
}

/** A page with so few lines is held whole. */
const SHORT = 20;

/** What changes from day to day or from run to run, and the words of the record itself, are left out: its shape is what is held. */
function shapeOf(tree: string): string {
  const lines = tree
    .replace(/\d{2}-[A-Z][a-z]{2}-\d{4}( \d{2}:\d{2})?/g, 'DATE')
    .replace(/\b\d{2}:\d{2}\b/g, 'TIME')
    .replace(/\d+(,\d{3})*(\.\d+)?/g, 'N')
    .split('\n')
    .filter(
      (line, _, all) =>
        all.length < SHORT ||
        /^\s*- (banner|main|navigation|region|heading|button|table|status|alert|list|columnheader|searchbox|textbox|combobox|'?group)/.test(
          line,
        ),
    );
  return [...new Set(lines.map((line) => line.trimEnd()))].join('\n') + '\n';
}

/**
 * A section that has never been in view keeps a guessed height until it is, and its lines, which nobody can see or press
 * yet, would be measured on top of those below it. So the page is read to its end first, as a reader would.
 */
async function readToTheEnd(view: Page): Promise<void> {
  await view.evaluate(`(async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += window.innerHeight / 2) {
      window.scrollTo(0, y);
      await painted();
    }
    window.scrollTo(0, 0);
    await painted();
  })()`);
}

async function violations(view: Page): Promise<readonly string[]> {
  await readToTheEnd(view);
  await view.evaluate(AXE);
  return view.evaluate<readonly string[]>(
    "axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.flat().slice(-2).join(' ')).join(', ')))",
  );
}

async function holds(view: Page, record: Locator, name: string): Promise<void> {
  await expect(shapeOf(await record.ariaSnapshot())).toMatchFileSnapshot(`accessibility-tree/${name}.txt`);
  expect(await violations(view)).toEqual([]);
}

/** Three looks of a long page on a busy machine. */
const LONG_MS = 150_000;

/** Slower than any of these looks. */
const SLOW_MS = 25_000;

describe('what a screen reader is given', () => {
  it(
    'in the snapshot with disagreements on top, with one of them open, and in the ledger',
    async () => {
      const { view, record } = await open({ story: 'hero' });
      await holds(view, record, 'snapshot');
      await record.locator('corridor-conflicts .toggle').first().click();
      await holds(view, record, 'conflict');
      await record.locator('corridor-sources .ledger').click();
      await record.locator('corridor-ledger table').first().waitFor();
      await holds(view, record, 'ledger');
      await view.context().close();
    },
    LONG_MS,
  );

  it('where nothing is recorded', async () => {
    const { view, record } = await open({ story: 'nothing-recorded' });
    await holds(view, record, 'nothing-recorded');
    await view.context().close();
  });

  it('while an organisation is still answering', async () => {
    journey.sandbox.setMode('XB101', 'slow', SLOW_MS);
    const { view, record } = await open({ story: 'nothing-recorded', until: furnishedRecord });
    // The others have been drawn, and the strip counts the seconds that the last one has been waited for.
    await record.locator('corridor-sources').getByText('1 answering, waiting').waitFor();
    await holds(view, record, 'mid-stream');
    expect(await sourceStates(record)).toMatchObject({ XB101: 'waiting' });
    await view.context().close();
    journey.sandbox.setMode('XB101', 'normal');
  });

  it('when the record can’t be reached at all', async () => {
    const { view, record } = await open({
      story: 'hero',
      cut: true,
      until: (view) => view.locator('corridor-record').getByRole('alert').waitFor(),
    });
    await holds(view, record, 'ended');
    await view.context().close();
  });
});
