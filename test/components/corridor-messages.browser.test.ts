import { assert, expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorMessages } from '../../src/components/corridor-messages/corridor-messages.ts';
import type { MessagesSeenEvent, ThreadActEvent } from '../../src/components/conversations/conversation-events.ts';
import { defineMessages, MessageProblem } from '../../src/index.ts';
import type { Draft, DraftBinding } from '../../src/messages/draft.ts';
import type { Thread, ThreadState } from '../../src/messages/thread.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { cy } from '../../src/words/cy.ts';
import { quiet } from '../support/browser/passing.ts';
import * as sample from '../support/browser/sample-record.ts';
import { ADDRESSES, DOCTOR, LEAD, message, PHARMACY, thread } from '../support/browser/sample-threads.ts';
import { until } from '../support/browser/until.ts';

const record = sample.sampleRecord({
  surgery: { resources: [sample.medicine('r1', '5')] },
  hospital: { resources: [sample.medicine('r2', '2.5', { authoredOn: '2026-10-28' })] },
});
const HERE: DraftBinding = { nhsNumber: sample.patient.nhsNumber, epoch: 1 };

before(() => defineMessages());

async function shown(more: Partial<CorridorMessages> = {}, width = '900px'): Promise<CorridorMessages> {
  const element = document.createElement('corridor-messages');
  Object.assign(element, {
    threads: [thread()],
    open: 't1',
    record,
    around: { ...sample.surroundingsOf(record), patient: sample.patient },
    addresses: ADDRESSES,
    binding: HERE,
    ...more,
  });
  const box = await fixture<HTMLElement>(html`<div>${element}</div>`);
  box.style.inlineSize = width;
  await element.updateComplete;
  return element;
}

const all = <E extends Element = HTMLElement>(element: Element, selector: string): E[] => [
  ...(element.shadowRoot?.querySelectorAll<E>(selector) ?? []),
];
const words = (element: Element | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const said = (element: CorridorMessages): string => words(all(element, '.panel')[0]);
const button = (element: CorridorMessages, name: string): HTMLButtonElement | undefined =>
  all<HTMLButtonElement>(element, 'button').find((one) => words(one).startsWith(name));

async function type(element: CorridorMessages, text: string): Promise<void> {
  const field = all<HTMLTextAreaElement>(element, 'textarea')[0];
  if (!field) throw new Error('nowhere to write');
  field.value = text;
  field.dispatchEvent(new InputEvent('input'));
  await element.updateComplete;
}

const STATES: readonly (readonly [ThreadState, Partial<Thread>])[] = [
  [
    'queued',
    { messages: [message('m1', PHARMACY, 'Is she?', { receipts: [{ kind: 'queued', at: '2026-11-20T08:30:00Z' }] })] },
  ],
  ['delivered', {}],
  ['opened', {}],
  ['answered', {}],
  ['overdue', { urgency: 'urgent', dueAt: '2026-11-20T10:00:00Z' }],
  [
    'escalated',
    {
      escalations: [
        { at: '2026-11-20T10:00:05Z', to: LEAD, rule: 'urgent-2h', words: 'Urgent and not opened in two hours.' },
      ],
    },
  ],
  ['undeliverable', {}],
  ['closed', { may: ['reopen'] }],
];

describe('corridor-messages', () => {
  it('says in the narrowest panel when it was written beside how it stands, in either language', async () => {
    for (const spoken of [undefined, cy]) {
      const around = { ...sample.surroundingsOf(record), patient: sample.patient, ...(spoken && { words: spoken }) };
      const element = await shown({ threads: [thread({ state: 'undeliverable' })], around }, '320px');
      const [state, when] = [all(element, '.thread .state')[0], all(element, '.thread .when')[0]];
      assert(state && when);
      const [how, at] = [state.getBoundingClientRect(), when.getBoundingClientRect()];
      assert.isBelow(at.top, how.bottom);
      assert.isAtLeast(at.left, how.right);
      assert.isAtMost(at.right, element.getBoundingClientRect().right);
    }
  });

  for (const [state, more] of STATES) {
    it(`is accessible: ${state}`, async () => {
      await expect(await shown({ threads: [thread({ state, ...more })] })).to.be.accessible();
    });
    it(`is accessible where the page is narrow, and nothing reaches beyond it: ${state}`, async () => {
      const element = await shown({ threads: [thread({ state, ...more })] }, '320px');
      await expect(element).to.be.accessible();
      assert.isAtMost(element.scrollWidth, 320);
    });
  }

  it('is accessible in Welsh, while it waits, when it fails and when there is nothing', async () => {
    const around = { ...sample.surroundingsOf(record), words: cy };
    const welsh = await shown({ around });
    await expect(welsh).to.be.accessible();
    assert.include(said(welsh), 'Wedi’i danfon');
    for (const more of [{ threads: undefined }, { threads: undefined, standing: 'failed' as const }, { threads: [] }])
      await expect(await shown(more)).to.be.accessible();
  });

  it('says of whoever may not be named that somebody is there, in the reader’s own language, and nothing else', async () => {
    const nobody = { organisation: { ods: '' as OdsCode, name: 'An organisation' }, team: '' };
    const other = { ...nobody, address: 'HIDDEN/other' };
    const withheld = message('m1', PHARMACY, 'gone', {});
    const { body: _body, ...rest } = withheld;
    const element = await shown({
      around: { ...sample.surroundingsOf(record), words: cy },
      threads: [
        thread({
          state: 'escalated',
          from: { ...nobody, address: 'HIDDEN/asker' },
          to: other,
          messages: [{ ...rest, from: { ...other, person: '', role: '' }, receipts: [], unreadable: 'withheld' }],
          escalations: [{ at: '2026-11-20T10:00:05Z', to: other, rule: 'message.overdue', words: 'Overdue.' }],
          may: [],
        }),
      ],
    });
    assert.include(words(all(element, 'span.line')[0]), 'Sefydliad');
    assert.include(words(all(element, '.messages .by')[0]), 'Sefydliad');
    assert.isAtLeast(said(element).split('Sefydliad').length, 6);
    assert.notMatch(said(element), /organisation|overdue/i);
  });

  it('never lets a list that did not come look like one that is empty', async () => {
    const failed = said(await shown({ threads: undefined, standing: 'failed' }));
    assert.include(failed, 'not known');
    assert.notInclude(failed, 'No conversations');
    assert.include(said(await shown({ threads: [] })), 'No conversations about this person');
  });

  it('has a word and a shape of its own for every state', async () => {
    const shapes = new Set<string>();
    for (const [state, more] of STATES) {
      const element = await shown({ threads: [thread({ state, ...more })] });
      shapes.add(all<Element>(element, '.thread .mark')[0]?.innerHTML ?? '');
    }
    // The shape of urgency stands before the line, not in the state.
    assert.equal(shapes.size, STATES.length);
  });

  it('says of what is delivered that nobody is known to have opened it, and claims no time that no receipt bears', async () => {
    assert.match(
      said(await shown()),
      /confirmed at 20-Nov-2026 \d\d:\d\d that it has it\. Nobody there is known to have opened it/,
    );
    // "Opened", by the launcher's word alone: no sentence is made up around it.
    const bare = said(await shown({ threads: [thread({ state: 'opened' })] }));
    assert.notMatch(bare, /had it on screen/);
  });

  it('names who opened it and when, from the receipt', async () => {
    const receipts = [{ kind: 'opened' as const, at: '2026-11-20T08:41:00Z', by: 'Dr A. Patel' }];
    const text = said(
      await shown({
        threads: [thread({ state: 'opened', messages: [message('m1', PHARMACY, 'Is she?', { receipts })] })],
      }),
    );
    assert.match(text, /Somebody at Duty doctor, Northcliffe Surgery had it on screen at/);
    assert.match(text, /Opened 20-Nov-2026 \d\d:\d\d by Dr A\. Patel/);
  });

  it('hangs on the item as the record has it, and leads there', async () => {
    const element = await shown();
    assert.include(words(all(element, '.about')[0]), 'Ramipril 5mg capsules');
    assert.include(words(all(element, '.about')[0]), 'Ousebridge Royal Infirmary');
    const sought = oneEvent(element, 'corridor-origin-seek') as unknown as Promise<{
      source: string;
      resource: string;
    }>;
    button(element, 'Show it in the record')?.click();
    assert.equal((await sought).resource, 'MedicationRequest/r2');
  });

  it('says that the item is withheld, and by which rule, and shows nothing of it', async () => {
    const withheld = { rule: 'objection', words: 'The person objects to this being shared.' };
    const text = said(await shown({ threads: [thread({ about: { withheld } })] }));
    assert.include(text, 'The item is withheld from you: The person objects');
    assert.notInclude(text, 'Ramipril');
  });

  it('shows no word of a message whose signature does not hold', async () => {
    const { body: _body, ...bare } = message('m1', PHARMACY, 'x', { unreadable: 'tampered' });
    const element = await shown({ threads: [thread({ messages: [bare] })] });
    assert.include(said(element), 'its signature does not hold');
    await expect(element).to.be.accessible();
  });

  it('says to whom it went when nobody answered, and by which rule', async () => {
    const [, escalated] = STATES.find(([state]) => state === 'escalated') ?? [];
    const text = said(await shown({ threads: [thread({ state: 'escalated', ...escalated })] }));
    assert.match(text, /passed to Practice manager, Northcliffe Surgery\. Urgent and not opened in two hours/);
  });

  it('says why it went on by the rule that sent it, in the reader’s own language, and never that nobody answered in time', async () => {
    const one = { at: '2026-11-20T10:00:05Z', to: LEAD, rule: 'message.undeliverable', words: 'In English.' };
    const threads = [thread({ state: 'escalated', escalations: [one] })];
    const english = said(await shown({ threads }));
    assert.include(english, 'did not take it in. It went to Practice manager, Northcliffe Surgery at');
    assert.notInclude(english, 'in time');
    const welsh = said(await shown({ threads, around: { ...sample.surroundingsOf(record), words: cy } }));
    assert.include(welsh, 'Ni dderbyniodd system y tîm');
    assert.notInclude(welsh, 'In English');
  });

  it('says of an answer that was refused whose system refused it and why, and shows no code', async () => {
    const receipts = [{ kind: 'undeliverable' as const, at: '2026-11-20T09:00:00Z', code: 'inbox.patient_unknown' }];
    const messages = [...thread().messages, message('m2', DOCTOR, 'Stop it.', { receipts })];
    const text = said(await shown({ threads: [thread({ state: 'undeliverable', messages })] }));
    assert.include(text, 'The system of Ward pharmacy, Ousebridge Royal Infirmary refuses it.');
    assert.match(text, /Refused for good 20-Nov-2026 \d\d:\d\d: the person is not known there/);
    const other = [{ ...receipts[0]!, code: 'http.418' }];
    const unknown = said(
      await shown({ threads: [thread({ messages: [message('m1', PHARMACY, 'x', { receipts: other })] })] }),
    );
    assert.include(unknown, 'it gave no reason that can be shown');
    assert.notMatch(text + unknown, /inbox\.|http\./);
  });

  it('offers only what the launcher lets this reader do', async () => {
    assert.isUndefined(button(await shown({ threads: [thread({ may: ['reply'] })] }), 'End conversation'));
    assert.isDefined(button(await shown({ threads: [thread({ may: ['reopen'], state: 'closed' })] }), 'Open again'));
  });

  it('tells what has been on the screen for a second, once, and nothing of what is closed', async () => {
    const element = await shown({ open: undefined });
    const seen: string[] = [];
    element.addEventListener('corridor-messages-seen', (event: MessagesSeenEvent) => seen.push(...event.messages));
    await quiet(1_400);
    assert.deepEqual(seen, []);
    element.open = 't1';
    await until(() => seen.length > 0, 'never told');
    element.requestUpdate();
    await quiet(1_400);
    assert.deepEqual(seen, ['m1']);
  });
});

describe('answering', () => {
  it('shows person and recipient right above what sends, and sends once', async () => {
    const element = await shown();
    const asked: ThreadActEvent[] = [];
    element.addEventListener('corridor-thread-act', (event: ThreadActEvent) => {
      asked.push(event);
      event.respond(new Promise(() => undefined));
    });
    button(element, 'Reply')?.click();
    await element.updateComplete;
    await type(element, '5 mg since the 12th.');
    const goes = words(all(element, '.goes')[0]);
    assert.include(goes, 'To Ward pharmacy, Ousebridge Royal Infirmary');
    assert.include(goes, 'BEDFORD, Margaret Anne (Mrs)');
    assert.include(goes, '999 012 3454');
    await expect(element).to.be.accessible();
    button(element, 'Send answer')?.click();
    await element.updateComplete;
    button(element, 'Sending')?.click();
    assert.deepEqual(
      asked.map(({ act, version, draft }) => [act, version, draft?.body]),
      [['reply', 3, '5 mg since the 12th.']],
    );
  });

  it('shows both answers when somebody else was quicker, keeps what was written, and sends it only when told again', async () => {
    const element = await shown();
    const theirs = message('m2', DOCTOR, '2.5 mg since discharge.');
    const now = thread({ version: 4, messages: [...thread().messages, theirs] });
    const versions: number[] = [];
    element.addEventListener('corridor-thread-act', (event: ThreadActEvent) => {
      versions.push(event.version);
      if (event.version === 4) return event.respond(Promise.resolve(now));
      element.threads = [now];
      event.respond(Promise.reject(new MessageProblem('message.thread_moved', { thread: now })));
    });
    button(element, 'Reply')?.click();
    await element.updateComplete;
    await type(element, '5 mg since the 12th.');
    button(element, 'Send answer')?.click();
    await until(() => button(element, 'Send mine as well'));
    assert.include(said(element), 'Both are shown');
    assert.include(said(element), '2.5 mg since discharge.');
    assert.equal(all<HTMLTextAreaElement>(element, 'textarea')[0]?.value, '5 mg since the 12th.');
    assert.match(words(all(element, '.messages > li')[1]), /Meanwhile/);
    assert.deepEqual(versions, [3]);
    await expect(element).to.be.accessible();
    button(element, 'Send mine as well')?.click();
    await element.updateComplete;
    assert.deepEqual(versions, [3, 4]);
  });

  it('shows what went under its id before, keeps other words, and sends them under an id of their own when told again', async () => {
    const element = await shown();
    const theirs = message('m2', DOCTOR, '2.5 mg since discharge.');
    const now = thread({ version: 4, messages: [...thread().messages, theirs] });
    const asked: ThreadActEvent[] = [];
    element.addEventListener('corridor-thread-act', (event: ThreadActEvent) => {
      asked.push(event);
      if (asked.length > 1) return event.respond(new Promise(() => undefined));
      element.threads = [now];
      event.respond(Promise.reject(new MessageProblem('message.other_content', { thread: now })));
    });
    button(element, 'Reply')?.click();
    await element.updateComplete;
    await type(element, '5 mg since the 12th.');
    button(element, 'Send answer')?.click();
    await until(() => button(element, 'Send mine as well'));
    assert.include(said(element), 'These words were not sent');
    assert.equal(all<HTMLTextAreaElement>(element, 'textarea')[0]?.value, '5 mg since the 12th.');
    assert.equal(asked.length, 1);
    button(element, 'Send mine as well')?.click();
    await element.updateComplete;
    assert.deepEqual(
      asked.map(({ version, draft }) => [version, draft?.body]),
      [
        [3, '5 mg since the 12th.'],
        [4, '5 mg since the 12th.'],
      ],
    );
    assert.notEqual(asked[1]?.draft?.id, asked[0]?.draft?.id);
  });

  it('is locked, and nothing of it is shown, in the chart of another person', async () => {
    const draft: Draft = {
      id: 'd',
      bound: { nhsNumber: '9990000018', epoch: 1 },
      answers: { thread: 't1', version: 3 },
      subject: '',
      body: 'About somebody else',
      urgency: 'routine',
    };
    const element = await shown({ drafts: [draft] });
    assert.notInclude(element.shadowRoot?.textContent ?? '', 'About somebody else');
    assert.equal(all(element, 'textarea').length, 0);
    assert.isUndefined(button(element, 'Send answer'));
  });

  it('begun before the chart changed and came back is looked at anew before it can be sent', async () => {
    const element = await shown();
    button(element, 'Reply')?.click();
    await element.updateComplete;
    await type(element, '5 mg');
    element.binding = { ...HERE, epoch: 3 };
    await element.updateComplete;
    assert.isUndefined(button(element, 'Send answer'));
    button(element, 'It is about this person')?.click();
    await element.updateComplete;
    assert.isDefined(button(element, 'Send answer'));
  });

  it('can’t be begun in nobody’s chart', async () => {
    const element = await shown({ binding: undefined });
    assert.equal(button(element, 'Reply')?.disabled, true);
    assert.equal(button(element, 'Write a message')?.disabled, true);
  });

  it('says that it is not known whether it was sent where no answer comes, and nothing is lost', async () => {
    const element = await shown();
    element.addEventListener('corridor-thread-act', (event: ThreadActEvent) =>
      event.respond(Promise.reject(new TypeError())),
    );
    button(element, 'Reply')?.click();
    await element.updateComplete;
    await type(element, '5 mg');
    button(element, 'Send answer')?.click();
    await until(() => said(element).includes('not known whether it was sent'));
    assert.equal(all<HTMLTextAreaElement>(element, 'textarea')[0]?.value, '5 mg');
  });

  it('lets no word of it out of the element', async () => {
    const element = await shown();
    const heard: string[] = [];
    for (const name of [
      'corridor-draft-change',
      'corridor-thread-act',
      'corridor-messages-seen',
      'corridor-origin-seek',
      'corridor-thread-seek',
    ])
      document.addEventListener(name, () => heard.push(name));
    button(element, 'Reply')?.click();
    await element.updateComplete;
    await type(element, '5 mg');
    button(element, 'Send answer')?.click();
    assert.deepEqual(heard, []);
  });
});

describe('ending it', () => {
  const acting = async (more: Partial<Thread> = {}): Promise<[CorridorMessages, ThreadActEvent[]]> => {
    const element = await shown({ threads: [thread({ dueAt: '2026-11-21T10:00:00Z', ...more })] });
    const asked: ThreadActEvent[] = [];
    element.addEventListener('corridor-thread-act', (event: ThreadActEvent) => {
      asked.push(event);
      const now = thread({ version: 4, state: 'closed', may: ['reopen'] });
      element.threads = [now];
      event.respond(Promise.resolve(now));
    });
    button(element, 'End conversation')?.click();
    await element.updateComplete;
    await element.updateComplete;
    return [element, asked];
  };

  it('does nothing by one press: it says what is lost by it, and begins at what leaves it as it is', async () => {
    const [element, asked] = await acting();
    assert.include(words(all(element, '.ending')[0]), 'Nobody has answered yet');
    assert.equal(words(element.shadowRoot?.activeElement ?? undefined), 'Cancel');
    await expect(element).to.be.accessible();
    button(element, 'Cancel')?.click();
    await element.updateComplete;
    assert.deepEqual(asked, []);
    assert.equal(all(element, '.ending').length, 0);
  });

  it('keeps the keys at the conversation, and then names who ended it and when', async () => {
    const [element, asked] = await acting();
    all<HTMLButtonElement>(element, '.ending .filled')[0]?.click();
    await until(() => button(element, 'Open again'));
    assert.deepEqual(
      asked.map(({ act }) => act),
      ['close'],
    );
    assert.equal(element.shadowRoot?.activeElement, all(element, '.thread')[0] ?? null);
    const closedBy = { name: 'Dr A. Patel', team: 'Duty doctor', since: '2026-11-20T10:00:00Z' };
    element.threads = [thread({ state: 'closed', may: ['reopen'], closedBy })];
    await element.updateComplete;
    assert.match(said(element), /Dr A\. Patel, Duty doctor ended this conversation at 20-Nov-2026/);
  });
});

describe('giving it to another team', () => {
  it('asks for somebody of the address book and sends nothing before one is chosen', async () => {
    const element = await shown();
    const asked: ThreadActEvent[] = [];
    element.addEventListener('corridor-thread-act', (event: ThreadActEvent) => {
      asked.push(event);
      event.respond(Promise.resolve(thread()));
    });
    button(element, 'Give to another team')?.click();
    await element.updateComplete;
    assert.equal(button(element, 'Give it to them')?.disabled, true);
    const book = all(element, 'corridor-address-book')[0];
    const choices = [...(book?.shadowRoot?.querySelectorAll('input') ?? [])];
    choices[1]?.click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
    button(element, 'Give it to them')?.click();
    await element.updateComplete;
    assert.deepEqual(
      asked.map(({ act, to }) => [act, to]),
      [['reassign', DOCTOR.address]],
    );
  });
});

describe('two hundred conversations', () => {
  it('are all in reach of the keys, though only those in sight are laid out', async () => {
    const threads = Array.from({ length: 200 }, (_none, index) => thread({ id: `t${String(index)}` }));
    const element = await shown({ threads, open: 'none', more: true });
    const last = all<HTMLButtonElement>(element, '.thread').at(-1);
    last?.focus();
    assert.equal(element.shadowRoot?.activeElement, last ?? null);
    await until(() => {
      const { top, bottom } = last?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
      return bottom > 0 && top < window.innerHeight;
    });
    await expect(element).to.be.accessible();
  });
});
