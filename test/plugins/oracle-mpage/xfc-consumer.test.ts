import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../../plugins/oracle-mpage/manifest.ts';
import { launchBrowser } from '../../support/browser.ts';

/** The MPage: the Consumer of the real `xfc`, which PowerChart's container is made with. */
const CONSUMER = `
  import { Consumer } from 'xfc';
  const asked = new URL(location.href).searchParams;
  const said = (window.said = []);
  Consumer.init({ invokeCOMApi: (call) => said.push(call) });
  const customCalculationMethod = () => undefined;
  window.frame = Consumer.mount(document.body, asked.get('app'), {
    resizeConfig: asked.has('custom') ? { customCalculationMethod } : {},
    customMethods: asked.has('closes') ? { close: () => { said.push('closed'); return Promise.resolve(true); } } : {},
  });
  window.frame.on('xfc.authorized', (detail) => said.push({ authorized: detail }));
  window.frame.on('iframeCustomResizer', (detail) => said.push({ height: detail.height }));
`;

/** The record's page, as far as its frame can see it. */
const APP = `
  import { host } from './plugins/oracle-mpage/host.ts';
  const { origins, ...settings } = JSON.parse(document.body.dataset.given);
  window.port = host.create(window, { launchId: 'l1', origins, settings: { ...settings, origins }, request: () => Promise.reject(new Error()) });
  window.connected = window.port.connect(AbortSignal.timeout(3000)).then(() => 'connected', () => 'refused');
`;

const bodies = new Map<string, { readonly type: string; readonly body: string; readonly csp?: string }>();
let server: Server;
let browser: Browser;
let port: number;

beforeAll(async () => {
  const bundle = async (contents: string): Promise<string> => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    });
    return outputFiles[0]?.text ?? '';
  };
  bodies.set('/consumer.js', { type: 'text/javascript', body: await bundle(CONSUMER) });
  bodies.set('/app.js', { type: 'text/javascript', body: await bundle(APP) });
  bodies.set('/mpage', { type: 'text/html', body: '<!doctype html><body><script src="/consumer.js"></script></body>' });
  server = createServer((request, response) => {
    const found = bodies.get(new URL(request.url ?? '/', 'http://test.invalid').pathname);
    response.writeHead(found ? 200 : 404, {
      'content-type': found?.type ?? 'text/plain',
      ...(found?.csp !== undefined && { 'content-security-policy': found.csp }),
    });
    response.end(found?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  ({ port } = server.address() as AddressInfo);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
});

const mpageOrigin = (): string => `http://localhost:${String(port)}`;

/** The record under an MPage of this policy, with these settings. */
async function open(given: {
  csp?: string;
  origins?: readonly string[];
  settings?: object;
  mpage?: string;
}): Promise<Page> {
  const origins = given.origins ?? [mpageOrigin()];
  const data = JSON.stringify({ origins, ...given.settings }).replaceAll('"', '&quot;');
  bodies.set('/app', {
    type: 'text/html',
    body: `<!doctype html><body data-given="${data}"><main>EXAMPLE, Anne</main><script src="/app.js"></script></body>`,
    ...(given.csp !== undefined && { csp: given.csp }),
  });
  const page = await browser.newPage();
  const app = encodeURIComponent(`http://127.0.0.1:${String(port)}/app`);
  await page.goto(`${mpageOrigin()}/mpage?app=${app}${given.mpage ?? ''}`);
  return page;
}

async function inApp<T>(page: Page, program: string): Promise<T> {
  const frame = page.frames().find((each) => each.url().endsWith('/app'));
  if (!frame) throw new Error('no frame');
  await frame.waitForFunction('window.port !== undefined');
  return frame.evaluate(program);
}

const said = (page: Page): Promise<readonly unknown[]> => page.evaluate('window.said');

describe('a record in an MPage of the real xfc', () => {
  it('stays hidden in a frame of another origin', async () => {
    const page = await open({ origins: ['https://embedded.emea-2.cerner.com'] });
    expect(await inApp(page, 'window.connected')).toBe('refused');
    expect(await inApp(page, 'document.documentElement.checkVisibility()')).toBe(false);
    expect(await said(page)).toEqual([]);
    await page.close();
  });

  it.each([
    ["'self'", "frame-ancestors 'self'"],
    ['another origin', 'frame-ancestors https://embedded.emea-2.cerner.com'],
  ])('is not even loaded where the policy names %s', async (_name, csp) => {
    const page = await open({ csp });
    // What the browser shows in the place of a page that it was not allowed to load.
    await expect.poll(() => page.frames().map((frame) => frame.url())).toContain('chrome-error://chromewebdata/');
    expect(page.frames().some((frame) => frame.url().endsWith('/app'))).toBe(false);
    await page.close();
  });

  it('leads nowhere without a number of the person, or to a tab that is not in the settings', async () => {
    const tabs = { medications: 'Orders', documents: '^ /PERSONID=1' };
    for (const settings of [{ tabs }, { tabs, person: '12 /X' }]) {
      const page = await open({ settings });
      await inApp(page, 'window.connected');
      expect(await inApp(page, "window.port.ui.openChart({ section: 'medications' })")).toBe('unsupported');
      await page.close();
    }
    const page = await open({ settings: { tabs, person: '12345' } });
    await inApp(page, 'window.connected');
    for (const section of ['documents', 'allergies', 'toString'])
      expect(await inApp(page, `window.port.ui.openChart({ section: '${section}' })`)).toBe('unsupported');
    expect(JSON.stringify(await said(page))).not.toContain('APPLINK');
    await page.close();
  });

  it('is shown where the policy and the settings name the MPage, and does not say its address', async () => {
    const page = await open({ csp: `frame-ancestors ${mpageOrigin()}` });
    expect(await inApp(page, 'window.connected')).toBe('connected');
    expect(await inApp(page, 'document.documentElement.checkVisibility()')).toBe(true);
    await expect.poll(() => said(page)).toContainEqual({ authorized: {} });
    expect(await page.locator('.xfc').getAttribute('data-status')).toBe('authorized');
    await page.close();
  });

  it.each([
    ['by resize', '', async (page: Page) => page.evaluate<string>("document.querySelector('iframe').style.height")],
    ['by iframeCustomResizer', '&custom', async (page: Page) => JSON.stringify(await said(page))],
  ])('says its height %s, and again when it grows', async (_name, mpage, height) => {
    const page = await open({ mpage });
    await inApp(page, 'window.connected');
    await inApp(page, "document.body.style.margin = 0, document.querySelector('main').style.height = '1234px'");
    await expect.poll(() => height(page)).toContain('1234px');
    await page.close();
  });

  it('opens a tab of the chart by the numbers of the launch', async () => {
    const page = await open({ settings: { person: '12345', encounter: '678', tabs: { medications: 'Orders' } } });
    await inApp(page, 'window.connected');
    expect(await inApp(page, "window.port.ui.openChart({ section: 'medications', ref: 'anything' })")).toBe('opened');
    await expect
      .poll(() => said(page))
      .toContainEqual({
        name: 'APPLINK',
        params: {
          linkMode: 0,
          launchObject: 'Powerchart.exe',
          commandLineArgs: '/PERSONID=12345 /ENCNTRID=678 /FIRSTTAB=^Orders^',
        },
      });
    await page.close();
  });

  it('closes where the MPage can, and knows where it cannot', async () => {
    for (const [mpage, closed] of [
      ['', false],
      ['&closes', true],
    ] as const) {
      const page = await open({ mpage });
      await inApp(page, 'window.connected');
      expect(await inApp(page, "window.port.ui.close('done')")).toBe(closed);
      await page.close();
    }
  });

  it('lets the origins of its settings frame the page, and no other', () => {
    const read = manifest.settings.parse({ origins: ['https://embedded.emea-2.cerner.com'] });
    expect(manifest.frameAncestors?.(read)).toEqual(['https://embedded.emea-2.cerner.com']);
    for (const origins of [[], ['*'], ['https://a.example/path'], ['https://*.cerner.com'], ['file://x']])
      expect(manifest.settings.safeParse({ origins }).success).toBe(false);
  });
});
