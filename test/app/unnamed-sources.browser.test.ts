import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorRecord } from '../../src/index.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { cy } from '../../src/words/cy.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const named = sample.sampleRecord({
  surgery: { resources: [sample.problem('g', 'Gout')] },
  ambulance: { ended: sample.didNotAnswer },
});
/** As the launcher tells of a person whose whereabouts are restricted. */
const record: PatientRecord = {
  ...named,
  sources: named.sources.map((view) => {
    const organisation = { ...view.source.organisation, ods: '' as never, name: 'An organisation' };
    return { ...view, source: { ...view.source, organisation } };
  }),
};

function said(root: Node | null | undefined): string {
  if (!root) return '';
  if (root.nodeType === Node.TEXT_NODE) return root.textContent ?? '';
  const inside =
    root instanceof Element && root.shadowRoot ? [root.shadowRoot, ...root.childNodes] : [...root.childNodes];
  return inside.map(said).join(' ').replace(/\s+/g, ' ');
}

async function shown(): Promise<CorridorRecord> {
  const element = await fixture<CorridorRecord>(
    html`<corridor-record .record=${record} .words=${cy} today=${sample.TODAY}></corridor-record>`,
  );
  await until(() => said(element.shadowRoot).includes('Gout'), 'the record');
  return element;
}

describe('organisations that must not be named', () => {
  it('are named in Welsh wherever they stand in a Welsh record, and never in the launcher’s English', async () => {
    const element = await shown();
    expect(said(element.shadowRoot)).to.contain('Sefydliad').and.not.contain('An organisation');
    const strip = element.shadowRoot?.querySelector('corridor-sources');
    await until(() => strip?.shadowRoot?.querySelector('.ledger'), 'the way to the ledger');
    strip?.shadowRoot?.querySelector<HTMLButtonElement>('.ledger')?.click();
    await until(() => said(element.shadowRoot?.querySelector('corridor-ledger')).includes('Sefydliad'), 'the ledger');
    expect(said(element.shadowRoot)).to.not.contain('An organisation');
  });

  it('are named anew when the language of the page becomes another', async () => {
    const element = await shown();
    element.words = { ...cy, organisations: { ...cy.organisations, unnamed: 'Rhywun' } };
    await until(() => said(element.shadowRoot).includes('Rhywun'), 'the other name');
    expect(said(element.shadowRoot)).to.not.contain('Sefydliad');
  });
});
