import { assert, expect, fixture, html } from '@open-wc/testing';
import type { CorridorRecord } from '../../src/index.ts';
import '../../src/define.ts';
import { drawn } from '../support/browser/drawn.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

async function shown(): Promise<CorridorRecord> {
  const record = sample.sampleRecord({
    surgery: { resources: [sample.problem('p', 'Asthma'), sample.medicine('m', '5'), sample.allergy('a')] },
  });
  const element = await fixture<CorridorRecord>(
    html`<corridor-record .record=${record} today=${sample.TODAY}></corridor-record>`,
  );
  await until(() => button(element, 'Order of sections…'), 'the aids are here');
  return element;
}

const all = (element: CorridorRecord, selector: string): HTMLElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
const words = (element: Element | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const button = (element: CorridorRecord, name: string): HTMLElement | undefined =>
  all(element, 'button').find((one) => one.getAttribute('aria-label') === name || words(one) === name);
const tabs = (element: CorridorRecord): string[] => all(element, 'nav > ul .tab > span:first-child').map(words);

describe('moving sections', () => {
  it('is done with the keyboard alone, is announced, keeps the focus and lasts when the list is closed', async () => {
    const element = await shown();
    button(element, 'Order of sections…')?.click();
    await drawn(element);
    await expect(element).to.be.accessible();
    const announced = (): string => words(all(element, '.ordering [role=status]')[0]);
    for (let press = 0; press < 3; press++) {
      const before = announced();
      button(element, 'Move Allergies up')?.focus();
      button(element, 'Move Allergies up')?.click();
      await until(() => announced() !== before && button(element, 'Move Allergies up')?.matches(':focus'), 'the focus');
    }
    assert.match(announced(), /^Allergies is now \d+ of \d+$/);
    assert.equal(element.shadowRoot?.activeElement?.getAttribute('aria-label'), 'Move Allergies up');
    for (let press = 0; press < 9; press++) button(element, 'Move Allergies up')?.click();
    await element.updateComplete;
    button(element, 'Done')?.click();
    await element.updateComplete;
    const order = tabs(element);
    assert.isBelow(order.indexOf('Risks'), order.indexOf('Allergies'));
    assert.isBelow(order.indexOf('Allergies'), order.indexOf('Problems'));
  });

  it('highlights no place of the rail while the list, or what was found, stands in its place', async () => {
    const element = await shown();
    assert.equal(all(element, '[aria-current=page]').length, 1);
    button(element, 'Order of sections…')?.click();
    await element.updateComplete;
    assert.equal(all(element, '[aria-current=page]').length, 0);
  });
});
