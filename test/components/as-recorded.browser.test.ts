import { expect, fixture, html } from '@open-wc/testing';
import type { CorridorSection } from '../../src/components/corridor-section/corridor-section.ts';
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
  return words(await frameOf(id, ...resources));
}

/** The same once its first line is opened. */
async function opened(id: SectionId, ...resources: readonly object[]): Promise<string> {
  const frame = await frameOf(id, ...resources);
  const fact = frame.shadowRoot?.querySelector('corridor-fact');
  fact?.shadowRoot?.querySelector<HTMLElement>('[aria-expanded]')?.click();
  await fact?.updateComplete;
  return words(frame);
}

async function frameOf(id: SectionId, ...resources: readonly object[]): Promise<CorridorSection> {
  const record = sample.sampleRecord({ surgery: { resources } });
  const view = sample.viewOf(record, id);
  const outer = await fixture(
    html`<div>${sectionTemplate({ view, around: sample.surroundingsOf(record), form: 'full', held: 0 })}</div>`,
  );
  const frame = outer.firstElementChild?.shadowRoot?.querySelector('corridor-section');
  if (!frame) throw new Error('no frame');
  await frame.updateComplete;
  return frame;
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

  it('is told with an onset that is no date', async () => {
    expect(await lines('allergies', allergy({ onsetString: 'as a child' }))).to.contain('as a child');
  });

  it('that is denied is told with the note beside the denial', async () => {
    const said = await lines(
      'allergies',
      allergy({ code: { text: 'No known allergies' }, note: [{ text: 'Rash with amoxicillin 2019' }] }),
    );
    expect(said).to.contain('Rash with amoxicillin 2019');
  });
});

describe('a medicine', () => {
  const timing = (repeat: object): object => ({ timing: { repeat } });
  const daily = timing({ frequency: 1, period: 1, periodUnit: 'd' });
  const tablets = (value: number): object => ({ doseAndRate: [{ doseQuantity: { value, unit: 'tablet' } }] });
  const medicine = (text: string, dosage: object, change: object = {}): object => ({
    resourceType: 'MedicationRequest',
    id: '1',
    status: 'active',
    intent: 'order',
    authoredOn: '2026-05-01',
    medicationCodeableConcept: { text },
    dosageInstruction: [dosage],
    ...change,
  });
  const line = (text: string, dosage: object, change: object = {}): Promise<string> =>
    lines('medications', medicine(text, dosage, change));

  it('is told in the words of its prescriber where its numbers say another thing', async () => {
    const said = await line('Methotrexate 2.5mg tablets', { text: 'Take FOUR once a WEEK', ...daily, ...tablets(4) });
    expect(said).to.contain('DOSE Take FOUR once a WEEK').and.contain('Text and code differ');
    expect(said).not.to.contain('once a day');
  });

  it('is told with what the words of its prescriber go on to say', async () => {
    const text = 'One daily, increasing to two after a week';
    expect(await line('Sertraline 50mg tablets', { text, ...daily, ...tablets(1) })).to.contain(text);
  });

  it('is told with the amount, the frequency and the route that its words leave out', async () => {
    const said = await line('Morphine 10mg/ml injection', {
      text: 'As directed',
      ...timing({ frequency: 1, period: 4, periodUnit: 'h' }),
      route: { text: 'Subcutaneous' },
      doseAndRate: [{ doseQuantity: { value: 2.5, unit: 'mg' } }],
      asNeededBoolean: true,
    });
    expect(said).to.match(/DOSE As directed — 2\.5 mg — Subcutaneous — every 4 hours — when needed/);
  });

  it('is told with its last day', async () => {
    const repeat = { frequency: 1, period: 1, periodUnit: 'd', boundsPeriod: { end: '2026-12-01' } };
    expect(await line('Prednisolone 5mg tablets', { ...timing(repeat), ...tablets(6) })).to.contain(
      'until 01-Dec-2026',
    );
  });

  it('that must not be given, or is on hold, is not told as stopped, and says why', async () => {
    const reason = { statusReason: { text: 'bradycardia' } };
    const never = await line('Atenolol 25mg tablets', { text: 'one daily' }, { ...reason, doNotPerform: true });
    expect(never).to.contain('Must not').and.contain('bradycardia').and.not.contain('Stopped');
    const held = await line('Digoxin 125microgram tablets', { text: 'one daily' }, { ...reason, status: 'on-hold' });
    expect(held).to.contain('Status there: on-hold').and.contain('bradycardia');
    expect(held).not.to.contain('Stopped').and.not.contain('Status not known');
  });

  it('that there is none of is not told as a denial of that', async () => {
    const said = await line('No known medications', {}, { dosageInstruction: [] });
    expect(said).to.contain('None known').and.not.contain('Recorded as not so');
  });
});

describe('a vaccination', () => {
  it('is told with the reaction to it, and a time that is no date', async () => {
    const said = await lines('vaccinations', {
      resourceType: 'Immunization',
      id: '1',
      status: 'completed',
      vaccineCode: { text: 'MMR' },
      occurrenceString: 'in childhood',
      reaction: [{ detail: { display: 'Anaphylaxis' } }],
    });
    expect(said).to.contain('reaction: Anaphylaxis').and.contain('in childhood').and.not.contain('date not known');
  });

  const declined = (change: object = {}): object => ({
    resourceType: 'Immunization',
    id: '1',
    status: 'not-done',
    vaccineCode: { text: 'MMR' },
    occurrenceDateTime: '2026-11-01',
    statusReason: { text: 'Declined' },
    reasonCode: [{ text: 'Travel' }],
    ...change,
  });

  it('that was not given says why not, and apart from it what it was for', async () => {
    const said = await lines('vaccinations', declined());
    expect(said).to.contain('why not given: Declined').and.contain('for: Travel');
    const bare = await lines('vaccinations', declined({ statusReason: undefined }));
    expect(bare).to.contain('for: Travel').and.not.contain('why not given');
  });

  it('that was not given says what any of its records tells of it', async () => {
    const said = await lines(
      'vaccinations',
      declined({ reasonCode: undefined }),
      declined({ id: '2', statusReason: undefined }),
      declined({ id: '3' }),
    );
    expect(said.split('why not given: Declined')).to.have.length(2);
    expect(said.split('for: Travel')).to.have.length(2);
  });

  it('that is told as given says so, and why it was not too where that is recorded', async () => {
    const said = await lines('vaccinations', declined({ status: 'completed' }));
    expect(said).to.contain('why not given: Declined').and.not.contain('for: Travel');
  });

  it('that was given says what it was for once it is opened', async () => {
    const given = declined({ status: 'completed', statusReason: undefined });
    expect(await opened('vaccinations', given))
      .to.contain('for: Travel')
      .and.not.contain('why not given');
  });
});

describe('a stay in hospital', () => {
  const stay = (status: string, start: string): object => ({
    resourceType: 'Encounter',
    id: '1',
    status,
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
    period: { start },
  });

  it('that is over or has not begun is not told as lasting since its first day', async () => {
    expect(await lines('admissions', stay('finished', '2026-09-10')))
      .to.contain('10-Sep-2026')
      .and.not.contain('since');
    expect(await lines('admissions', stay('planned', '2027-01-20')))
      .to.contain('20-Jan-2027')
      .and.not.contain('since');
    expect(await lines('admissions', stay('in-progress', '2026-09-10'))).to.contain('since 10-Sep-2026');
  });
});

describe('a referral', () => {
  it('is said to be planned once', async () => {
    const said = await lines('referrals', {
      resourceType: 'ServiceRequest',
      id: '1',
      status: 'active',
      intent: 'order',
      code: { text: 'Referral to cardiology' },
    });
    expect(said.match(/Planned/g)).to.have.length(1);
  });
});
