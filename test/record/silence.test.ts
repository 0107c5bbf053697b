import { describe, expect, it } from 'vitest';
import { silenceOf } from '../../src/record/silence.ts';

describe('the rule by which a resource is ignored', () => {
  it.each([
    'Practitioner',
    'PractitionerRole',
    'Organization',
    'Location',
    'HealthcareService',
    'Medication',
    'Specimen',
    'Binary',
    'ResearchStudy',
  ])('is that a %s is a part of other statements', (resourceType) => {
    expect(silenceOf({ resourceType })).toBe('part');
  });

  it.each([
    ['instrument', { resourceType: 'Device', type: { text: 'Sphygmomanometer' } }],
    [
      'consent-to-sharing',
      {
        resourceType: 'Consent',
        scope: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
        },
      },
    ],
    ['list', { resourceType: 'List' }],
    ['provenance', { resourceType: 'Provenance' }],
    ['blank-form', { resourceType: 'Questionnaire' }],
    ['address', { resourceType: 'Endpoint' }],
    ['part', { resourceType: 'Medication' }],
  ])('is %s', (rule, resource) => {
    expect(silenceOf(resource)).toBe(rule);
  });

  it('never covers a device in a person, nor a consent to treatment', () => {
    expect(silenceOf({ resourceType: 'Device', patient: { reference: 'Patient/1' } })).toBeUndefined();
    expect(
      silenceOf({ resourceType: 'Consent', scope: { coding: [{ code: 'treatment' }, { code: 'adr' }] } }),
    ).toBeUndefined();
    expect(silenceOf({ resourceType: 'Procedure', scope: { coding: [{ code: 'patient-privacy' }] } })).toBeUndefined();
  });

  it.each(['dnr', 'acd', 'hcd', 'polst', '450476008', '304252001', '304251008'])(
    'never covers a decision about treatment that is filed as one about privacy: %s',
    (code) => {
      const scope = { coding: [{ code: 'patient-privacy' }] };
      const category = [{ coding: [{ code: 'INFA' }] }, { coding: [{ code }] }];
      expect(silenceOf({ resourceType: 'Consent', scope, category })).toBeUndefined();
      expect(silenceOf({ resourceType: 'Consent', scope, category: category.slice(0, 1) })).toBe('consent-to-sharing');
    },
  );

  it('covers a device that is in nobody alone', () => {
    expect(silenceOf({ resourceType: 'DeviceUseStatement' })).toBeUndefined();
    expect(silenceOf({ resourceType: 'Device' })).toBe('instrument');
  });
});
