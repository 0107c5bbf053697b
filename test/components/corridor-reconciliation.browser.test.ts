import { assert, expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { CorridorReconciliation } from '../../src/components/corridor-reconciliation/corridor-reconciliation.ts';
import { definePictures } from '../../src/index.ts';
import '../../src/define.ts';
import type { RecordSeekEvent, SectionOpenEvent } from '../../src/components/events.ts';
import { cy } from '../../src/words/cy.ts';
import * as sample from '../support/browser/sample-record.ts';

type Said = Parameters<typeof sample.sampleRecord>[0];

const stopped = sample.medicine('f2', '40', {
  status: 'stopped',
  authoredOn: '2026-10-28',
  medicationCodeableConcept: { text: 'Furosemide 40mg tablets' },
  statusReason: { text: 'Acute kidney injury' },
});
const SAID: Said = {
  surgery: {
    resources: [
      sample.medicine('r1', '5'),
      sample.medicine('f1', '40', {
        authoredOn: '2024-01-05',
        medicationCodeableConcept: { text: 'Furosemide 40mg tablets' },
        requester: { display: 'Dr A. Patel' },
      }),
    ],
  },
  hospital: { resources: [sample.medicine('r2', '2.5', { authoredOn: '2026-10-28' }), stopped] },
  ambulance: { ended: sample.didNotAnswer },
};

before(() => definePictures());

async function shown(said: Said, more: object = {}, width = '900px'): Promise<CorridorReconciliation> {
  const record = sample.sampleRecord(said);
  const around = { ...sample.surroundingsOf(record), ...more };
  const box = await fixture<HTMLElement>(
    html`<div><corridor-reconciliation .record=${record} .around=${around}></corridor-reconciliation></div>`,
  );
  box.style.inlineSize = width;
  const element = box.querySelector('corridor-reconciliation');
  if (!element) throw new Error('not there');
  await element.updateComplete;
  return element;
}

const all = <E extends Element = HTMLElement>(element: Element, selector: string): E[] => [
  ...(element.shadowRoot?.querySelectorAll<E>(selector) ?? []),
];
const words = (element: Element | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const cells = (element: CorridorReconciliation): string[][] =>
  all(element, 'tbody tr').map((row) => [...row.children].map(words));

describe('corridor-reconciliation', () => {
  const states: readonly (readonly [string, Said])[] = [
    ['complete, with disagreements', SAID],
    ['waiting', { ...SAID, ambulance: { ended: sample.waiting } }],
    ['withheld', { ...SAID, ambulance: { ended: sample.withheld } }],
    ['nothing recorded', { surgery: {}, hospital: {} }],
    ['nobody has answered', { surgery: { ended: sample.didNotAnswer } }],
  ];
  for (const [name, said] of states) {
    it(`is accessible: ${name}`, async () => {
      await expect(await shown(said)).to.be.accessible();
    });
    it(`is accessible where the page is narrow: ${name}`, async () => {
      await expect(await shown(said, {}, '320px')).to.be.accessible();
    });
  }

  it('never lets a silent organisation look as if it had recorded nothing', async () => {
    const element = await shown(SAID);
    const heads = all(element, 'thead th').map(words);
    assert.include(heads[3] ?? '', 'Wolds Ambulance Service');
    assert.include(heads[3] ?? '', 'Did not answer');
    for (const row of cells(element)) assert.equal(row[3], 'not known: did not answer');
    assert.include(words(all(element, '.gaps')[0]), 'Wolds Ambulance Service');
  });

  it('marks different doses, and a stop in hospital of what the practice holds as active, in words with both dates', async () => {
    const element = await shown(SAID);
    const [furosemide = '', ramipril = ''] = all(element, 'tbody th').map(words);
    assert.include(furosemide, 'Stopped in hospital, active at the GP');
    assert.include(furosemide, 'Ousebridge Royal Infirmary: stopped');
    assert.include(furosemide, 'Northcliffe Surgery: 40 mg, dated 05-Jan-2024');
    assert.include(ramipril, 'Different doses');
    assert.include(ramipril, 'Northcliffe Surgery: 5 mg, dated 02-Nov-2026');
    assert.include(ramipril, 'Ousebridge Royal Infirmary: 2.5 mg, dated 28-Oct-2026');
  });

  it('says of each cell dose, route, how often, standing in the source’s word, date, reason and prescriber', async () => {
    const element = await shown(SAID);
    const [furosemide = []] = cells(element);
    const [, surgery = '', hospital = ''] = furosemide;
    assert.include(surgery, 'DOSE 40 mg — oral — once a day');
    assert.include(surgery, 'Recorded as active');
    assert.include(surgery, 'dated 05-Jan-2024');
    assert.include(surgery, 'for heart failure; by Dr A. Patel');
    assert.match(hospital, /Stopped .*Acute kidney injury/);
  });

  it('gives no verdict: no column is called right, newer or to be followed', async () => {
    const text = words(all(await shown(SAID), '.panel')[0]);
    assert.notMatch(text, /\b(correct|should|recommend|latest dose|up to date|wrong)\b/i);
    assert.include(text, 'Nothing here says which is right');
  });

  it('is one table with a header for each row and column, in a region that the keyboard scrolls', async () => {
    const element = await shown(SAID);
    assert.equal(all(element, 'tbody th[scope=row]').length, 2);
    assert.equal(all(element, 'thead th[scope=col]').length, 4);
    const [region] = all(element, '[role=region]');
    region?.focus();
    assert.equal(element.shadowRoot?.activeElement, region);
  });

  it('puts one organisation after the other where the page is narrow, and nothing reaches beyond it', async () => {
    const element = await shown(SAID, {}, '320px');
    assert.equal(getComputedStyle(all(element, '.scroll')[0] as HTMLElement).display, 'none');
    const [first] = all(element, '.stack > section');
    assert.deepEqual([...(first?.querySelectorAll('h4') ?? [])].map(words), [
      'GP Northcliffe Surgery',
      'H Ousebridge Royal Infirmary',
    ]);
    assert.include(words(first), 'Not known: Wolds Ambulance Service (did not answer)');
    assert.isAtMost(element.scrollWidth, 320);
  });

  it('names who answered and recorded none of these, and says nothing is recorded only of those that answered', async () => {
    const some = await shown({ ...SAID, other: {} });
    assert.include(words(all(some, '.panel')[0]), 'Answered, and recorded none of these: other.');
    assert.equal(
      words(all(await shown({ surgery: {}, hospital: {} }), '.none')[0]),
      'Nothing recorded by the 2 that answered.',
    );
    assert.equal(
      words(all(await shown({ surgery: { ended: sample.didNotAnswer } }), '.none')[0]),
      'Not known: nobody has answered.',
    );
  });

  it('leads to the line of a medicine, and to the list', async () => {
    const element = await shown(SAID);
    const sought = oneEvent(element, 'corridor-record-seek') as unknown as Promise<RecordSeekEvent>;
    all(element, 'tbody th button')[0]?.click();
    assert.equal((await sought).section, 'medications');
    const opened = oneEvent(element, 'corridor-section-open') as unknown as Promise<SectionOpenEvent>;
    all(element, 'header button')[0]?.click();
    assert.equal((await opened).section, 'medications');
  });

  it('speaks Welsh', async () => {
    const element = await shown(SAID, { words: cy });
    assert.equal(words(all(element, 'h2')[0]), 'Meddyginiaethau ochr yn ochr');
    await expect(element).to.be.accessible();
  });
});

describe('the way to medicines side by side', () => {
  it('stands in the heading of the medicines, where there are some', async () => {
    const record = sample.sampleRecord(SAID);
    const element = await fixture<HTMLElement>(
      html`<corridor-medications
        .view=${sample.viewOf(record, 'medications')}
        .around=${sample.surroundingsOf(record)}
      ></corridor-medications>`,
    );
    const button = element.shadowRoot?.querySelector<HTMLButtonElement>('[slot=beside]');
    const opened = oneEvent(element, 'corridor-section-open') as unknown as Promise<SectionOpenEvent>;
    button?.click();
    assert.equal((await opened).section, 'medicines-side-by-side');
    await expect(element).to.be.accessible();
  });
});
