import { readFileSync } from 'node:fs';
import type { Download, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChart, openPanel, settledRecord, startJourney, type Journey } from '../support/journey.ts';

/** A letter stands before a reader within this, from the press of its button (issue: documents). */
const OPENED_MS = 2_000;
/** The machine of a test is shared; the figure itself is printed. */
const LOADED = 10;

let journey: Journey;
let chart: Page;
let panel: FrameLocator;
let complaints: string[];

beforeAll(async () => {
  journey = await startJourney();
  const desk = await journey.sitDown();
  chart = await openChart(desk, journey.sandbox, 'XB001', 'hero');
  complaints = [];
  chart.on('console', (message) => {
    if (/Content Security Policy|TrustedScript|TrustedHTML|Refused/i.test(message.text()))
      complaints.push(message.text());
  });
  chart.on('pageerror', (error) => complaints.push(error.message));
  panel = await openPanel(chart);
  const record = await settledRecord(panel);
  await record.evaluate((element: { place?: string }) => (element.place = 'documents'));
  await panel.locator('corridor-document').first().waitFor();
});
afterAll(async () => {
  await journey.close();
});
beforeEach(() => {
  complaints.length = 0;
});

/** Brings to the screen what stands in words alone until then. */
async function comeTo(title: string): Promise<void> {
  await panel.locator('corridor-document, .far', { hasText: title }).first().scrollIntoViewIfNeeded();
}

/** The line of a letter that came from one organisation. */
function line(title: string, source: string): Locator {
  return panel.locator('corridor-document', { hasText: title }).filter({ hasText: source }).first();
}

/** Opens it and says how long it took until what was waited for could be seen. */
async function openedWithin(letter: Locator, shown: (letter: Locator) => Locator): Promise<number> {
  await letter.scrollIntoViewIfNeeded();
  const start = performance.now();
  await letter.locator('button.read').click();
  await shown(letter).waitFor({ timeout: 30_000 });
  return performance.now() - start;
}

describe('letters of the record, opened in place under the launcher’s own policy', () => {
  it('a PDF is drawn, found in and leafed through', async () => {
    const letter = line('Discharge summary: cardiology', 'Infirmary');
    const took = await openedWithin(letter, (one) => one.locator('.sheet canvas'));
    await letter.locator('input[type=search]').fill('furosemide');
    await letter.getByText(/^1 of \d+$/).waitFor();
    expect(await letter.locator('.textLayer').first().textContent()).toContain('Mrs Margaret Bedford');
    expect(complaints).toEqual([]);
    expect(took).toBeLessThan(OPENED_MS * LOADED);
    console.info(`a PDF stood before its reader after ${took.toFixed(0)} ms`);
  });

  it('a letter in HTML stands in a frame without scripts', async () => {
    const letter = line('Heart failure nurse: visit after discharge', 'Community');
    const took = await openedWithin(letter, (one) => one.frameLocator('iframe').getByText('Change the repeat'));
    expect(await letter.locator('iframe').getAttribute('sandbox')).toBe('allow-same-origin');
    expect(complaints).toEqual([]);
    expect(took).toBeLessThan(OPENED_MS * LOADED);
  });

  it('a letter in RTF, a plain one and a clinical document are laid out as words', async () => {
    const rtf = line('Respiratory clinic letter: discharge from clinic', '');
    const text = line('Note to the practice about ramipril', '');
    const cda = line('Ambulance patient care record', 'Ouse and Wolds');
    await comeTo('Respiratory clinic letter: discharge from clinic');
    const took = [
      await openedWithin(rtf, (one) =>
        one
          .locator('article')
          .getByText(/clinic/i)
          .first(),
      ),
    ];
    await comeTo('Note to the practice about ramipril');
    took.push(await openedWithin(text, (one) => one.locator('article').getByText('awaiting a new prescription')));
    await comeTo('Ambulance patient care record');
    took.push(await openedWithin(cda, (one) => one.locator('article h3').getByText('Findings')));
    expect(await cda.locator('article table').textContent()).toContain('86% on air');
    expect(await cda.locator('article dl').textContent()).toContain('Bedford');
    expect(complaints).toEqual([]);
    expect(Math.max(...took)).toBeLessThan(OPENED_MS * LOADED);
  });

  it('says which letter takes the place of another, and opens what came with it', async () => {
    await comeTo('Emergency department summary');
    const letter = panel
      .locator('corridor-document', { hasText: 'Emergency department summary' })
      .filter({ hasNotText: /superseded/i })
      .first();
    await openedWithin(letter, (one) => one.locator('.sheet canvas'));
    await letter.getByText('It replaces an earlier version.').waitFor();
    await letter.getByRole('button', { name: /Venous blood gas printout/ }).click();
    await letter.locator('article').getByText('5.9 mmol/L').waitFor();
    expect(complaints).toEqual([]);
  });

  it('gives the original out only with a line in the audit, under a name that says nothing of the patient', async () => {
    const letter = line('Note to the practice about ramipril', '');
    await comeTo('Note to the practice about ramipril');
    const waiting = chart.waitForEvent('download');
    await letter.getByRole('button', { name: 'Download original' }).click();
    const download: Download = await waiting;
    expect(download.suggestedFilename()).toBe('document.txt');
    const events = await journey.sandbox.launcher.audit.read({ type: 'record.exported', limit: 10 });
    expect(events).toMatchObject([
      { source: expect.any(String), nhsNumber: journey.sandbox.resident('hero').nhsNumber, at: expect.any(String) },
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toContain('Discharge letter says ramipril 2.5 mg');
  });
});
