import { describe, expect, it } from 'vitest';
import { problems, type ProblemEntry } from '../../src/record/sections/problems.ts';
import { procedures, type ProcedureEntry } from '../../src/record/sections/procedures.ts';
import { entryFrom } from '../support/record.ts';

const SNOMED = 'http://snomed.info/sct';
type Said = { readonly text?: string; readonly coding?: readonly object[] };
/** As one record has it, by code, displayed in another tongue; the other has words alone. */
const coded = (code: string): Said => ({ coding: [{ system: SNOMED, code, display: 'Fel y’i codwyd' }] });

const problemNames = (code: Said): readonly string[] => {
  const clinicalStatus = { coding: [{ code: 'active' }] };
  const entry = entryFrom<ProblemEntry>({ resourceType: 'Condition', id: '1', clinicalStatus, code });
  return (problems.identity?.(entry)?.names() ?? []).map(({ name }) => name);
};
const procedureNames = (code: Said): readonly string[] => {
  const entry = entryFrom<ProcedureEntry>({ resourceType: 'Procedure', id: '1', status: 'completed', code });
  return (procedures.identity?.(entry)?.names() ?? []).map(({ name }) => name);
};
const shared = (a: readonly string[], b: readonly string[]): boolean => a.some((name) => b.includes(name));

describe('a problem in words is the coded one', () => {
  it.each<[code: string, ...words: string[]]>([
    ['44054006', 'Type 2 diabetes mellitus', 'Type 2 diabetes', 'Type II diabetes mellitus', 'T2DM'],
    ['44054006', 'Diabetes mellitus type 2', 'Diabetes mellitus type II', 'Diabetes type 2'],
    ['46635009', 'Type 1 diabetes mellitus', 'Type 1 diabetes', 'Type I diabetes mellitus', 'T1DM'],
    ['46635009', 'Diabetes mellitus type 1', 'Diabetes type 1'],
    ['59621000', 'Essential hypertension', 'Primary hypertension'],
    ['13645005', 'Chronic obstructive pulmonary disease', 'COPD', 'Chronic obstructive airways disease', 'COAD'],
    ['13645005', 'Chronic obstructive lung disease', 'COPD - chronic obstructive pulmonary disease'],
    ['195967001', 'Asthma', 'Bronchial asthma'],
    ['49436004', 'Atrial fibrillation', 'AF - Atrial fibrillation'],
    ['84114007', 'Heart failure', 'Cardiac failure', 'HF - Heart failure'],
    ['703272007', 'Heart failure with reduced ejection fraction', 'HFrEF'],
    ['703272007', 'Heart failure with reduced left ventricular ejection fraction'],
    ['700378005', 'Chronic kidney disease stage 3A', 'CKD stage 3a', 'CKD 3a', 'CKD G3a'],
    ['700378005', 'Chronic kidney disease stage G3a'],
    ['700379002', 'Chronic kidney disease stage 3B', 'CKD stage 3b', 'CKD 3b', 'CKD G3b'],
    ['700379002', 'Chronic kidney disease stage G3b'],
    ['14669001', 'Acute kidney injury', 'Acute renal failure syndrome', 'AKI'],
    ['40930008', 'Hypothyroidism', 'Underactive thyroid'],
    ['5913000', 'Fracture of neck of femur', 'Fractured neck of femur'],
    ['363346000', 'Malignant neoplastic disease', 'Malignant neoplasm', 'Cancer'],
    ['69896004', 'Rheumatoid arthritis', 'RA - Rheumatoid arthritis'],
    ['239873007', 'Osteoarthritis of knee', 'Knee osteoarthritis'],
    ['84757009', 'Epilepsy', 'Epileptic disorder'],
    ['68566005', 'Urinary tract infection', 'UTI', 'Urinary tract infectious disease'],
    ['233604007', 'Pneumonia'],
    ['90560007', 'Gout'],
    ['37796009', 'Migraine'],
    ['35489007', 'Depressive disorder', 'Depression'],
    ['414545008', 'Ischaemic heart disease', 'Ischemic heart disease', 'IHD', 'Ischaemic heart disease (IHD)'],
    ['26929004', 'Alzheimer’s disease', "Alzheimer's disease"],
    ['14140009', 'Hyperkalaemia', 'Hyperkalemia'],
    ['24079001', 'Atopic dermatitis', 'Atopic eczema'],
  ])('%s: %s', (code, ...words) => {
    for (const text of words) {
      expect([text, shared(problemNames({ text }), problemNames(coded(code)))]).toEqual([text, true]);
    }
  });

  it.each([
    ['44054006', 'Type 1 diabetes mellitus'],
    ['44054006', 'Diabetes mellitus'],
    ['44054006', 'Gestational diabetes'],
    ['59621000', 'Hypertension'],
    ['195967001', 'Asthma?'],
    ['195967001', 'Childhood asthma'],
    ['84114007', 'HF'],
    ['69896004', 'RA'],
    ['84114007', 'Heart failure with reduced ejection fraction'],
    ['700378005', 'CKD 3b'],
    ['5913000', 'Fracture of neck of left femur'],
    ['363346000', 'Breast cancer'],
    ['239873007', 'Osteoarthritis of left knee'],
    ['239873007', 'Osteoarthritis'],
    ['233604007', 'Aspiration pneumonia'],
  ])('not what is wider, narrower, of a side, doubted or written for several things: %s, %s', (code, text) => {
    expect(shared(problemNames({ text }), problemNames(coded(code)))).toBe(false);
  });
});

describe('an act in words is the coded one', () => {
  it.each<[code: string, ...words: string[]]>([
    ['80146002', 'Appendicectomy', 'Appendectomy', 'Excision of appendix'],
    ['38102005', 'Cholecystectomy', 'Excision of gallbladder'],
    ['110473004', 'Cataract surgery'],
    ['433236007', 'Transthoracic echocardiography', 'Transthoracic echocardiogram'],
    ['127783003', 'Spirometry'],
    ['399208008', 'Plain chest X-ray', 'Chest X-ray', 'CXR', 'Plain chest radiograph'],
    ['29303009', 'Electrocardiographic procedure', 'Electrocardiogram', 'ECG'],
    ['33367005', 'Coronary angiography', 'Coronary angiogram'],
    ['232717009', 'Coronary artery bypass grafting', 'Coronary artery bypass graft', 'CABG'],
    ['73761001', 'Colonoscopy'],
    ['236886002', 'Hysterectomy'],
    ['52734007', 'Total replacement of hip', 'Total hip replacement', 'THR'],
    ['609588000', 'Total knee replacement', 'Total replacement of knee joint', 'TKR'],
    ['173422009', 'Tonsillectomy'],
  ])('%s: %s', (code, ...words) => {
    for (const text of words) {
      expect([text, shared(procedureNames({ text }), procedureNames(coded(code)))]).toEqual([text, true]);
    }
  });

  it.each([
    ['38102005', 'Laparoscopic cholecystectomy'],
    ['73761001', 'Flexible sigmoidoscopy'],
    ['52734007', 'Left total hip replacement'],
    ['433236007', 'Echocardiogram'],
    ['80146002', 'No appendicectomy'],
  ])('not what is wider, narrower, of a side or denied: %s, %s', (code, text) => {
    expect(shared(procedureNames({ text }), procedureNames(coded(code)))).toBe(false);
  });
});
