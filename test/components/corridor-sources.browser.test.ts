import { assert, expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorLedger, CorridorSources, SourceAskEvent } from '../../src/index.ts';
import * as sample from '../support/browser/sample-record.ts';

type Saids = Parameters<typeof sample.sampleRecord>[0];

async function strip(said: Saids): Promise<CorridorSources> {
  const record = sample.sampleRecord(said);
  return fixture(
    html`<corridor-sources .record=${record} .around=${sample.surroundingsOf(record)}></corridor-sources>`,
  );
}

async function ledger(said: Saids): Promise<CorridorLedger> {
  const record = sample.sampleRecord(said);
  return fixture(html`<corridor-ledger .record=${record} .around=${sample.surroundingsOf(record)}></corridor-ledger>`);
}

function words(element: Element): string {
  return (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
}

const MIXED: Saids = {
  surgery: { resources: [sample.problem('p', 'Asthma')] },
  hospital: { ended: sample.didNotAnswer },
  ambulance: { ended: sample.withheld },
};

describe('corridor-sources', () => {
  it('is accessible', async () => {
    await expect(await strip(MIXED)).to.be.accessible();
  });

  it('names in red the organisation that answered about somebody else', async () => {
    const element = await strip({ surgery: {}, hospital: { ended: sample.wrongPatient } });
    const alert = element.shadowRoot?.querySelector('[role=alert]');
    expect(alert?.textContent).to.contain('Ousebridge Royal Infirmary answered with another person’s record');
  });

  it('counts who answered and names who did not', async () => {
    expect(words(await strip(MIXED)))
      .to.contain('1 of 3 answered')
      .and.to.contain('1 did not answer: Ousebridge Royal Infirmary')
      .and.to.contain('1 withheld');
  });

  it('names who is still answering', async () => {
    expect(words(await strip({ surgery: {}, hospital: { ended: sample.waiting } }))).to.contain(
      '1 answering: Ousebridge Royal Infirmary',
    );
  });

  it('gives every source its own mark with its state in words', async () => {
    const marks = [...((await strip(MIXED)).shadowRoot?.querySelectorAll('.marks li') ?? [])].map((mark) =>
      mark.textContent?.trim(),
    );
    assert.deepEqual(marks, [
      'Northcliffe Surgery: Answered',
      'Ousebridge Royal Infirmary: Did not answer. The system could not be reached',
      'Wolds Ambulance Service: Withheld',
    ]);
  });

  it('asks one source again by its id', async () => {
    const element = await strip({ surgery: {}, hospital: { ended: sample.didNotAnswer } });
    setTimeout(() =>
      element.shadowRoot
        ?.querySelector<HTMLButtonElement>('button[aria-label="Ask again: Ousebridge Royal Infirmary"]')
        ?.click(),
    );
    const event = (await oneEvent(element, 'corridor-source-ask')) as unknown as SourceAskEvent;
    assert.equal(event.source, 'hospital');
  });
});

describe('corridor-ledger', () => {
  it('is accessible', async () => {
    await expect(await ledger(MIXED)).to.be.accessible();
  });

  it('never tells whether a sensitive service exists', async () => {
    expect(words(await ledger({ surgery: {} }))).to.contain('Some services are never listed.');
  });

  it('says for every organisation and section what was answered', async () => {
    const rows = [...((await ledger(MIXED)).shadowRoot?.querySelectorAll('tbody tr') ?? [])];
    const cell = (row: number, section: string): string =>
      rows[row]?.querySelector(`[data-section="${section}"]`)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
    assert.equal(cell(0, 'Problems'), '1Answered');
    assert.equal(cell(0, 'Medicines'), 'Nothing held');
    assert.equal(cell(1, 'Problems'), 'Did not answer');
    assert.equal(cell(2, 'Problems'), 'Withheld');
  });

  it('offers to ask again where that may help, and not where a decision was made', async () => {
    const element = await ledger(MIXED);
    const asks = [...(element.shadowRoot?.querySelectorAll('button') ?? [])].map((button) =>
      button.getAttribute('aria-label'),
    );
    assert.deepEqual(asks, ['Ask again: Ousebridge Royal Infirmary']);
  });
});
