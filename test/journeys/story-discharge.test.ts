import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startJourney, type Journey } from '../support/journey.ts';
import { keptByBrowser, sitAt, type Desk } from '../support/reading-room.ts';

/** A minute and a half stands for the day that practice, nurses and council have. */
const WITHIN_HOURS = 0.025;
const LEAD_HOURS = 0.035;

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney({
    reword: (text) =>
      text
        // Its chart opens by a signed link, which proves no referral: the council of the place is named outright.
        .replace(/- involved:\s+- council\s+team: adults/, '- address: XB401/adults')
        .replace('withinHours: 24', `withinHours: ${String(WITHIN_HOURS)}`)
        .replace('afterHours: 48', `afterHours: ${String(LEAD_HOURS)}`),
  });
});
afterAll(async () => {
  await journey.close();
});

/** The handover of the stay that has just ended, once it is there. */
async function handoverAt(desk: Desk, wanted: RegExp): Promise<Locator> {
  const list = desk.view.locator('corridor-transitions corridor-handovers .within').first();
  const deadline = Date.now() + 120_000;
  for (;;) {
    await desk.to('Snapshot');
    await desk.to('Transitions');
    await desk.view.locator('corridor-transitions').waitFor();
    const said = await list.innerText({ timeout: 3_000 }).catch(() => '');
    if (wanted.test(said)) return list;
    if (Date.now() > deadline) throw new Error(`not there: ${said}`);
  }
}

async function acknowledge(desk: Desk): Promise<void> {
  const list = await handoverAt(desk, /Acknowledge/);
  await list.getByRole('button', { name: /^Acknowledge/ }).click();
  await handoverAt(desk, /Acknowledged/);
}

describe('a discharge', () => {
  it('reaches practice, community nurses and council; each takes it on in one press, and who is late is seen to be', async () => {
    // She has been referred to them: without that they are told of nothing, however often they open her chart.
    journey.sandbox.happen('XB201', 'hero', 'referred');
    const practice = await sitAt(journey, 'XB001', 'hero');
    const nurses = await sitAt(journey, 'XB201', 'hero');
    const council = await sitAt(journey, 'XB401', 'hero');
    journey.sandbox.happen('XB101', 'hero', 'discharge');

    const waiting = await handoverAt(practice, /Duty doctor, Northcliffe Surgery — Waiting/);
    const said = await waiting.innerText();
    expect(said).toMatch(/Discharge from Ousebridge Royal Infirmary/);
    expect(said).toMatch(/Community nursing, Ousebridge Community Health NHS Trust — (Waiting|Late)/);
    expect(said).toMatch(/Adult social care, [^—]+ — (Waiting|Late)/);
    // Only for their own team.
    expect(await waiting.getByRole('button', { name: /^Acknowledge/ }).count()).toBe(1);

    await acknowledge(practice);
    await acknowledge(nurses);
    await handoverAt(practice, /Adult social care, [^—]+ — Late/);
    await handoverAt(practice, /On the lead’s list/);

    await acknowledge(council);
    const done = await (await handoverAt(practice, /Adult social care, [^—]+ — Acknowledged/)).innerText();
    expect(done.match(/ — Acknowledged/g)).toHaveLength(3);
    for (const { view } of [practice, nurses, council])
      expect(await keptByBrowser(view)).not.toMatch(/discharge|999 ?012|Bedford/i);
    for (const desk of [practice, nurses, council]) await desk.close();
  }, 420_000);
});
