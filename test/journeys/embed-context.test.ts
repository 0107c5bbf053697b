import type { BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startJourney, type Journey } from '../support/journey.ts';

let journey: Journey;
let desk: BrowserContext;
let page: Page;
let ods: string;
let anne: string;
let ben: string;
const addresses: string[] = [];

beforeAll(async () => {
  journey = await startJourney();
  desk = await journey.sitDown();
  desk.on('request', (request) => addresses.push(request.url()));
  ({ ods, anne, ben } = portal());
});
afterAll(async () => {
  await journey.close();
});

/** Their record does not open, or not at once: each has tests of its own. */
const UNFIT = new Set(['restricted', 'ambiguous', 'merged', 'superseded-number', 'objection']);

/** A portal that embeds by the SDK and knows two people by their numbers. */
function portal(): { ods: string; anne: string; ben: string } {
  const { eprs, community } = journey.sandbox;
  for (const { organisation, door } of eprs) {
    const known = community.residents
      .filter(({ patientIds, nhsNumber }) => nhsNumber !== undefined && patientIds[organisation.ods] !== undefined)
      .map(({ story }) => story)
      .filter((story) => !UNFIT.has(story));
    const [first, second] = known;
    if (door.id === 'embed-sdk' && first !== undefined && second !== undefined)
      return { ods: organisation.ods, anne: first, ben: second };
  }
  throw new Error('no portal with two people');
}

const numberOf = (story: string): string => journey.sandbox.resident(story).nhsNumber ?? '';

/** What the portal's server gets for this chart, as its own page asks for it. */
async function launchOf(story: string): Promise<{ url: string; launch: string }> {
  const address = `${journey.sandbox.chartUrl(ods, story)}/launch`;
  const body = JSON.stringify({ place: 'frame' });
  return page.evaluate<{ url: string; launch: string }>(
    `fetch(${JSON.stringify(new URL(address).pathname)}, { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(body)} }).then((answer) => answer.json())`,
  );
}

/** The portal's page with the element in it, and everything the element says. */
async function open(story: string): Promise<void> {
  page = await desk.newPage();
  await page.goto(journey.sandbox.chartUrl(ods, story));
  const { url, launch } = await launchOf(story);
  await page.evaluate(`import('/vendor/corridor-frame.js').then(() => {
    globalThis.heard = [];
    for (const name of ['corridor-ready', 'corridor-error', 'corridor-context-shown', 'corridor-close-ask', 'corridor-chart-open', 'corridor-host-banner'])
      document.addEventListener(name, (event) => {
        heard.push([name, event.result ?? event.code ?? event.section ?? event.text ?? '']);
        event.respond?.('opened');
      });
    const frame = globalThis.frame = document.createElement('corridor-frame');
    frame.src = ${JSON.stringify(url)};
    frame.launch = ${JSON.stringify(launch)};
    document.body.append(frame);
  })`);
  await expect.poll(number, { timeout: 30_000 }).toBe(numberOf(story));
}

const heard = (): Promise<readonly (readonly string[])[]> => page.evaluate('globalThis.heard');
const inner = (): Frame | undefined =>
  page.frames().find((frame) => frame.url().startsWith(journey.sandbox.launcherUrl));

async function inRecord<T>(program: string): Promise<T | undefined> {
  return (
    (await inner()
      ?.evaluate<T>(program)
      .catch(() => undefined)) ?? undefined
  );
}

/** Whom the record in the frame is about; nothing when nobody stands there. */
const number = (): Promise<string | undefined> =>
  inRecord(`document.querySelector('corridor-record')?.store?.record?.patient.nhsNumber`);

/** Everything that can be read in the frame, through open shadow roots. */
const words = (): Promise<string | undefined> =>
  inRecord(`(() => {
    const read = (root) => root.nodeType === Node.TEXT_NODE ? root.textContent
      : [...(root.shadowRoot ? [root.shadowRoot] : []), ...root.childNodes].map(read).join('');
    return read(document.body).replace(/\\s/g, '');
  })()`);

const setContext = (context: object): Promise<unknown> =>
  page.evaluate(`globalThis.frame.setContext(${JSON.stringify(context)})`);

async function endedSessions(): Promise<number> {
  return (await journey.sandbox.launcher.audit.read({ type: 'session.ended', limit: 1_000 })).length;
}

describe('a vendor’s page with <corridor-frame>, whose chart changes', () => {
  it('shows nobody where the launch opens another person than the page says', async () => {
    await open(anne);
    const { launch } = await launchOf(ben);
    const person = journey.sandbox.resident(anne);
    await setContext({ launch, patient: { nhsNumber: person.nhsNumber, birthDate: '1900-01-01' } });
    await expect.poll(heard, { timeout: 30_000 }).toContainEqual(['corridor-context-shown', 'refused']);
    expect(await number()).toBeUndefined();
    await expect.poll(words).toContain('context.mismatch');
    await page.close();
  });

  it('tells the page by which code a launch was refused before it began, and what to quote', async () => {
    await open(anne);
    const { url, launch } = await launchOf(ben);
    const forged = launch.replaceAll(/./g, 'A');
    await page.evaluate(
      `(() => {
        globalThis.told = [];
        const other = document.createElement('corridor-frame');
        other.addEventListener('corridor-error', ({ code, correlationId }) => globalThis.told.push([code, correlationId]));
        Object.assign(other, { src: ${JSON.stringify(url)}, launch: ${JSON.stringify(forged)} });
        document.body.append(other);
      })()`,
    );
    const told = (): Promise<readonly (readonly string[])[]> => page.evaluate('globalThis.told');
    await expect.poll(told, { timeout: 30_000 }).toHaveLength(1);
    const [[code, quote] = []] = await told();
    expect(code).toBe('launch.state_invalid');
    // The support number that stands on the page in the frame: it finds the line in the launcher's log.
    const refused = page.frames().filter((frame) => frame.url().includes('/open/'));
    const texts = await Promise.all(refused.map((frame) => frame.evaluate<string>('document.body.textContent')));
    expect(quote).toMatch(/^\S{8,64}$/);
    expect(texts.some((text) => text.includes(code ?? '?') && text.includes(quote ?? '?'))).toBe(true);
    await page.close();
  });

  it('shows nobody by a launch that was used before, and opens anew by a good one', async () => {
    await open(anne);
    const used = await launchOf(ben);
    await setContext(used);
    await expect.poll(number, { timeout: 30_000 }).toBe(numberOf(ben));
    await setContext(used);
    await expect.poll(number, { timeout: 30_000 }).toBeUndefined();
    await expect.poll(heard).toContainEqual(['corridor-context-shown', 'refused']);
    const good = await launchOf(anne);
    await setContext(good);
    await expect.poll(number, { timeout: 30_000 }).toBe(numberOf(anne));
    await page.close();
  });

  it('has the old record off the screen before the new one comes, in the same frame, and ends its session', async () => {
    await open(anne);
    const before = await endedSessions();
    await inRecord('void (globalThis.sameDocument = true)');
    const { launch } = await launchOf(ben);
    // The next task of the frame's page is the one after it has heard.
    const seen = inner()?.evaluate<string>(
      `new Promise((resolve) => addEventListener('message', (event) => event.data?.type === 'change' && setTimeout(() => resolve(document.body.innerText + document.querySelectorAll('corridor-record').length))))`,
    );
    await setContext({ launch });
    const then = (await seen)?.replace(/\s/g, '') ?? '';
    expect(then).not.toContain(numberOf(anne));
    expect(then.endsWith('0')).toBe(true);
    await expect.poll(number, { timeout: 30_000 }).toBe(numberOf(ben));
    expect(await inRecord('globalThis.sameDocument')).toBe(true);
    await expect.poll(() => heard().then((all) => all.filter(([, result]) => result === 'shown').length)).toBe(2);
    expect(await words()).not.toContain(numberOf(anne));
    await expect.poll(endedSessions, { timeout: 30_000 }).toBe(before + 1);
    await page.close();
  });

  it('is empty in the same task when the page clears it, ends the session, and opens again for the next patient', async () => {
    await open(anne);
    const before = await endedSessions();
    expect(
      await page.evaluate('(globalThis.frame.clearContext(), globalThis.frame.shadowRoot.childElementCount)'),
    ).toBe(0);
    await expect.poll(endedSessions, { timeout: 30_000 }).toBe(before + 1);
    await setContext(await launchOf(ben));
    await expect.poll(number, { timeout: 30_000 }).toBe(numberOf(ben));
    await page.close();
  });

  it('locks what was being written with its chart: never in the other’s, sent to nobody, and looked at anew in its own', async () => {
    const sent: string[] = [];
    desk.on('request', (request) => {
      if (request.method() === 'POST' && new URL(request.url()).pathname.startsWith('/api/messages'))
        sent.push(request.url());
    });
    await open(anne);
    const frame = inner();
    if (!frame) throw new Error('no frame');
    await frame.getByRole('button', { name: /^Messages/ }).click();
    await frame.getByRole('button', { name: 'Write a message' }).click();
    await frame.locator('#subject').fill('Which dose of ramipril?');
    await frame.locator('#body').fill('Is she on 5 mg or on 2.5 mg?');
    await setContext(await launchOf(ben));
    await expect.poll(number, { timeout: 30_000 }).toBe(numberOf(ben));
    await frame.getByText('begun about somebody else is locked').first().waitFor();
    expect(await words()).not.toMatch(/ramipril\?|2\.5mg\?/);
    expect(await frame.locator('textarea').count()).toBe(0);
    await setContext(await launchOf(anne));
    await expect.poll(number, { timeout: 30_000 }).toBe(numberOf(anne));
    await frame.getByText('You began this before the chart changed').first().waitFor();
    expect(await words()).toContain('Issheon5mgoron2.5mg?');
    expect(await frame.getByRole('button', { name: 'Check before sending' }).count()).toBe(0);
    expect(sent).toEqual([]);
    await page.close();
  });

  it('asks the page for its own chart, tells it of gaps in numbers, and closes when the reader is done', async () => {
    await open(anne);
    const press = (name: string): Promise<unknown> =>
      inRecord(
        `[...document.querySelectorAll('[slot=host] button')].find((one) => one.textContent.startsWith('${name}')).click()`,
      );
    await expect
      .poll(() => inRecord(`document.querySelectorAll('[slot=host] button').length`), { timeout: 30_000 })
      .toBe(2);
    await inRecord(
      `(() => { const record = document.querySelector('corridor-record'); record.place = 'allergies'; record.dispatchEvent(new Event('click')); })()`,
    );
    await expect
      .poll(() => inRecord<string>(`document.querySelector('[slot=host] button').textContent`))
      .toBe('Allergies in your own chart');
    await press('Allergies');
    await expect.poll(heard).toContainEqual(['corridor-chart-open', 'allergies']);
    await press('Close');
    await expect.poll(heard).toContainEqual(['corridor-close-ask', '']);
    await expect.poll(() => page.evaluate('globalThis.frame.shadowRoot.childElementCount')).toBe(0);
    await page.close();
  });

  it('says no number in any address', () => {
    expect(addresses.length).toBeGreaterThan(50);
    for (const story of [anne, ben])
      expect(addresses.filter((address) => address.includes(numberOf(story)))).toEqual([]);
  });
});
