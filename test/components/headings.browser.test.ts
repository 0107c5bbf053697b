import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import { sectionTemplate } from '../../src/app/section-templates.ts';
import type { SectionId } from '../../src/record/section.ts';
import * as sample from '../support/browser/sample-record.ts';

/** What a reader sees of a section: every line's words, and the button under them. */
async function shown(id: SectionId, ...resources: readonly object[]): Promise<Element> {
  const record = sample.sampleRecord({ surgery: { resources } });
  const view = sample.viewOf(record, id);
  const outer = await fixture(
    html`<main>${sectionTemplate({ view, around: sample.surroundingsOf(record), form: 'full', held: 0 })}</main>`,
  );
  return outer;
}

function words(root: Element | ShadowRoot | null | undefined): string {
  if (!root) return '';
  const own = root instanceof Element ? (root.shadowRoot ?? root) : root;
  const inside = [...own.querySelectorAll('*')].filter((child) => child.shadowRoot).map(words);
  return [own.textContent ?? '', ...inside].join(' ').replace(/\s+/g, ' ');
}

function tones(root: Element | ShadowRoot, tone: string): number {
  const own = root instanceof Element ? (root.shadowRoot ?? root) : root;
  const inside = [...own.querySelectorAll('*')].filter((child) => child.shadowRoot);
  return own.querySelectorAll(`.flag.${tone}`).length + inside.reduce((sum, child) => sum + tones(child, tone), 0);
}

const subject = { reference: 'Patient/1' };
const observed = (id: string, text: string, change: object): object => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { text },
  ...change,
});
const flag = (text: string, change: object): object => ({
  resourceType: 'Flag',
  id: 'f',
  status: 'active',
  subject,
  category: [{ text: 'Safeguarding' }],
  code: { text },
  ...change,
});

describe('safeguarding', () => {
  it('that has ended says so, with both dates and without the colour of a risk', async () => {
    const period = { start: '2024-01-02', end: '2024-06-30' };
    const section = await shown(
      'safeguarding',
      flag('Subject to child protection plan', { status: 'inactive', period }),
    );
    expect(words(section)).to.contain('Safeguarding, ended').and.to.contain('02-Jan-2024 to 30-Jun-2024');
    expect(tones(section, 'risk')).to.equal(0);
  });

  it('in force is a risk, since its first day', async () => {
    const section = await shown(
      'safeguarding',
      flag('Subject to child protection plan', { period: { start: '2026-01-02' } }),
    );
    expect(words(section)).to.contain('since 02-Jan-2026');
    expect(tones(section, 'risk')).to.equal(1);
  });
});

describe('a pregnancy', () => {
  it('of years ago is never called pregnant', async () => {
    const said = { valueCodeableConcept: { text: 'Pregnant' }, effectiveDateTime: '2019-05-01' };
    const section = await shown('pregnancy-status', observed('o', 'Pregnancy status', said));
    expect(words(section)).to.contain('Past').and.to.contain('Pregnancy status');
    expect(tones(section, 'caution')).to.equal(0);
  });

  it('says when the child is due', async () => {
    const due = { valueDateTime: '2027-03-05', effectiveDateTime: '2026-11-01' };
    expect(words(await shown('pregnancy-status', observed('o', 'Estimated date of delivery', due)))).to.contain(
      'due 05-Mar-2027',
    );
  });
});

describe('family history', () => {
  it('begins with the relative and ends with what is known of the death', async () => {
    const member = {
      resourceType: 'FamilyMemberHistory',
      id: 'm',
      status: 'completed',
      patient: subject,
      relationship: { text: 'Mother' },
      deceasedBoolean: true,
      condition: [{ code: { text: 'Breast cancer' }, contributedToDeath: true }],
    };
    expect(words(await shown('family-history', member))).to.contain(
      'Mother: Breast cancer — contributed to death — has died',
    );
  });
});

describe('social context', () => {
  it('shows the latest of each and keeps the earlier one behind a button', async () => {
    const status = (id: string, text: string, effectiveDateTime: string): object =>
      observed(id, 'Smoking status', { valueCodeableConcept: { text }, effectiveDateTime });
    const section = await shown(
      'social-context',
      status('a', 'Ex-smoker', '2025-01-01'),
      status('b', 'Smoker', '2009-01-01'),
    );
    expect(words(section)).to.contain('latest of each').and.to.contain('Ex-smoker').and.to.contain('Show 1 older');
    expect(words(section)).not.to.contain('— Smoker');
  });
});

describe('an individual requirement', () => {
  it('whose sharing was refused says so', async () => {
    const consent = {
      resourceType: 'Consent',
      id: 'c',
      status: 'active',
      patient: subject,
      scope: { coding: [{ code: 'patient-privacy' }] },
      category: [{ text: 'Reasonable adjustments' }],
      provision: { type: 'deny' },
    };
    expect(words(await shown('individual-requirements', consent))).to.contain('not agreed');
  });
});

describe('legal information', () => {
  it('names who holds a power and when it is looked at again', async () => {
    const consent = {
      resourceType: 'Consent',
      id: 'c',
      status: 'active',
      patient: subject,
      scope: { coding: [{ code: 'adr' }] },
      category: [{ text: 'Lasting power of attorney' }],
      dateTime: '2022-10-04',
      provision: {
        period: { end: '2027-01-01' },
        actor: [{ role: { text: 'Attorney' }, reference: { display: 'Helen Marsh' } }],
      },
    };
    expect(words(await shown('legal-information', consent)))
      .to.contain('held by Helen Marsh')
      .and.to.contain('review 01-Jan-2027');
  });
});

describe('participation in research', () => {
  it('names the trial and whom to call', async () => {
    const study = { resourceType: 'ResearchStudy', id: 's', title: 'A trial', contact: [{ name: 'Trial office' }] };
    const member = {
      resourceType: 'ResearchSubject',
      id: 'r',
      status: 'on-study',
      individual: subject,
      study: { reference: 'ResearchStudy/s' },
    };
    expect(words(await shown('participation-in-research', study, member))).to.contain('A trial — contact Trial office');
  });
});
