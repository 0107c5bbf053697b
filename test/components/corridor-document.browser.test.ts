import { assert, expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorDocument, DocumentOpenEvent } from '../../src/index.ts';
import * as sample from '../support/browser/sample-record.ts';

const record = sample.sampleRecord({ surgery: { resources: [sample.letter('d')] } });

async function opened(answer: () => Promise<Blob>): Promise<CorridorDocument> {
  const [fact] = sample.viewOf(record, 'documents').facts;
  const element = await fixture<CorridorDocument>(
    html`<corridor-document .fact=${fact} .around=${sample.surroundingsOf(record)}></corridor-document>`,
  );
  element.addEventListener('corridor-document-open', (event: DocumentOpenEvent) => event.respond(answer()));
  element.shadowRoot?.querySelector<HTMLButtonElement>('button.read')?.click();
  await waitUntil(
    () => element.shadowRoot?.querySelector('.viewer') && !element.shadowRoot.querySelector('[role=status]'),
  );
  await element.updateComplete;
  return element;
}

describe('corridor-document', () => {
  it('is accessible', async () => {
    await expect(
      await opened(() => Promise.resolve(new Blob(['<p>Dear doctor</p>'], { type: 'text/html' }))),
    ).to.be.accessible();
  });

  it('runs and loads nothing of a letter, and shows its words', async () => {
    const html =
      '<h1>Clinic</h1><script>window.broken = 1</script><img src=x onerror="window.broken = 1"><p>BP 120/80 &lt; target</p><ul><li>Review</li></ul>';
    const element = await opened(() => Promise.resolve(new Blob([html], { type: 'text/html' })));
    const article = element.shadowRoot?.querySelector('article');
    assert.deepEqual(
      [...(article?.children ?? [])].map((child) => child.textContent),
      ['Clinic', 'BP 120/80 < target', 'Review'],
    );
    assert.equal(article?.querySelector('img, script'), null);
    assert.equal('broken' in window, false);
  });

  it('says when a document could not be fetched and offers to ask again', async () => {
    const element = await opened(() => Promise.reject(new Error('document.504')));
    expect(element.shadowRoot?.querySelector('[role=alert]')?.textContent)
      .to.contain('could not be fetched')
      .and.to.contain('Ask again');
  });

  it('shows a PDF in a frame of its own and offers the original under a name that says nothing of the patient', async () => {
    const element = await opened(() => Promise.resolve(new Blob(['%PDF-1.4'], { type: 'application/pdf' })));
    element.pdfViewer = true;
    element.requestUpdate();
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('iframe')?.src).to.match(/^blob:/);
    expect(element.shadowRoot?.querySelector('a')?.download).to.match(/^document\./);
  });

  it('shows words and the original, and no empty box, where the browser cannot show a PDF', async () => {
    const element = await opened(() => Promise.resolve(new Blob(['%PDF-1.4'], { type: 'application/pdf' })));
    element.pdfViewer = false;
    element.requestUpdate();
    await element.updateComplete;
    const root = element.shadowRoot;
    expect(root?.querySelector('iframe')).to.equal(null);
    expect(root?.textContent).to.contain('cannot show a PDF').and.to.contain('Open the original');
    expect(root?.querySelector('a[download]')).not.to.equal(null);
  });
});
