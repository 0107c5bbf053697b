import { describe, expect, it } from 'vitest';
import {
  isAboutMe,
  isInvestigation,
  isInvestigationRequest,
  isSocialCare,
  isSupportReason,
} from '../../../src/record/sections/which-section.ts';

const observation = (change: { readonly [element: string]: unknown }) => ({ resourceType: 'Observation', ...change });

describe('where an Observation belongs', () => {
  it('is told by its category before anything else', () => {
    expect(
      isInvestigation(
        observation({ category: [{ coding: [{ code: 'vital-signs' }] }], code: { text: 'Serum potassium' } }),
      ),
    ).toBe(false);
    expect(
      isInvestigation(
        observation({ category: [{ coding: [{ code: 'laboratory' }] }], code: { text: 'Blood pressure' } }),
      ),
    ).toBe(true);
    expect(isInvestigation(observation({ category: [{ text: 'Laboratory' }], code: { text: 'X' } }))).toBe(true);
  });

  it('is told by its code, its specimen, then its words', () => {
    expect(
      isInvestigation(
        observation({
          code: {
            coding: [{ system: 'http://loinc.org', code: '2708-6', display: 'Oxygen saturation in Arterial blood' }],
          },
        }),
      ),
    ).toBe(false);
    expect(
      isInvestigation(observation({ code: { text: 'Something new' }, specimen: { reference: 'Specimen/1' } })),
    ).toBe(true);
    expect(isInvestigation(observation({ code: { text: 'Serum potassium level' } }))).toBe(true);
    expect(isInvestigation(observation({ code: { text: '24 hour blood pressure' } }))).toBe(false);
  });

  it('is examination findings when no rule knows it', () => {
    expect(isInvestigation(observation({ code: { text: 'Awareness of diagnosis' } }))).toBe(false);
    expect(isInvestigation(observation({}))).toBe(false);
  });
});

describe('what is social care', () => {
  it('is not a health plan', () => {
    expect(isSocialCare({ resourceType: 'CarePlan', category: [{ text: 'Diabetes self management plan' }] })).toBe(
      false,
    );
  });

  it('is told by category words, code system or extension', () => {
    expect(isSocialCare({ resourceType: 'CarePlan', category: [{ text: 'Home care package' }] })).toBe(true);
    expect(
      isSocialCare({
        resourceType: 'EpisodeOfCare',
        type: [
          { coding: [{ system: 'https://fhir.yhcr.nhs.uk/CodeSystem/Interweave-SocialCareServiceType-1', code: 'R' }] },
        ],
      }),
    ).toBe(true);
    expect(
      isSocialCare({
        resourceType: 'ServiceRequest',
        extension: [{ url: 'https://x.example/Extension-Interweave-SocialCareRequesterType' }],
      }),
    ).toBe(true);
  });

  it('has support reasons, which are no diagnoses', () => {
    expect(isSupportReason({ resourceType: 'Condition', code: { text: 'Asthma' } })).toBe(false);
    expect(
      isSupportReason({
        resourceType: 'Condition',
        code: { coding: [{ system: 'https://x/Interweave-SocialCareSupportReason-1', code: 'PS' }] },
      }),
    ).toBe(true);
    expect(isSupportReason({ resourceType: 'Observation', code: { text: 'Primary support reason' } })).toBe(true);
  });
});

describe('what is a test asked for', () => {
  it('is not a referral', () => {
    expect(isInvestigationRequest({ resourceType: 'ServiceRequest', code: { text: 'Referral to cardiology' } })).toBe(
      false,
    );
  });

  it('is told by its category', () => {
    expect(isInvestigationRequest({ resourceType: 'ServiceRequest', category: [{ text: 'Imaging' }] })).toBe(true);
  });
});

describe('what is About Me', () => {
  it('is no other form or letter', () => {
    expect(isAboutMe({ resourceType: 'DocumentReference', description: 'Letter about medication' })).toBe(false);
    expect(
      isAboutMe({
        resourceType: 'QuestionnaireResponse',
        questionnaire: 'https://x.example/Questionnaire/FitnessForWork',
      }),
    ).toBe(false);
  });

  it('is told by title, form name, type or code', () => {
    expect(
      isAboutMe({ resourceType: 'QuestionnaireResponse', questionnaire: 'https://x.example/Questionnaire/AboutMe' }),
    ).toBe(true);
    expect(
      isAboutMe({ resourceType: 'DocumentReference', content: [{ attachment: { title: 'About Me - what matters' } }] }),
    ).toBe(true);
    expect(
      isAboutMe({
        resourceType: 'DocumentReference',
        type: { coding: [{ system: 'http://loinc.org', code: '81338-6' }] },
      }),
    ).toBe(true);
  });
});
