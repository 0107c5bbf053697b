import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorConflicts, CorridorFact } from '../../src/index.ts';
import { unbroken, type Line } from '../../src/components/line.ts';
import { brokenValues } from '../support/browser/broken-values.ts';
import * as sample from '../support/browser/sample-record.ts';

/** Widths of a frame, from a phone in a narrow panel to a desk: each breaks its lines elsewhere. */
const WIDTHS_PX = Array.from({ length: 60 }, (_, step) => 220 + step * 14);

const line: Line = {
  main: 'Ramipril 2.5 mg capsules, potassium 5.9 mmol/L on 28-Oct-2026',
  parts: [
    { label: 'DOSE', value: 'One capsule (2.5 mg) once a day. Reduced from 5 mg: potassium 5.9 mmol/L on admission' },
    'no more than 4 g in 24 hours — ≤ 5 mg/L — 100 micrograms/dose — 4 to 11 ×10^9/L',
    'review 22-Jul-2027',
  ],
  aside: 'repeat, last issued 05-Nov-2026',
  body: ['Weight 65.4 kg on 16-Nov-2026, 111/66 mmHg standing; 125 mg/5 ml suspension kept at home since 01-Aug-2026.'],
  when: '25-Oct-2026 to 30-Oct-2026',
};

function broken(element: HTMLElement, frame: HTMLElement): readonly string[] {
  const found: string[] = [];
  for (const width of WIDTHS_PX) {
    frame.style.setProperty('inline-size', `${width}px`);
    found.push(...brokenValues(element).map((value) => `${value} at ${width} px`));
  }
  return found;
}

describe('a value and its unit, and a date', () => {
  it('are told apart from what stands on one line: the measure of these tests finds one that breaks', async () => {
    const frame = await fixture<HTMLElement>(html`<p>${line.body}</p>`);
    expect(broken(frame, frame)).not.to.deep.equal([]);
  });

  it('never break over two lines of a fact, closed or open, at any width of its frame', async () => {
    const record = sample.sampleRecord({ surgery: { resources: [sample.problem('1', 'Heart failure')] } });
    const [fact] = sample.viewOf(record, 'problems').facts;
    const frame = await fixture<HTMLElement>(
      html`<div>
        <corridor-fact
          .fact=${fact}
          .around=${sample.surroundingsOf(record)}
          .lineOf=${() => line}
          .dispute=${'Northcliffe Surgery, recorded 13-Sep-2025, says 5 mg — DOSE 5 mg — oral'}
        ></corridor-fact>
      </div>`,
    );
    const element = frame.querySelector<CorridorFact>('corridor-fact')!;
    expect(broken(element, frame)).to.deep.equal([]);
    element.shadowRoot?.querySelector<HTMLElement>('[aria-expanded]')?.click();
    await element.updateComplete;
    expect(broken(element, frame)).to.deep.equal([]);
  });

  it('never break in a closed disagreement', async () => {
    const record = sample.sampleRecord({
      surgery: { resources: [sample.noKnownAllergies('1')] },
      hospital: { resources: [sample.allergy('2')] },
    });
    const frame = await fixture<HTMLElement>(
      html`<div>
        <corridor-conflicts .record=${record} .around=${sample.surroundingsOf(record)} .lineOf=${() => line}>
        </corridor-conflicts>
      </div>`,
    );
    const element = frame.querySelector<CorridorConflicts>('corridor-conflicts')!;
    expect(element.shadowRoot?.querySelectorAll('.gist').length).to.be.greaterThan(0);
    expect(broken(element, frame)).to.deep.equal([]);
  });

  it('are copied and found letter by letter as people type them', async () => {
    const text = 'DOSE 5 mg/5 ml from 28-Oct-2026 to 30-Oct-2026, ≤ 5 mg/L';
    const element = await fixture<HTMLElement>(html`<p>${unbroken(text)}</p>`);
    expect(element.textContent).to.equal(text);
    expect(element.querySelectorAll('.brief').length).to.be.greaterThan(2);
  });
});
