import { assert, expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorHandovers } from '../../src/components/corridor-handovers/corridor-handovers.ts';
import type { HandoverAcknowledgeEvent } from '../../src/components/conversations/conversation-events.ts';
import { defineMessages, MessageProblem } from '../../src/index.ts';
import { cy } from '../../src/words/cy.ts';
import * as sample from '../support/browser/sample-record.ts';
import { handover, NURSES, PRACTICE } from '../support/browser/sample-handovers.ts';

const around = sample.surroundingsOf(sample.sampleRecord({ surgery: {} }));
const done = {
  ...PRACTICE,
  state: 'acknowledged' as const,
  owner: { name: 'Dr A. Patel', team: 'Duty doctor', since: '2026-10-29T09:00:00Z' },
};

before(() => defineMessages());

async function shown(more: Partial<CorridorHandovers> = {}, width = '700px'): Promise<CorridorHandovers> {
  const element = document.createElement('corridor-handovers');
  Object.assign(element, { handovers: [handover()], around, ...more });
  const box = await fixture<HTMLElement>(html`<div>${element}</div>`);
  box.style.inlineSize = width;
  await element.updateComplete;
  return element;
}

const all = <E extends Element = HTMLElement>(element: Element, selector: string): E[] => [
  ...(element.shadowRoot?.querySelectorAll<E>(selector) ?? []),
];
const words = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('corridor-handovers', () => {
  const states: readonly (readonly [string, Partial<CorridorHandovers>])[] = [
    ['one late', {}],
    ['on the lead’s list', { handovers: [handover({ onLeadsList: true })] }],
    ['taken back', { handovers: [handover({ withdrawnAt: '2026-10-29T10:00:00Z' })] }],
    ['without a letter or a date', { handovers: [{ ...handover(), letter: undefined, happened: undefined } as never] }],
    ['of a team', { of: 'team' }],
    ['waiting', { handovers: undefined }],
    ['failed', { handovers: undefined, standing: 'failed' }],
    ['none', { handovers: [] }],
    ['in Welsh', { around: { ...around, words: cy } }],
  ];
  for (const [name, more] of states)
    it(`is accessible, wide and narrow: ${name}`, async () => {
      await expect(await shown(more)).to.be.accessible();
      const narrow = await shown(more, '320px');
      await expect(narrow).to.be.accessible();
      assert.isAtMost(narrow.scrollWidth, 320);
    });

  it('never lets a list that did not come look as if nothing waited', async () => {
    assert.include(
      words((await shown({ handovers: undefined, standing: 'failed' })).shadowRoot?.querySelector('.panel')),
      'not known',
    );
  });

  it('says of each recipient whether they have acknowledged it, who, and which is late', async () => {
    const lines = all(await shown(), '.recipients li').map(words);
    assert.match(lines[0] ?? '', /Duty doctor, Northcliffe Surgery — Waiting to be acknowledged by 29-Oct-2026/);
    assert.match(lines[1] ?? '', /District nursing.*— Acknowledged S\. Iqbal, District nursing, 28-Oct-2026/);
    assert.match(lines[2] ?? '', /Adult social care, Ousebridge Council — Late was due 29-Oct-2026/);
  });

  it('puts what nobody has taken on first, and what is done last', async () => {
    const element = await shown({
      handovers: [
        handover({ id: 'done', recipients: [done, NURSES] }),
        handover({ id: 'waits', kind: 'admission', recipients: [PRACTICE] }),
        handover({ id: 'late', kind: 'step-down' }),
        handover({ id: 'lead', kind: 'transfer', onLeadsList: true }),
      ],
    });
    assert.deepEqual(all(element, '.what b').map(words), ['Transfer', 'Step-down', 'Admission', 'Discharge']);
  });

  it('acknowledges in one press, once, and only for the reader’s own recipient', async () => {
    const element = await shown();
    const asked: HandoverAcknowledgeEvent[] = [];
    element.addEventListener('corridor-handover-acknowledge', (event: HandoverAcknowledgeEvent) => {
      asked.push(event);
      event.respond(new Promise(() => undefined));
    });
    const buttons = all<HTMLButtonElement>(element, '.recipients button');
    assert.equal(buttons.length, 1);
    buttons[0]?.click();
    buttons[0]?.click();
    await element.updateComplete;
    assert.deepEqual(
      asked.map(({ handover: id, version, address }) => [id, version, address]),
      [['h1', 2, 'SURGERY/duty-doctor']],
    );
  });

  it('says that somebody was quicker, and that it is not known where no answer comes', async () => {
    for (const [error, said] of [
      [new MessageProblem('handover.moved'), 'Somebody else acted on it'],
      [new TypeError(), 'not known whether'],
    ] as const) {
      const element = await shown();
      element.addEventListener('corridor-handover-acknowledge', (event: HandoverAcknowledgeEvent) =>
        event.respond(Promise.reject(error)),
      );
      all<HTMLButtonElement>(element, '.recipients button')[0]?.click();
      await waitUntil(() => words(all(element, '[role=alert]')[0]).includes(said));
    }
  });

  it('offers nothing once it has been taken back, or from nobody’s chart', async () => {
    assert.equal(
      all(await shown({ handovers: [handover({ withdrawnAt: '2026-10-29T10:00:00Z' })] }), '.recipients button').length,
      0,
    );
    assert.equal(all<HTMLButtonElement>(await shown({ locked: true }), '.recipients button')[0]?.disabled, true);
  });

  it('names the person where no chart is open, and that they are withheld and why where a rule says so', async () => {
    const element = await shown({ of: 'team' });
    assert.include(
      words(all(element, '.list > li')[0]),
      'BEDFORD, Margaret (Mrs) Born 14-Mar-1948 NHS No. 999 012 3454',
    );
    const withheld = await shown({
      of: 'team',
      handovers: [
        handover({ patient: { withheld: { rule: 'restricted', words: 'Access to this person is restricted.' } } }),
      ],
    });
    assert.include(words(all(withheld, '.list > li')[0]), 'Person withheld Access to this person is restricted.');
  });
});
