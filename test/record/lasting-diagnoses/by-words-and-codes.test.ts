import { describe, expect, it } from 'vitest';
import type { Coded } from '../../../src/record/fhir/coding.ts';
import { lastingDiagnosis } from '../../../src/record/lasting-diagnoses.ts';

const ICD10 = 'http://hl7.org/fhir/sid/icd-10';
const said = (text: string, status = 'inactive', codings: Coded['codings'] = []): string | undefined =>
  lastingDiagnosis({ text, codings }, status);
const coded = (code: string | undefined, status = 'inactive', system = ICD10): string | undefined =>
  said('Diagnosis', status, [{ system, ...(code && { code }) }]);

describe('what denies no diagnosis', () => {
  it.each([
    ['Stroke, not specified as haemorrhage or infarction', 'stroke'],
    ['Malignant neoplasm, primary site not known', 'cancer'],
    ['Acute myeloid leukaemia, not having achieved remission', 'cancer'],
    ['Heart failure, not elsewhere classified', 'heart-failure'],
    ['Cardiomyopathy, not otherwise specified', 'heart-failure'],
    ['Epilepsy, unspecified, not intractable', 'epilepsy'],
    ['Pulmonary tuberculosis, not confirmed bacteriologically or histologically', 'latent-infection'],
    ['Psychosis, cause not stated', 'psychosis'],
    ['Hepatitis B carrier', 'latent-infection'],
    ['Hepatitis C virus carrier', 'latent-infection'],
    ['Hepatitis B e antigen negative chronic infection', 'latent-infection'],
    ['Lymphoma, HIV negative', 'cancer'],
    ['Stroke, non-malignant hypertension', 'stroke'],
    ['Stroke after heat stroke', 'stroke'],
    ['Triple negative breast cancer', 'cancer'],
    ['Non-Hodgkin lymphoma', 'cancer'],
    ['Non-metastatic prostate cancer', 'cancer'],
    ['Non-ST elevation myocardial infarction', 'myocardial-infarction'],
  ])('is what a classification says of one that is made: %s', (text, id) => {
    expect(said(text)).toBe(id);
  });
});

describe('what is no diagnosis', () => {
  it.each([
    'Not a stroke',
    'Stroke, not confirmed',
    'Benign tumour, no cancer',
    'Cancer screening',
    'Screened for hepatitis C',
    'Family history of stroke',
    'FH: epilepsy',
    'Fear of cancer',
    'Worried about cancer',
    'Risk of stroke',
    'At risk of stroke',
    'Suspected epilepsy',
    'Query pulmonary embolism',
    'Stroke excluded',
    'Exclusion of tuberculosis',
    'No evidence of malignancy',
    'Hepatitis B vaccination',
    'Hepatitis B immunisation',
    'Hepatitis B immunization',
    'Kidney transplant donor',
    'Breast cancer gene carrier',
    'Stroke leaflet',
    'HIV counselling',
    'Contact with tuberculosis',
    'Exposure to HIV',
    'Pulmonary embolism ruled out',
    'Pulmonary embolism - ruled-out',
    'Chronic non-malignant pain',
    'Chronic non malignant pain',
    'Non-cancer pain',
    'Nonmalignant pain',
    'Heat stroke',
    'HIV negative',
    'Hepatitis B surface antigen negative',
    'Hepatitis C antibody not detected',
    'Hepatitis B immune',
    'Tuberculosis contact',
  ])('is what only names it: %s', (text) => {
    expect(said(text)).toBeUndefined();
  });

  it('is one of which a code’s own words say so, whatever stands before them', () => {
    expect(said('Stroke', 'inactive', [{ display: 'Suspected stroke' }])).toBeUndefined();
    expect(said('Cerebral event', 'inactive', [{ display: 'Stroke' }])).toBe('stroke');
  });
});

describe('a diagnosis that lasts', () => {
  it.each<[id: string, evenResolved: boolean, texts: readonly string[]]>([
    [
      'cancer',
      true,
      ['Breast cancer', 'Cancers', 'Basal cell carcinoma', 'Adenocarcinoma of colon', 'Malignancy', 'Leukemia'],
    ],
    [
      'cancer',
      true,
      ['Leukaemia', 'Lymphoma', 'Myeloma', 'Melanoma', 'Osteosarcoma sarcoma', 'Glioma', 'Glioblastoma'],
    ],
    ['cancer', true, ['Neuroblastoma', 'Mesothelioma', 'Metastases', 'Hodgkin disease', 'Hodgkin’s disease']],
    ['cancer', true, ['Carcinomas', 'Adenocarcinomas', 'Leukaemias', 'Lymphomatosis', 'Myelomatosis', 'Melanomas']],
    ['cancer', true, ['Sarcomatosis', 'Gliomas', 'Glioblastomas', 'Neuroblastomas', 'Mesotheliomas']],
    ['transplant', true, ['Renal transplant', 'Transplanted heart', 'Liver transplantation']],
    ['no-spleen', true, ['Asplenia', 'Asplenic', 'Splenectomy', 'Absence of spleen', 'Hyposplenism']],
    [
      'myocardial-infarction',
      true,
      ['Myocardial infarction', 'STEMI', 'NSTEMI', 'Heart attack', 'Acute coronary syndrome'],
    ],
    [
      'stroke',
      true,
      ['Stroke', 'Transient ischaemic attack', 'Transient ischemic attack', 'TIA', 'Cerebral infarction'],
    ],
    [
      'stroke',
      true,
      ['Cerebrovascular accident', 'Intracerebral haemorrhage', 'Subarachnoid hemorrhage', 'Subdural haemorrhage'],
    ],
    ['venous-thromboembolism', true, ['Pulmonary embolism', 'Pulmonary emboli', 'Deep vein thrombosis', 'DVT']],
    ['venous-thromboembolism', true, ['Deep venous thrombosis', 'Venous thromboembolism']],
    [
      'psychosis',
      false,
      [
        'Schizophrenia',
        'Schizophreniform psychosis',
        'Schizophrenic disorder',
        'Schizoaffective disorder',
        'Psychosis',
        'Psychotic episode',
        'Bipolar',
        'Mania',
        'Manic',
      ],
    ],
    ['epilepsy', false, ['Epilepsy', 'Epileptic seizures', 'Status epilepticus']],
    [
      'addiction',
      false,
      [
        'Alcohol dependence',
        'Opioid use disorder',
        'Cocaine addiction',
        'Alcoholism',
        'Drug dependency',
        'Heroin dependent',
      ],
    ],
    [
      'heart-failure',
      false,
      ['Heart failure', 'Cardiac failure', 'Cardiomyopathy', 'Left ventricular systolic dysfunction'],
    ],
    ['latent-infection', false, ['Tuberculosis', 'Hepatitis B', 'Hepatitis C', 'HIV']],
  ])('is known by its words: %s, once resolved too: %s', (id, evenResolved, texts) => {
    for (const text of texts) {
      expect([text, said(text, 'inactive')]).toEqual([text, id]);
      expect([text, said(text, 'remission')]).toEqual([text, id]);
      expect([text, said(text, 'resolved')]).toEqual([text, evenResolved ? id : undefined]);
    }
    const single = texts.filter((text) => !text.includes(' '));
    expect(single.filter((text) => said(`x${text}`) !== undefined)).toEqual([]);
  });

  it.each<[id: string, codes: readonly string[], not: readonly string[]]>([
    ['cancer', ['C50.9', 'C9'.concat('0')], ['D05', 'C', 'XC50']],
    ['transplant', ['Z94.0'], ['Z93', 'XZ94']],
    ['myocardial-infarction', ['I21.9', 'I22', 'I23.1', 'I25.2'], ['I24', 'I25.1', 'I2552', 'XI21', 'XI25.2']],
    ['stroke', ['I60', 'I61', 'I62.0', 'I63.9', 'I64', 'G45.9'], ['I65', 'G44', 'XI60', 'XG45']],
    ['venous-thromboembolism', ['I26.9', 'I80.1', 'I80.2'], ['I27', 'I80.0', 'I8041', 'XI26', 'XI80.1']],
    ['psychosis', ['F20.0', 'F29', 'F30', 'F31.9'], ['F32', 'F2', 'XF20', 'XF30']],
    ['epilepsy', ['G40.9', 'G41'], ['G43', 'XG40']],
    ['addiction', ['F10.2', 'F19.2'], ['F10.1', 'F1012', 'F1.2', 'XF10.2']],
    ['heart-failure', ['I50.9', 'I42.0'], ['I51', 'I43', 'XI50', 'XI42']],
    [
      'latent-infection',
      ['A15', 'A19', 'B16', 'B17', 'B18.1', 'B20', 'B24'],
      ['A20', 'B15', 'B19', 'B25', 'XA15', 'XB16', 'XB20'],
    ],
  ])('is known by its chapter of ICD-10: %s', (id, codes, not) => {
    for (const code of codes) expect([code, coded(code)]).toEqual([code, id]);
    for (const code of not) expect([code, coded(code)]).toEqual([code, undefined]);
  });

  it('is known by no code of another system that looks alike, nor by a code that is none', () => {
    expect(coded('C50.9', 'inactive', 'http://snomed.info/sct')).toBeUndefined();
    expect(coded('C50.9', 'inactive', 'http://loinc.org')).toBeUndefined();
    expect(said('Diagnosis', 'inactive', [{ code: 'C50.9' }])).toBeUndefined();
    expect(coded(undefined)).toBeUndefined();
    for (const system of ['http://hl7.org/fhir/sid/icd-10-uk', 'urn:oid:ICD10', 'https://example.org/ICD-10'])
      expect(coded('C50.9', 'inactive', system)).toBe('cancer');
  });

  it('is none of which nobody says that it is in remission or inactive, unless it can never be undone', () => {
    expect(lastingDiagnosis({ text: 'Epilepsy', codings: [] }, undefined)).toBeUndefined();
    expect(lastingDiagnosis({ text: 'Stroke', codings: [] }, undefined)).toBe('stroke');
  });
});
