import { describe, expect, it } from 'vitest';
import { saysUnsuitable, UNSUITABLE_CONDITIONS } from '../../../src/record/fhir/suitability.ts';

describe('a comment on a sample', () => {
  it.each([
    'Sample haemolysed',
    'Specimen HEMOLYZED, potassium unreliable',
    'Not suitable for analysis',
    'Insufficient sample',
    'Sample insufficient.',
    'Clotted - please repeat',
    'EDTA contamination suspected',
    'Delay in transit',
    'No result: sample unlabelled',
    'Not haemolysed but clotted',
    'NOT SUITABLE',
    'Unsuitable sample',
    'Sample unsatisfactory',
    'Sample unlabeled',
    'Sample mislabelled',
    'Sample mislabeled',
    'Gross hemolysis',
    'Haemolysis present',
    'Grossly lipaemic',
    'Lipemic sample',
    'Insufficient serum',
    'Insufficient, please repeat',
    'Insufficient',
    'Contaminated specimen',
    'Sample leaked',
    'Leaking container',
    'Under-filled',
    'Underfilled tube',
    'Over-filled',
    'Overfilled tube',
    'Wrong tube',
    'Wrong patient',
    'Sample rejected',
    'Specimen too old',
    'Sample not received',
    'Delayed in transit',
    'Taken from drip arm',
    'Result unreliable',
    'Should be disregarded',
    'Invalid result',
    'No clot; grossly haemolysed',
    'Nothing grew. Contaminated',
    'Please ignore this result',
    'Disregard the above',
    'Do not use',
    'DO NOT ACT ON this potassium',
    'Should be ignored',
    'Result withdrawn by laboratory',
    'Results have been retracted',
    'Result in error',
    'Sample mix-up',
    'Specimens mixed up on the ward',
    'Sample from another patient',
    'Labelled for a different patient',
    'Spurious hyperkalaemia likely',
    'Spuriously raised',
    'Pseudohyperkalaemia',
    'Artefactual',
    'Erroneous, see repeat',
    'Old sample (over 24 h)',
    'Previous sample clotted. This one haemolysed',
    'Sample collected prior to dialysis haemolysed',
    'Sample taken earlier than asked for haemolysed',
    'Original sample haemolysed',
    'Received at last and haemolysed',
    'Compared with the previous result this sample is haemolysed',
  ])('"%s" calls it unsuitable', (text) => {
    expect(saysUnsuitable([text])).toBe(true);
  });

  it.each([
    'Not haemolysed',
    'No evidence of haemolysis',
    'No visible contamination',
    'Fasting sample',
    'Please repeat in six months',
    'Insufficient evidence of malignancy',
    'Clotted blood received',
    'Healthy carrier of MRSA',
    'Non-haemolysed',
    'Not  clotted',
    'Without any obvious signs of contamination',
    'Nil significant haemolysis',
    'Never contaminated',
    'Free of contamination',
    'Free from haemolysis',
    'No sign of haemolysis',
    'No visible evidence of contamination',
    'Unclotted',
    'Previous sample haemolysed',
    'Previous blood sample was grossly haemolysed',
    'Prior specimen clotted',
    'Repeated because the last specimen was clotted',
    'Not spurious',
    'Do not ignore',
    'Old age',
    '',
  ])('"%s" does not', (text) => {
    expect(saysUnsuitable([text])).toBe(false);
  });

  it('is looked for in every one of them', () => {
    expect(saysUnsuitable(['Fasting', 'Haemolysed'])).toBe(true);
    expect(saysUnsuitable([])).toBe(false);
  });

  it('is not denied by the no before it where it says itself that something is not', () => {
    expect(saysUnsuitable(['Suitable? No - Not suitable'])).toBe(true);
    expect(saysUnsuitable(['No evidence of any haemolysis'])).toBe(false);
    expect(saysUnsuitable(['No  visible  sign  of haemolysis'])).toBe(false);
  });
});

it('the conditions of a specimen that spoil a result are those of HL7', () => {
  expect(UNSUITABLE_CONDITIONS).toEqual(['AUT', 'CLOT', 'CON', 'HEM', 'SNR']);
});
