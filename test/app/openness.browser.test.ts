import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorRecord } from '../../src/index.ts';
import type { CorridorSection } from '../../src/components/corridor-section/corridor-section.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const SAID = {
  surgery: {
    resources: [
      sample.problem('a', 'Asthma'),
      sample.allergy('p'),
      sample.letter('l', 'Cardiology clinic letter'),
      sample.letter('m', 'Letter about the dermatology clinic'),
    ],
  },
};

async function shown(viewRole: string | undefined): Promise<CorridorRecord> {
  const record = sample.sampleRecord(SAID);
  const element = await fixture<CorridorRecord>(
    html`<corridor-record .record=${record} .viewRole=${viewRole} today=${sample.TODAY}></corridor-record>`,
  );
  await element.updateComplete;
  return element;
}

const closedIn = (element: CorridorRecord): readonly CorridorSection[] => [
  ...(element.shadowRoot?.querySelectorAll<CorridorSection>('corridor-section[closed]') ?? []),
];

describe('a heading that a role does not open at first', () => {
  it('is closed for a paramedic and open for a GP; problems and allergies are open for both', async () => {
    const onScene = await shown('paramedic');
    expect(closedIn(onScene).map(({ view }) => view?.id)).to.deep.equal(['documents']);
    expect(onScene.shadowRoot?.querySelector('corridor-problems, corridor-allergies')).to.not.equal(null);
    const atThePractice = await shown('gp');
    expect(closedIn(atThePractice)).to.deep.equal([]);
    expect(atThePractice.shadowRoot?.querySelector('corridor-documents')).to.not.equal(null);
  });

  it('says how much there is, keeps every line within reach of the browser’s find, and leads to all of it', async () => {
    const element = await shown('paramedic');
    const [documents] = closedIn(element);
    const root = documents?.shadowRoot;
    expect(root?.querySelector('h2')?.textContent).to.equal('Documents');
    expect(root?.querySelector('.count')?.textContent).to.equal('2');
    expect(root?.querySelectorAll('ul > li').length).to.equal(0);
    await until(() => root?.querySelector('corridor-reach')?.shadowRoot?.querySelectorAll('li').length === 2);
    expect(root?.querySelector('corridor-reach')?.shadowRoot?.textContent).to.contain('dermatology clinic');
    await expect(element).to.be.accessible();
    const opened = oneEvent(element, 'corridor-section-open');
    root?.querySelector<HTMLElement>('footer .action')?.click();
    await opened;
    await until(() => element.shadowRoot?.querySelector('corridor-documents')?.form === 'full');
  });
});
