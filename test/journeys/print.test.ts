import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChart, settledRecord, startJourney, type Journey } from '../support/journey.ts';

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(async () => {
  await journey.close();
});

async function pagesOf(pdf: Buffer): Promise<readonly string[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages;
}

describe('a printed record', () => {
  it('bears the patient, the time and how complete it is on every page, and every row of the whole record', async () => {
    const desk = await journey.sitDown();
    const chart = await openChart(desk, journey.sandbox, 'XB001', 'hero');
    const [view] = await Promise.all([chart.waitForEvent('popup'), chart.locator('#shared-record-popup').click()]);
    const record = await settledRecord(view);
    const snapshot = await pagesOf(await view.pdf({ format: 'A4' }));
    await record.getByRole('button', { name: 'Whole record' }).click();
    // The page is asked to print before anything of it is: what its sections have not brought yet comes then.
    await record.locator('main > .drawn').getByRole('region').nth(20).waitFor({ state: 'attached' });
    const whole = await pagesOf(await view.pdf({ format: 'A4' }));

    expect(snapshot.length).toBeGreaterThan(3);
    for (const page of [...snapshot, ...whole]) {
      expect(page).toContain('BEDFORD, Margaret Anne');
      expect(page).toMatch(/999 012 3454/);
      expect(page).toMatch(/\d+ of \d+ answered/);
      expect(page).toMatch(/Printed from a view opened \d{2}-\w{3}-\d{4} \d{2}:\d{2}/);
    }
    const oldest = await record.evaluate((element: Running) =>
      (element.store?.record?.sections ?? []).flatMap(({ id, facts }) =>
        id === 'encounters' ? facts.slice(-20).map(({ entries }) => entries[0].title) : [],
      ),
    );
    const text = whole.join(' ').replace(/\s+/g, '');
    for (const title of oldest) expect(text).toContain(title.replace(/\s+/g, ''));
    await desk.close();
  }, 120_000);
});

type Running = {
  readonly store?: {
    readonly record?: {
      readonly sections: readonly {
        readonly id: string;
        readonly facts: readonly { readonly entries: readonly [{ readonly title: string }] }[];
      }[];
    };
  };
};
