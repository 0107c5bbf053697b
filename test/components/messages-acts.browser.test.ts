import { assert, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorMessages } from '../../src/components/corridor-messages/corridor-messages.ts';
import type { ThreadActEvent } from '../../src/components/conversations/conversation-events.ts';
import { defineMessages, MessageProblem } from '../../src/index.ts';
import type { Draft } from '../../src/messages/draft.ts';
import type { Thread } from '../../src/messages/thread.ts';
import * as sample from '../support/browser/sample-record.ts';
import { ADDRESSES, thread } from '../support/browser/sample-threads.ts';
import { until } from '../support/browser/until.ts';

// What becomes of an act while the reader goes on, and of whoever goes by keys.

const record = sample.sampleRecord({ surgery: { resources: [sample.medicine('r1', '5')] } });
const HERE = { nhsNumber: sample.patient.nhsNumber, epoch: 1 };

before(() => defineMessages());

type Going = { readonly asked: ThreadActEvent[]; done(now: Thread): void; refuse(code: string): void };

async function shown(more: Partial<CorridorMessages> = {}): Promise<{ element: CorridorMessages; going: Going }> {
  const element = document.createElement('corridor-messages');
  Object.assign(element, {
    threads: [thread(), thread({ id: 't2', subject: 'Falls' })],
    open: 't1',
    record,
    around: { ...sample.surroundingsOf(record), patient: sample.patient },
    addresses: ADDRESSES,
    binding: HERE,
    ...more,
  });
  const asked: ThreadActEvent[] = [];
  let settle: { resolve(now: Thread): void; reject(error: unknown): void } | undefined;
  element.addEventListener('corridor-thread-act', (event: ThreadActEvent) => {
    asked.push(event);
    event.respond(new Promise<Thread>((resolve, reject) => (settle = { resolve, reject })));
  });
  await fixture(html`<div>${element}</div>`);
  await element.updateComplete;
  return {
    element,
    going: {
      asked,
      done: (now) => settle?.resolve(now),
      refuse: (code) => settle?.reject(new MessageProblem(code)),
    },
  };
}

const all = <E extends Element = HTMLElement>(element: Element, selector: string): E[] => [
  ...(element.shadowRoot?.querySelectorAll<E>(selector) ?? []),
];
const words = (element: Element | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const button = (element: CorridorMessages, name: string): HTMLButtonElement | undefined =>
  all<HTMLButtonElement>(element, 'button').find((one) => words(one).startsWith(name));
const press = async (element: CorridorMessages, name: string): Promise<void> => {
  const pressed = button(element, name);
  pressed?.focus();
  pressed?.click();
  await element.updateComplete;
};
const row = (element: CorridorMessages): Element | undefined => all(element, '.thread[aria-expanded=true]')[0];

/** As a yes or no: what fails is not to be told by the whole of an element. */
const isAtRow = (element: CorridorMessages): boolean => element.shadowRoot?.activeElement === row(element);

describe('an act that is still under way', () => {
  it('lets nothing else be pressed that would come to nothing, in any conversation', async () => {
    const { element, going } = await shown();
    await press(element, 'Take');
    all(element, '.thread')[1]?.click();
    await element.updateComplete;
    assert.equal(button(element, 'Take')?.disabled, true);
    assert.equal(going.asked.length, 1);
    going.done(thread());
    await until(() => button(element, 'Take')?.disabled === false);
  });

  it('that is refused says so at its conversation, though the reader has opened another, until they have seen it', async () => {
    const { element, going } = await shown();
    await press(element, 'Take');
    all(element, '.thread')[1]?.click();
    await element.updateComplete;
    going.refuse('message.refused');
    await until(() => all(element, '[role=alert]').some((one) => words(one) !== ''));
    const line = all(element, '.threads > li')[0];
    assert.match(words([...(line?.querySelectorAll('[role=alert]') ?? [])][0]), /\w{3}/);
    all(element, '.thread')[0]?.click();
    await element.updateComplete;
    assert.match(words(all(element, '.opened [role=alert]')[0]), /\w{3}/);
  });
});

describe('whoever goes by keys', () => {
  it('stays at the conversation after taking it on', async () => {
    const { element, going } = await shown();
    await press(element, 'Take');
    going.done(thread());
    await until(() => button(element, 'Take')?.disabled === false);
    await until(() => element.shadowRoot?.activeElement === button(element, 'Take'));
  });

  it('stays at it after an answer went, whose form has gone with it', async () => {
    const draft: Draft = {
      id: '8d1f0a56-1111-4111-8111-111111111111',
      bound: HERE,
      answers: { thread: 't1', version: 1 },
      subject: '',
      body: 'Yes.',
      urgency: 'routine',
    };
    const { element, going } = await shown({ drafts: [draft] });
    await press(element, 'Send answer');
    assert.equal(going.asked.length, 1);
    element.drafts = [];
    going.done(thread());
    await until(() => isAtRow(element));
  });

  it('stays at it after giving it to nobody', async () => {
    const { element } = await shown();
    await press(element, 'Give to another team');
    const cancel = all<HTMLButtonElement>(element, '.giving .buttons button')[1];
    cancel?.focus();
    cancel?.click();
    await element.updateComplete;
    assert.isTrue(isAtRow(element));
  });
});
