import { describe, expect, it } from 'vitest';
import { saysUnsuitable } from '../../../src/record/fhir/suitability.ts';

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
    '',
  ])('"%s" does not', (text) => {
    expect(saysUnsuitable([text])).toBe(false);
  });
});
