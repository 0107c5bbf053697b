import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { galleryApp } from '../../gallery/serve.ts';
import { elementsOf, propertiesOf, type Manifest } from '../../sdk/manifest.ts';
import { launchBrowser } from '../support/browser.ts';

const MANIFEST = join(import.meta.dirname, '..', '..', 'dist', 'custom-elements.json');
const ELEMENTS = elementsOf(JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STATES = 8;

let server: Server;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  server = (await galleryApp()).listen(0, '127.0.0.1');
  browser = await launchBrowser();
  page = await open();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

async function open(asked = '', more: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1024 + 300, height: 900 }, locale: 'en-GB', ...more });
  const opened = await context.newPage();
  opened.on('pageerror', ({ message }) => complaints.push(message));
  opened.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await opened.addInitScript(
    `addEventListener('corridor-error', ({ code }) => console.error('corridor-error ' + code))`,
  );
  const { port } = server.address() as AddressInfo;
  await opened.goto(`http://127.0.0.1:${String(port)}/${asked}`);
  await opened.locator('html[data-shown]').waitFor({ state: 'attached' });
  return opened;
}

/** Every element of every stage has drawn itself, those inside it too. */
const DRAWN = `(async () => {
  const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  for (let turn = 0; turn < 3; turn++) {
    await Promise.all(all(document.querySelector('main')).map((one) => one.updateComplete));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }
})()`;

/** Rows that nobody sees before they are found are the same thousand in every section: they are looked at where they are at home. */
const WITHOUT_ROWS_IN_WAIT = `(() => {
  const walk = (root) => {
    for (const one of root.querySelectorAll('*')) {
      if (one.localName === 'corridor-reach') one.remove();
      else if (one.shadowRoot) walk(one.shadowRoot);
    }
  };
  for (const shown of document.querySelectorAll('.stage > *')) if (shown.shadowRoot) walk(shown.shadowRoot);
})()`;

/** Colours are held where the page's own are: in the journeys. Here one rule would ask for every pixel of 500 pictures. */
const VIOLATIONS = `axe.run('main .stage > *', { resultTypes: ['violations'], preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } } })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.flat().slice(-3).join(' ')).slice(0, 3).join(', ')))`;

/** What sticks out of the stage sideways, at any depth; what scrolls inside a frame of its own, and what only a screen reader sees, may. */
const STICKS_OUT = `(() => {
  const stage = document.querySelector('.stage').getBoundingClientRect();
  const out = [];
  const walk = (root, scrolls) => {
    for (const one of root.children ?? []) {
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      const seen = box.width > 1 && box.height > 1 && style.visibility === 'visible' && one.checkVisibility();
      if (seen && !scrolls && (box.left < stage.left - 1 || box.right > stage.right + 1)) out.push(one.localName + '.' + one.className);
      const inside = scrolls || style.overflowX !== 'visible';
      walk(one.shadowRoot ?? one, inside);
      if (one.shadowRoot) walk(one, inside);
    }
  };
  walk(document.querySelector('.stage'), false);
  return out.slice(0, 5);
})()`;

describe('the record in other surroundings', () => {
  it.each([360, 1024])('runs from right to left without anything sticking out, at %i px', async (width) => {
    const other = await open('?state=failed', { viewport: { width: width + 272 + 48 + 18, height: 900 } });
    await other.evaluate("document.querySelector('.stage').dir = 'rtl'");
    await other.evaluate(DRAWN);
    expect(await other.evaluate<readonly string[]>(STICKS_OUT)).toEqual([]);
    const banner = other.locator('corridor-banner');
    const [name, allergies, stage] = await Promise.all(
      [banner.locator('.name'), banner.locator('.allergies .mark').first(), other.locator('.stage')].map((one) =>
        one.boundingBox(),
      ),
    );
    const end = (stage?.x ?? 0) + (stage?.width ?? 0);
    for (const box of [name, allergies]) expect(end - (box?.x ?? 0) - (box?.width ?? 0)).toBeLessThan(40);
    await other.context().close();
  });

  it('says in forced colours, where none of its own is left, what is a risk and where the reader is', async () => {
    const other = await open('?state=failed', { forcedColors: 'active' });
    await other.evaluate(DRAWN);
    const seen = await other.evaluate<{
      text: string;
      surface: string;
      risk: string;
      words: string;
      here: string;
    }>(`(() => {
      const system = (name) => { const one = document.body.appendChild(document.createElement('i')); one.style.color = name; const { color } = getComputedStyle(one); one.remove(); return color; };
      const record = document.querySelector('corridor-record').shadowRoot;
      const banner = record.querySelector('corridor-banner').shadowRoot;
      const risk = banner.querySelector('.allergies strong');
      return {
        text: system('CanvasText'), surface: system('Canvas'), risk: getComputedStyle(risk).color, words: banner.querySelector('.allergies').textContent,
        here: getComputedStyle(record.querySelector('.tab[aria-current=page]')).outlineStyle,
        mark: banner.querySelector('.allergies .mark') !== null,
      };
    })()`);
    expect(seen.text).not.toBe(seen.surface);
    expect(seen).toMatchObject({ risk: seen.text, here: 'solid', mark: true });
    expect(seen.words).toMatch(/allerg/i);
    await other.context().close();
  });
});

describe('the gallery', () => {
  it('shows every element of the manifest, and every property of it in its reference', async () => {
    const links = await page.locator('nav a').allTextContents();
    expect(links.slice(0, -2)).toEqual(ELEMENTS.map(({ tagName }) => `<${tagName}>`));
    for (const element of [ELEMENTS[0], ELEMENTS.find(({ tagName }) => tagName === 'corridor-record')]) {
      if (!element) throw new Error('no element');
      await page.getByRole('link', { name: `<${element.tagName}>`, exact: true }).click();
      const told = await page.locator('main th').allTextContents();
      expect(told).toEqual(expect.arrayContaining(propertiesOf(element).map(({ name }) => name)));
    }
  });

  it.each(ELEMENTS.map(({ tagName }) => tagName))(
    '%s stands there in every state without an error, and a screen reader can read it',
    async (tagName) => {
      complaints.length = 0;
      await page.getByRole('link', { name: `<${tagName}>`, exact: true }).click();
      await page.locator(`html[data-shown=${tagName}]`).waitFor({ state: 'attached' });
      expect(await page.locator(`.stage > ${tagName}`).count()).toBe(STATES);
      await page.evaluate(DRAWN);
      expect(complaints).toEqual([]);
      await page.evaluate(WITHOUT_ROWS_IN_WAIT);
      await page.evaluate(AXE);
      expect(await page.evaluate<readonly string[]>(VIOLATIONS)).toEqual([]);
    },
  );
});
