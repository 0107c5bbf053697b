import { assert, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { UnreadOpenEvent } from '../../src/components/events.ts';
import type { CorridorUnread } from '../../src/index.ts';
import * as sample from '../support/browser/sample-record.ts';
import { drawn } from '../support/browser/drawn.ts';
import { endOfTask } from '../support/browser/passing.ts';
import { until } from '../support/browser/until.ts';

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
    await until(() => element.shadowRoot?.querySelector('pre'), 'what was sent');
    assert.deepEqual(asked, ['surgery AllergyIntolerance/x']);
    assert.equal(element.shadowRoot?.querySelector('pre')?.textContent, '{ "text": "<img src=x onerror=alert(1)>" }');
    assert.equal(element.shadowRoot?.querySelector('img'), null);
    buttons(element)[0]?.click();
    await until(() => element.shadowRoot?.querySelector('pre') === null, 'it is put away');
  });

  it('says who is asked, and that it can’t be shown when the answer is no', async () => {
    const element = await shown(['x']);
    let refuse: (error: Error) => void = () => undefined;
    answering(element, () => new Promise((_resolve, reject) => (refuse = reject)));
    buttons(element)[0]?.click();
    await until(() => words(element).includes('Asking Northcliffe Surgery'), 'who is asked');
    refuse(new Error('document.403'));
    await until(() => words(element).includes('It can’t be shown here.'), 'that it is not');
  });

  it('never shows the answer for one under another', async () => {
    const element = await shown(['x', 'y']);
    const answers: ((text: string) => void)[] = [];
    answering(element, () => new Promise((resolve) => answers.push(resolve)));
    buttons(element)[0]?.click();
    await until(() => answers.length === 1, 'one is asked for');
    await drawn(element);
    buttons(element)[1]?.click();
    await until(() => answers.length === 2, 'the other is');
    answers[0]?.('the first');
    await endOfTask();
    await drawn(element);
    assert.notInclude(words(element), 'the first');
    answers[1]?.('the second');
    await until(() => words(element).includes('the second'), 'the answer to the last question');
    assert.notInclude(words(element), 'the first');
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
