import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorFind, CorridorRecord, CorridorSection } from '../../src/index.ts';
import { drawn } from '../support/browser/drawn.ts';
import { quiet } from '../support/browser/passing.ts';
import * as sample from '../support/browser/sample-record.ts';
import { until } from '../support/browser/until.ts';

const other = { ...sample.patient, nhsNumber: '9990000018' as typeof sample.patient.nhsNumber, family: 'Other' };
const problems = Array.from({ length: 30 }, (_, at) => sample.problem(`p${at}`, `Problem ${at}`));
const record = sample.sampleRecord({
  surgery: { resources: [sample.problem('g', 'Gout'), sample.allergy('a'), ...problems] },
  hospital: { resources: [sample.problem('m', 'Ménière’s disease')] },
  ambulance: { ended: sample.didNotAnswer },
});

async function shown(): Promise<{ element: CorridorRecord; find: CorridorFind }> {
  const element = await fixture<CorridorRecord>(
    html`<corridor-record .record=${record} today=${sample.TODAY}></corridor-record>`,
  );
  await until(() => element.shadowRoot?.querySelector('corridor-find'), 'the field');
  return { element, find: element.shadowRoot?.querySelector('corridor-find') as CorridorFind };
}

async function look(find: CorridorFind, text: string): Promise<void> {
  const field = find.shadowRoot?.querySelector('input') as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await until(() => find.found !== undefined && find.query.text === text);
  await drawn((find.getRootNode() as ShadowRoot).host);
}

function words(root: Node | null | undefined): string {
  if (!root) return '';
  if (root.nodeType === Node.TEXT_NODE) return root.textContent ?? '';
  const inside =
    root instanceof Element && root.shadowRoot ? [root.shadowRoot, ...root.childNodes] : [...root.childNodes];
  return inside.map(words).join(' ').replace(/\s+/g, ' ');
}

const said = (find: CorridorFind): string => find.shadowRoot?.querySelector('.said')?.textContent ?? '';

describe('finding in the record', () => {
  it('is accessible with something found and with nothing found', async () => {
    const { element, find } = await shown();
    await look(find, 'gout');
    await expect(element).to.be.accessible();
    await look(find, 'zzz');
    await expect(element).to.be.accessible();
  });

  it('never takes the banner, the answers or the gaps off the page, and names who was not looked through', async () => {
    const { element, find } = await shown();
    await look(find, 'zzz');
    const text = words(element.shadowRoot);
    expect(text).to.contain('BEDFORD').and.contain('allergy recorded').and.contain('did not answer');
    expect(text).to.contain('Nothing found among the');
    expect(text).to.contain('have not answered: Wolds Ambulance Service');
  });

  it('shows what is found, of how many, with every section’s own count, and finds without accents', async () => {
    const { element, find } = await shown();
    await look(find, 'MENIERE');
    expect(said(find)).to.match(/^Showing 1 of 3\d$/);
    const main = element.shadowRoot?.querySelector('main');
    expect(words(main)).to.contain('Ménière’s disease').and.contain('Showing 1 of 32');
    expect(words(main)).not.to.contain('Gout');
  });

  it('clears at Escape from anywhere in the record, and when the reader goes to a part of it', async () => {
    const { element, find } = await shown();
    await look(find, 'gout');
    element.shadowRoot
      ?.querySelector('main')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await until(() => said(find).trim() === '', 'nothing is looked for');
    await drawn(element);
    expect(words(element.shadowRoot?.querySelector('main'))).to.contain('Problem 13');
    await look(find, 'gout');
    element.shadowRoot?.querySelector<HTMLElement>('.tab')?.click();
    await until(() => said(find).trim() === '', 'nothing is looked for');
    await drawn(element);
  });

  it('does not carry what was typed over to another patient, nor into a blank view', async () => {
    const { element, find } = await shown();
    await look(find, 'gout');
    element.record = sample.sampleRecord({ surgery: { resources: [sample.problem('x', 'Other problem')] } }, other);
    // Whoever else is in view comes when the page has a moment; what was typed comes back at no later one.
    await until(() => element.shadowRoot?.querySelector<CorridorFind>('corridor-find')?.query.text === '');
    await quiet(600);
    await drawn(element);
    const now = element.shadowRoot?.querySelector('corridor-find') as CorridorFind;
    expect(now.query.text).to.equal('');
    expect(now.shadowRoot?.querySelector('input')?.value).to.equal('');
    await look(now, 'other');
    element.blank();
    expect(words(element.shadowRoot)).not.to.contain('other');
    expect(element.shadowRoot?.querySelector('corridor-find')).to.equal(null);
  });

  it('puts what is old into view when it is found, not behind a button', async () => {
    const { element, find } = await shown();
    await look(find, 'problem 7');
    const section = [
      ...(element.shadowRoot?.querySelectorAll('corridor-problems') ?? []),
    ][0]?.shadowRoot?.querySelector('corridor-section') as CorridorSection;
    expect(section.shadowRoot?.querySelector('[aria-expanded]')).to.equal(null);
    expect(section.view?.foundOf).to.equal(32);
  });
});
