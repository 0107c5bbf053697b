import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { serveRouter, type ServedRouter } from '../support/serve-router.ts';
import { serveVendor } from '../support/vendor-site.ts';

/** As much of the launcher's page as speaks the contract: it greets, keeps what it hears, and can be made to say things. */
const RECORD = `<!doctype html><title>Record</title><script>
  globalThis.heard = [];
  globalThis.say = (type, payload, more) => parent.postMessage({ corridor: 1, id: 'r' + Math.random(), launchId: 'l1', epoch: 0, type, payload, ...more }, '*');
  addEventListener('message', (event) => { heard.push([event.origin, event.data]); if (event.data.type === 'context') say('ack', { result: 'shown', of: 0 }); });
  say('hello', { capabilities: [] });
</script><p>The record</p>`;

/** One that was refused: it greets nobody, and says by which code. */
const REFUSED = `<!doctype html><title>Refused</title><script>
  const say = (type, payload) => parent.postMessage({ corridor: 1, id: 'r1', launchId: 'none', epoch: 0, type, payload }, '*');
  say('resize', { height: 900 });
  say('error', { code: 'source.unavailable', severity: 'fatal', message: 'Ann Tester', correlationId: 's-1' });
</script>`;

const SCRIPT = (launcher: string, stranger: string): string => `
  import '/dist/frame.js';
  globalThis.heard = [];
  for (const name of ['corridor-ready', 'corridor-error', 'corridor-context-shown', 'corridor-close-ask', 'corridor-chart-open'])
    document.addEventListener(name, (event) => {
      heard.push([name, event.code ?? event.section ?? event.result ?? '', event.correlationId ?? '']);
      if (event.section === 'problems') event.respond('opened');
      if (name === 'corridor-close-ask' && globalThis.keep) event.preventDefault();
    });
  const frame = document.createElement('corridor-frame');
  frame.src = '${launcher}/launch';
  frame.launch = 'once';
  frame.fit = 'content';
  document.body.append(frame);
  const other = document.createElement('iframe');
  other.src = '${stranger}/stranger';
  document.body.append(other);
  const wrong = document.createElement('corridor-frame');
  wrong.src = 'http://record.example/launch';
  document.body.append(wrong);
  const refused = document.createElement('corridor-frame');
  refused.id = 'refused';
  refused.fit = 'content';
  refused.src = '${launcher}/refused';
  document.body.append(refused);`;

let browser: Browser;
let launcher: ServedRouter;
let stranger: ServedRouter;
let vendor: ServedRouter;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  const pages = (): ReturnType<typeof express.Router> => {
    const router = express.Router();
    router.get(['/launch', '/stranger'], (_request, response) => void response.type('html').send(RECORD));
    router.get('/refused', (_request, response) => void response.type('html').send(REFUSED));
    return router;
  };
  [launcher, stranger] = [await serveRouter(pages()), await serveRouter(pages())];
  // The frame's origin is another site than the page's; the stranger is on the page's own list of frames too.
  vendor = await serveVendor(
    { frame: SCRIPT(launcher.url, stranger.url) },
    { frames: `${launcher.url} ${stranger.url}` },
  );
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${vendor.url}/frame.html`);
});
afterAll(async () => {
  await browser.close();
  for (const one of [vendor, launcher, stranger]) await one[Symbol.asyncDispose]();
});

const heard = (): Promise<readonly (readonly string[])[]> => page.evaluate('globalThis.heard');
const inner = () => page.frames().find((frame) => frame.url().startsWith(`${launcher.url}/launch`));
const say = (text: string): Promise<unknown> => inner()?.evaluate(text) ?? Promise.reject(new Error('no frame'));

describe('the record in a frame', () => {
  it('refuses an address that is neither https nor on this machine, and says so by a code', async () => {
    await expect.poll(heard).toContainEqual(['corridor-error', 'frame.address_invalid', '']);
  });

  it('tells the code of a launch that was refused before it began, and hears nothing else of it', async () => {
    await expect.poll(heard).toContainEqual(['corridor-error', 'source.unavailable', 's-1']);
    expect(
      await page.evaluate("document.querySelector('#refused').shadowRoot.querySelector('iframe').clientHeight"),
    ).not.toBe(900);
  });

  it('hears nobody but its own frame from its own origin', async () => {
    await expect.poll(() => page.frames().length).toBeGreaterThan(2);
    await page
      .frames()
      .find((frame) => frame.url().startsWith(stranger.url))
      ?.evaluate("say('error', { code: 'forged.code' })");
    await say(
      "say('error', { code: 'late.code' }, { launchId: 'another' }); say('error', { code: 'future.code' }, { epoch: 7 })",
    );
    await say("say('resize', { height: 700 })");
    await expect
      .poll(() =>
        page.evaluate("document.querySelector('corridor-frame').shadowRoot.querySelector('iframe').clientHeight"),
      )
      .toBe(700);
    expect((await heard()).filter(([, code]) => /forged|late|future/.test(code ?? ''))).toEqual([]);
  });

  it('opens the launch by its handle, answers it by naming its origin, and is ready once the record is shown', async () => {
    expect(inner()?.url()).toBe(`${launcher.url}/launch?launch=once`);
    await expect.poll(heard).toContainEqual(['corridor-ready', '', '']);
    expect(await heard()).toContainEqual(['corridor-context-shown', 'shown', '']);
    expect(
      await say(
        'heard.every(([origin, { corridor, launchId }]) => origin === ' +
          JSON.stringify(vendor.url) +
          ' && corridor === 1 && launchId === "l1")',
      ),
    ).toBe(true);
  });

  it('tells errors by code and what to quote, and none of their words', async () => {
    await say("say('error', { code: 'access.refused', correlationId: 'c-1', message: 'Ann Tester' })");
    await expect.poll(heard).toContainEqual(['corridor-error', 'access.refused', 'c-1']);
    await say("say('error', { code: 'Ann Tester has an allergy' })");
    await expect.poll(heard).toContainEqual(['corridor-error', 'frame.unknown', '']);
  });

  it('hands the host’s answer about its own chart to the record', async () => {
    await say("say('open-chart', { section: 'problems' }, { id: 'q1' })");
    await expect.poll(() => say("heard.find(([, { re }]) => re === 'q1')?.[1].payload.status")).toBe('opened');
  });

  it('stays while the host cancels the close, and blanks in the same task when told to', async () => {
    await page.evaluate('globalThis.keep = true');
    await say("say('close', { reason: 'done' }, { id: 'q2' })");
    await expect.poll(() => say("heard.find(([, { re }]) => re === 'q2')?.[1].payload.status")).toBe('failure');
    expect(
      await page.evaluate(
        `(() => { const frame = document.querySelector('corridor-frame'); frame.clearContext(); return frame.shadowRoot.childElementCount; })()`,
      ),
    ).toBe(0);
    expect(complaints).toEqual([]);
  });
});
