import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventNames } from '../../sdk/name-elements.ts';
import { launchBrowser } from '../support/browser.ts';
import type { ServedRouter } from '../support/serve-router.ts';
import { CANARY, GIVE, serveVendor } from '../support/vendor-site.ts';

const DIST = join(import.meta.dirname, '..', '..', 'dist');
const { version, files } = JSON.parse(readFileSync(join(DIST, 'sri.json'), 'utf8')) as {
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
};
const HEAR = `globalThis.heard = [];
  for (const name of ${JSON.stringify([...eventNames().values()])})
    document.addEventListener(name, (event) => {
      const said = {};
      for (let type = event; type !== Event.prototype; type = Object.getPrototypeOf(type))
        for (const key of Object.getOwnPropertyNames(type)) if (key !== 'isTrusted' && key !== 'constructor') said[key] = String(event[key]);
      globalThis.heard.push([name, JSON.stringify(said)]);
    });`;

const SCRIPTS: Readonly<Record<string, string>> = {
  two: `import * as first from '/dist/corridor.js';
    import * as second from '/other/corridor.js';
    first.define();
    second.define();
    second.define({ prefix: 'ward' });
    second.define({ prefix: 'Not a prefix' });
    const one = document.createElement('corridor-record');
    ${GIVE('one', 'first')}
    const other = document.createElement('ward-record');
    ${GIVE('other', 'second')}
    document.body.append(one, other);
    const inner = (record) => record.shadowRoot?.querySelector('corridor-banner');
    globalThis.whose = () => ({
      one: one instanceof first.CorridorRecord && inner(one) instanceof first.CorridorBanner,
      other: other instanceof second.CorridorRecord && inner(other) instanceof second.CorridorBanner,
      lines: [one, other].map((record) => [...record.shadowRoot.querySelectorAll('corridor-allergies')].length),
    });`,
  pinned: `const script = document.createElement('script');
    script.type = 'module';
    script.integrity = ${JSON.stringify(files['define.js'])};
    script.crossOrigin = 'anonymous';
    script.src = trustedTypes.createPolicy('vendor', { createScriptURL: (url) => url }).createScriptURL('/sdk/${version}/define.js');
    script.onload = () => document.body.append(document.createElement('corridor-record'));
    document.head.append(script);`,
  said: `${HEAR}
    import * as corridor from '/dist/corridor.js';
    corridor.define();
    const record = document.createElement('corridor-record');
    document.body.append(record);
    ${GIVE('record', 'corridor')}
    const everything = (root) => [...root.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot ? everything(e.shadowRoot) : [])]);
    globalThis.pressAll = async () => {
      record.place = 'allergies';
      const here = () => everything(record.shadowRoot).filter((e) => e.localName === 'corridor-fact');
      for (let wait = 0; wait < 400 && here().length === 0; wait++) await new Promise((resolve) => setTimeout(resolve, 50));
      const facts = here();
      for (const fact of facts.slice(0, 1)) fact.dispatchEvent(new corridor.FactSplitEvent(fact.fact.key, true));
      for (const fact of facts.slice(0, 1)) fact.dispatchEvent(new corridor.RecordSeekEvent('allergies', fact.fact.entries[0].id));
      for (const place of ['snapshot', 'allergies', 'everything', 'timeline', 'demographics', 'allergies']) {
        record.place = place;
        for (let round = 0; round < 3; round++) {
          await record.updateComplete;
          await new Promise((resolve) => setTimeout(resolve, 100));
          for (const button of everything(record.shadowRoot).filter((e) => e.localName === 'button' || e.localName === 'summary')) if (!/Print/i.test(button.textContent)) button.click();
        }
      }
      return facts.length;
    };`,
  faults: `${HEAR}
    import * as corridor from '/dist/corridor.js';
    corridor.define();
    const refused = document.createElement('corridor-record');
    refused.store = new corridor.RecordStore();
    document.body.append(refused);
    refused.store.end({ end: 'refused', status: 403, code: 'access.refused' });
    const broken = document.createElement('corridor-banner');
    broken.id = 'broken';
    broken.patient = { nhsNumber: 7, family: {} };
    broken.record = { sections: 7 };
    document.body.append(broken);`,
};

let browser: Browser;
let vendor: ServedRouter;
let page: Page;
let complaints: string[];
let warnings: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  // Two copies of Lit make two policies of one name, which a host with two versions has to allow (docs/embedding.md).
  vendor = await serveVendor(SCRIPTS, { policies: "lit-html vendor 'allow-duplicates'" });
});
afterAll(async () => {
  await browser.close();
  await vendor[Symbol.asyncDispose]();
});
beforeEach(async () => {
  page = await (await browser.newContext()).newPage();
  [complaints, warnings] = [[], []];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
    if (message.type() === 'warning') warnings.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
const heard = (): Promise<readonly (readonly [string, string])[]> => page.evaluate('globalThis.heard');

describe('what comes with the package', () => {
  it('may be imported on a server, where it does nothing', () => {
    const run = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const names = await Promise.all(['corridor', 'corridor/define', 'corridor/frame', 'corridor/pictures'].map(async (door) => Object.keys(await import(door)).length)); console.log(JSON.stringify(names));`,
      ],
      { cwd: join(DIST, '..'), encoding: 'utf8' },
    );
    expect(run.stderr).toBe('');
    expect((JSON.parse(run.stdout) as number[]).every((count) => count > 0)).toBe(true);
  });

  it('names the hash of every script of the versioned bundle', () => {
    const folder = join(DIST, 'sdk', version);
    expect(
      Object.keys(files)
        .filter((file) => file.endsWith('.js'))
        .sort(),
    ).toEqual(globSync('**/*.js', { cwd: folder }).sort());
    for (const [file, hash] of Object.entries(files))
      expect(
        `sha384-${createHash('sha384')
          .update(readFileSync(join(folder, file)))
          .digest('base64')}`,
      ).toBe(hash);
  });

  it('loads pinned by its hash', async () => {
    await page.goto(`${vendor.url}/pinned.html`);
    await page.locator('corridor-record').getByText('No record is open').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('two versions on one page', () => {
  it('live together: each draws itself with its own parts, and who came second says so and breaks nothing', async () => {
    await page.goto(`${vendor.url}/two.html`);
    for (const tag of ['corridor-record', 'ward-record'])
      await page.locator(tag).getByText(`${CANARY} penicillin`).first().waitFor();
    expect(await page.evaluate('globalThis.whose()')).toEqual({ one: true, other: true, lines: [1, 1] });
    expect(warnings.some((text) => text.includes('<corridor-record> is already defined'))).toBe(true);
    expect(warnings.some((text) => text.includes('nothing is defined'))).toBe(true);
    expect(complaints).toEqual([]);
  });
});

describe('what a host hears', () => {
  it('holds no clinical content, whatever the reader does', async () => {
    await page.goto(`${vendor.url}/said.html`);
    await page.locator('corridor-record').getByText(`${CANARY} penicillin`).first().waitFor();
    expect(await page.evaluate('globalThis.pressAll()')).toBeGreaterThan(0);
    const said = await heard();
    const names = new Set(said.map(([name]) => name));
    expect(names).toContain('corridor-ready');
    expect(names.size).toBeGreaterThan(2);
    expect(names).not.toContain('corridor-fact-split');
    expect(names).not.toContain('corridor-record-seek');
    expect(said.filter(([, text]) => new RegExp(`${CANARY}|9990000018|1950|penicillin`, 'i').test(text))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is told of a fault by its code, and nothing is thrown at it', async () => {
    await page.goto(`${vendor.url}/faults.html`);
    await expect
      .poll(async () => (await heard()).filter(([name]) => name === 'corridor-error').length)
      .toBeGreaterThan(1);
    const errors = (await heard()).filter(([name]) => name === 'corridor-error').map(([, text]) => text);
    expect(errors.some((text) => text.includes('access.refused'))).toBe(true);
    expect(errors.some((text) => text.includes('page.part_failed'))).toBe(true);
    await page.locator('#broken').getByRole('alert').getByText('could not be shown').waitFor();
    expect(complaints).toEqual([]);
  });
});
