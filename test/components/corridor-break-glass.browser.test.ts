import { assert, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { BreakGlassEvent } from '../../src/components/events.ts';
import type { CorridorBreakGlass } from '../../src/index.ts';
import { until } from '../support/browser/until.ts';

async function offered(): Promise<CorridorBreakGlass> {
  const element = await fixture<CorridorBreakGlass>(html`<corridor-break-glass></corridor-break-glass>`);
  element.shadowRoot?.querySelector('details')?.setAttribute('open', '');
  return element;
}

async function fill(element: CorridorBreakGlass, reason: string, confirmed: boolean): Promise<void> {
  const area = element.shadowRoot?.querySelector('textarea');
  const box = element.shadowRoot?.querySelector('input');
  assert(area && box);
  area.value = reason;
  area.dispatchEvent(new InputEvent('input'));
  if (confirmed) box.click();
  await element.updateComplete;
}

const button = (element: CorridorBreakGlass): HTMLButtonElement => {
  const found = element.shadowRoot?.querySelector('button');
  assert(found);
  return found;
};

describe('corridor-break-glass', () => {
  it('is accessible', async () => {
    await expect(await offered()).to.be.accessible();
  });

  it('cannot be pressed without a reason and a confirmation', async () => {
    const element = await offered();
    expect(button(element).disabled).to.equal(true);
    await fill(element, 'too short', true);
    expect(button(element).disabled).to.equal(true);
    const other = await offered();
    await fill(other, 'Unconscious in resus', false);
    expect(button(other).disabled).to.equal(true);
  });

  it('says when it was not opened, and keeps nothing of the reason when it was', async () => {
    const element = await offered();
    const asked: string[] = [];
    const answers = [() => Promise.reject(new Error('refused')), () => Promise.resolve()];
    element.addEventListener('corridor-break-glass', (event: BreakGlassEvent) => {
      asked.push(event.reason);
      event.respond(answers.shift()?.() ?? Promise.resolve());
    });
    await fill(element, ' Unconscious in resus ', true);
    button(element).click();
    await until(
      () => element.shadowRoot?.querySelector('[role=alert]')?.textContent?.includes('not opened'),
      'it says so',
    );
    await until(() => !button(element).disabled, 'it can be pressed again');
    button(element).click();
    await until(() => element.shadowRoot?.querySelector('textarea')?.value === '', 'nothing of the reason is kept');
    expect(asked).to.deep.equal(['Unconscious in resus', 'Unconscious in resus']);
  });

  it('says until when the glass is broken, and offers nothing more', async () => {
    const element = await offered();
    element.until = '2126-11-22T14:30:00Z';
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.match(/Emergency access until .*14:30/);
    expect(element.shadowRoot?.querySelector('form')).to.equal(null);
  });

  it('says when its time is over, and no longer that it is open, without being touched', async () => {
    const element = await offered();
    element.until = new Date(Date.now() + 1_500).toISOString();
    await element.updateComplete;
    await until(() => element.shadowRoot?.textContent?.includes('Emergency access was until'), 'its time is over');
    const said = element.shadowRoot?.textContent ?? '';
    assert.notInclude(said, 'Emergency access until');
    assert.include(said, 'open the record again');
    expect(element.shadowRoot?.querySelector('form')).to.equal(null);
  });
});
