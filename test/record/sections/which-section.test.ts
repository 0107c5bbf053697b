// Proves src/record/sections/examination-codes.ts too.
import { describe, expect, it } from 'vitest';
import {
  isAboutMe,
  isDischargeSummary,
  isInvestigation,
  isMeasurement,
  spaced,
  titlesOf,
} from '../../../src/record/sections/which-section.ts';
import { LOINC, observation, OTHER, SCT } from '../../support/told-by.ts';

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
