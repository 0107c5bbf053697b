import { assert, expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorConflicts } from '../../src/components/corridor-conflicts/corridor-conflicts.ts';
import type { SectionId } from '../../src/record/section.ts';
import { lineOfAny, sectionTemplate } from '../../src/app/section-templates.ts';
import * as sample from '../support/browser/sample-record.ts';

type Saids = Parameters<typeof sample.sampleRecord>[0];

const code = (value: string): object => ({ coding: [{ code: value }] });
const problem = (id: string, what: object, change: object = {}): object => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: code('active'),
  verificationStatus: code('confirmed'),
  code: what,
  ...change,
});
const asthma = { coding: [{ system: 'http://snomed.info/sct', code: '195967001', display: 'Asthma' }] };

function plain(root: Element | null | undefined): string {
  return (root?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

function words(root: Element | ShadowRoot | null | undefined): string {
  if (!root) return '';
  const own = root instanceof Element ? root.shadowRoot : root;
  const inside = [...(own?.querySelectorAll('*') ?? [])].filter((child) => child.shadowRoot).map(words);
  return [(own ?? root).textContent ?? '', ...inside].join(' ').replace(/\s+/g, ' ');
}

async function drawn(said: Saids, id: SectionId): Promise<Element> {
  const record = sample.sampleRecord(said);
  const view = sample.viewOf(record, id);
  const outer = await fixture(
    html`<div>${sectionTemplate({ view, around: sample.surroundingsOf(record), form: 'full', held: 0 })}</div>`,
  );
  const frame = outer.firstElementChild?.shadowRoot?.querySelector('corridor-section');
  if (!frame) throw new Error('no frame');
  await frame.updateComplete;
  return frame;
}

describe('one line for several records', () => {
  it('says every severity that any of them records, and hides none behind the newest', async () => {
    const frame = await drawn(
      {
        surgery: { resources: [problem('1', asthma, { severity: { text: 'Mild' }, onsetDateTime: '2024' })] },
        hospital: { resources: [problem('2', asthma, { severity: { text: 'Severe' }, onsetDateTime: '2012' })] },
      },
      'problems',
    );
    assert.equal(frame.shadowRoot?.querySelectorAll('corridor-fact').length, 1);
    expect(words(frame)).to.contain('Mild / Severe');
  });

  it('is marked as the most confidential of them, though the newest is marked with nothing', async () => {
    const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }];
    const frame = await drawn(
      {
        surgery: { resources: [problem('1', asthma, { onsetDateTime: '2024' })] },
        hospital: { resources: [problem('2', asthma, { onsetDateTime: '2012', meta: { security } })] },
      },
      'problems',
    );
    assert.equal(frame.shadowRoot?.querySelectorAll('corridor-fact').length, 1);
    expect(words(frame)).to.contain('Marked restricted');
  });

  it('says by what its records are one, and that one of them leaves something out', async () => {
    const site = { bodySite: [{ text: 'Left' }] };
    const frame = await drawn(
      {
        surgery: { resources: [problem('1', asthma, site)] },
        hospital: { resources: [problem('2', { text: 'Asthma' })] },
      },
      'problems',
    );
    const fact = frame.shadowRoot?.querySelector('corridor-fact');
    fact?.shadowRoot?.querySelector('button')?.click();
    await fact?.updateComplete;
    expect(words(fact)).to.contain('they have the same code or words and the same status.');
    expect(words(fact)).to.contain('Some of them leave out a detail that the others give.');
  });

  it('says that a relative is next of kin where only the older record does, with every number', async () => {
    const related = (id: string, change: object): object => ({
      resourceType: 'RelatedPerson',
      id,
      active: true,
      name: [{ given: ['Helen'], family: 'Marsh' }],
      relationship: [{ text: 'Daughter' }],
      ...change,
    });
    const frame = await drawn(
      {
        surgery: { resources: [related('1', { telecom: [{ system: 'phone', value: '07700 900123' }] })] },
        hospital: {
          resources: [
            related('2', {
              name: [{ prefix: ['Mrs'], given: ['Helen'], family: 'Marsh' }],
              relationship: [{ text: 'Daughter' }, { text: 'Next of kin' }],
              telecom: [{ system: 'phone', value: '01632 960002' }],
            }),
          ],
        },
      },
      'personal-contacts',
    );
    assert.equal(frame.shadowRoot?.querySelectorAll('corridor-fact').length, 1);
    expect(words(frame)).to.match(/Next of kin/);
    expect(words(frame)).to.contain('07700 900123');
    expect(words(frame)).to.contain('01632 960002');
  });
});

describe('a disagreement', () => {
  it('shows two doses of one title as two sides', async () => {
    const dose = (text: string): object => sample.medicine('m', '5', { dosageInstruction: [{ text }] });
    const record = sample.sampleRecord({
      surgery: { resources: [dose('One capsule once a day')] },
      hospital: { resources: [dose('Two capsules once a day')] },
    });
    const element = await fixture<CorridorConflicts>(
      html`<corridor-conflicts .record=${record} .around=${sample.surroundingsOf(record)}></corridor-conflicts>`,
    );
    element.shadowRoot?.querySelector('button')?.click();
    await element.updateComplete;
    assert.equal(element.shadowRoot?.querySelectorAll('.sides > li').length, 2);
    expect(words(element)).to.contain('Both are shown as recorded.');
  });

  it('says in the closed line how strong each medicine is, who says so, and when, whichever is the older', async () => {
    const dose = (text: string, more: object): object =>
      sample.medicine('m', '5', { dosageInstruction: [{ text }], ...more });
    const record = sample.sampleRecord({
      surgery: { resources: [dose('Two capsules once a day', { authoredOn: '2016-08-22' })] },
      hospital: { resources: [dose('One capsule once a day', { authoredOn: '2026-11-12' })] },
    });
    const element = await fixture<CorridorConflicts>(
      html`<corridor-conflicts
        .record=${record}
        .around=${sample.surroundingsOf(record)}
        .lineOf=${lineOfAny}
      ></corridor-conflicts>`,
    );
    const sides = [...(element.shadowRoot?.querySelectorAll('.title') ?? [])].map((side) => plain(side));
    assert.deepEqual(sides, [
      'Ramipril — 5 mg — capsules — DOSE One capsule once a day Ousebridge Royal Infirmary, 12-Nov-2026',
      'Ramipril — 5 mg — capsules — DOSE Two capsules once a day Northcliffe Surgery, 22-Aug-2016',
    ]);
  });
});

describe('a contact', () => {
  it('does not say twice where it was, nor under its own heading that it was a contact', async () => {
    const encounter = (id: string, place: string, code: string): object => ({
      resourceType: 'Encounter',
      id,
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code },
      type: [{ text: `Diabetes review ${id}` }],
      period: { start: '2026-11-01', end: '2026-11-01' },
      location: [{ location: { display: place } }],
    });
    const frame = await drawn(
      {
        surgery: {
          resources: [encounter('1', 'Northcliffe Surgery', 'AMB'), encounter('2', 'Ferrygate branch', 'VR')],
        },
      },
      'encounters',
    );
    expect(words(frame)).to.contain('Ferrygate branch').and.to.contain('Remote contact');
    expect(words(frame)).not.to.match(/— Northcliffe Surgery/);
    expect(words(frame)).not.to.match(/— Contact\b/);
  });
});
