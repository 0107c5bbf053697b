// Proves src/record/sections/problem-taken-back.ts and what src/record/sections/problems.ts makes of it.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { problems, type ProblemEntry } from '../../../src/record/sections/problems.ts';
import { entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder } from '../../support/section.ts';
import { saidOf, written } from '../../support/written.ts';

const coded = (code: string) => ({ coding: [{ code }] });
const DVT = { coding: [{ system: 'http://snomed.info/sct', code: '128053003', display: 'Deep vein thrombosis' }] };

function condition(note: string, change: object = {}): Resource {
  return {
    resourceType: 'Condition',
    id: '1',
    clinicalStatus: coded('active'),
    verificationStatus: coded('confirmed'),
    code: DVT,
    note: [{ text: note }],
    ...change,
  };
}

const read = (note: string, change: object = {}): ProblemEntry => entryFrom<ProblemEntry>(condition(note, change));
const named = (text: string, note: string): ProblemEntry => read(note, { code: { text } });

const DOUBTED = { state: 'unknown', cautions: ['source-unclear'] };
const PLAIN = { state: 'current', cautions: [] };

describe('a problem whose note alone takes it back', () => {
  it.each([
    'Ruled out by Doppler',
    'ruled out',
    'Ruled-out on CT 3/5/2026.',
    'Since ruled out by Doppler, discharged',
    'This was refuted',
    'It has been excluded by D-dimer.',
    'This has now been ruled out in clinic',
    '12/03/2026: ruled out by Doppler',
    'Dr Patel: excluded on scan',
    'Seen in clinic. Diagnosis withdrawn.',
    'Diagnosis withdrawn',
    'The diagnosis has since been retracted',
    'This diagnosis was subsequently ruled out after ultrasound',
    'This problem was entered in error',
    'Seen by the GP. Entered in error.',
    'Entered on wrong patient',
    'This entry was recorded in the wrong patient’s notes',
    'Coded by mistake',
    'Wrong patient',
    'Diagnosis belongs to another patient',
    'This was a misdiagnosis',
    'Deep vein thrombosis ruled out',
    'DVT ruled out, this is cellulitis',
    'Swollen calf. ?DVT excluded by Doppler; cellulitis.',
    'Doppler ruled out DVT',
    'Scan has excluded a DVT',
    'Ruled out DVT on Doppler',
    'Diagnosis of DVT withdrawn',
    'Patient does not have DVT',
    'This is not DVT',
  ])('is recorded as active, and no longer plainly so: %s', (note) => {
    expect(read(note)).toMatchObject({
      ...DOUBTED,
      title: 'Deep vein thrombosis',
      statusAsRecorded: 'active, confirmed',
      takenBackBy: [note],
    });
  });

  it.each([
    'DVT ruled out, this is cellulitis',
    'DVT considered, ruled out by Doppler',
    'DVT: ruled out',
    'Doppler for DVT. This was refuted.',
    'Treated as DVT at first. It was excluded on day 2.',
    'Ruled out DVT by Doppler',
    'Ruled out as a cause of sepsis',
    'Ruled out for surgery',
    'Excluded from school',
    'Diagnosis of DVT withdrawn',
    'Previous diagnosis withdrawn',
    'Cellulitis not ruled out',
    'Cellulitis cannot be excluded',
    'Cellulitis has not been refuted',
    'Cellulitis to be ruled out',
    'Cellulitis ruled out?',
    'Ruled out if Doppler negative',
    'Ruled out at first but confirmed on MRI',
    'Has not ruled out cellulitis',
    'Until ultrasound has excluded cellulitis',
    'Cellulitis ruled out in right leg',
    'Orbital cellulitis excluded',
    'Cellulitis would be ruled out by MRI',
    'Withdrawn and tearful',
    'Treatment withdrawn',
    'Bloods filed on wrong patient',
    'Penicillin allergy, recorded in error',
    'Patient does not have a carer',
    'This is not improving',
    'Not ruled out by Doppler',
    'Rule out osteomyelitis',
    'Marked with pen',
  ])('stands where the note denies another thing, or nothing for certain: %s', (note) => {
    expect(named('Cellulitis', note)).toMatchObject(PLAIN);
    expect(named('Cellulitis', note).takenBackBy).toBeUndefined();
  });

  it.each([
    ['Pleural effusion', 'PE excluded by CTPA'],
    ['Gestational diabetes', 'Diabetes excluded at six weeks'],
    ['Latent tuberculosis', 'TB excluded'],
    ['Chronic pancreatitis', 'Acute pancreatitis ruled out'],
    ['Non-ST elevation myocardial infarction', 'ST elevation myocardial infarction ruled out'],
    ['Fracture of left hip', 'Right hip fracture excluded'],
    ['Diabetes mellitus type 2', 'Type 1 diabetes ruled out'],
    ['Pneumonia due to COVID-19', 'COVID-19 excluded'],
    ['History of DVT', 'DVT ruled out'],
  ])('stands beside what is only called something like it: %s, “%s”', (problem, note) => {
    expect(named(problem, note)).toMatchObject(PLAIN);
  });

  it.each([
    ['Pulmonary embolism', 'PE excluded by CTPA'],
    ['Acute myocardial infarction', 'MI ruled out'],
    ['Fracture of left hip', 'Hip fracture excluded on X-ray'],
    ['Fracture of left hip', 'Left hip fracture excluded'],
    ['Pneumonia due to COVID-19', 'Pneumonia ruled out'],
    ['COPD', 'Chronic obstructive airways disease ruled out by spirometry'],
    ['AF - Atrial fibrillation', 'Atrial fibrillation ruled out by monitor'],
    ['Asthma (disorder)', 'Asthma ruled out by spirometry'],
    ['Deep venous thrombosis', 'DVT ruled out'],
    ['Pulmonary embolus', 'Pulmonary embolism ruled out'],
    ['Transient ischaemic attack', 'TIA excluded'],
    ['Stroke', 'CVA excluded on CT'],
    ['Urinary tract infection', 'UTI ruled out'],
    ['Chronic obstructive pulmonary disease', 'COPD ruled out by spirometry'],
    ['Atrial fibrillation', 'AF excluded on monitor'],
    ['Chronic kidney disease', 'CKD ruled out'],
    ['Acute kidney injury', 'AKI ruled out'],
    ['Tuberculosis', 'TB excluded'],
    ['Subarachnoid haemorrhage', 'SAH ruled out on CT'],
    ['Fracture of left hip', 'Fracture ruled out'],
    ['Acute left pyelonephritis', 'Pyelonephritis ruled out'],
    ['Asthma', 'A possible asthma ruled out'],
    ['Asthma', 'They do not have asthma'],
    ['Asthma', '12 May 2026, ruled out by spirometry'],
    ['Asthma', 'Seen today; 3 Nov 26: entered in error'],
    ['Asthma', 'Mrs O’Neill - entered in error'],
    ['Asthma', 'Reviewed.. Entered in error..'],
    ['Asthma', 'Reviewed\n\nEntered in error!'],
  ])('is known by its other names: %s, “%s”', (problem, note) => {
    expect(named(problem, note)).toMatchObject(DOUBTED);
  });

  it.each([
    ['Asthma', 'Seen on 12 May 2026 in clinic, ruled out for the marathon'],
    ['Asthma', 'Reviewed 3 Nov 26 in clinic, entered in error'],
    ['Asthma', 'Penicillin – recorded in error'],
    ['Asthma', 'Asthma ruled out?'],
    ['Asthma', 'Bloods of 12/3/26, entered in error'],
    ['Asthma', 'Father says they do not have asthma'],
    ['Asthma', 'Perhaps this is not asthma'],
    ['Acute-on-chronic asthma', 'Asthma ruled out'],
  ])('stands where that may be said of another thing, or by somebody else: %s, “%s”', (problem, note) => {
    expect(named(problem, note)).toMatchObject(PLAIN);
  });

  it.each(['Asthma?', 'Asthma ?', '?Asthma', 'Query asthma'])('is one by its name without its doubt: %s', (problem) => {
    expect(named(problem, 'Asthma ruled out').takenBackBy).toEqual(['Asthma ruled out']);
  });

  it('is known by its code too, whatever its words: a note may name it otherwise', () => {
    const airways = { coding: [{ system: 'http://snomed.info/sct', code: '13645005' }], text: 'Lungs' };
    expect(read('COPD ruled out by spirometry', { code: airways })).toMatchObject(DOUBTED);
    const elsewhere = { coding: [{ system: 'urn:local', code: '13645005' }], text: 'Lungs' };
    expect(read('COPD ruled out by spirometry', { code: elsewhere })).toMatchObject(PLAIN);
  });

  it('says nothing new of one that its status takes back or ends already', () => {
    const of = (change: object) => read('Ruled out by Doppler', change);
    expect(of({ verificationStatus: coded('refuted') })).toMatchObject({ state: 'negated', cautions: [] });
    expect(of({ verificationStatus: coded('entered-in-error') })).toMatchObject({ state: 'in-error', cautions: [] });
    expect(of({ clinicalStatus: coded('resolved') })).toMatchObject({ state: 'past', cautions: [] });
  });

  it('leaves one without a status not known, and not over', () => {
    expect(read('Ruled out by Doppler', { clinicalStatus: undefined })).toMatchObject(DOUBTED);
  });

  it('says nothing of “no known problems”', () => {
    expect(named('No known problems', 'Entered in error')).toMatchObject({ state: 'negated', cautions: [] });
  });

  it('never joins one that nobody doubts', () => {
    const plain = condition('Left calf');
    expect(linesOf(problems, [condition('Ruled out by Doppler')], [plain])).toHaveLength(2);
    const open = { clinicalStatus: undefined, onsetDateTime: '2026-03-01' };
    expect(linesOf(problems, [condition('Ruled out by Doppler', open)], [condition('Left calf', open)])).toHaveLength(
      2,
    );
    expect(linesOf(problems, [condition('Left leg')], [plain])).toHaveLength(1);
  });

  it('stands among the active ones, for it may be one', () => {
    const of = (id: string, onset: string, change: object = {}) =>
      condition('', { id, code: { text: id }, onsetDateTime: onset, ...change });
    const doubted = of('Thrombosis', '2021', { note: [{ text: 'Ruled out by Doppler' }] });
    const unknown = of('Gout', '2026', { clinicalStatus: undefined });
    expect(listedInAnyOrder(problems, [of('Asthma', '2020'), of('Angina', '2022'), doubted, unknown])).toEqual([
      ['Angina', 'Thrombosis', 'Asthma', 'Gout'],
    ]);
  });

  it('is written for others with its note, and with no end that nobody gave it', () => {
    const resource = condition('Ruled out by Doppler');
    expect(written(resource)).toMatchObject({ note: [{ text: 'Ruled out by Doppler' }] });
    expect(written(resource)).not.toHaveProperty('abatementPeriod');
    expect(saidOf(entryFrom(written(resource)))).toEqual(saidOf(entryFrom(resource)));
  });

  it('is not held up by a note of any length', () => {
    expect(read(`${'excluded by '.repeat(20_000)}.`)).toMatchObject(PLAIN);
  });
});

describe('notes of two kinds', () => {
  it('only those that take it back are named as doing so', () => {
    const notes = [{ text: 'Left calf' }, { text: 'Ruled out by Doppler' }];
    expect(read('', { note: notes })).toMatchObject({ ...DOUBTED, takenBackBy: ['Ruled out by Doppler'] });
  });
});
