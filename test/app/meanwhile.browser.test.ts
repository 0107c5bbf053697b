import { assert, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorRecord } from '../../src/index.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import * as sample from '../support/browser/sample-record.ts';
import type { Said } from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const surgery: Said = { resources: [sample.allergy('a'), sample.problem('p', 'Asthma')] };
const waiting: Said = { ended: sample.waiting };
const silent: Said = { ended: sample.didNotAnswer };
const council = (): Said => ({ resources: [] });

const early = sample.sampleRecord({ surgery, hospital: waiting, ambulance: waiting, council: waiting });
/** One more problem, and a medicine where none was; another has nothing; one is still asked. */
const late = sample.sampleRecord({
  surgery,
  hospital: { resources: [sample.problem('q', 'Gout'), sample.medicine('m', '5')] },
  ambulance: council(),
  council: waiting,
});
const end = sample.sampleRecord({
  surgery,
  hospital: { resources: [sample.problem('q', 'Gout'), sample.medicine('m', '5')] },
  ambulance: council(),
  council: silent,
});

/** Open at a line, with a hand on it: what comes now waits to be shown. */
async function reading(first: PatientRecord): Promise<CorridorRecord> {
  const element = await fixture<CorridorRecord>(
    html`<corridor-record .record=${first} today=${sample.TODAY}></corridor-record>`,
  );
  await until(() => element.renderRoot.querySelector('corridor-find'), 'what helps to read');
  await until(() => element.renderRoot.querySelector('.empties'), 'every section');
  await until(() => heading(element, 'corridor-problems'), 'the problems');
  element.renderRoot.querySelector('.body')?.dispatchEvent(new PointerEvent('pointermove', { movementX: 3 }));
  return element;
}

async function arrives(element: CorridorRecord, record: PatientRecord): Promise<void> {
  element.record = record;
  await element.updateComplete;
  await until(() => element.renderRoot.querySelector('.news button'), 'the bar of arrivals');
}

function frameOf(element: CorridorRecord, tag: string): ShadowRoot | null | undefined {
  return element.renderRoot.querySelector(`main ${tag}`)?.shadowRoot?.querySelector('corridor-section')?.shadowRoot;
}

function heading(element: CorridorRecord, tag: string): HTMLElement | null | undefined {
  return frameOf(element, tag)?.querySelector('header');
}

const said = (node: Element | null | undefined): string => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
const empties = (element: CorridorRecord): string => said(element.renderRoot.querySelector('.empties'));
const buttons = (element: CorridorRecord): readonly string[] =>
  [...element.renderRoot.querySelectorAll('.empties button')].map(said);

/** What helps to read comes in a file of its own, which a busy machine takes its time to send. */
before(async function () {
  this.timeout(120_000);
  await import('../../src/app/reading-aids.ts');
});

describe('who has answered, while arrivals wait to be shown', () => {
  it('is never less beside a heading than the strip says', async () => {
    const element = await reading(early);
    assert.include(said(heading(element, 'corridor-problems')), '3 have not answered yet.');
    await arrives(element, late);
    await until(() => said(heading(element, 'corridor-problems')).includes('1 has not answered yet.'), 'one is left');
    assert.notInclude(said(frameOf(element, 'corridor-problems')?.querySelector('section')), 'Gout');
    await arrives(element, end);
    await until(() => said(heading(element, 'corridor-problems')).includes('1 did not answer.'), 'none is left');
    assert.notInclude(said(heading(element, 'corridor-problems')), 'not answered yet');
  });

  it('does not call a heading empty that something has come for', async () => {
    const element = await reading(early);
    assert.include(said(heading(element, 'corridor-medications')), 'Nothing recorded by the one that answered so far.');
    await arrives(element, late);
    await until(() => said(heading(element, 'corridor-medications')).includes('1 new item.'), 'it has come');
    assert.notInclude(said(heading(element, 'corridor-medications')), 'Nothing recorded');
    assert.include(said(heading(element, 'corridor-medications')), '1 has not answered yet.');
  });

  it('is told of the headings without anything where they stand, each behind its own button', async () => {
    const element = await reading(early);
    const before = buttons(element);
    assert.include(empties(element), 'Nothing recorded by the one that answered so far. 3 have not answered yet.');
    await arrives(element, end);
    await until(() => empties(element).includes('1 did not answer.'), 'the end');
    assert.notInclude(empties(element), 'have not answered yet');
    assert.include(empties(element), 'Nothing recorded by the 3 that answered.');
    assert.deepEqual(buttons(element), before);
  });

  it('moves no heading and no line, however few words are left', async () => {
    const element = await reading(early);
    const tops = (): readonly number[] =>
      [...element.renderRoot.querySelectorAll('main .drawn > .columns *')].map(
        (one) => one.getBoundingClientRect().top,
      );
    const before = tops();
    await arrives(element, end);
    await until(() => said(heading(element, 'corridor-problems')).includes('1 did not answer.'), 'none is left');
    assert.deepEqual(tops(), before);
  });

  it('is not claimed of what is taken away, which holds what is drawn', async () => {
    const element = await reading(early);
    await arrives(element, end);
    await until(() => said(heading(element, 'corridor-problems')).includes('1 did not answer.'), 'none is left');
    assert.equal(element.renderRoot.querySelector('corridor-summary-export')?.record, early);
  });

  it('lets every row have its own height again when what waited is shown', async () => {
    const element = await reading(early);
    await arrives(element, end);
    await until(() => heading(element, 'corridor-problems')?.style.minBlockSize, 'it is kept');
    element.renderRoot.querySelector<HTMLButtonElement>('.news button')?.click();
    await until(() => said(frameOf(element, 'corridor-problems')?.querySelector('section')).includes('2'), 'shown');
    assert.equal(heading(element, 'corridor-problems')?.style.minBlockSize, '');
  });
});
