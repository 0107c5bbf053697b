import { assert, aTimeout, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { UnreadOpenEvent } from '../../src/components/events.ts';
import type { CorridorUnread } from '../../src/index.ts';
import * as sample from '../support/browser/sample-record.ts';

async function shown(ids: readonly string[]): Promise<CorridorUnread> {
  const resources = [...ids.map((id) => sample.unreadableAllergy(id)), 7, { resourceType: 'Invoice', id: 'i' }];
  const record = sample.sampleRecord({ surgery: { resources: resources as readonly object[] } });
  const element = await fixture<CorridorUnread>(
    html`<corridor-unread .unread=${record.unread} .around=${sample.surroundingsOf(record)}></corridor-unread>`,
  );
  element.shadowRoot?.querySelector('details')?.setAttribute('open', '');
  return element;
}

const words = (element: Element): string => (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
const buttons = (element: Element): readonly HTMLButtonElement[] => [
  ...(element.shadowRoot?.querySelectorAll('button') ?? []),
];

/** Answers what is asked, and remembers what that was. */
function answering(element: HTMLElement, answer: () => Promise<string>): readonly string[] {
  const asked: string[] = [];
  element.addEventListener('corridor-unread-open', (event: UnreadOpenEvent) => {
    asked.push(`${event.source} ${event.reference}`);
    event.respond(answer());
  });
  return asked;
}

describe('corridor-unread', () => {
  it('says how many, from whom, of what type and why', async () => {
    const element = await shown(['x', 'y']);
    assert.include(words(element), '4 items could not be read');
    assert.include(words(element), 'Northcliffe Surgery: 2 × AllergyIntolerance');
    assert.include(words(element), 'AllergyIntolerance.code');
    assert.include(words(element), '1 × Invoice');
    assert.include(words(element), '1 × unnamed');
    await expect(element).to.be.accessible();
  });

  it('asks for one only when it is wanted, and shows it as text, whatever markup it holds', async () => {
    const element = await shown(['x']);
    const asked = answering(element, () => Promise.resolve('{ "text": "<img src=x onerror=alert(1)>" }'));
    assert.deepEqual(asked, []);
    buttons(element)[0]?.click();
    await aTimeout(20);
    assert.deepEqual(asked, ['surgery AllergyIntolerance/x']);
    assert.equal(element.shadowRoot?.querySelector('pre')?.textContent, '{ "text": "<img src=x onerror=alert(1)>" }');
    assert.equal(element.shadowRoot?.querySelector('img'), null);
    buttons(element)[0]?.click();
    await aTimeout(20);
    assert.equal(element.shadowRoot?.querySelector('pre'), null);
  });

  it('says who is asked, and that it can’t be shown when the answer is no', async () => {
    const element = await shown(['x']);
    let refuse: (error: Error) => void = () => undefined;
    answering(element, () => new Promise((_resolve, reject) => (refuse = reject)));
    buttons(element)[0]?.click();
    await aTimeout(20);
    assert.include(words(element), 'Asking Northcliffe Surgery');
    refuse(new Error('document.403'));
    await aTimeout(20);
    assert.include(words(element), 'It can’t be shown here.');
  });

  it('never shows the answer for one under another', async () => {
    const element = await shown(['x', 'y']);
    const answers: ((text: string) => void)[] = [];
    answering(element, () => new Promise((resolve) => answers.push(resolve)));
    buttons(element)[0]?.click();
    await aTimeout(20);
    buttons(element)[1]?.click();
    await aTimeout(20);
    answers[0]?.('the first');
    await aTimeout(20);
    assert.notInclude(words(element), 'the first');
    answers[1]?.('the second');
    await aTimeout(20);
    assert.include(words(element), 'the second');
  });

  it('offers no way to what was sent without an id', async () => {
    const element = await shown([]);
    const nameless = sample.sampleRecord({ surgery: { resources: [{ resourceType: 'AllergyIntolerance' }] } });
    element.unread = nameless.unread;
    await element.updateComplete;
    assert.include(words(element), 'sent without an id');
    assert.equal(buttons(element).length, 0);
  });
});
