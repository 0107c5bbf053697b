import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { recordOf, summaryOf, type Said } from '../../support/summary-of.ts';

const coding = (code: string): object => ({ coding: [{ code }] });
const lines = (code: string, said: Said | Resource): readonly string[] => {
  const div = summaryOf(recordOf('resourceType' in said ? { gp: [said as Resource] } : (said as Said))).words(code);
  return [...div.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line]) => line ?? '');
};
const PROBLEMS = '11450-4';
const PAST = '11348-0';
const ALLERGIES = '48765-2';
const MEDICINES = '10160-0';
const RESULTS = '30954-2';
const condition = { resourceType: 'Condition', id: '1', clinicalStatus: coding('active'), code: { text: 'Asthma' } };
const allergy = {
  resourceType: 'AllergyIntolerance',
  id: '1',
  clinicalStatus: coding('active'),
  code: { text: 'Penicillin' },
};
const request = {
  resourceType: 'MedicationRequest',
  id: '1',
  status: 'active',
  intent: 'order',
  authoredOn: '2026-01-01',
  medicationCodeableConcept: { text: 'Warfarin' },
};
const result = {
  resourceType: 'Observation',
  id: '1',
  status: 'final',
  category: [coding('laboratory')],
  code: { text: 'Potassium' },
  effectiveDateTime: '2026-10-01',
};

describe('what people read in a section of a summary', () => {
  it('is never that a medicine is taken which must not be given', () => {
    expect(lines(MEDICINES, { ...request, doNotPerform: true })).toEqual([
      'Warfarin (NOT taken or NOT to be given, recorded as active, 2026-01-01): The gp',
    ]);
  });

  it('is never that what is over goes on, whatever its status still says', () => {
    const ended = {
      resourceType: 'MedicationStatement',
      id: '1',
      status: 'active',
      medicationCodeableConcept: { text: 'Warfarin' },
    };
    expect(lines(MEDICINES, { ...ended, effectivePeriod: { start: '2019', end: '2020' } })).toEqual([
      'Warfarin (over, recorded as active, 2019 to 2020): The gp',
    ]);
    expect(lines(MEDICINES, { ...ended, effectivePeriod: { end: '2020' } })).toEqual([
      'Warfarin (over, recorded as active, beginning not known to 2020): The gp',
    ]);
  });

  it('is never a day of filing as the day on which it was so', () => {
    expect(lines(PROBLEMS, { ...condition, recordedDate: '2012-01-01' })).toEqual([
      'Asthma (current, recorded as active, recorded on 2012-01-01): The gp',
    ]);
    expect(lines(PROBLEMS, { ...condition, onsetDateTime: '2010' })).toEqual([
      'Asthma (current, recorded as active, 2010): The gp',
    ]);
    expect(lines(PROBLEMS, condition)).toEqual(['Asthma (current, recorded as active, date not known): The gp']);
  });

  it('is never a denial that is denied once more', () => {
    expect(lines(ALLERGIES, { ...allergy, code: { text: 'No known allergies' } })).toEqual([
      'No known allergies (recorded as active, date not known): The gp',
    ]);
    expect(lines(PROBLEMS, { ...condition, code: { text: 'No known problems' } })).toEqual([
      'No known problems (recorded as active, date not known): The gp',
    ]);
    const unasked = {
      coding: [{ system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code: 'no-allergy-info' }],
      text: 'No information',
    };
    expect(lines(ALLERGIES, { ...allergy, code: unasked })).toEqual([
      'No information (recorded as active, date not known): The gp',
    ]);
  });

  it.each<readonly [string, string, Resource]>([
    ['ruled out', PROBLEMS, { ...condition, verificationStatus: coding('refuted') }],
    ['ruled out', ALLERGIES, { ...allergy, verificationStatus: coding('refuted') }],
    ['NOT done', '47519-4', { resourceType: 'Procedure', id: '1', status: 'not-done', code: { text: 'Asthma' } }],
    [
      'NOT given',
      '11369-6',
      { resourceType: 'Immunization', id: '1', status: 'not-done', vaccineCode: { text: 'MMR' } },
    ],
    ['over', PAST, { ...condition, clinicalStatus: coding('resolved') }],
    ['planned', MEDICINES, { ...request, status: 'draft' }],
    ['standing not known', MEDICINES, { ...request, status: 'on-hold' }],
  ])('says in a word how it stands: %s', (word, code, resource) => {
    expect(lines(code, resource)[0]).toContain(` (${word}, recorded as `);
  });

  it('says no word of ours where a source denies in its own', () => {
    const risk = { resourceType: 'Flag', id: '1', status: 'active', code: { text: 'No history of violence' } };
    expect(lines('104605-1', risk)).toEqual(['No history of violence (recorded as active, date not known): The gp']);
    expect(lines(PROBLEMS, { ...condition, clinicalStatus: undefined })[0]).toBe(
      'Asthma (standing not known, date not known): The gp',
    );
  });

  it('says a value, why there is none, its flags, its parts and its doubts', () => {
    expect(
      lines(RESULTS, {
        ...result,
        status: 'preliminary',
        valueQuantity: { value: '5.0', comparator: '<', unit: 'mmol/L' },
        interpretation: [{ text: 'Low' }],
        note: [{ text: 'Seen' }],
      }),
    ).toEqual([
      'Potassium; &lt;5.0 mmol/L; Low; Seen (current, recorded as preliminary, 2026-10-01) [preliminary]: The gp',
    ]);
    expect(lines(RESULTS, { ...result, dataAbsentReason: { text: 'masked' } })).toEqual([
      'Potassium; no value: masked (current, recorded as final, 2026-10-01) [value-missing]: The gp',
    ]);
    const parts = [
      { code: { text: 'A' }, valueString: 'x', interpretation: [{ text: 'High' }] },
      { code: { text: 'B' }, dataAbsentReason: { text: 'broken' } },
    ];
    expect(lines(RESULTS, { ...result, component: parts })[0]).toContain('Potassium; A x High; B no value: broken (');
  });

  it('says how a medicine is taken, and its strength where its name does not', () => {
    const dosageInstruction = [
      { text: 'One at night', additionalInstruction: [{ text: 'With food' }], maxDosePerAdministration: { value: 2 } },
      {
        doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg' }, rateQuantity: { value: 1, unit: 'mL/h' } }],
        route: { text: 'Oral' },
        timing: { code: { text: 'twice a day' } },
        asNeededCodeableConcept: { text: 'for pain' },
      },
      { doseAndRate: [{ doseQuantity: { value: 1 } }], asNeededBoolean: true },
    ];
    expect(lines(MEDICINES, { ...request, dosageInstruction })[0]).toContain(
      'Warfarin; One at night, up to 2 at a time, With food; 5 mg 1 mL/h Oral twice a day when needed for pain; 1 when needed (',
    );
    const product = {
      ...request,
      medicationCodeableConcept: undefined,
      contained: [
        {
          resourceType: 'Medication',
          id: 'm',
          code: { text: 'Warfarin' },
          ingredient: [
            { itemCodeableConcept: { text: 'Warfarin' }, strength: { numerator: { value: 5, unit: 'mg' } } },
          ],
        },
      ],
      medicationReference: { reference: '#m' },
    };
    expect(lines(MEDICINES, product)[0]).toContain('Warfarin; 5 mg (');
    expect(lines(MEDICINES, { ...request, medicationCodeableConcept: { text: 'Warfarin 5mg tablets' } })[0]).toContain(
      'Warfarin 5mg tablets (',
    );
  });

  it('says what an allergy did, to what and how badly, and what a vaccine did', () => {
    const reaction = [
      {
        substance: { text: 'Amoxicillin' },
        manifestation: [{ text: 'Rash' }],
        severity: 'severe',
        description: 'At once',
      },
    ];
    expect(lines(ALLERGIES, { ...allergy, criticality: 'high', reaction })[0]).toContain(
      'Penicillin (Amoxicillin); criticality high; reaction: Rash, severe, At once, to Amoxicillin (current',
    );
    expect(lines(PROBLEMS, { ...condition, severity: { text: 'mild' } })[0]).toContain('Asthma; severity mild (');
    const vaccine = { resourceType: 'Immunization', id: '1', status: 'completed', vaccineCode: { text: 'MMR' } };
    expect(lines('11369-6', { ...vaccine, reaction: [{ detail: { display: 'Fever' } }] })[0]).toContain(
      'MMR; reaction: Fever (',
    );
  });

  it('is one line for all who say the very same, and one for each who says it otherwise', () => {
    const other = { ...allergy, id: '2', criticality: 'high' };
    expect(lines(ALLERGIES, { gp: [allergy], acute: [{ ...allergy, id: '3' }], hospice: [other] })).toHaveLength(2);
    const together = lines(ALLERGIES, { gp: [allergy, { ...allergy, id: '9' }], acute: [{ ...allergy, id: '3' }] });
    expect(together).toHaveLength(1);
    expect(together[0]).toMatch(/: The (gp; The acute|acute; The gp)$/);
  });

  it('has nothing between its lines, and each doubt by itself', () => {
    const doubted = {
      ...condition,
      verificationStatus: coding('unconfirmed'),
      code: { text: 'Asthma', coding: [{ display: 'Diabetes' }] },
    };
    const { words } = summaryOf(
      recordOf({
        gp: [doubted, { ...condition, id: '2', code: { text: 'Gout' } }, { resourceType: 'Condition', id: '9' }],
      }),
    );
    expect(words(PROBLEMS)).toMatch(/ \[[a-z-]+, [a-z-]+\]: The gp<\/li>/);
    expect(words(PROBLEMS)).toContain('</li><li>');
    const plan = { resourceType: 'CarePlan', id: '1', status: 'active', intent: 'plan', title: 'Diabetes plan' };
    const goal = { resourceType: 'Goal', id: '2', lifecycleStatus: 'active', description: { text: 'Walk' } };
    expect(summaryOf(recordOf({ gp: [plan, goal] })).words('18776-5')).toContain('</p><p>');
    expect(lines(ALLERGIES, { ...allergy, reaction: [{ manifestation: [{ text: 'Rash' }] }] })[0]).toContain(
      'reaction: Rash (',
    );
  });

  it('is text, whatever a source wrote: no markup of its', () => {
    const words = summaryOf(recordOf({ gp: [{ ...allergy, code: { text: '<b>Nuts & seeds</b>' } }] })).words(ALLERGIES);
    expect(words).toContain('<ul><li>&lt;b&gt;Nuts &amp; seeds&lt;/b&gt; (');
    expect(words).toMatch(/^<div xmlns="http:\/\/www\.w3\.org\/1999\/xhtml"><ul><li>.*<\/li><\/ul><p>.*<\/p><\/div>$/s);
  });

  it('is made by a machine, and is what is missing alone where nothing is held', () => {
    const empty = summaryOf(recordOf({ gp: [] }, { gp: { allergies: { state: 'nothing-held', count: 0 } } }));
    expect(empty.section(ALLERGIES)?.['text']).toEqual({
      status: 'generated',
      div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Nothing recorded at the organisations asked.</p></div>',
    });
  });
});
