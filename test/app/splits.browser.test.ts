import { assert, aTimeout, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorFact, CorridorRecord } from '../../src/index.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import * as sample from '../support/browser/sample-record.ts';

const surgery = { resources: [sample.problem('p', 'Asthma')] };
const hospital = { resources: [sample.problem('q', 'Asthma')] };
const ambulance = { resources: [sample.problem('r', 'Asthma')] };

function facts(root: Element | ShadowRoot): readonly CorridorFact[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element.localName === 'corridor-fact' ? [element as CorridorFact] : []),
    ...(element.shadowRoot ? facts(element.shadowRoot) : []),
  ]);
}

/** How many lines each fact of the page stands in. */
function lines(element: CorridorRecord): readonly number[] {
  return facts(element.renderRoot as ShadowRoot).map((fact) => fact.shadowRoot?.querySelectorAll('.row').length ?? 0);
}

async function show(element: CorridorRecord, record: PatientRecord): Promise<void> {
  element.record = record;
  await element.updateComplete;
  element.showArrivals();
  await element.updateComplete;
  await aTimeout(30);
}

async function press(fact: CorridorFact | undefined, selector: string): Promise<void> {
  fact?.shadowRoot?.querySelector<HTMLButtonElement>(selector)?.click();
  await aTimeout(30);
}

async function opened(): Promise<CorridorRecord> {
  const record = sample.sampleRecord({ surgery, hospital });
  const element = await fixture<CorridorRecord>(
    html`<corridor-record .record=${record} place="problems" today=${sample.TODAY}></corridor-record>`,
  );
  await aTimeout(30);
  return element;
}

async function takenApart(): Promise<CorridorRecord> {
  const element = await opened();
  assert.deepEqual(lines(element), [1]);
  await press(facts(element.renderRoot as ShadowRoot)[0], '.how button');
  await press(facts(element.renderRoot as ShadowRoot)[0], '.merged button');
  assert.deepEqual(lines(element), [2]);
  return element;
}

describe('a fact that the reader has taken apart', () => {
  it('stays so when later sources answer, and in every section that is opened and left', async () => {
    const element = await takenApart();
    await show(element, sample.sampleRecord({ surgery, hospital, ambulance }));
    assert.deepEqual(lines(element), [3]);
    element.place = 'allergies';
    await element.updateComplete;
    element.place = 'problems';
    await element.updateComplete;
    await aTimeout(30);
    assert.deepEqual(lines(element), [3]);
  });

  it('is one again when the reader puts it together', async () => {
    const element = await takenApart();
    await press(facts(element.renderRoot as ShadowRoot)[0], '.apart > button');
    assert.deepEqual(lines(element), [1]);
  });

  it('is forgotten when the patient changes', async () => {
    const element = await takenApart();
    const other = { ...sample.patient, nhsNumber: '9990000018' } as Patient;
    await show(element, sample.sampleRecord({ surgery, hospital }, other));
    await show(element, sample.sampleRecord({ surgery, hospital }));
    assert.deepEqual(lines(element), [1]);
  });
});
