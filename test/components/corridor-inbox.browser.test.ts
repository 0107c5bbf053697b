import { assert, expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorInbox } from '../../src/components/corridor-inbox/corridor-inbox.ts';
import type {
  InboxCountsEvent,
  InboxMoreEvent,
  InboxOpenEvent,
} from '../../src/components/conversations/conversation-events.ts';
import { defineMessages } from '../../src/index.ts';
import type { InboxLine } from '../../src/messages/thread.ts';
import { cy } from '../../src/words/cy.ts';
import * as sample from '../support/browser/sample-record.ts';
import { DOCTOR, PHARMACY } from '../support/browser/sample-threads.ts';
import { until } from '../support/browser/until.ts';

const around = sample.surroundingsOf(sample.sampleRecord({ surgery: {} }));
const line = (thread: string, more: Partial<InboxLine> = {}): InboxLine => ({
  thread,
  version: 1,
  patient: { name: 'BEDFORD, Margaret (Mrs)', nhsNumber: '9990123454', birthDate: '1948-03-14' },
  subject: `Which dose? ${thread}`,
  from: PHARMACY,
  to: DOCTOR,
  urgency: 'routine',
  state: 'delivered',
  lastAt: '2026-11-20T08:30:00Z',
  unopened: true,
  ...more,
});
const LINES: readonly InboxLine[] = [
  line('closed', { state: 'closed', unopened: false }),
  line('routine'),
  line('urgent', { urgency: 'urgent', dueAt: '2026-11-20T12:00:00Z' }),
  line('late', { state: 'overdue', urgency: 'urgent', dueAt: '2026-11-20T08:40:00Z' }),
  line('withheld', {
    patient: { withheld: { rule: 'restricted', words: 'Access to this person is restricted.' } },
    unopened: false,
    owner: { name: 'Dr A. Patel', team: 'Duty doctor', since: '2026-11-20T08:31:00Z' },
  }),
];
const COUNTS = { unopened: 3, urgent: 2, overdue: 1, handovers: 1 };

before(() => defineMessages());

async function shown(more: Partial<CorridorInbox> = {}, width = '800px'): Promise<CorridorInbox> {
  const element = document.createElement('corridor-inbox');
  Object.assign(element, { lines: LINES, counts: COUNTS, around, team: 'Duty doctor', ...more });
  const box = await fixture<HTMLElement>(html`<div>${element}</div>`);
  box.style.inlineSize = width;
  await element.updateComplete;
  return element;
}

const all = <E extends Element = HTMLElement>(element: Element, selector: string): E[] => [
  ...(element.shadowRoot?.querySelectorAll<E>(selector) ?? []),
];
const words = (element: Element | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('corridor-inbox', () => {
  const states: readonly (readonly [string, Partial<CorridorInbox>])[] = [
    ['with lines', {}],
    ['none', { lines: [] }],
    ['waiting', { lines: undefined }],
    ['failed', { lines: undefined, standing: 'failed' }],
    ['out of date', { stale: '2026-11-20T08:00:00Z' }],
    ['in Welsh', { around: { ...around, words: cy } }],
  ];
  it('says why a person is withheld in the reader’s language, where everybody has that rule', async () => {
    const withheld = (rule: string): readonly InboxLine[] => [
      line('w', { patient: { withheld: { rule, words: 'As the community words it.' } } }),
    ];
    const welsh = { ...around, words: cy };
    const said = async (rule: string, more: Partial<CorridorInbox> = {}): Promise<string> =>
      words(all(await shown({ lines: withheld(rule), ...more }), '.person')[0]);
    expect(await said('consent.objection', { around: welsh })).to.contain('wedi gwrthwynebu rhannu hyn');
    expect(await said('local.rule', { around: welsh })).to.contain('As the community words it.');
    expect(await said('consent.objection')).to.contain('As the community words it.');
  });

  it('says in a sentence that nobody has taken a message on', async () => {
    const said = async (more: Partial<CorridorInbox> = {}): Promise<string> => {
      const element = await shown({ lines: [line('a')], ...more });
      await until(() => all(element, '.lines > li').length === 1, 'the line');
      return words(all(element, '.lines')[0]);
    };
    expect(await said()).to.contain('Nobody has taken it on yet');
    expect(await said({ around: { ...around, words: cy } })).to.contain('Nid oes neb wedi’i chymryd eto');
  });

  it('begins every row of who it is at the same edge, however narrow', async () => {
    const element = await shown({ lines: [line('a')] }, '230px');
    const [name, ...facts] = all(element, '.person b, .person .fact').map((one) => one.getBoundingClientRect());
    assert(name);
    const wrapped = facts.filter(({ top }) => top > name.top + 5);
    assert.isNotEmpty(wrapped);
    const firsts = wrapped.filter(({ top }, at) => at === 0 || top > (wrapped[at - 1]?.top ?? 0) + 5);
    for (const { left } of firsts) assert.closeTo(left, name.left, 1);
  });

  for (const [name, more] of states)
    it(`is accessible, wide and narrow: ${name}`, async () => {
      await expect(await shown(more)).to.be.accessible();
      const narrow = await shown(more, '320px');
      await expect(narrow).to.be.accessible();
      assert.isAtMost(narrow.scrollWidth, 320);
    });

  it('puts what presses first and what is closed last', async () => {
    const subjects = all(await shown(), '.subject').map((one) => words(one).split(' ')[2]);
    assert.deepEqual(subjects, ['late', 'urgent', 'routine', 'withheld', 'closed']);
  });

  it('says that there are more than it shows, and not where there are none', async () => {
    const cut = await shown({ more: true });
    assert.include(words(all(cut, '.panel')[0]), 'There are more than are shown here');
    let most = 0;
    cut.addEventListener('corridor-inbox-more', (event: InboxMoreEvent) => (most = event.most));
    all(cut, 'button')
      .find((one) => words(one) === 'Show 200 more')
      ?.click();
    assert.equal(most, (cut.lines?.length ?? 0) + 200);
    await expect(cut).to.be.accessible();
    assert.notInclude(words(all(await shown(), '.panel')[0]), 'There are more');
  });

  it('keeps what was ended and nobody here has opened among what waits', async () => {
    const lines = [...LINES, line('answered', { state: 'closed', unopened: true })];
    const subjects = all(await shown({ lines }), '.subject').map((one) => words(one).split(' ')[2]);
    assert.isBelow(subjects.indexOf('answered'), subjects.indexOf('withheld'));
  });

  it('says of a person who is withheld that they are and why, and names nobody', async () => {
    const withheld =
      all(await shown(), '.lines > li')
        .map(words)
        .find((text) => text.includes('withheld')) ?? '';
    assert.include(withheld, 'Person withheld Access to this person is restricted.');
    assert.notInclude(withheld, 'BEDFORD');
  });

  it('narrows to what nobody has, with how many there are', async () => {
    const element = await shown();
    const nobody = all<HTMLButtonElement>(element, '.filters button').find((one) => words(one) === 'Nobody has it 3');
    nobody?.click();
    await element.updateComplete;
    assert.equal(all(element, '.lines > li').length, 3);
    assert.equal(nobody?.getAttribute('aria-pressed'), 'true');
    await expect(element).to.be.accessible();
  });

  it('leads to the person’s own chart, and says where to open it when the EPR can’t be led there', async () => {
    const element = await shown();
    const asked: string[] = [];
    element.addEventListener('corridor-inbox-open', (event: InboxOpenEvent) => {
      asked.push(event.thread);
      event.respond(Promise.resolve({}));
    });
    all<HTMLButtonElement>(element, '.open button')[0]?.click();
    await until(() => words(all(element, '.answer')[0]).includes('Open this person’s chart in your own system'));
    assert.deepEqual(asked, ['late']);
  });

  it('says that a line could not be opened', async () => {
    const element = await shown();
    element.addEventListener('corridor-inbox-open', (event: InboxOpenEvent) =>
      event.respond(Promise.reject(new Error())),
    );
    all<HTMLButtonElement>(element, '.open button')[0]?.click();
    await until(() => words(all(element, '.answer')[0]).includes('could not be opened'));
  });
});

describe('corridor-inbox-badge', () => {
  it('is accessible with counts, with none and where they are not known, and says so', async () => {
    for (const [counts, said] of [
      [COUNTS, '1 overdue 2 urgent 3 not opened 1 handover to acknowledge'],
      [{ unopened: 0, urgent: 0, overdue: 0, handovers: 0 }, 'Nothing waiting'],
      [undefined, 'What is waiting is not known'],
    ] as const) {
      const element = await fixture(html`<corridor-inbox-badge .counts=${counts}></corridor-inbox-badge>`);
      await expect(element).to.be.accessible();
      assert.equal(words(element.shadowRoot?.querySelector('span') ?? undefined), said);
    }
  });

  it('tells its host four counts and nothing else, and only when they change', async () => {
    const element = document.createElement('corridor-inbox-badge');
    const box = await fixture<HTMLElement>(html`<div>${element}</div>`);
    const told = oneEvent(box, 'corridor-inbox-counts') as unknown as Promise<InboxCountsEvent>;
    element.counts = { ...COUNTS, patient: 'BEDFORD' } as typeof COUNTS;
    assert.deepEqual((await told).counts, COUNTS);
    let again = 0;
    box.addEventListener('corridor-inbox-counts', () => again++);
    element.counts = { ...COUNTS };
    await element.updateComplete;
    assert.equal(again, 0);
  });
});
