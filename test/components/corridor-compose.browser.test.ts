import { assert, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorCompose } from '../../src/components/corridor-compose/corridor-compose.ts';
import type { DraftChangeEvent, MessageSendEvent } from '../../src/components/conversations/conversation-events.ts';
import { defineMessages, MessageProblem } from '../../src/index.ts';
import type { Draft, DraftBinding } from '../../src/messages/draft.ts';
import type { SourceId } from '../../src/record/source.ts';
import { cy } from '../../src/words/cy.ts';
import * as sample from '../support/browser/sample-record.ts';
import { ADDRESSES, DOCTOR, message, PHARMACY, thread } from '../support/browser/sample-threads.ts';
import { until } from '../support/browser/until.ts';

const record = sample.sampleRecord({
  surgery: { resources: [sample.medicine('r1', '5')] },
  hospital: { resources: [sample.medicine('r2', '2.5', { authoredOn: '2026-10-28' })] },
});
const HERE: DraftBinding = { nhsNumber: sample.patient.nhsNumber, epoch: 1 };
const BEGUN: Draft = {
  id: 'd1',
  bound: HERE,
  about: { source: 'hospital' as SourceId, resource: 'MedicationRequest/r2' },
  subject: '',
  body: '',
  urgency: 'routine',
};
const WRITTEN: Draft = { ...BEGUN, to: DOCTOR.address, subject: 'Which dose?', body: 'Is she on 5 mg or 2.5 mg?' };

before(() => defineMessages());

async function shown(more: Partial<CorridorCompose> = {}): Promise<CorridorCompose> {
  const element = document.createElement('corridor-compose');
  Object.assign(element, {
    draft: WRITTEN,
    binding: HERE,
    record,
    around: sample.surroundingsOf(record),
    addresses: ADDRESSES,
    ...more,
  });
  const box = await fixture<HTMLElement>(html`<div>${element}</div>`);
  box.style.inlineSize = '420px';
  await element.updateComplete;
  return element;
}

const all = <E extends Element = HTMLElement>(element: Element, selector: string): E[] => [
  ...(element.shadowRoot?.querySelectorAll<E>(selector) ?? []),
];
const words = (element: Element | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const button = (element: Element, name: string): HTMLButtonElement | undefined =>
  all<HTMLButtonElement>(element, 'button').find((one) => words(one).startsWith(name));
const press = async (element: CorridorCompose, name: string): Promise<void> => {
  const found = button(element, name);
  if (!found) throw new Error(`no button ${name}`);
  found.click();
  await element.updateComplete;
};
function sends(
  element: CorridorCompose,
  answer: (event: MessageSendEvent) => Promise<ReturnType<typeof thread>>,
): Draft[] {
  const sent: Draft[] = [];
  element.addEventListener('corridor-message-send', (event: MessageSendEvent) => {
    sent.push(event.draft);
    event.respond(answer(event));
  });
  return sent;
}

describe('corridor-compose', () => {
  it('is accessible as it is begun, checked, refused, and in Welsh', async () => {
    const begun = await shown({ draft: BEGUN });
    await expect(begun).to.be.accessible();
    await press(begun, 'Check before sending');
    await expect(begun).to.be.accessible();
    const checked = await shown();
    await press(checked, 'Check before sending');
    await expect(checked).to.be.accessible();
    await expect(await shown({ around: { ...sample.surroundingsOf(record), words: cy } })).to.be.accessible();
    await expect(await shown({ addresses: undefined })).to.be.accessible();
  });

  it('offers key worker and registered GP first, chooses nobody, and names who recorded the item', async () => {
    const book = all(await shown({ draft: BEGUN }), 'corridor-address-book')[0];
    const lines = book ? all(book, '.one').map(words) : [];
    assert.match(lines[0] ?? '', /^J\. Marsh, Adult social care, Ousebridge Council/);
    assert.match(lines[1] ?? '', /^Duty doctor, Northcliffe Surgery/);
    assert.match(lines[2] ?? '', /recorded this item/);
    assert.equal(book ? all<HTMLInputElement>(book, 'input:checked').length : -1, 0);
  });

  it('says what is still needed and sends nothing', async () => {
    const element = await shown({ draft: BEGUN });
    const sent = sends(element, () => Promise.resolve(thread()));
    await press(element, 'Check before sending');
    assert.include(words(all(element, '[role=alert]')[0]), 'Needed: to, subject, message');
    assert.deepEqual(sent, []);
  });

  it('shows person, recipient, item and every word once more before the press that sends', async () => {
    const element = await shown();
    const sent = sends(element, () => Promise.resolve(thread()));
    await press(element, 'Check before sending');
    const check = words(all(element, '.check')[0]);
    for (const said of [
      'BEDFORD, Margaret Anne (Mrs)',
      '14-Mar-1948',
      '999 012 3454',
      'Duty doctor, Northcliffe Surgery',
      'Ramipril 5mg capsules',
      'Which dose?',
      'Is she on 5 mg or 2.5 mg?',
    ])
      assert.include(check, said);
    assert.deepEqual(sent, []);
    await press(element, 'Send to Duty doctor, Northcliffe Surgery');
    await until(() => words(all(element, '.done')[0]).includes('on its way to Duty doctor'));
    assert.deepEqual(sent, [WRITTEN]);
    assert.notInclude(words(all(element, '.done')[0]), 'delivered.');
    await expect(element).to.be.accessible();
  });

  it('sends once, however often it is pressed', async () => {
    const element = await shown();
    const sent = sends(element, () => new Promise(() => undefined));
    await press(element, 'Check before sending');
    const send = button(element, 'Send to');
    send?.click();
    send?.click();
    await element.updateComplete;
    button(element, 'Sending')?.click();
    assert.equal(sent.length, 1);
  });

  it('says what the launcher refused, keeps every word, and sends the same again under the same id', async () => {
    const element = await shown();
    let tries = 0;
    const sent = sends(element, () =>
      (tries += 1) === 1 ? Promise.reject(new MessageProblem('message.refused')) : Promise.resolve(thread()),
    );
    await press(element, 'Check before sending');
    await press(element, 'Send to');
    await until(() => words(all(element, '[role=alert]')[0]).includes('a rule of the community'));
    await press(element, 'Send to');
    await until(() => all(element, '.done').length > 0);
    assert.deepEqual(
      sent.map(({ id }) => id),
      ['d1', 'd1'],
    );
  });

  it('shows what went under it before, keeps its own words, and sends them only as a new message when told to', async () => {
    const element = await shown();
    const changes: (Draft | undefined)[] = [];
    element.addEventListener('corridor-draft-change', (event: DraftChangeEvent) => changes.push(event.draft));
    const there = thread({ subject: 'Which dose?', messages: [message(WRITTEN.id, PHARMACY, 'Is it 5 mg?')] });
    const sent = sends(element, ({ draft }) =>
      draft.id === WRITTEN.id
        ? Promise.reject(new MessageProblem('message.other_content', { thread: there }))
        : Promise.resolve(thread()),
    );
    await press(element, 'Check before sending');
    await press(element, 'Send to');
    await until(() => button(element, 'Make it a new message'));
    const said = words(all(element, '.check')[0]);
    assert.match(
      said,
      /These words were not sent.*What went to Duty doctor.*Is it 5 mg\?.*What did not go.*5 mg or 2\.5 mg/,
    );
    await expect(element).to.be.accessible();
    assert.isUndefined(button(element, 'Send to'));
    assert.equal(sent.length, 1);
    await press(element, 'Make it a new message');
    // Nothing has gone by that: it is checked and sent as any other.
    assert.equal(sent.length, 1);
    await press(element, 'Check before sending');
    await press(element, 'Send to');
    await until(() => all(element, '.done').length > 0);
    const [, fresh] = sent;
    assert.deepEqual({ ...fresh, id: WRITTEN.id }, WRITTEN);
    assert.notEqual(fresh?.id, WRITTEN.id);
    assert.deepEqual(changes.slice(0, 2), [undefined, fresh]);
  });

  it('asks before what was written is thrown away', async () => {
    const element = await shown();
    const changes: (Draft | undefined)[] = [];
    element.addEventListener('corridor-draft-change', (event: DraftChangeEvent) => changes.push(event.draft));
    await press(element, 'Discard');
    assert.deepEqual(changes, []);
    assert.include(words(all(element, '[role=alert]')[1]), 'Discard what you have written?');
    await press(element, 'Discard');
    assert.deepEqual(changes, [undefined]);
  });

  it('asks for an answer only at a time to come', async () => {
    const element = await shown({ draft: { ...WRITTEN, urgency: 'urgent', due: '2020-01-01T09:00' } });
    await press(element, 'Check before sending');
    assert.include(words(all(element, '[role=alert]')[0]), 'has to lie ahead');
    assert.equal(all(element, '.check').length, 0);
  });

  it('says who has not told who is involved, for a key worker may be missing among those offered', async () => {
    const { to: _to, ...draft } = WRITTEN;
    const element = await shown({ draft, unheard: ['Ousebridge Council'] });
    const said = all(element, '.field .small').map((one) => (one.textContent ?? '').trim());
    assert.include(said.join(' '), 'key worker, a practice or the hours of a team may be missing: Ousebridge Council');
    await expect(element).to.be.accessible();
  });
});

describe('a draft and the chart', () => {
  it('locks as the chart turns to another person, and neither shows nor sends a word of it there', async () => {
    const element = await shown();
    const sent = sends(element, () => Promise.resolve(thread()));
    await press(element, 'Check before sending');
    const send = button(element, 'Send to');
    element.binding = { nhsNumber: '9990000018', epoch: 2 };
    send?.click();
    await element.updateComplete;
    assert.deepEqual(sent, []);
    assert.notMatch(element.shadowRoot?.textContent ?? '', /Which dose|5 mg or/);
    assert.include(words(all(element, '.notice')[0]), 'begun about somebody else is locked');
    await expect(element).to.be.accessible();
  });

  it('is looked at anew when the same person’s chart comes back, and only then can be sent', async () => {
    const element = await shown();
    const sent = sends(element, () => Promise.resolve(thread()));
    element.binding = { ...HERE, epoch: 3 };
    await element.updateComplete;
    assert.isUndefined(button(element, 'Check before sending'));
    await expect(element).to.be.accessible();
    await press(element, 'It is about this person');
    await press(element, 'Check before sending');
    await press(element, 'Send to');
    assert.deepEqual(
      sent.map(({ bound }) => bound),
      [{ ...HERE, epoch: 3 }],
    );
  });

  it('shows nothing at all in nobody’s chart', async () => {
    const element = await shown({ binding: undefined });
    assert.notMatch(element.shadowRoot?.textContent ?? '', /Which dose|5 mg or/);
  });
});
