import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startJourney, type Journey } from '../support/journey.ts';
import { keptByBrowser, sitAt } from '../support/reading-room.ts';

let journey: Journey;

// Each try has a community of its own: a second conveyance would be a second line of the list.
beforeEach(async () => {
  journey = await startJourney();
});
afterEach(async () => {
  await journey.close();
});

describe('a conveyance by ambulance', () => {
  it('is on the practice’s list with no chart open, is taken on there in one press, and the crew sees by whom', async () => {
    // She is registered with the practice, which is what a launch from her chart there proves.
    const before = await sitAt(journey, 'XB001', 'hero');
    await before.close();
    const crew = await sitAt(journey, 'XB301', 'hero');
    journey.sandbox.happen('XB301', 'hero', 'conveyance');

    const surgery = await journey.sitDown();
    const home = await surgery.newPage();
    await home.goto(`${journey.sandbox.epr('XB001').origin}/u/0/messages`);
    const list = home.frameLocator('#shared-messages-frame').locator('corridor-handovers .panel');
    const notice = list.locator('.list > li').filter({ hasText: 'Conveyance by ambulance' });
    await notice.waitFor({ timeout: 60_000 });
    const said = (): Promise<string> => notice.innerText();
    await expect.poll(said).toMatch(/Bedford/i);
    await expect.poll(said).toContain('999 012 3454');
    await expect.poll(said).toMatch(/from [A-Z].*Ambulance/);
    // Where she was taken and why is read in her chart, not in a list.
    expect(await said()).not.toMatch(/breathless/i);
    await notice.getByRole('button', { name: /^Acknowledge/ }).click();
    await notice.getByText(/ — Acknowledged/).waitFor();
    expect(await keptByBrowser(home)).not.toMatch(/bedford|999 ?012|conveyance/i);

    await crew.to('Transitions');
    const theirs = crew.view.locator('corridor-transitions corridor-handovers .within').first();
    await theirs.getByText('Conveyance by ambulance').waitFor();
    // What the crew's own record asked for before is shown until it is answered anew.
    await expect
      .poll(() => theirs.innerText(), { timeout: 90_000 })
      .toMatch(/Duty doctor, Northcliffe Surgery — Acknowledged Dr Anil Sharma/);
    await surgery.close();
    await crew.close();
  }, 240_000);
});
