// Proves src/record/sections/referrals.ts, src/record/sections/which-section.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import {
  isInvestigationRequest,
  isLocalAuthority,
  isPackageRequest,
  isReferralTask,
  isSocialCare,
  isSocialCareTeam,
  isSupportReason,
  requestOf,
} from '../../../src/record/sections/which-section.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { LOINC, OTHER, SCT } from '../../support/told-by.ts';

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
    const asthma = { coding: [{ system: SCT, code: '195967001' }], text: 'Asthma' };
    expect(isSupportReason({ resourceType: 'Condition', code: asthma, category: [asthma] })).toBe(false);
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

describe('a test that was asked for', () => {
  const request = (change: object) => ({ resourceType: 'ServiceRequest', ...change });

  it.each(['108252007', '363679005', '15220000'])('is told by the category %s of SNOMED CT', (code) => {
    const category = (system: string) => [{ text: 'Other' }, { coding: [{ system, code }], text: 'Order' }];
    expect(isInvestigationRequest(request({ category: category(SCT) }))).toBe(true);
    expect(isInvestigationRequest(request({ category: category(OTHER) }))).toBe(false);
  });

  it.each(['Laboratory', 'Pathology', 'Pathological test', 'Imaging', 'Radiology', 'Radiological'])(
    'is told by the category %s, though somebody is referred',
    (text) => {
      const category = [{ text: 'Other' }, { text }];
      expect(isInvestigationRequest(request({ category, code: { text: 'Referral' } }))).toBe(true);
    },
  );

  it('is told by a code of LOINC, or by words that name a test, where it has no category', () => {
    const coded = (...systems: readonly string[]) =>
      request({ code: { coding: systems.map((system) => ({ system, code: '1' })), text: 'Count' } });
    expect(isInvestigationRequest(coded(OTHER, LOINC))).toBe(true);
    expect(isInvestigationRequest(coded(OTHER))).toBe(false);
    expect(isInvestigationRequest(request({ code: { text: 'Chest X-ray' } }))).toBe(true);
    expect(isInvestigationRequest(request({ code: { text: 'Physiotherapy' } }))).toBe(false);
    expect(isInvestigationRequest(request({}))).toBe(false);
  });

  it.each(['Refer for CT', 'Referral for CT', 'Referred for ultrasound'])(
    'is none where somebody is asked to see the person for it: %s',
    (text) => {
      expect(isInvestigationRequest(request({ code: { text } }))).toBe(false);
      expect(isInvestigationRequest(request({ category: [{ text: 'Other' }, { text }], code: { text: 'CT' } }))).toBe(
        false,
      );
    },
  );

  it('is one where "refer" is only a part of a word', () => {
    expect(isInvestigationRequest(request({ code: { text: 'CT at preferred site' } }))).toBe(true);
  });
});

describe('a package of care that was asked for', () => {
  const request = (change: object) => ({
    resourceType: 'ServiceRequest',
    category: [{ text: 'Social care' }],
    occurrencePeriod: { start: '2026-01-01' },
    ...change,
  });

  it('is social care over a time, and neither alone', () => {
    expect(isPackageRequest(request({}))).toBe(true);
    expect(isPackageRequest(request({ occurrencePeriod: undefined }))).toBe(false);
    expect(isPackageRequest(request({ category: [{ text: 'Cardiology' }] }))).toBe(false);
  });
});

describe('what a Task is about', () => {
  const task = (change: object): Resource => ({ resourceType: 'Task', ...change });
  const request = (code: string, change: object = {}): Resource => ({
    resourceType: 'ServiceRequest',
    id: '1',
    code: { text: code },
    ...change,
  });
  const focus = { reference: 'ServiceRequest/1' };
  const isReferral = (resource: Resource, target?: Resource) =>
    isReferralTask(resource, {
      source: 'gp' as SourceId,
      resolve: (reference) => (reference === focus ? target : undefined),
    });

  it('is what it works on, before what it was made for', () => {
    const basedOn = [{ reference: 'CarePlan/1' }, { reference: 'ServiceRequest/2' }, { reference: 'ServiceRequest/3' }];
    expect(requestOf(task({ focus, basedOn }))).toBe(focus);
    expect(requestOf(task({ basedOn }))).toBe(basedOn[1]);
    expect(requestOf(task({ basedOn: [{ reference: 'CarePlan/1' }] }))).toBeUndefined();
    expect(requestOf(task({}))).toBeUndefined();
  });

  it('is a referral where it works on one', () => {
    expect(isReferral(task({ focus }), request('Cardiology'))).toBe(true);
    expect(isReferral(task({ focus }), request('Chest X-ray'))).toBe(false);
    const care = { category: [{ text: 'Social care' }], occurrencePeriod: { start: '2026-01-01' } };
    expect(isReferral(task({ focus }), request('Home care', care))).toBe(false);
    expect(isReferral(task({ focus, description: 'Referral' }), request('Chest X-ray'))).toBe(false);
  });

  it('is a referral where it works on a request that did not come with it', () => {
    expect(isReferral(task({ focus }))).toBe(true);
    expect(isReferral(task({ basedOn: [focus] }))).toBe(true);
    expect(isReferral(task({ focus: { reference: 'MedicationRequest/1' }, description: 'Referral' }))).toBe(false);
  });

  it('is told by its words where it works on nothing', () => {
    expect(isReferral(task({ description: 'Referral to cardiology' }))).toBe(true);
    expect(isReferral(task({ code: { text: 'Process referral' } }))).toBe(true);
    expect(isReferral(task({ description: 'Call back' }))).toBe(false);
    expect(isReferral(task({ description: 'Transreferral' }))).toBe(false);
    expect(isReferral(task({ description: 'refer', code: { text: 'ral' } }))).toBe(false);
    expect(isReferral(task({}))).toBe(false);
  });
});

describe('who runs it', () => {
  it.each([
    'Ousebridge City Council',
    'The local authority',
    'Social services',
    'County Hall',
    'Children’s services',
    "Children's services",
    'Childrens services',
  ])('is the council by its name: %s', (name) => {
    expect(isLocalAuthority({ name })).toBe(true);
  });

  it.each(['Northcliffe Surgery', 'Councillor Road Surgery', 'Hospital social work team'])(
    'is not the council: %s',
    (name) => {
      expect(isLocalAuthority({ name })).toBe(false);
    },
  );

  it('is not known without a name', () => {
    expect(isLocalAuthority({})).toBe(false);
  });

  it.each(['Social care', 'Hospital social work', 'Social services', 'Adult care'])(
    'is a team of social care by its name: %s',
    (name) => {
      expect(isSocialCareTeam({ resourceType: 'CareTeam', name })).toBe(true);
    },
  );

  it('is a team of social care by its category, and not by any name', () => {
    expect(isSocialCareTeam({ resourceType: 'CareTeam', category: [{ text: 'Social care' }] })).toBe(true);
    expect(isSocialCareTeam({ resourceType: 'CareTeam', name: 'Ward team' })).toBe(false);
    expect(isSocialCareTeam({ resourceType: 'CareTeam' })).toBe(false);
  });
});

describe('what is social care besides', () => {
  const plan = (change: object) => ({ resourceType: 'CarePlan', ...change });

  it.each([
    ...['Social care', 'Reablement', 'Homecare', 'Home care', 'Domiciliary', 'Direct payment', 'Package of care'],
    ...['Day centre', 'Respite', 'Supported living', 'Residential care', 'Telecare', 'Meals on wheels'],
  ])('is told by any of its words: %s', (text) => {
    for (const element of ['category', 'type', 'code']) {
      expect(isSocialCare(plan({ [element]: [{ text: 'Other' }, { text }] }))).toBe(true);
    }
  });

  it('is told by a code system wherever it stands among others, and by none without a name', () => {
    const coding = [{ code: '1' }, { system: 'https://x.example/Social-Care-1', code: '1' }];
    expect(isSocialCare(plan({ category: [{ text: 'Other' }, { coding, text: 'Plan' }] }))).toBe(true);
    expect(isSocialCare(plan({ category: [{ coding: [{ code: '1' }], text: 'Plan' }, {}] }))).toBe(false);
    expect(
      isSocialCare(plan({ extension: [{ url: 'https://x.example/other' }, { valueString: 'social-care' }] })),
    ).toBe(false);
  });
});

describe('why social care supports', () => {
  const condition = (change: object) => ({ resourceType: 'Condition', ...change });

  it('is told by category or code among others, by code system or by extension', () => {
    expect(isSupportReason(condition({ category: [{ text: 'Other' }, { text: 'Support reason' }] }))).toBe(true);
    const coding = [{ code: '1' }, { system: 'https://x.example/SupportReason', code: '1' }];
    expect(isSupportReason(condition({ category: [{ coding, text: 'Other' }] }))).toBe(true);
    expect(isSupportReason(condition({ extension: [{ url: 'https://x.example/PrimarySupportReason' }] }))).toBe(true);
    expect(isSupportReason(condition({ extension: [{ url: 'https://x.example/Reason' }] }))).toBe(false);
    expect(isSupportReason(condition({ code: { coding: [{ code: '1' }], text: 'Other' } }))).toBe(false);
  });
});
