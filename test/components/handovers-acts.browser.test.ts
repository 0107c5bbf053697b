import { assert, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorHandovers } from '../../src/components/corridor-handovers/corridor-handovers.ts';
import type {
  HandoverAcknowledgeEvent,
  HandoverTargetsEvent,
} from '../../src/components/conversations/conversation-events.ts';
import { defineMessages, MessageProblem } from '../../src/index.ts';
import type { Handover, HandoverTargets } from '../../src/messages/handover.ts';
import { quiet } from '../support/browser/passing.ts';
import * as sample from '../support/browser/sample-record.ts';
import { handover, PRACTICE } from '../support/browser/sample-handovers.ts';
import { until } from '../support/browser/until.ts';

// What becomes of an act while the reader goes on, and of whoever goes by keys.

const around = sample.surroundingsOf(sample.sampleRecord({ surgery: {} }));
const waiting = { ...PRACTICE, mayAcknowledge: true, mayReassign: true };
const other = { ...waiting, address: 'XB009/other', team: 'Other' };

before(() => defineMessages());

async function shown(): Promise<CorridorHandovers> {
  const element = document.createElement('corridor-handovers');
  Object.assign(element, { handovers: [handover({ recipients: [waiting, other] })], around });
  await fixture(html`<div>${element}</div>`);
  await element.updateComplete;
  return element;
}

const all = <E extends Element = HTMLElement>(element: Element, selector: string): E[] => [
  ...(element.shadowRoot?.querySelectorAll<E>(selector) ?? []),
];
const line = (element: CorridorHandovers): Element | undefined => all(element, '[data-line]')[0];
const acknowledge = (element: CorridorHandovers): HTMLButtonElement[] =>
  all<HTMLButtonElement>(element, '[data-line] .acts .filled');

describe('an act of a handover that is still under way', () => {
  it('lets nothing else be pressed that would come to nothing, and leaves whoever goes by keys at its line', async () => {
    const element = await shown();
    let refuse = (): void => undefined;
    let asked = 0;
    element.addEventListener('corridor-handover-acknowledge', (event: HandoverAcknowledgeEvent) => {
      asked += 1;
      event.respond(
        new Promise<Handover>((_resolve, reject) => (refuse = () => reject(new MessageProblem('handover.refused')))),
      );
    });
    const [first, second] = acknowledge(element);
    first?.focus();
    first?.click();
    await element.updateComplete;
    assert.equal(second?.disabled, true);
    second?.click();
    assert.equal(asked, 1);
    refuse();
    await until(() => acknowledge(element)[1]?.disabled === false);
    await until(() => element.shadowRoot?.activeElement != null);
    assert.isTrue(line(element)?.contains(element.shadowRoot?.activeElement ?? null));
  });
});

describe('passing it on', () => {
  it('that is thought better of before anybody could be named comes to nothing, and leaves the keys at its line', async () => {
    const element = await shown();
    let come: (targets: HandoverTargets) => void = () => undefined;
    const targets = new Promise<HandoverTargets>((resolve) => (come = resolve));
    element.addEventListener('corridor-handover-targets', (event: HandoverTargetsEvent) => event.respond(targets));
    const failed: unknown[] = [];
    const fails = (event: PromiseRejectionEvent): void => {
      event.preventDefault();
      failed.push(event.reason);
    };
    window.addEventListener('unhandledrejection', fails);
    const [pass] = all<HTMLButtonElement>(element, '[data-line] .acts [aria-expanded]');
    pass?.click();
    await element.updateComplete;
    const cancel = all<HTMLButtonElement>(element, '.giving .buttons button').at(-1);
    cancel?.focus();
    cancel?.click();
    await until(() => element.shadowRoot?.activeElement === (line(element) ?? null));
    come({ entries: [], unheard: [] });
    await targets;
    await element.updateComplete;
    await quiet(50);
    window.removeEventListener('unhandledrejection', fails);
    assert.deepEqual(failed, []);
    assert.lengthOf(all(element, '.giving'), 0);
  });
});
