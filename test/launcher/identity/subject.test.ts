import { describe, expect, it } from 'vitest';
import { isAbout } from '../../../launcher/identity/subject.ts';
import { SECTIONS } from '../../../src/record/sections/index.ts';

const about = (resource: Record<string, unknown> & { resourceType: string }) => isAbout(resource, 'p1');
const to = (reference: string, more: object = {}) => ({ reference, ...more });

describe('a resource that is not shown as this patient’s', () => {
  it.each([
    ['59 names another patient', { resourceType: 'Observation', subject: to('Patient/p2') }],
    ['59 names nobody', { resourceType: 'Observation' }],
    ['59 names a group', { resourceType: 'Observation', subject: to('Group/p1') }],
    ['59 names a longer id', { resourceType: 'Observation', subject: to('Patient/p11') }],
    [
      '59 names somebody by number only',
      { resourceType: 'Condition', subject: { type: 'Patient', identifier: { value: '9990000018' } } },
    ],
    [
      '60 names a contained patient',
      { resourceType: 'Observation', subject: to('#p1'), contained: [{ resourceType: 'Patient', id: 'p1' }] },
    ],
    [
      '60 names a patient of another server',
      { resourceType: 'Observation', subject: to('https://elsewhere.example/fhir/Patient/p1') },
    ],
    ['60 names a patient by climbing', { resourceType: 'Observation', subject: to('../Patient/p1') }],
    ['60 names a urn', { resourceType: 'Observation', subject: to('urn:uuid:7d1e4b52-0000-4000-8000-000000000000') }],
    [
      '59 is another’s part in a trial',
      { resourceType: 'ResearchSubject', individual: to('Patient/p2'), study: to('ResearchStudy/s1') },
    ],
    ['59 is another patient', { resourceType: 'Patient', id: 'p2' }],
    [
      '59 is an appointment of two patients',
      { resourceType: 'Appointment', participant: [{ actor: to('Patient/p1') }, { actor: to('Patient/p2') }] },
    ],
    [
      '59 is an appointment of nobody',
      { resourceType: 'Appointment', participant: [{ actor: to('Practitioner/d1') }] },
    ],
    ['is of a type nobody has thought about', { resourceType: 'Invoice', subject: to('Patient/p1') }],
    ['has a type called like a method', { resourceType: 'constructor', subject: to('Patient/p1') }],
  ])('%s', (_title, resource) => {
    expect(about(resource)).toBe(false);
  });
});

describe('a resource that is', () => {
  it.each([
    ['names the patient', { resourceType: 'Observation', subject: to('Patient/p1') }],
    ['names a version of the patient', { resourceType: 'Observation', subject: to('Patient/p1/_history/3') }],
    ['names the patient as patient', { resourceType: 'AllergyIntolerance', patient: to('Patient/p1') }],
    ['is the patient', { resourceType: 'Patient', id: 'p1' }],
    [
      'is an appointment of the patient with someone somewhere',
      {
        resourceType: 'Appointment',
        participant: [{ actor: to('Practitioner/d1') }, { actor: to('Patient/p1') }, { actor: to('Location/l1') }],
      },
    ],
    [
      'is answered by a relative about the patient',
      { resourceType: 'QuestionnaireResponse', subject: to('Patient/p1'), source: to('RelatedPerson/r1') },
    ],
    ['is a part that is nobody’s', { resourceType: 'Practitioner', id: 'd1' }],
    [
      'is the patient’s part in a trial',
      { resourceType: 'ResearchSubject', individual: to('Patient/p1'), study: to('ResearchStudy/s1') },
    ],
    ['is a trial', { resourceType: 'ResearchStudy', id: 's1' }],
    ['is a medicine', { resourceType: 'Medication', id: 'm1' }],
    ['is a device of the patient', { resourceType: 'Device', id: 'd', patient: to('Patient/p1') }],
    ['is a device that is nobody’s', { resourceType: 'Device', id: 'd' }],
  ])('%s', (_title, resource) => {
    expect(about(resource)).toBe(true);
  });

  it('never takes a device that names another owner for one that is nobody’s', () => {
    expect(about({ resourceType: 'Device', id: 'd', patient: to('Patient/p2') })).toBe(false);
    expect(about({ resourceType: 'Device', id: 'd', patient: {} })).toBe(false);
  });

  it('every type that a section reads has a place for its patient here', () => {
    for (const type of new Set(SECTIONS.flatMap((section) => section.reads))) {
      const everywhere = Object.fromEntries(
        ['subject', 'patient', 'beneficiary', 'for', 'individual'].map((name) => [name, to('Patient/p1')]),
      );
      expect(
        about({ resourceType: type, id: 'p1', ...everywhere, participant: [{ actor: to('Patient/p1') }] }),
        type,
      ).toBe(true);
    }
  });
});
