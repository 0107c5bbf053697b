import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChart, openPanel, settledRecord, startJourney, type Journey } from '../support/journey.ts';

const GP = 'XB001';
const HOSPITAL = 'XB101';
const AMBULANCE = 'XB301';

let journey: Journey;
let page: Page;
let asked: number;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(async () => {
  await journey.close();
});
beforeEach(async () => {
  page = await (await journey.sitDown()).newPage();
  asked = askedOfEprs();
});

describe('what is refused is refused with a code and a next step, asks nobody, and is audited', () => {
  it('1 a launch from an unknown system', async () => {
    await page.goto(
      `${journey.sandbox.launcherUrl}/launch?iss=${encodeURIComponent('https://unknown.example/fhir')}&launch=x`,
    );
    await page.getByText('launch.iss_unknown').waitFor();
    await page.getByText(/not connected to the shared record/i).waitFor();
    await expectRefused('launch.iss_unknown');
  });

  it('5 a launch address that only looks like a member’s', async () => {
    const iss = journey.sandbox.epr(GP).fhirBase.replace('localhost', 'localhost.');
    await page.goto(`${journey.sandbox.launcherUrl}/launch?iss=${encodeURIComponent(iss)}&launch=x`);
    await page.getByText(/launch\.iss_/).waitFor();
    expect(askedOfEprs()).toBe(asked);
  });

  it('17 a state that was used before', async () => {
    const answers: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/callback/') && request.url().includes('state=')) answers.push(request.url());
    });
    await page.goto(journey.sandbox.mintLaunch(GP, 'hero'));
    await settledRecord(page);
    const [used] = answers;
    expect(used).toBeDefined();
    await page.goto(used ?? '');
    await page.getByText(/launch\.(state_invalid|binding_missing)/).waitFor();
    expect(await page.locator('corridor-record').count()).toBe(0);
  });

  it('18 a code that belongs to another launch', async () => {
    const other = await journey.sitDown();
    const stolen = await codeOf(await other.newPage(), journey.sandbox.mintLaunch(GP, 'nothing-recorded'));
    await divertCallback(page, (address) => address.searchParams.set('code', stolen));
    await page.goto(journey.sandbox.mintLaunch(GP, 'hero'));
    await page.getByText(/token\.invalid_grant/).waitFor();
    expect(await page.locator('corridor-record').count()).toBe(0);
  });

  it('21 an answer brought to another organisation’s callback', async () => {
    await divertCallback(page, (address) => {
      address.pathname = address.pathname.replace(GP, HOSPITAL);
    });
    await page.goto(journey.sandbox.mintLaunch(GP, 'hero'));
    await page.getByText('launch.mixup').waitFor();
    await expectRefused('launch.mixup');
  });

  it('53 a patient without an NHS number of whom a person says that none of those found is them: no organisation is asked', async () => {
    const atHome = questionsAt(AMBULANCE);
    const chart = await openChart(page.context(), journey.sandbox, AMBULANCE, 'no-nhs-number');
    const panel = await openPanel(chart);
    await panel.getByRole('heading', { name: 'Is this the person whose chart you have open?' }).waitFor();
    await panel.getByRole('button', { name: 'None of these, or I am not sure' }).click();
    await panel.getByText('patient.no_nhs_number').waitFor();
    await panel.getByText(/Trace the NHS number/i).waitFor();
    expect(askedOfEprs() - asked).toBe(questionsAt(AMBULANCE) - atHome);
    await expectRefused('patient.no_nhs_number');
  });

  it('49 a user whose role is not mapped', async () => {
    const clerk = journey.sandbox.epr(GP).organisation.users.findIndex((user) => user.roleCode === 'R8008');
    expect(clerk).toBeGreaterThanOrEqual(0);
    await page.goto(journey.sandbox.mintLaunch(GP, 'hero', clerk));
    await page.getByText('launch.role_unmapped').waitFor();
    await expectRefused('launch.role_unmapped');
  });

  it('90 a frame on a page that is not the member’s', async () => {
    const blocked: string[] = [];
    page.on('console', (message) => blocked.push(message.text()));
    await page.goto(journey.sandbox.controlUrl);
    const address = JSON.stringify(journey.sandbox.mintLaunch(GP, 'hero'));
    await page.evaluate(`document.body.append(Object.assign(document.createElement('iframe'), { src: ${address} }))`);
    await expect
      .poll(() => blocked.join(' '), { timeout: 30_000 })
      .toMatch(/frame-ancestors|frame-src|Content Security Policy/);
  });
});

/** Questions that any EPR of the community has been asked so far. */
function askedOfEprs(): number {
  return journey.sandbox.eprs.reduce((total, epr) => total + questionsAt(epr.organisation.ods), 0);
}

/** Not those that the launcher asks for a team that is told of a resident, whose record was opened before. */
function questionsAt(ods: string): number {
  const isForTeam = ({ acting }: { readonly acting: unknown }): boolean =>
    JSON.stringify(acting ?? {}).includes('"team|');
  return journey.sandbox.audit(ods).filter((question) => !isForTeam(question)).length;
}

/**
 * Stands between the sign-in server and the browser: the answer that leads back to the launcher is changed on its way.
 * (The redirect is where it can be done; what a redirect leads to is no longer anybody's to change.)
 */
async function divertCallback(through: Page, change: (address: URL) => void): Promise<void> {
  await through.route('**/auth/**', async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    const location = response.headers()['location'];
    if (!location?.includes('/callback/')) return route.fulfill({ response });
    const address = new URL(location);
    change(address);
    await route.fulfill({ status: 303, headers: { location: address.href } });
  });
}

async function expectRefused(code: string): Promise<void> {
  const events = await journey.sandbox.launcher.audit.read({ limit: 200 });
  expect(events.map((event) => event.code)).toContain(code);
}

/** Lets a launch run until its code comes back, and takes the code instead of using it. */
async function codeOf(stranger: Page, launchUrl: string): Promise<string> {
  let code = '';
  await divertCallback(stranger, (address) => {
    code = address.searchParams.get('code') ?? '';
    address.search = '?error=access_denied';
  });
  await stranger.goto(launchUrl);
  await expect.poll(() => code, { timeout: 30_000 }).not.toBe('');
  return code;
}
