import { assert, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorFact, CorridorRecord } from '../../src/index.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { drawn } from '../support/browser/drawn.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

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
  await drawn(element);
}

async function press(element: CorridorRecord, selector: string): Promise<void> {
  const button = (): HTMLButtonElement | null | undefined =>
    facts(element.renderRoot as ShadowRoot)[0]?.shadowRoot?.querySelector<HTMLButtonElement>(selector);
  await until(button, `no ${selector}`);
  button()?.click();
  await drawn(element);
}

async function stands(element: CorridorRecord, ...inLines: readonly number[]): Promise<void> {
  await until(() => String(lines(element)) === String(inLines), `in ${String(inLines)} lines`);
}

async function opened(): Promise<CorridorRecord> {
  const record = sample.sampleRecord({ surgery, hospital });
  const element = await fixture<CorridorRecord>(
    html`<corridor-record .record=${record} place="problems" today=${sample.TODAY}></corridor-record>`,
  );
  await drawn(element);
  return element;
}

async function takenApart(): Promise<CorridorRecord> {
  const element = await opened();
  await stands(element, 1);
  await press(element, '.how button');
  await press(element, '.merged button');
  await stands(element, 2);
  return element;
}

describe('a fact that the reader has taken apart', () => {
  it('stays so when later sources answer, and in every section that is opened and left', async () => {
    const element = await takenApart();
    await show(element, sample.sampleRecord({ surgery, hospital, ambulance }));
    await stands(element, 3);
    element.place = 'allergies';
    await element.updateComplete;
    element.place = 'problems';
    await drawn(element);
    await stands(element, 3);
  });

  it('is one again when the reader puts it together', async () => {
    const element = await takenApart();
    await press(element, '.apart > button');
    await stands(element, 1);
  });

  it('is forgotten when the patient changes', async () => {
    const element = await takenApart();
    const other = { ...sample.patient, nhsNumber: '9990000018' } as Patient;
    await show(element, sample.sampleRecord({ surgery, hospital }, other));
    await show(element, sample.sampleRecord({ surgery, hospital }));
    await stands(element, 1);
    assert.deepEqual(lines(element), [1]);
  });
});
