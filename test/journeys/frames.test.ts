import type { BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFhirclientApp } from '../support/fhirclient-app.ts';
import { startJourney, type Journey } from '../support/journey.ts';
import { quiet } from '../support/quiet.ts';

const GP = 'XB001';
const ANNE = 'nothing-recorded';
const BEN = 'hero';

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(async () => {
  await journey.close();
});

/** The page of an EPR with a chart open, and the launcher's frames, windows or tabs that it opens from there. */
async function eprPage(desk: BrowserContext): Promise<Page> {
  const page = await desk.newPage();
  await page.goto(journey.sandbox.chartUrl(GP, ANNE));
  return page;
}

/** Where the record stands, however it was presented: a frame or a page of its own. */
type Place = Pick<Frame, 'url' | 'evaluate'>;

type Presentation = {
  readonly name: string;
  open(page: Page, address: string, name: string): Promise<Place>;
  /** The EPR leads the same place to another launch. */
  lead(page: Page, address: string, name: string): Promise<void>;
  /** The browser's own back: of the whole tab, and so of the frame in it, or of the window. */
  back(page: Page, place: Place): Promise<unknown>;
};

function framed(name: string, sandbox?: string, nested = false): Presentation {
  return {
    name,
    open: async (page, address, id) => {
      await page.evaluate(called(ADD_FRAME, { address, id, sandbox, nested }));
      return launcherFrame(page, id);
    },
    lead: (page, address, id) => page.evaluate(called(LEAD_FRAME, { address, id })),
    back: (page) => page.evaluate('history.back()'),
  };
}

// What runs in pages is text: this file is Node's, which knows no document.
const ADD_FRAME = `({ address, id, sandbox, nested }) => {
  let place = document.body;
  if (nested) {
    const outer = document.createElement('iframe');
    outer.className = 'outer';
    document.body.append(outer);
    place = outer.contentDocument.body;
  }
  const frame = place.ownerDocument.createElement('iframe');
  frame.name = id;
  if (sandbox) frame.setAttribute('sandbox', sandbox);
  frame.src = address;
  place.append(frame);
}`;
const LEAD_FRAME = `({ address, id }) => {
  const inner = [...document.querySelectorAll('iframe.outer')].map((outer) => outer.contentDocument);
  for (const one of [document, ...inner])
    for (const frame of one.querySelectorAll('iframe')) if (frame.name === id) frame.src = address;
}`;

function called(program: string, argument: object): string {
  return `(${program})(${JSON.stringify(argument)})`;
}

function windowed(name: string, features: string): Presentation {
  const open = (address: string, id: string): string =>
    `void window.open(${JSON.stringify(address)}, ${JSON.stringify(id)}, ${JSON.stringify(features)})`;
  return {
    name,
    open: async (page, address, id) => {
      const [opened] = await Promise.all([page.waitForEvent('popup'), page.evaluate(open(address, id))]);
      return opened;
    },
    lead: (page, address, id) => page.evaluate(open(address, id)),
    back: (_page, place) => place.evaluate('setTimeout(() => history.back())'),
  };
}

const PRESENTATIONS: readonly Presentation[] = [
  framed('a frame'),
  framed('a frame in a frame', undefined, true),
  framed('a sandboxed frame that keeps its origin', 'allow-scripts allow-same-origin allow-forms'),
  windowed('a pop-up', 'popup,width=900,height=700'),
  windowed('a tab', ''),
];

describe.each(PRESENTATIONS)('in $name', (presentation) => {
  it('launch, patient switch and reload show one patient or nobody, and end each session', async () => {
    const desk = await journey.sitDown();
    const page = await eprPage(desk);
    const before = await endedSessions();

    const place = await presentation.open(page, journey.sandbox.mintLaunch(GP, ANNE), 'record');
    expect(await numberIn(place)).toBe(numberOf(ANNE));

    await presentation.lead(page, journey.sandbox.mintLaunch(GP, BEN), 'record');
    await becomes(place, `${NUMBER} === '${numberOf(BEN)}'`);
    expect(await textIn(place)).not.toContain(numberOf(ANNE));
    await expect.poll(endedSessions, { timeout: 30_000 }).toBe(before + 1);

    await place.evaluate('setTimeout(() => location.reload())');
    await becomes(place, `document.body.innerText.includes('launch.relaunch_required')`);
    expect(await textIn(place)).not.toContain(numberOf(BEN));
    await expect.poll(endedSessions, { timeout: 30_000 }).toBe(before + 2);
    await desk.close();
  });

  it('the browser’s back leads to nobody: not to the patient before, and not to the one who was left', async () => {
    const desk = await journey.sitDown();
    const page = await eprPage(desk);
    const place = await presentation.open(page, journey.sandbox.mintLaunch(GP, ANNE), 'record');
    expect(await numberIn(place)).toBe(numberOf(ANNE));
    await presentation.lead(page, journey.sandbox.mintLaunch(GP, BEN), 'record');
    await becomes(place, `${NUMBER} === '${numberOf(BEN)}'`);
    const before = await endedSessions();

    await presentation.back(page, place);
    await becomes(place, `document.body.innerText.includes('launch.relaunch_required')`);
    for (const story of [ANNE, BEN]) expect(await textIn(place)).not.toContain(numberOf(story));
    expect(await place.evaluate(`document.querySelectorAll('corridor-record').length`)).toBe(0);
    await expect.poll(endedSessions, { timeout: 30_000 }).toBe(before + 1);
    await desk.close();
  });

  it('is blank once its user has signed out of the EPR, says so, and the session is over', async () => {
    const desk = await journey.sitDown();
    // The page asks once a minute whether the EPR still knows its user; a test asks sooner.
    await desk.addInitScript({
      content: `{ const real = setInterval; globalThis.setInterval = (task, ms, ...more) => real(task, ms === 60_000 ? 500 : ms, ...more); }`,
    });
    const page = await eprPage(desk);
    const place = await presentation.open(page, journey.sandbox.mintLaunch(GP, ANNE), 'record');
    expect(await numberIn(place)).toBe(numberOf(ANNE));
    const before = await endedSessions();
    // Asked and vouched for, it stays.
    await quiet(1_500);
    expect(await numberIn(place)).toBe(numberOf(ANNE));

    journey.sandbox.eprs.find(({ organisation }) => organisation.ods === GP)?.signOut();
    await becomes(place, `document.body.innerText.includes('context.logout')`);
    expect(await textIn(place)).not.toContain(numberOf(ANNE));
    await expect.poll(endedSessions, { timeout: 30_000 }).toBe(before + 1);
    await desk.close();
  });
});

async function endedSessions(): Promise<number> {
  return (await journey.sandbox.launcher.audit.read({ type: 'session.ended', limit: 1_000 })).length;
}

describe('where a frame can keep nothing', () => {
  it('a sandboxed frame without an origin opens nothing', async () => {
    const desk = await journey.sitDown();
    const page = await eprPage(desk);
    const place = await framed('', 'allow-scripts allow-forms').open(
      page,
      journey.sandbox.mintLaunch(GP, ANNE),
      'closed',
    );
    // A script module of an opaque origin is fetched across origins and refused: the page stays without a record.
    await quiet(3_000);
    expect(await place.evaluate(`document.querySelectorAll('corridor-record').length`)).toBe(0);
    expect(place.url()).toContain('/launch');
    await desk.close();
  });

  it('a frame whose storage is blocked opens nothing, and says to open a new window', async () => {
    const desk = await journey.sitDown();
    const blocked = `Object.defineProperty(window, 'sessionStorage', { get: () => { throw new DOMException('blocked', 'SecurityError'); } })`;
    await desk.addInitScript({
      content: `if (location.origin === '${journey.sandbox.launcherUrl}') ${blocked};`,
    });
    const page = await eprPage(desk);
    const place = await framed('').open(page, journey.sandbox.mintLaunch(GP, ANNE), 'blocked');
    await becomes(place, `document.body.innerText.includes('launch.binding_missing')`);
    expect(await textIn(place)).toContain('newwindow');
    await desk.close();
  });
});

describe('two frames of one EPR tab, each with its own patient', () => {
  it('the library’s defaults show the other patient after a reload', async () => {
    const app = await openFhirclientApp();
    const desk = await journey.sitDown();
    try {
      const page = await desk.newPage();
      await page.goto(app.hostUrl);
      const open = (id: string): Promise<void> =>
        page.evaluate(called(ADD_FRAME, { address: app.launchUrl(id), id, nested: false }));
      // A frame of another site says its name only once it is there.
      const frame = async (id: string): Promise<Frame> => {
        await expect.poll(() => page.frames().map((one) => one.name()), { timeout: 30_000 }).toContain(id);
        return page.frames().find((one) => one.name() === id) as Frame;
      };
      const says = async (id: string, patient: string): Promise<void> =>
        becomes(await frame(id), `document.body.textContent === '${patient}'`);
      await open('anne');
      await says('anne', 'anne');
      await open('ben');
      await says('ben', 'ben');
      await (await frame('anne')).evaluate('setTimeout(() => location.reload())');
      await says('anne', 'ben');
    } finally {
      await desk.close();
      await app.close();
    }
  });

  it('ours shows nobody after a reload, and the other frame stays as it was', async () => {
    const desk = await journey.sitDown();
    const page = await eprPage(desk);
    const frame = framed('');
    const anne = await frame.open(page, journey.sandbox.mintLaunch(GP, ANNE), 'anne');
    expect(await numberIn(anne)).toBe(numberOf(ANNE));
    const ben = await frame.open(page, journey.sandbox.mintLaunch(GP, BEN), 'ben');
    expect(await numberIn(ben)).toBe(numberOf(BEN));
    await anne.evaluate('setTimeout(() => location.reload())');
    await becomes(anne, `document.body.innerText.includes('launch.relaunch_required')`);
    expect(await textIn(anne)).not.toContain(numberOf(BEN));
    expect(await numberIn(ben)).toBe(numberOf(BEN));
    await desk.close();
  });
});

function numberOf(story: string): string {
  return journey.sandbox.resident(story).nhsNumber ?? '';
}

async function launcherFrame(page: Page, name: string): Promise<Frame> {
  for (let tries = 0; tries < 600; tries++) {
    const frame = page.frames().find((candidate) => candidate.name() === name);
    if (frame?.url().startsWith(journey.sandbox.launcherUrl)) return frame;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the frame did not come');
}

/** In the page: the NHS number of the record that is shown. */
const NUMBER = `document.querySelector('corridor-record')?.store?.record?.patient.nhsNumber`;

/** Asked again and again: a page with our policy lets no text of a test wait in it. */
async function becomes(place: Place, expression: string, ms = 30_000): Promise<void> {
  const deadline = Date.now() + ms;
  for (;;) {
    // While the place is led elsewhere there is nothing to ask.
    if (await place.evaluate(expression).catch(() => false)) return;
    if (Date.now() > deadline) throw new Error(`it never became so: ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function numberIn(place: Place): Promise<string> {
  await becomes(place, `${NUMBER} !== undefined`);
  return place.evaluate<string>(NUMBER);
}

/** Everything that can be read, through open shadow roots. */
function textIn(place: Place): Promise<string> {
  return place.evaluate<string>(`(() => {
    const read = (root) => root.nodeType === Node.TEXT_NODE ? root.textContent
      : [...(root.shadowRoot ? [root.shadowRoot] : []), ...root.childNodes].map(read).join('');
    return read(document.body).replace(/\\s/g, '');
  })()`);
}
