import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { galleryApp } from '../../gallery/serve.ts';
import { elementsOf, propertiesOf, type ElementOf, type Manifest } from '../../sdk/manifest.ts';
import { launchBrowser } from '../support/browser.ts';
import { codeBlocks } from '../support/code-blocks.ts';

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
  await opened.locator('html[data-shown], corridor-record').first().waitFor({ state: 'attached' });
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

/** The tables of the reference, row by row, by their heading. */
const TABLES = `Object.fromEntries([...document.querySelectorAll('main > h2')].flatMap((heading) => {
  const table = heading.nextElementSibling;
  return table?.localName === 'table' ? [[heading.textContent, [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent))]] : [];
}))`;

type Row = { readonly name?: string; readonly description?: string; readonly type?: { readonly text: string } };

function tablesOf(element: ElementOf): Readonly<Record<string, readonly (readonly string[])[]>> {
  const rows = (all: readonly Row[] = []): readonly (readonly string[])[] =>
    all.map(({ name = '', type, description = '' }) => [
      name === '' ? '(default)' : name,
      type?.text ?? '',
      description,
    ]);
  const { members = [], attributes, events, cssParts, cssProperties, slots } = element;
  const tables = {
    Properties: rows(propertiesOf(element)),
    Attributes: rows(attributes),
    Methods: rows(members.filter(({ kind }) => kind === 'method')),
    Events: rows(events),
    Parts: rows(cssParts),
    Tokens: rows(cssProperties),
    Slots: rows(slots),
  };
  return Object.fromEntries(Object.entries(tables).filter(([, all]) => all.length > 0));
}

type Real = Readonly<Record<'attributes' | 'properties' | 'parts' | 'slots', readonly string[]>>;

/** What an element really has: as its class says, and as it is drawn in every state. */
const REAL = `(tagName) => {
  const own = customElements.get(tagName);
  const roots = [...document.querySelectorAll('.stage > ' + tagName)].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  const all = (selector, name) => [...new Set(roots.flatMap((root) => [...root.querySelectorAll(selector)].flatMap((one) => (one.getAttribute(name) ?? '').split(' '))))].sort();
  return {
    attributes: [...(own.observedAttributes ?? [])].sort(),
    properties: [...(own.elementProperties ?? [])].filter(([, { state }]) => !state).map(([name]) => name).sort(),
    parts: all('[part]', 'part'),
    slots: all('slot', 'name'),
  };
}`;

/** What docs/embedding.md recommends, with what it names for documents and for a frame. */
const POLICY = `${(codeBlocks('docs/embedding.md', '')[0] ?? '').replaceAll('\n', ' ').trim()} corridor; img-src blob:; frame-src https://record.example`;

/**
 * A page of nobody's under a strict policy, with nothing but the lines in it and the file they name; the launcher is
 * answered from the bundle.
 */
async function pasted(lines: string, script: string, tagName: string): Promise<Pasted> {
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    const plain = await context.newPage();
    const said: string[] = [];
    plain.on('pageerror', ({ message }) => said.push(message));
    plain.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
    });
    await plain.route('https://vendor.example/**', (route) =>
      new URL(route.request().url()).pathname === '/'
        ? route.fulfill({
            contentType: 'text/html',
            headers: { 'content-security-policy': POLICY },
            body: `<!doctype html><title>Plain</title>${lines}`,
          })
        : route.fulfill({ contentType: 'text/javascript', body: script }),
    );
    await plain.route('https://record.example/**', (route) => {
      const { pathname } = new URL(route.request().url());
      const path = pathname.startsWith('/sdk/') ? join(MANIFEST, '..', pathname) : undefined;
      const headers = { 'access-control-allow-origin': '*' };
      return path === undefined
        ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Launcher</title>' })
        : route.fulfill({ path, headers, contentType: 'text/javascript' });
    });
    await plain.goto('https://vendor.example/');
    await plain.evaluate(`customElements.whenDefined('${tagName}').then(() => true)`);
    const shown = await plain.evaluate<Omit<Pasted, 'complaints'>>(PASTED_SHOWS.replaceAll('TAG', tagName));
    return { ...shown, complaints: said };
  } finally {
    await context.close();
  }
}

type Pasted = {
  readonly complaints: readonly string[];
  readonly defined: boolean;
  readonly given: number;
  readonly words: string;
};

const PASTED_SHOWS = `(async () => {
  const element = document.querySelector('TAG');
  for (let turn = 0; turn < 5; turn++) {
    await element.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)));
  }
  const text = (root) => [...root.childNodes].map((one) => one.nodeType === 3 ? one.textContent : text(one.shadowRoot ?? one)).join(' ');
  const given = element.view?.facts?.length ?? element.threads?.length ?? element.lines?.length ?? element.handovers?.length ?? (element.record || element.entries ? 1 : 0);
  return { defined: element.matches(':defined'), given: given, words: text(element.shadowRoot ?? element).trim() };
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

/** The record of a page of its own, with its parts. */
const RECORD_DRAWN = `(async () => {
  const record = document.querySelector('corridor-record');
  for (let turn = 0; turn < 6; turn++) {
    await record.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 60)));
  }
})()`;

/** Whether the middle of an element is the element, and not what lies on it. */
const isOnTop = (one: Boxed): boolean => {
  const { left, top, width, height } = one.getBoundingClientRect();
  const there = one.getRootNode().elementFromPoint(left + width / 2, top + height / 2);
  return there !== null && (one.contains(there) || there.contains(one));
};

type Boxed = {
  getBoundingClientRect(): Readonly<Record<'left' | 'top' | 'width' | 'height', number>>;
  getRootNode(): { elementFromPoint(x: number, y: number): Boxed | null };
  contains(other: Boxed): boolean;
};

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

  it.each([
    [360, 740],
    [320, 256],
    [1024, 900],
  ])('makes no page wider than itself at %i by %i px, whatever part is shown', async (width, height) => {
    const other = await open('on-entries', { viewport: { width, height } });
    for (const place of [
      'snapshot',
      'timeline',
      'results-over-time',
      'medicines-side-by-side',
      'documents',
      'ledger',
    ]) {
      if (place === 'ledger') await other.locator('corridor-sources .ledger').click();
      else await other.locator('corridor-record').evaluate((record, to) => Object.assign(record, { place: to }), place);
      await other.evaluate(RECORD_DRAWN);
      const room = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect([place, await other.evaluate(room)]).toEqual([place, 0]);
    }
    // A heading that holds nothing and keeps its place is heard in one more word.
    await other.locator('corridor-record').evaluate((record) => Object.assign(record, { entries: [] }));
    await other.evaluate(RECORD_DRAWN);
    expect(await other.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await other.context().close();
  });

  it.each([
    [1024, 900],
    [1024, 560],
    [800, 360],
    [320, 256],
  ])('keeps name, birth date and number in view however far one reads, at %i by %i px', async (width, height) => {
    const other = await open('on-entries', { viewport: { width, height } });
    await other.evaluate(RECORD_DRAWN);
    // Its sections come a few at a time: it is as long as that when all have.
    await expect.poll(() => other.evaluate('window.scrollTo(0, 1500), window.scrollY')).toBeGreaterThan(1000);
    for (const part of ['.name', '.number']) {
      const one = other.locator('corridor-banner').locator(part);
      const edges = async (): Promise<readonly [number, number]> => {
        const box = await one.boundingBox();
        return [box?.y ?? -1, (box?.y ?? -1) + (box?.height ?? 0)];
      };
      await expect
        .poll(async () => {
          const [top, bottom] = await edges();
          return top >= 0 && bottom < height / 2;
        })
        .toBe(true);
      // Nothing lies on it either.
      await expect.poll(() => one.evaluate(isOnTop)).toBe(true);
    }
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
  it('shows every element of the manifest', async () => {
    const links = await page.locator('nav a').allTextContents();
    expect(links.slice(0, -2)).toEqual(ELEMENTS.map(({ tagName }) => `<${tagName}>`));
  });

  it.each(ELEMENTS.map((element) => [element.tagName, element] as const))(
    '%s has all that the manifest says of it in its reference, in words, and the manifest says what is true of it',
    async (tagName, element) => {
      await page.getByRole('link', { name: `<${tagName}>`, exact: true }).click();
      await page.locator(`html[data-shown=${tagName}]`).waitFor({ state: 'attached' });
      const told = await page.evaluate<Readonly<Record<string, readonly (readonly string[])[]>>>(TABLES);
      expect(told).toEqual(tablesOf(element));
      const wordless = [...propertiesOf(element), ...(element.events ?? []), ...(element.cssParts ?? [])].filter(
        ({ description = '' }) => description === '',
      );
      expect(wordless.map(({ name }) => name)).toEqual([]);
      await page.evaluate(DRAWN);
      const real = await page.evaluate<Real>(`(${REAL})('${tagName}')`);
      const names = (rows: readonly { readonly name?: string }[] = []): readonly string[] =>
        rows.map(({ name = '' }) => name).sort();
      expect(real.attributes).toEqual(names(element.attributes));
      // What is drawn of a part depends on the state; what nobody is told of may not be drawn in any.
      expect(names(element.cssParts)).toEqual(expect.arrayContaining([...real.parts]));
      expect(names(element.slots)).toEqual(expect.arrayContaining([...real.slots]));
      if (tagName !== 'corridor-frame') expect(real.properties).toEqual(names(propertiesOf(element)));
    },
  );

  it.each(ELEMENTS.map(({ tagName }) => tagName))(
    '%s stands on a plain page into which its lines are pasted as they are',
    async (tagName) => {
      await page.getByRole('link', { name: `<${tagName}>`, exact: true }).click();
      await page.locator(`html[data-shown=${tagName}]`).waitFor({ state: 'attached' });
      const [lines = '', script = ''] = await page.locator('main > pre').allInnerTexts();
      const said = await pasted(lines, script, tagName);
      expect(said.complaints).toEqual([]);
      expect(said.defined).toBe(true);
      // What shows one measure, or waits for a search, has nothing to show yet; what shows lines shows the one it was given.
      if (said.given > 0) expect(said.words).not.toBe('');
    },
  );

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
