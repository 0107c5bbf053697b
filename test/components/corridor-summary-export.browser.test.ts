import { assert, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorSummaryExport } from '../../src/components/corridor-summary-export/corridor-summary-export.ts';
import type { SummaryTakeEvent } from '../../src/components/events.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const GRANT = { documentId: 'view-1', at: '2026-11-22T09:00:00Z', author: 'XSURGERY' };

/** Presses the button; what was saved, and what the element says then. */
async function take(
  answer: (() => Promise<typeof GRANT>) | undefined,
): Promise<{ saved: readonly Blob[]; said: string }> {
  const record = sample.sampleRecord({
    surgery: { resources: [sample.allergy('a'), sample.problem('p', 'Asthma'), sample.letter('d')] },
    hospital: { ended: sample.didNotAnswer },
  });
  const saved: Blob[] = [];
  const { createObjectURL } = URL;
  const pressed = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'click');
  HTMLAnchorElement.prototype.click = () => undefined;
  URL.createObjectURL = (file) => {
    saved.push(file as Blob);
    return 'about:blank#';
  };
  try {
    const element = await fixture<CorridorSummaryExport>(
      html`<corridor-summary-export
        .record=${record}
        .around=${sample.surroundingsOf(record)}
        @corridor-summary-take=${(event: SummaryTakeEvent) => (answer ? event.respond(answer()) : undefined)}
      ></corridor-summary-export>`,
    );
    const status = (): string => element.shadowRoot?.querySelector('[role=status]')?.textContent?.trim() ?? '';
    assert.include(status(), 'Incomplete: 1');
    await expect(element).to.be.accessible();
    element.shadowRoot?.querySelector('button')?.click();
    await until(() => !status().startsWith('Incomplete'), 'nothing was said');
    return { saved, said: status() };
  } finally {
    URL.createObjectURL = createObjectURL;
    if (pressed) Object.defineProperty(HTMLAnchorElement.prototype, 'click', pressed);
  }
}

describe('the record as one document to take away', () => {
  it('is not made where it is not granted, or where nobody writes it down', async () => {
    const refused = (): Promise<never> => Promise.reject(new Error('export.403'));
    for (const answer of [refused, undefined]) {
      const { saved, said } = await take(answer);
      assert.deepEqual(saved, []);
      assert.include(said, 'could not be saved');
    }
  });

  it('is an IPS document that says in each section what is missing, once it is granted', async () => {
    const { saved, said } = await take(() => Promise.resolve(GRANT));
    assert.include(said, 'Saved');
    assert.equal(saved.length, 1);
    const text = (await saved[0]?.text()) ?? '';
    assert.equal(saved[0]?.type, 'application/fhir+json');
    assert.include(text, '"type":"document"');
    assert.include(text, 'not every organisation has answered in full');
  });
});
