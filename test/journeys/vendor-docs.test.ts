import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { codeBlocks } from '../support/code-blocks.ts';

const DIST = join(import.meta.dirname, '..', '..', 'dist');
const VENDOR = 'https://vendor.example';
const [policy = ''] = codeBlocks('docs/embedding.md', '');
const [frontPage = ''] = codeBlocks('README.md', 'html');
const [frontScript = ''] = codeBlocks('README.md', 'js');
const [docsPage = ''] = codeBlocks('docs/embedding.md', 'html');
const [fromFhir = '', besideAnother = '', inFrame = ''] = codeBlocks('docs/embedding.md', 'js');
const [ofEmbedSdk = ''] = codeBlocks('plugins/embed-sdk/README.md', 'html');
const [scriptOfEmbedSdk = ''] = codeBlocks('plugins/embed-sdk/README.md', 'js');

/** A frame's page that shows which launch it was opened with, and greets nobody. */
const LAUNCHER = '<!doctype html><title>Launcher</title><p></p>';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

type Pasted = AsyncDisposable & { readonly page: Page; readonly complaints: string[] };

/** What a sample says, in a vendor's page under the policy of docs/embedding.md; the launcher is answered from the bundle. */
async function paste(body: string, script: string, more: readonly [string, string][] = []): Promise<Pasted> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  const headers = { 'content-security-policy': more.reduce(widen, policy.replaceAll('\n', ' ').trim()) };
  await page.route(`${VENDOR}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', headers, body: `<!doctype html>${body}` });
    if (pathname.startsWith('/your-server/')) return route.fulfill({ json: { launch: 'once' } });
    return route.fulfill({ contentType: 'text/javascript', body: script });
  });
  await page.route('https://record.example/**', (route) => {
    const { pathname } = new URL(route.request().url());
    if (!pathname.startsWith('/sdk/')) return route.fulfill({ contentType: 'text/html', body: LAUNCHER });
    const crossOrigin = { 'access-control-allow-origin': '*' };
    return route.fulfill({ path: join(DIST, pathname), headers: crossOrigin, contentType: 'text/javascript' });
  });
  await page.route('https://fhir.example/**', (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({
      headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' },
      json: held(pathname),
    });
  });
  await page.goto(`${VENDOR}/`);
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** A directive that is there gets one more; one that is not is added. */
function widen(before: string, [directive, source]: readonly [string, string]): string {
  return before.includes(`${directive} `)
    ? before.replace(`${directive} `, `${directive} ${source} `)
    : `${before}; ${directive} ${source}`;
}

function held(pathname: string): object {
  if (pathname.endsWith('/Patient/p1')) return { resourceType: 'Patient', id: 'p1' };
  const asthma = {
    resourceType: 'Condition',
    id: 'c1',
    subject: { reference: 'Patient/p1' },
    code: { text: 'Asthma' },
  };
  const entry = pathname.endsWith('/Condition') ? [{ resource: asthma }] : [];
  return { resourceType: 'Bundle', type: 'searchset', entry };
}

describe('what a vendor’s developer copies, under the policy that the docs recommend', () => {
  it('is in files of its own: no sample puts code into a page', () => {
    for (const file of ['README.md', 'docs/embedding.md', 'plugins/embed-sdk/README.md'])
      for (const block of codeBlocks(file, 'html')) expect(block).not.toMatch(/<script[^>]*>\s*[^<\s]/);
  });

  it('would not be run in the page itself', async () => {
    await using pasted = await paste('<script type="module">globalThis.ran = true;</script><p>Read</p>', '');
    await pasted.page.getByText('Read').waitFor();
    expect(await pasted.page.evaluate('globalThis.ran === undefined')).toBe(true);
    expect(pasted.complaints.join()).toContain('Content Security Policy');
  });

  it('shows the person and the line of the README’s own sample', async () => {
    await using pasted = await paste(frontPage, frontScript);
    await pasted.page.locator('corridor-banner').getByText('EXAMPLE').first().waitFor();
    await pasted.page.locator('corridor-record').getByText('Penicillin').first().waitFor();
    expect(pasted.complaints).toEqual([]);
  });

  it('shows what a plain FHIR server holds', async () => {
    await using pasted = await paste(docsPage, fromFhir, [['connect-src', 'https://fhir.example']]);
    await pasted.page.locator('corridor-banner').getByText('EXAMPLE').first().waitFor();
    await pasted.page.locator('corridor-record').getByText('Asthma').first().waitFor();
    expect(pasted.complaints).toEqual([]);
  });

  it('shows a record with tags of another prefix', async () => {
    await using pasted = await paste('<body><script type="module" src="/record.js"></script>', besideAnother);
    await pasted.page.locator('ward-record').getByText('Asthma').first().waitFor();
    expect(await pasted.page.evaluate("customElements.get('corridor-record') === undefined")).toBe(true);
    expect(pasted.complaints).toEqual([]);
  });

  it.each([
    ['docs/embedding.md', '<body><script type="module" src="/record.js"></script>', inFrame, 'XT001'],
    [
      'plugins/embed-sdk/README.md',
      ofEmbedSdk.replaceAll('LAUNCHER', 'record.example'),
      scriptOfEmbedSdk.replaceAll('LAUNCHER', 'record.example'),
      'XB001',
    ],
  ])('opens one launch in a frame as %s has it', async (_file, body, script, ods) => {
    const own: readonly [string, string][] = [
      ['frame-src', 'https://record.example'],
      ['connect-src', "'self'"],
    ];
    await using pasted = await paste(body, script, own);
    const opened = (): readonly string[] =>
      pasted.page
        .frames()
        .slice(1)
        .map((frame) => frame.url());
    await expect
      .poll(opened, { timeout: 30_000 })
      .toEqual([`https://record.example/plugins/embed-sdk/launch/${ods}?launch=once`]);
    expect(pasted.complaints).toEqual([]);
  });
});
