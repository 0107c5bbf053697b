import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import { sectionTemplate } from '../../src/app/section-templates.ts';
import * as sample from '../support/browser/sample-record.ts';

const code = (value: string): object => ({ coding: [{ code: value }] });

async function lineOf(note: string): Promise<string> {
  const problem = {
    resourceType: 'Condition',
    id: '1',
    clinicalStatus: code('active'),
    verificationStatus: code('confirmed'),
    code: { text: 'Deep vein thrombosis' },
    note: [{ text: note }],
  };
  const record = sample.sampleRecord({ surgery: { resources: [problem] } });
  const view = sample.viewOf(record, 'problems');
  const outer = await fixture(
    html`<div>${sectionTemplate({ view, around: sample.surroundingsOf(record), form: 'full', held: 0 })}</div>`,
  );
  const frame = outer.firstElementChild?.shadowRoot?.querySelector('corridor-section');
  await frame?.updateComplete;
  const fact = frame?.shadowRoot?.querySelector('corridor-fact');
  await fact?.updateComplete;
  return (fact?.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
}

describe('the line of a problem', () => {
  it('says with what status it is recorded, and under it the note that takes it back', async () => {
    const line = await lineOf('Ruled out by Doppler');
    expect(line).to.contain('Status there: active');
    expect(line).to.contain('Source unclear');
    expect(line).to.contain('Ruled out by Doppler');
  });

  it('keeps any other note until it is opened', async () => {
    const line = await lineOf('Left calf');
    expect(line).to.contain('Deep vein thrombosis');
    expect(line).not.to.contain('Left calf');
    expect(line).not.to.contain('Source unclear');
  });
});
