import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { buildFrameworkPages } from '../support/framework-pages.ts';
import type { ServedRouter } from '../support/serve-router.ts';
import { CANARY, serveVendor } from '../support/vendor-site.ts';

let browser: Browser;
let vendor: ServedRouter;

beforeAll(async () => {
  browser = await launchBrowser();
  vendor = await serveVendor(await buildFrameworkPages(), {
    body: '<div id="root"></div>',
    policies: 'lit-html vue angular',
  });
}, 150_000);
afterAll(async () => {
  await browser.close();
  await vendor[Symbol.asyncDispose]();
});

describe('a page of', () => {
  it.each([
    ['React, by the tags', 'react-tags'],
    ['React, by the generated components', 'react-wrappers'],
    ['Vue, from a template', 'vue'],
    ['Angular, compiled ahead of time', 'angular'],
  ])(
    '%s mounts the record under a strict policy, gives it its properties and hears its events',
    async (_name, path) => {
      const complaints: string[] = [];
      const page: Page = await (await browser.newContext()).newPage();
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${vendor.url}/${path}.html`);
      const record = page.locator('corridor-record');
      await record.getByText(`${CANARY} penicillin`).first().waitFor();
      expect(await record.evaluate((element: { slim?: boolean }) => element.slim)).toBe(true);
      await record.locator('corridor-sources').getByRole('button').first().click();
      await expect.poll(() => page.evaluate('document.body.dataset.heard')).toBe('ready ledger ');
      expect(complaints).toEqual([]);
      await page.close();
    },
  );
});
