import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startJourney, type Journey } from '../support/journey.ts';
import { keptByBrowser, sitAt } from '../support/reading-room.ts';

const PHARMACIST = 2;
const QUESTION = 'She went home on 2.5 mg. Your repeat still says 5 mg: has it been put back up?';
const ANSWER = 'No. The repeat is changed to 2.5 mg from today, and the pharmacy has been told.';

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(async () => {
  await journey.close();
});

describe('a question about a dose', () => {
  it('goes from the hospital’s pharmacist to the practice on the very line, and is seen delivered, opened and answered', async () => {
    const hospital = await sitAt(journey, 'XB101', 'hero', PHARMACIST);
    const { view } = hospital;
    await hospital.to('Medicines');
    const line = view
      .locator('corridor-medications corridor-fact')
      .filter({ hasText: /Ramipril\s*—\s*5\smg/ })
      .first();
    await line.locator('.how button').click();
    await line
      .locator('.original')
      .filter({ hasText: 'Northcliffe Surgery' })
      .getByRole('button', { name: 'Ask about this' })
      .first()
      .click();
    const compose = view.locator('corridor-compose');
    // Two practices say that she is theirs, so neither is called hers; whoever recorded the line stands before all others.
    const involved = compose.getByRole('group', { name: 'Involved in this person’s care' });
    await expect
      .poll(async () => (await involved.getByRole('radio').all()).length, { timeout: 30_000 })
      .toBeGreaterThan(2);
    await involved.getByRole('radio', { name: 'Prescribing team, Northcliffe Surgery' }).click();
    await compose.getByLabel('Subject').fill('Ramipril after discharge');
    await compose.getByLabel('Message').fill(QUESTION);
    await compose.getByRole('button', { name: 'Check before sending' }).click();
    const check = compose.locator('.check');
    for (const said of ['BEDFORD', '999 012 3454', 'Prescribing team, Northcliffe Surgery', 'Ramipril', QUESTION])
      expect(await check.innerText()).toContain(said);
    await compose.getByRole('button', { name: 'Send to Prescribing team, Northcliffe Surgery' }).click();
    await compose.getByText('on its way to Prescribing team').waitFor();
    await compose.getByRole('button', { name: 'Close', exact: true }).click();
    // The chart was never left, and the line says that something hangs on it.
    await line.getByRole('button', { name: /^1 conversation: / }).waitFor();
    await hospital.to('Messages');
    const sent = view.locator('corridor-messages');
    await sent.locator('.state.delivered').waitFor({ timeout: 30_000 });

    const surgery = await sitAt(journey, 'XB001', 'hero');
    await surgery.to('Medicines');
    await surgery.view.getByRole('button', { name: '1 conversation: delivered' }).first().click();
    const received = surgery.view.locator('corridor-messages');
    await received.getByText(QUESTION).waitFor();
    expect(await received.locator('.about').innerText()).toContain('Ramipril');
    // Nobody has told the hospital that it was opened before it was on a screen.
    await sent.locator('.state.opened').waitFor({ timeout: 30_000 });
    await sent.locator('.thread').click();
    expect(await sent.locator('.receipts').first().innerText()).toMatch(/Opened \d{2}-\w{3}-\d{4} \d{2}:\d{2} by /);

    await received.getByRole('button', { name: 'Reply' }).click();
    await received.getByLabel('Your answer').fill(ANSWER);
    expect(await received.locator('.goes').innerText()).toMatch(/BEDFORD[^]*999 012 3454/);
    await received.getByRole('button', { name: 'Send answer' }).click();
    await received.locator('.state.answered').waitFor();
    await sent.locator('.state.answered').waitFor({ timeout: 30_000 });
    await sent.getByText(ANSWER).waitFor();
    for (const page of [view, surgery.view])
      expect(await keptByBrowser(page)).not.toMatch(/ramipril|2\.5|999 ?012|Bedford/i);
    await surgery.close();
    await hospital.close();
  }, 240_000);
});
