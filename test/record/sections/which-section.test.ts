import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import {
  isAboutMe,
  isDischargeSummary,
  isInvestigation,
  isInvestigationRequest,
  isLocalAuthority,
  isMeasurement,
  isPackageRequest,
  isReferralTask,
  isSocialCare,
  isSocialCareTeam,
  isSupportReason,
  requestOf,
  spaced,
  titlesOf,
} from '../../../src/record/sections/which-section.ts';
import type { SourceId } from '../../../src/record/source.ts';

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

const SCT = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const OTHER = 'https://local.example';

describe('a measurement', () => {
  it.each(['laboratory', 'vital-signs'])('is what its source files under %s, by any of its codes', (code) => {
    expect(isMeasurement(observation({ category: [{ coding: [{ code }] }] }))).toBe(true);
    expect(
      isMeasurement(observation({ category: [{ text: 'Other' }, { coding: [{ code: 'other' }, { code }] }] })),
    ).toBe(true);
  });

  it('is nothing else', () => {
    expect(isMeasurement(observation({}))).toBe(false);
    expect(isMeasurement(observation({ category: [{ coding: [{ code: 'social-history' }] }] }))).toBe(false);
    expect(isMeasurement(observation({ category: [{ text: 'laboratory' }] }))).toBe(false);
  });
});

describe('an Observation that has a category', () => {
  const words = { code: { text: 'Serum potassium level' } };

  it.each([
    ...['laboratory', 'lab', 'imaging', 'procedure', 'RAD', 'RX', 'CUS', 'CT', 'NMR'],
    ...['MB', 'HM', 'CH', 'SR', 'SP', 'VR', 'PAT'],
  ])('is an investigation where that is %s, whatever its words', (code) => {
    expect(isInvestigation(observation({ category: [{ coding: [{ code }] }], code: { text: 'Pulse' } }))).toBe(true);
  });

  it.each([
    ...['vital-signs', 'vital-sign', 'vitals', 'social-history', 'exam', 'survey'],
    ...['activity', 'therapy', 'functional-status', 'Vital Signs', 'Functional status'],
  ])('is none where that is %s, whatever its words', (text) => {
    expect(isInvestigation(observation({ category: [{ text }], ...words }))).toBe(false);
  });

  it('is an investigation where one of two says so', () => {
    expect(isInvestigation(observation({ category: [{ text: 'Exam' }, { text: 'Imaging' }] }))).toBe(true);
  });

  it('is told by its words where that says nothing', () => {
    expect(isInvestigation(observation({ category: [{ text: 'Other' }, {}], ...words }))).toBe(true);
    expect(isInvestigation(observation({ category: [{ coding: [{ display: 'Other' }] }], ...words }))).toBe(true);
  });
});

describe('an Observation told by its code or words', () => {
  it.each([
    ...['85354-9', '8480-6', '8462-4', '8867-4', '9279-1', '8310-5', '8331-1', '2708-6', '59408-5', '29463-7'],
    ...['3141-9', '8302-2', '39156-5', '9843-4', '8287-5', '85353-1', '72166-2', '74013-4', '82810-3', '11778-8'],
    ...['72514-3', '41950-7'],
  ])('is examined, not investigated, by LOINC %s, though it came with a specimen', (code) => {
    const coded = (system: string) =>
      observation({ code: { coding: [{ system, code }], text: 'Blood culture' }, specimen: {} });
    expect(isInvestigation(coded(LOINC))).toBe(false);
    expect(isInvestigation(coded(OTHER))).toBe(true);
  });

  it.each([
    ...['75367002', '271649006', '271650006', '72313002', '1091811000000102', '314463006', '364075005', '78564009'],
    ...['86290005', '276885007', '386725007', '431314004', '103228002', '27113001', '50373000', '60621009'],
    ...['363812007', '722742002', '371825009', '1104051000000101', '1104441000000107', '1363261000000104'],
  ])('is examined, not investigated, by SNOMED CT %s, though it came with a specimen', (code) => {
    const coded = (system: string) =>
      observation({ code: { coding: [{ system, code }], text: 'Blood culture' }, specimen: {} });
    expect(isInvestigation(coded(SCT))).toBe(false);
    expect(isInvestigation(coded(OTHER))).toBe(true);
  });

  it.each([
    ...['Respiration during urine test', 'Respiratory rate in CT', 'Smoking and serum cotinine', 'Smoker: urine'],
    ...['NEWS with serum lactate', 'NEWS2 with serum lactate', 'Oxygen therapy during CT'],
  ])('is examined where its words name both: %s', (text) => {
    expect(isInvestigation(observation({ code: { text } }))).toBe(false);
  });

  it.each([
    ...[
      'Serum sodium',
      'Leucocyte',
      'Leucocytes',
      'Leukocyte',
      'Leukocytes',
      'Erythrocyte',
      'Erythrocytes',
      'Platelet',
    ],
    ...['Platelets', 'Histology', 'Histological report', 'Cytology', 'Cytological report', 'Biopsy', 'Biopsies'],
    ...['X-ray of chest', 'Xray of chest', 'Radiograph', 'Radiography of wrist', 'Antibody', 'Antibodies', 'Urine'],
  ])('is an investigation where they name only that: %s', (text) => {
    expect(isInvestigation(observation({ code: { text } }))).toBe(true);
  });

  it.each(['Insomnia', 'Ultra', 'Newsletter', 'Cultured'])('is neither by a part of a word: %s', (text) => {
    expect(isInvestigation(observation({ code: { text } }))).toBe(false);
  });

  it('is told by a display too, and by no two of them run together', () => {
    const displays = (...all: readonly string[]) =>
      observation({ code: { coding: all.map((display) => ({ display })), text: 'Test' } });
    expect(isInvestigation(displays('Serum sodium'))).toBe(true);
    expect(isInvestigation(displays('in', 'blood'))).toBe(false);
    expect(isInvestigation(observation({ code: { coding: [{ code: '1' }], text: 'in' } }))).toBe(false);
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

describe('a discharge summary', () => {
  const document = (change: object) => ({ resourceType: 'DocumentReference', ...change });

  it('is told by its type', () => {
    const typed = (system: string, code: string) => document({ type: { coding: [{ system, code }], text: 'Letter' } });
    expect(isDischargeSummary(typed(SCT, '373942005'))).toBe(true);
    expect(isDischargeSummary(typed(LOINC, '18842-5'))).toBe(true);
    expect(isDischargeSummary(typed(LOINC, '373942005'))).toBe(false);
    expect(isDischargeSummary(typed(SCT, '18842-5'))).toBe(false);
  });

  it.each(['summary', 'letter', 'report', 'note', 'notification', 'information'])(
    'is told by its words, where a title may stand: discharge %s',
    (word) => {
      expect(isDischargeSummary(document({ type: { text: `Discharge ${word}` } }))).toBe(true);
      expect(isDischargeSummary(document({ type: { text: 'Letter' }, title: `Discharge-${word}.pdf` }))).toBe(true);
      expect(isDischargeSummary(document({ description: `Discharge ${word}` }))).toBe(true);
    },
  );

  it('is no other letter', () => {
    expect(isDischargeSummary(document({ type: { text: 'Letter' }, description: 'Discharge from ear' }))).toBe(false);
    expect(isDischargeSummary(document({}))).toBe(false);
  });
});

describe('where a title may stand', () => {
  it('is the document, its description, the form and its files, in that order', () => {
    expect(
      titlesOf({
        resourceType: 'QuestionnaireResponse',
        title: 'One',
        description: 'Two',
        questionnaire: 'Three',
        _questionnaire: { extension: [{ valueString: 'Four' }, { valueCode: 'no' }] },
        content: [{ attachment: { title: 'Five' } }, { format: {} }, { attachment: { contentType: 'text/plain' } }],
      }),
    ).toEqual(['One', 'Two', 'Three', 'Four', 'Five']);
    expect(titlesOf({ resourceType: 'QuestionnaireResponse' })).toEqual([]);
  });

  it('is compared in words, whatever stands between them', () => {
    expect(spaced('https://x.example/Questionnaire/AboutMe--v2')).toBe('https x example questionnaire about me v2');
    expect(spaced('Éa_Ünder4')).toBe('éa ünder4');
  });
});

describe('what is About Me besides', () => {
  it.each(['category', 'type', 'code'])('is told by a concept in its %s, among others', (element) => {
    const of = (concept: object) => ({ resourceType: 'DocumentReference', [element]: [{ text: 'Other' }, concept] });
    expect(isAboutMe(of({ text: 'This is me' }))).toBe(true);
    expect(isAboutMe(of({ coding: [{ system: LOINC, code: '81338-6' }], text: 'Story' }))).toBe(true);
    expect(isAboutMe(of({ coding: [{ system: LOINC, code: '81338-7' }], text: 'Story' }))).toBe(false);
  });

  it.each(['What matters to me', 'Patient story', 'One page profile', 'One-page profile', 'All about me'])(
    'is told by the name of the form, or one of its titles: %s',
    (text) => {
      const content = [{ attachment: { title: 'Letter' } }, { attachment: { title: text } }];
      expect(isAboutMe({ resourceType: 'DocumentReference', content })).toBe(true);
      expect(isAboutMe({ resourceType: 'DocumentReference', type: { text } })).toBe(true);
      const form = { extension: [{ valueString: text }] };
      expect(isAboutMe({ resourceType: 'QuestionnaireResponse', _questionnaire: form })).toBe(true);
    },
  );
});
