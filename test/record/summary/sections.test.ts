import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { asObjects } from '../../../src/record/resource.ts';
import { SECTIONS } from '../../../src/record/sections/index.ts';
import { SUMMARY_SECTIONS } from '../../../src/record/summary/sections.ts';
import { recordOf, summaryOf } from '../../support/summary-of.ts';

const coding = (code: string): object => ({ coding: [{ code }] });
const condition = { resourceType: 'Condition', clinicalStatus: coding('active'), code: { text: 'Asthma' } };
const observation = { resourceType: 'Observation', status: 'final', valueString: 'x' };

describe('the sections of a summary', () => {
  it('are those of the IPS by code, display and title, each once', () => {
    expect(SUMMARY_SECTIONS.map(({ code, display, title }) => `${code} ${display}: ${title}`)).toEqual([
      '11450-4 Problem list - Reported: Problems',
      '48765-2 Allergies and adverse reactions Document: Allergies and intolerances',
      '10160-0 History of Medication use Narrative: Medication',
      '11369-6 History of Immunization Narrative: Immunizations',
      '30954-2 Relevant diagnostic tests/laboratory data Narrative: Results',
      '47519-4 History of Procedures Document: Procedures',
      '11348-0 History of Past illness Narrative: Past problems',
      '8716-3 Vital signs: Vital signs',
      '46264-8 History of medical device use: Medical devices',
      '104605-1 Alert: Alerts',
      '18776-5 Plan of care note: Plan of care',
      '29762-2 Social history Narrative: Social history',
      '42348-3 Advance healthcare directives: Advance directives',
      '10162-6 History of pregnancies Narrative: Pregnancy',
      '47420-5 Functional status assessment note: Functional status',
      '29545-1 Physical findings Narrative: Examination findings',
    ]);
    const known = SECTIONS.map(({ id }) => id);
    for (const { of } of SUMMARY_SECTIONS) expect(known).toEqual(expect.arrayContaining([...of]));
  });

  it('are there where the document must have them, though nobody was asked for anything', () => {
    const { composition } = summaryOf(recordOf({ gp: [] }, { gp: {} }));
    expect(composition['section']).toHaveLength(3);
    expect(asObjects(composition['section']).map(({ title }) => title)).toEqual([
      'Problems',
      'Allergies and intolerances',
      'Medication',
    ]);
  });

  it.each<readonly [string, string, Resource]>([
    ['a problem that stands', '11450-4', condition],
    ['a problem of which nobody knows how it stands', '11450-4', { ...condition, clinicalStatus: undefined }],
    ['a problem that was ruled out', '11450-4', { ...condition, verificationStatus: coding('refuted') }],
    ['a problem that is over', '11348-0', { ...condition, clinicalStatus: coding('resolved') }],
    ['that there are no problems', '11450-4', { ...condition, code: { text: 'No known problems' } }],
    [
      'that there are no problems, which is over',
      '11450-4',
      {
        ...condition,
        clinicalStatus: coding('resolved'),
        abatementDateTime: '2015',
        code: { text: 'No known problems' },
      },
    ],
    ['an allergy', '48765-2', { resourceType: 'AllergyIntolerance', code: { text: 'Egg' } }],
    [
      'a medicine',
      '10160-0',
      { resourceType: 'MedicationStatement', status: 'active', medicationCodeableConcept: { text: 'Aspirin' } },
    ],
    ['a vaccination', '11369-6', { resourceType: 'Immunization', status: 'completed', vaccineCode: { text: 'MMR' } }],
    ['a result', '30954-2', { ...observation, category: [coding('laboratory')], code: { text: 'Potassium' } }],
    ['a procedure', '47519-4', { resourceType: 'Procedure', status: 'completed', code: { text: 'Appendicectomy' } }],
    ['a vital sign', '8716-3', { ...observation, category: [coding('vital-signs')], code: { text: 'Weight' } }],
    ['another finding', '29545-1', { ...observation, category: [coding('exam')], code: { text: 'Wound' } }],
    [
      'a device',
      '46264-8',
      { resourceType: 'Device', status: 'active', type: { text: 'Pacemaker' }, patient: { reference: 'Patient/p' } },
    ],
    ['an alert', '104605-1', { resourceType: 'Flag', status: 'active', code: { text: 'Allergic to cats' } }],
    ['a risk', '104605-1', { resourceType: 'Flag', status: 'active', code: { text: 'Risk to staff' } }],
    ['a plan', '18776-5', { resourceType: 'CarePlan', status: 'active', intent: 'plan', title: 'Diabetes plan' }],
    [
      'a plan for a crisis',
      '18776-5',
      { resourceType: 'CarePlan', status: 'active', intent: 'plan', title: 'Crisis plan' },
    ],
    [
      'a plan beside it',
      '18776-5',
      { resourceType: 'CarePlan', status: 'active', intent: 'plan', title: 'Positive behaviour support plan' },
    ],
    [
      'how she lives',
      '29762-2',
      { ...observation, category: [coding('social-history')], code: { text: 'Pack years' } },
    ],
    ['a score', '47420-5', { ...observation, category: [coding('survey')], code: { text: 'Barthel score' } }],
  ])('hold %s where a reader of the IPS looks for it, and nowhere else', (_what, code, resource) => {
    const { composition } = summaryOf(recordOf({ gp: [{ id: '1', ...resource }] }));
    const holding = asObjects(composition['section'])
      .filter((section) => asObjects(section['entry']).length > 0)
      .map((section) => asObjects((section['code'] as { coding: unknown }).coding)[0]?.['code']);
    expect(holding).toEqual([code]);
  });

  it.each<readonly [string, string, Resource]>([
    [
      'a decision about resuscitation',
      '42348-3',
      {
        resourceType: 'Consent',
        status: 'active',
        scope: coding('adr'),
        category: [{ coding: [{ code: 'dnr' }], text: 'DNACPR' }],
        dateTime: '2026-01-01',
      },
    ],
    [
      'a power of attorney',
      '42348-3',
      { resourceType: 'Flag', status: 'active', code: { text: 'Lasting power of attorney' } },
    ],
    ['a pregnancy', '10162-6', { ...observation, code: { text: 'Pregnancy status' }, valueString: 'Pregnant' }],
  ])('say that %s is held, and carry it not', (_what, code, resource) => {
    const { words, section } = summaryOf(recordOf({ gp: [{ id: '1', ...resource }] }));
    expect(words(code)).toContain('Held and not part of this summary: 1.');
    expect(section(code)).not.toHaveProperty('entry');
  });
});
