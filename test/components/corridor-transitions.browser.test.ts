import { assert, expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorTransitions } from '../../src/components/corridor-transitions/corridor-transitions.ts';
import type {
  HandoverAcknowledgeEvent,
  HandoverActEvent,
  HandoverTargetsEvent,
} from '../../src/components/conversations/conversation-events.ts';
import type { RecordSeekEvent } from '../../src/components/events.ts';
import { lineOfAny } from '../../src/app/section-templates.ts';
import { defineMessages } from '../../src/index.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { cy } from '../../src/words/cy.ts';
import { enGB } from '../../src/words/en-GB.ts';
import { handoverWords } from '../../src/words/handover-words.ts';
import * as sample from '../support/browser/sample-record.ts';
import { handover, NURSES, PRACTICE } from '../support/browser/sample-handovers.ts';
import { until } from '../support/browser/until.ts';

const stay = {
  resourceType: 'Encounter',
  id: 'e1',
  subject: { reference: 'Patient/1' },
  status: 'finished',
  class: { code: 'IMP' },
  serviceType: { text: 'Cardiology' },
  period: { start: '2026-10-20T09:00:00Z', end: '2026-10-28T15:00:00Z' },
  hospitalization: { dischargeDisposition: { text: 'Usual place of residence' } },
};
const letter = {
  ...sample.letter('d1', 'Discharge summary'),
  date: '2026-10-28T16:00:00Z',
  type: { text: 'Discharge summary' },
};
const SAID = {
  surgery: { resources: [sample.medicine('r1', '5', { authoredOn: '2026-01-10' })] },
  hospital: { resources: [stay, letter, sample.medicine('r2', '2.5', { authoredOn: '2026-10-28' })] },
};

before(() => defineMessages());

async function shown(
  said: Parameters<typeof sample.sampleRecord>[0] = SAID,
  more: Partial<CorridorTransitions> = {},
  width = '1000px',
): Promise<CorridorTransitions> {
  const record = sample.sampleRecord(said);
  const element = document.createElement('corridor-transitions');
  Object.assign(element, {
    record,
    around: sample.surroundingsOf(record),
    lineOf: lineOfAny,
    handovers: [handover()],
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

describe('corridor-transitions', () => {
  it('keeps every word inside in the narrowest panel, in either language', async () => {
    for (const words of [enGB, cy]) {
      const record = sample.sampleRecord(SAID);
      const around = { ...sample.surroundingsOf(record), words };
      const element = await shown(SAID, { around }, '300px');
      const flags = [...(element.shadowRoot?.querySelectorAll('.changes .flag') ?? [])];
      assert.isNotEmpty(flags);
      const { right } = element.getBoundingClientRect();
      for (const flag of flags) assert.isAtMost(flag.getBoundingClientRect().right, right);
    }
  });

  const states: readonly (readonly [string, Parameters<typeof shown>])[] = [
    ['with a handover', []],
    ['nobody asked', [SAID, { handovers: [] }]],
    ['handovers not known', [SAID, { handovers: undefined, standing: 'failed' }]],
    ['the practice did not answer', [{ ...SAID, surgery: { ended: sample.didNotAnswer } }]],
    ['none', [{ surgery: {} }, { handovers: [] }]],
    ['none so far', [{ surgery: {}, hospital: { ended: sample.waiting } }, { handovers: [] }]],
    ['a handover without a stay', [{ surgery: {} }]],
  ];
  for (const [name, [said, more]] of states)
    it(`is accessible, wide and narrow: ${name}`, async () => {
      await expect(await shown(said, more)).to.be.accessible();
      const narrow = await shown(said, more, '320px');
      await expect(narrow).to.be.accessible();
      assert.isAtMost(narrow.scrollWidth, 320);
    });

  it('says of a stay when, whither, and what was altered, with both doses as recorded and no verdict', async () => {
    const element = await shown();
    const [head] = all(element, '.what').map(words);
    assert.include(head ?? '', 'Discharged — Ousebridge Royal Infirmary — Cardiology — to Usual place of residence');
    assert.include(head ?? '', 'admitted 20-Oct-2026, left 28-Oct-2026');
    const [change] = all(element, '.changes li').map(words);
    assert.match(change ?? '', /^Altered Others still record it differently Ramipril.*DOSE 2\.5 mg/);
    assert.match(change ?? '', /before: Northcliffe Surgery, 10-Jan-2026: Ramipril.*DOSE 5 mg/);
    assert.notMatch(words(all(element, '.panel')[0]), /\b(correct|should|recommend|wrong)\b/i);
  });

  it('says what was put on hold, and does not say that nothing was recorded where that is all', async () => {
    const held = sample.medicine('r2', '5', { authoredOn: '2026-10-28', status: 'on-hold' });
    const element = await shown({ ...SAID, hospital: { resources: [stay, held] } });
    assert.match(words(all(element, '.changes li')[0]), /^On hold .*Ramipril/);
    const ward = await shown({ ...SAID, hospital: { resources: [stay] } });
    assert.include(words(all(ward, '.parts')[0]), 'Nothing that Ousebridge Royal Infirmary recorded in this time says');
  });

  it('never shows the day of a letter as the day on which somebody left', async () => {
    const alone = { ...letter, type: { coding: [{ system: 'http://snomed.info/sct', code: '373942005' }] } };
    const [head] = all(await shown({ surgery: { resources: [alone] } }), '.what').map(words);
    assert.include(head ?? '', 'told of in a letter that Northcliffe Surgery holds');
    assert.include(head ?? '', 'recorded 28-Oct-2026');
  });

  it('says whom it was not compared with', async () => {
    const element = await shown({ ...SAID, surgery: { ended: sample.didNotAnswer } });
    assert.include(
      words(all(element, '.notice')[0]),
      'Not compared with those that have not answered: Northcliffe Surgery',
    );
  });

  it('leads to the letter and to a medicine where they stand', async () => {
    const element = await shown();
    const toLetter = oneEvent(element, 'corridor-record-seek') as unknown as Promise<RecordSeekEvent>;
    all(element, '.letters button')[0]?.click();
    assert.equal((await toLetter).section, 'documents');
    const toLine = oneEvent(element, 'corridor-record-seek') as unknown as Promise<RecordSeekEvent>;
    all(element, '.changes button')[0]?.click();
    assert.equal((await toLine).section, 'medications');
  });

  it('puts under the stay who has taken it on, and lets it be acknowledged there', async () => {
    const element = await shown();
    const asked: string[] = [];
    element.addEventListener('corridor-handover-acknowledge', (event: HandoverAcknowledgeEvent) => {
      asked.push(event.address);
      event.respond(Promise.resolve(handover()));
    });
    const list = all(element, '.stays corridor-handovers')[0];
    list?.shadowRoot?.querySelector<HTMLButtonElement>('.recipients button')?.click();
    await until(() => asked.length === 1);
    assert.deepEqual(asked, ['SURGERY/duty-doctor']);
  });

  it('never leaves out a handover that fits no stay, nor claims that nobody was asked where it is not known', async () => {
    assert.include(words(all(await shown({ surgery: {} }), '.panel')[0]), 'Handed over, with no stay in this view');
    const text = words(all(await shown(SAID, { handovers: undefined, standing: 'failed' }), '.panel')[0]);
    assert.include(text, 'could not be fetched');
    assert.notInclude(text, 'Nobody has been asked');
  });

  it('says above the stays whose events could not be asked for, and that handovers did not come or are old', async () => {
    const unheard = [{ organisation: { ods: 'COUNCIL' as OdsCode, name: 'Ousebridge Council' } }];
    const text = async (more: Partial<CorridorTransitions>): Promise<string> =>
      words(all(await shown(SAID, more), '.panel')[0]);
    assert.include(await text({ unheard }), 'Could not be asked what has happened: Ousebridge Council');
    const element = await shown(SAID, { handovers: undefined, standing: 'failed' });
    const asked = oneEvent(element, 'corridor-messages-ask');
    all<HTMLButtonElement>(element, '.notice button')[0]?.click();
    await asked;
    const stale = '2026-10-29T10:00:00Z';
    assert.include(await text({ standing: 'failed', stale }), 'Not refreshed since 29-Oct-2026');
    assert.notInclude(await text({ stale }), 'Not refreshed');
  });

  it('lets a handover be passed on where it stands', async () => {
    const mine = handover({ recipients: [{ ...PRACTICE, mayReassign: true }] });
    const element = await shown(SAID, { handovers: [mine] });
    element.addEventListener('corridor-handover-targets', (event: HandoverTargetsEvent) =>
      event.respond(Promise.resolve({ entries: [NURSES], unheard: [] })),
    );
    const asked: HandoverActEvent[] = [];
    element.addEventListener('corridor-handover-act', (event: HandoverActEvent) => {
      asked.push(event);
      event.respond(Promise.resolve(mine));
    });
    const list = all(element, '.stays corridor-handovers')[0];
    const press = (selector: string, name: string): void =>
      [...(list?.shadowRoot?.querySelectorAll<HTMLButtonElement>(selector) ?? [])]
        .find((one) => words(one).startsWith(name))
        ?.click();
    const book = (): ShadowRoot | null | undefined =>
      list?.shadowRoot?.querySelector('corridor-address-book')?.shadowRoot;
    press('.acts button', 'Pass on');
    await until(() => book()?.querySelector('input'));
    book()?.querySelector('input')?.click();
    await until(() => (press('.giving button', 'Pass on to District nursing'), asked.length > 0));
    assert.equal(asked[0]?.to, NURSES.address);
  });

  it('has room for the word of each change in Welsh: none runs into the medicine beside it', async () => {
    const record = sample.sampleRecord(SAID);
    const element = await shown(SAID, { around: { ...sample.surroundingsOf(record), words: cy } });
    const hows = all(element, '.changes .how');
    assert.isNotEmpty(hows);
    const { started, stopped, altered } = handoverWords('cy').transitions;
    for (const how of hows)
      for (const word of [started, stopped, altered]) {
        how.textContent = word;
        assert.isAtMost(how.scrollWidth, how.clientWidth, word);
      }
  });

  it('speaks Welsh', async () => {
    const record = sample.sampleRecord(SAID);
    const element = await shown(SAID, { around: { ...sample.surroundingsOf(record), words: cy } });
    assert.include(words(all(element, 'h2')[0]), 'Trosglwyddiadau gofal');
    await expect(element).to.be.accessible();
  });
});
