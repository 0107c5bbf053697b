import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { SectionId } from '../../src/record/section.ts';
import { sectionTemplate } from '../../src/app/section-templates.ts';
import * as sample from '../support/browser/sample-record.ts';

/** What the source said stands on the line, and the line says nothing that nobody recorded. */

const code = (value: string): object => ({ coding: [{ code: value }] });

function words(root: Element | ShadowRoot | null | undefined): string {
  if (!root) return '';
  const own = root instanceof Element ? root.shadowRoot : root;
  const inside = [...(own?.querySelectorAll('*') ?? [])].filter((child) => child.shadowRoot).map(words);
  return [(own ?? root).textContent ?? '', ...inside].join(' ').replace(/\s+/g, ' ');
}

async function lines(id: SectionId, ...resources: readonly object[]): Promise<string> {
  const record = sample.sampleRecord({ surgery: { resources } });
  const view = sample.viewOf(record, id);
  const outer = await fixture(
    html`<div>${sectionTemplate({ view, around: sample.surroundingsOf(record), form: 'full', held: 0 })}</div>`,
  );
  const frame = outer.firstElementChild?.shadowRoot?.querySelector('corridor-section');
  if (!frame) throw new Error('no frame');
  await frame.updateComplete;
  return words(frame);
}

describe('an allergy', () => {
  const allergy = (change: object): object => ({
    resourceType: 'AllergyIntolerance',
    id: '1',
    clinicalStatus: code('active'),
    verificationStatus: code('confirmed'),
    code: { text: 'Penicillin' },
    ...change,
  });

  it('is told with the description of its reaction and its notes, unopened', async () => {
    const said = await lines(
      'allergies',
      allergy({
        reaction: [{ manifestation: [{ text: 'Rash' }], description: 'Whole body, needed intensive care' }],
        note: [{ text: 'Tolerates cefalexin' }],
      }),
    );
    expect(said).to.contain('Rash').and.contain('needed intensive care').and.contain('Tolerates cefalexin');
  });

  it('that is denied is told with the note beside the denial', async () => {
    const said = await lines(
      'allergies',
      allergy({ code: { text: 'No known allergies' }, note: [{ text: 'Rash with amoxicillin 2019' }] }),
    );
    expect(said).to.contain('Rash with amoxicillin 2019');
  });
});
