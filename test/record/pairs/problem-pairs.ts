import type { Resource } from '../../../src/record/resource.ts';
import { another, both, code, SNOMED, snomed, there, words, type PairMaker } from './pair.ts';

/** Code, preferred term, fully specified name, and other descriptions by which records name it. */
const PROBLEMS: readonly (readonly [code: string, term: string, fsn: string, ...also: readonly string[]])[] = [
  ['44054006', 'Type 2 diabetes mellitus', 'Diabetes mellitus type 2 (disorder)', 'Type II diabetes mellitus', 'T2DM'],
  ['59621000', 'Essential hypertension', 'Essential hypertension (disorder)', 'Primary hypertension'],
  ['13645005', 'Chronic obstructive pulmonary disease', 'Chronic obstructive lung disease (disorder)', 'COPD'],
  ['195967001', 'Asthma', 'Asthma (disorder)', 'Bronchial asthma'],
  ['49436004', 'Atrial fibrillation', 'Atrial fibrillation (disorder)', 'AF - Atrial fibrillation'],
  ['84114007', 'Heart failure', 'Heart failure (disorder)', 'Cardiac failure'],
  ['40930008', 'Hypothyroidism', 'Hypothyroidism (disorder)', 'Underactive thyroid'],
  ['69896004', 'Rheumatoid arthritis', 'Rheumatoid arthritis (disorder)'],
  ['239873007', 'Osteoarthritis of knee', 'Osteoarthritis of knee (disorder)', 'Knee osteoarthritis'],
  ['84757009', 'Epilepsy', 'Epilepsy (disorder)'],
  ['68566005', 'Urinary tract infection', 'Urinary tract infectious disease (disorder)', 'UTI'],
  ['233604007', 'Pneumonia', 'Pneumonia (disorder)'],
  ['90560007', 'Gout', 'Gout (disorder)'],
  ['37796009', 'Migraine', 'Migraine (disorder)'],
  ['35489007', 'Depressive disorder', 'Depressive disorder (disorder)', 'Depression'],
  ['700379002', 'Chronic kidney disease stage 3B', 'Chronic kidney disease stage 3B (disorder)', 'CKD stage 3b'],
  ['363346000', 'Malignant neoplastic disease', 'Malignant neoplastic disease (disorder)', 'Cancer'],
  ['5913000', 'Fracture of neck of femur', 'Fracture of neck of femur (disorder)', 'Fractured neck of femur'],
];

const found = (resource: Resource): (typeof PROBLEMS)[number] => {
  const row = PROBLEMS.find(([known]) => known === resource['example']);
  if (!row) throw new Error('not one of the problems');
  return row;
};

const resolved = (onsetDateTime: string): object => ({ clinicalStatus: code('resolved'), onsetDateTime });

export const problemPairs: PairMaker = {
  section: 'problems',
  apart: { 'a day less exact, and over': 'two episodes of one year cannot be told from one (safety H12)' },

  one(chance) {
    const [known, term] = chance.pick(PROBLEMS);
    const day = chance.day();
    return {
      resourceType: 'Condition',
      id: 'c',
      example: known,
      ...(chance.next() < 0.35 ? resolved(day) : { clinicalStatus: code('active'), onsetDateTime: day }),
      verificationStatus: code('confirmed'),
      code: snomed(known, term),
      recordedDate: day,
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'words without a code': there((one) => ({ code: words(found(one)[1]) })),
    'another description, without a code': there((one, chance) => ({
      code: words(chance.pick(found(one).slice(3).length > 0 ? found(one).slice(3) : [found(one)[1]])),
    })),
    'another description under the code': there((one, chance) => ({
      code: { coding: [{ system: SNOMED, code: found(one)[0], display: chance.pick(found(one).slice(1)) }] },
    })),
    capitals: there((one) => ({ code: words(found(one)[1].toUpperCase()) })),
    'a code of another system beside it': there((one) => ({
      code: {
        coding: [
          { system: SNOMED, code: found(one)[0], display: found(one)[1] },
          { system: 'http://hl7.org/fhir/sid/icd-10', code: 'X00' },
        ],
      },
    })),
    'recorded in another year': there((_, chance) => ({ recordedDate: chance.day() })),
    'known since another year, and current': both((_, chance) => [
      { clinicalStatus: code('active') },
      { clinicalStatus: code('active'), onsetDateTime: chance.day() },
    ]),
    'another severity': both(() => [{ severity: words('Mild') }, { severity: words('Severe') }]),
    'severity by one alone': there(() => ({ severity: words('Moderate') })),
    'place in the body by one alone': there(() => ({ bodySite: [words('Left')] })),
    'another category': there(() => ({ category: [code('encounter-diagnosis')] })),
    'a note': there(() => ({ note: [{ text: 'Seen in clinic.' }] })),
    'a day less exact, and over': both((_, chance) => {
      const day = chance.day();
      return [resolved(day), resolved(day.slice(0, 4))];
    }),
  },

  unlike: {
    diagnosis: there((one, chance) => {
      const [other, term] = another(chance, PROBLEMS, ([known]) => known === one['example']);
      return { code: snomed(other, term) };
    }),
    status: both((_, chance) => {
      const day = chance.day();
      return [{ clinicalStatus: code('active'), onsetDateTime: day }, resolved(day)];
    }),
    'status, by words alone': both((one, chance) => {
      const day = chance.day();
      return [
        { clinicalStatus: code('active'), onsetDateTime: day },
        { ...resolved(day), code: words(found(one)[1]) },
      ];
    }),
    'status not recorded': both(() => [{ clinicalStatus: code('active') }, { clinicalStatus: undefined }]),
    refutation: there(() => ({ verificationStatus: code('refuted') })),
    certainty: there((_, chance) => ({
      verificationStatus: code(chance.pick(['provisional', 'differential', 'unconfirmed'])),
    })),
    'side of the body': both(() => [{ bodySite: [words('Left')] }, { bodySite: [words('Right')] }]),
    'period (two episodes that are over)': both((_, chance) => [
      resolved(chance.day(2010, 2016)),
      resolved(chance.day(2017, 2024)),
    ]),
    'words that doubt the code': there((one) => ({
      code: { ...snomed(found(one)[0], found(one)[1]), text: `?${found(one)[1]}` },
    })),
    'whose it is': there((one) => ({ code: words(`Family history of ${found(one)[1].toLowerCase()}`) })),
    stage: both(() => [{ stage: [{ summary: words('Stage II') }] }, { stage: [{ summary: words('Stage IV') }] }]),
    'none known': there(() => ({ code: words('No known problems') })),
  },
};
