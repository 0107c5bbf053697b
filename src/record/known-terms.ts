/**
 * Words that a record without a code uses for a concept that another record has coded. A row is one SNOMED CT concept and
 * descriptions of that very concept (International and UK editions), or the abbreviation that UK records write for it and
 * for nothing else: never a parent, a child, a side of the body or a doubt. It is used only to see two records as one, and
 * only where all else (standing, certainty, day of an act) is equal too; the source's own words stay on its line. What is
 * not here is compared by its own words. "RA", "MS", "AS", "HF" are left out: each is written for more than one thing.
 */
type Term = readonly [code: string, ...words: readonly string[]];

const PROBLEMS: readonly Term[] = [
  [
    '44054006',
    'type 2 diabetes mellitus',
    'type 2 diabetes',
    'type ii diabetes mellitus',
    't2dm',
    'diabetes mellitus type 2',
    'diabetes mellitus type ii',
    'diabetes type 2',
  ],
  [
    '46635009',
    'type 1 diabetes mellitus',
    'type 1 diabetes',
    'type i diabetes mellitus',
    't1dm',
    'diabetes mellitus type 1',
    'diabetes type 1',
  ],
  ['59621000', 'essential hypertension', 'primary hypertension'],
  [
    '13645005',
    'chronic obstructive pulmonary disease',
    'copd',
    'chronic obstructive airways disease',
    'chronic obstructive lung disease',
    'coad',
  ],
  ['195967001', 'asthma', 'bronchial asthma'],
  ['49436004', 'atrial fibrillation'],
  ['84114007', 'heart failure', 'cardiac failure'],
  [
    '703272007',
    'heart failure with reduced ejection fraction',
    'hfref',
    'heart failure with reduced left ventricular ejection fraction',
  ],
  [
    '700378005',
    'chronic kidney disease stage 3a',
    'ckd stage 3a',
    'ckd 3a',
    'ckd g3a',
    'chronic kidney disease stage g3a',
  ],
  [
    '700379002',
    'chronic kidney disease stage 3b',
    'ckd stage 3b',
    'ckd 3b',
    'ckd g3b',
    'chronic kidney disease stage g3b',
  ],
  ['14669001', 'acute kidney injury', 'acute renal failure syndrome', 'aki'],
  ['40930008', 'hypothyroidism', 'underactive thyroid'],
  ['5913000', 'fracture of neck of femur', 'fractured neck of femur'],
  ['363346000', 'malignant neoplastic disease', 'malignant neoplasm', 'cancer'],
  ['69896004', 'rheumatoid arthritis'],
  ['239873007', 'osteoarthritis of knee', 'knee osteoarthritis'],
  ['84757009', 'epilepsy', 'epileptic disorder'],
  ['68566005', 'urinary tract infection', 'uti', 'urinary tract infectious disease'],
  ['233604007', 'pneumonia'],
  ['90560007', 'gout'],
  ['37796009', 'migraine'],
  ['35489007', 'depressive disorder', 'depression'],
  ['414545008', 'ischaemic heart disease', 'ischemic heart disease', 'ihd', 'ischaemic heart disease (ihd)'],
  ['26929004', 'alzheimer’s disease', "alzheimer's disease"],
  ['14140009', 'hyperkalaemia', 'hyperkalemia'],
  ['24079001', 'atopic dermatitis', 'atopic eczema'],
];

const PROCEDURES: readonly Term[] = [
  ['80146002', 'appendicectomy', 'appendectomy', 'excision of appendix'],
  ['38102005', 'cholecystectomy', 'excision of gallbladder'],
  ['110473004', 'cataract surgery'],
  ['433236007', 'transthoracic echocardiography', 'transthoracic echocardiogram'],
  ['127783003', 'spirometry'],
  ['399208008', 'plain chest x-ray', 'chest x-ray', 'cxr', 'plain chest radiograph'],
  ['29303009', 'electrocardiographic procedure', 'electrocardiogram', 'ecg'],
  ['33367005', 'coronary angiography', 'coronary angiogram'],
  ['232717009', 'coronary artery bypass grafting', 'coronary artery bypass graft', 'cabg'],
  ['73761001', 'colonoscopy'],
  ['236886002', 'hysterectomy'],
  ['52734007', 'total replacement of hip', 'total hip replacement', 'thr'],
  ['609588000', 'total knee replacement', 'total replacement of knee joint', 'tkr'],
  ['173422009', 'tonsillectomy'],
];

/** By words in the form of `normaliseWords`. */
export const PROBLEM_TERMS = byWords(PROBLEMS);
export const PROCEDURE_TERMS = byWords(PROCEDURES);

function byWords(terms: readonly Term[]): ReadonlyMap<string, string> {
  return new Map(terms.flatMap(([code, ...words]) => words.map((text) => [text, code] as const)));
}
