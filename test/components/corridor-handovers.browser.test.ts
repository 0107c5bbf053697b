import { assert, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorHandovers } from '../../src/components/corridor-handovers/corridor-handovers.ts';
import type {
  HandoverAcknowledgeEvent,
  HandoverActEvent,
  HandoverTargetsEvent,
} from '../../src/components/conversations/conversation-events.ts';
import { defineMessages, MessageProblem } from '../../src/index.ts';
import type { HandoverTargets, Notice } from '../../src/messages/handover.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import { cy } from '../../src/words/cy.ts';
import * as sample from '../support/browser/sample-record.ts';
import { COUNCIL, handover, NURSES, PRACTICE } from '../support/browser/sample-handovers.ts';
import { until } from '../support/browser/until.ts';

const around = sample.surroundingsOf(sample.sampleRecord({ surgery: {} }));
const done = {
  ...PRACTICE,
  state: 'acknowledged' as const,
  owner: { name: 'Dr A. Patel', team: 'Duty doctor', since: '2026-10-29T09:00:00Z' },
};

const UNHEARD = [
  { organisation: { ods: 'HOSPITAL' as OdsCode, name: 'Ousebridge Royal Infirmary' }, since: '2026-10-29T09:00:00Z' },
  { organisation: { ods: 'COUNCIL' as OdsCode, name: 'Ousebridge Council' } },
];
const { organisation, team, address } = NURSES;
/** Taken on by the practice, passed on to the nurses, and not picked up there yet. */
const PASSED = handover({
  recipients: [
    {
      ...done,
      mayAcknowledge: false,
      mayTake: true,
      passedTo: { organisation, team, address, by: { ...done.owner, since: '2026-10-29T10:00:00Z' } },
    },
  ],
});
const notice = (kind: Notice['kind'], more: Partial<Notice> = {}): Notice => ({
  ...{ id: kind, kind, happened: '2026-10-27', heardAt: '2026-10-28T08:00:00Z', route: 'polling' },
  ...{ source: 'council' as SourceId, resource: 'EpisodeOfCare/1', organisation: COUNCIL.organisation },
  ...{ patient: handover().patient, ...more },
});

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
  it('names nobody of whom it is told no name, and says why it was passed on, in the reader’s own language', async () => {
    const nobody = { ods: '' as OdsCode, name: 'An organisation' };
    const hidden = { address: 'HIDDEN/1', organisation: nobody, team: '' };
    const since = '2026-10-29T09:00:00Z';
    const element = await shown({
      around: { ...around, words: cy },
      handovers: [
        handover({
          from: nobody,
          recipients: [{ ...done, ...hidden, owner: { name: '', team: '', since }, mayAcknowledge: false }],
          escalations: [{ at: since, rule: 'handover.unowned', to: hidden, words: 'Not everybody who was asked.' }],
        }),
      ],
    });
    const text = words(all(element, 'li')[0]);
    assert.include(text, 'o Sefydliad');
    assert.include(text, 'Sefydliad — Cydnabuwyd Rhywun, ');
    assert.include(text, 'trosglwyddwyd i Sefydliad. Nid oedd pawb');
    assert.notMatch(text, /organisation|everybody|undefined/i);
  });

  const states: readonly (readonly [string, Partial<CorridorHandovers>])[] = [
    ['one late', {}],
    ['on the lead’s list', { handovers: [handover({ onLeadsList: true })] }],
    ['taken back', { handovers: [handover({ withdrawnAt: '2026-10-29T10:00:00Z' })] }],
    ['without a letter or a date', { handovers: [{ ...handover(), letter: undefined, happened: undefined } as never] }],
    ['of a team', { of: 'team' }],
    ['passed on', { handovers: [PASSED] }],
    ['with gaps', { unheard: UNHEARD, stale: '2026-10-29T10:00:00Z', more: true }],
    ['lacking some', { lacks: { unreadable: 2, notFollowed: true } }],
    ['with notices', { notices: [notice('death'), notice('package-ended')], of: 'team' }],
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
      await until(() => words(all(element, '[role=alert]')[0]).includes(said));
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

  it('names above the list who could not be asked, and since when; and says when it is old or not whole', async () => {
    const element = await shown({ unheard: UNHEARD, stale: '2026-10-29T10:00:00Z', more: true });
    const said = words(element.shadowRoot?.querySelector('.panel'));
    assert.include(said, 'Ousebridge Royal Infirmary (last answered 29-Oct-2026');
    assert.include(said, 'Ousebridge Council (has not answered yet)');
    assert.include(said, 'Not refreshed since 29-Oct-2026');
    assert.include(said, 'There are more than are listed here');
    const inside = await shown({ within: true, unheard: UNHEARD });
    assert.include(words(inside.shadowRoot?.querySelector('.within')), 'Could not be asked what has happened');
  });

  it('says above the list how many can’t be read any more, and that not everybody is followed', async () => {
    const said = words(
      (await shown({ lacks: { unreadable: 2, notFollowed: true } })).shadowRoot?.querySelector('.panel'),
    );
    assert.include(said, '2 handovers or notices for you can’t be read any more');
    assert.include(said, 'Not everybody in your care is followed');
    const whole = words((await shown({})).shadowRoot?.querySelector('.panel'));
    assert.notInclude(whole, 'can’t be read any more');
    assert.notInclude(whole, 'is followed');
  });

  it('tells of what nobody must take on besides, and of a handover only once', async () => {
    const { happened = '', from } = handover();
    const same = notice('discharge', { happened, organisation: from });
    const element = await shown({ notices: [notice('death'), same] });
    assert.deepEqual(all(element, '.told b').map(words), ['Death recorded']);
  });

  it('says whose it stays after it was passed on, and lets them take it back', async () => {
    const element = await shown({ handovers: [PASSED] });
    assert.match(
      words(all(element, '.recipients li')[0]),
      /Still with Dr A\. Patel until District nursing.*acknowledge/,
    );
    const asked: HandoverActEvent[] = [];
    element.addEventListener('corridor-handover-act', (event: HandoverActEvent) => {
      asked.push(event);
      event.respond(Promise.resolve(PASSED));
    });
    const [back] = all<HTMLButtonElement>(element, '.acts button');
    assert.include(words(back), 'Take back');
    back?.click();
    await until(() => element.shadowRoot?.activeElement?.matches('.recipients li') === true);
    assert.deepEqual(
      asked.map(({ act, handover: id, version, address: of, to }) => [act, id, version, of, to]),
      [['take', 'h1', 2, 'SURGERY/duty-doctor', undefined]],
    );
  });

  it('passes on only to whom was chosen, a team or one person of it, with the person shown again, and to nobody where none is offered', async () => {
    const mine = handover({ recipients: [{ ...PRACTICE, mayReassign: true }] });
    const element = await shown({ handovers: [mine] });
    let targets = (): Promise<HandoverTargets> => Promise.resolve({ entries: [NURSES], unheard: [] });
    element.addEventListener('corridor-handover-targets', (event: HandoverTargetsEvent) => event.respond(targets()));
    const asked: HandoverActEvent[] = [];
    element.addEventListener('corridor-handover-act', (event: HandoverActEvent) => {
      asked.push(event);
      event.respond(Promise.resolve(mine));
    });
    const pass = (): HTMLButtonElement | undefined =>
      all<HTMLButtonElement>(element, '.acts button').find((one) => words(one).startsWith('Pass on'));
    const giving = (): HTMLElement | undefined => all(element, '.giving')[0];
    pass()?.click();
    await until(() => giving()?.querySelector('corridor-address-book')?.shadowRoot?.querySelector('input'));
    assert.include(words(giving()), 'BEDFORD, Margaret (Mrs) Born 14-Mar-1948 NHS No. 999 012 3454');
    await expect(element).to.be.accessible();
    const go = (): HTMLButtonElement | undefined => giving()?.querySelector<HTMLButtonElement>('.filled') ?? undefined;
    assert.equal(go()?.disabled, true);
    go()?.click();
    giving()?.querySelector('corridor-address-book')?.shadowRoot?.querySelector('input')?.click();
    await element.updateComplete;
    assert.equal(words(go()), 'Pass on to District nursing, Ousebridge Community Trust');
    go()?.click();
    await until(() => giving() === undefined);
    assert.deepEqual(
      asked.map(({ act, to }) => [act, to]),
      [['reassign', 'COMMUNITY/district-nursing']],
    );
    const nurse = {
      ...NURSES,
      address: 'COMMUNITY/district-nursing/k1',
      person: 'Kit Marsh',
      why: 'key-worker',
    } as const;
    targets = () => Promise.resolve({ entries: [NURSES, nurse], unheard: [COUNCIL.organisation] });
    pass()?.click();
    await until(() => giving()?.querySelector('corridor-address-book')?.shadowRoot?.querySelector('input'));
    assert.include(words(giving()), 'Ousebridge');
    giving()?.querySelector('corridor-address-book')?.shadowRoot?.querySelector('input')?.click();
    await until(() => words(go()).includes('Kit Marsh'));
    assert.equal(words(go()), 'Pass on to Kit Marsh, District nursing, Ousebridge Community Trust');
    go()?.click();
    await until(() => giving() === undefined);
    assert.equal(asked.at(-1)?.to, nurse.address);
    for (const [next, said] of [
      [() => Promise.resolve({ entries: [], unheard: [] }), 'There is nobody else'],
      [() => Promise.reject(new TypeError()), 'Nothing was passed on'],
    ] as const) {
      targets = next;
      pass()?.click();
      await until(() => words(giving()).includes(said));
      pass()?.click();
      await element.updateComplete;
    }
  });
});
