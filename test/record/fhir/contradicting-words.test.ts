import { describe, expect, it } from 'vitest';
import { contradict } from '../../../src/record/fhir/contradicting-words.ts';

describe('two names of one thing', () => {
  it.each([
    ['Type 1 diabetes mellitus', 'Diabetes mellitus type 2'],
    ['Type I diabetes', 'Type 2 diabetes'],
    ['Type III hypersensitivity', 'Type 2 hypersensitivity'],
    ['Grade IV tumour', 'Grade 3 tumour'],
    ['Chronic kidney disease stage 3a', 'Chronic kidney disease stage 3b'],
    ['CKD stage G3', 'CKD stage 4'],
    ['NYHA class II', 'NYHA class III'],
    ['Fracture of left hip', 'Right hip fracture'],
    ['Hepatitis B surface antigen positive', 'Hepatitis B surface antigen negative'],
    ['MRSA detected', 'MRSA not detected'],
    ['Blood group A', 'Blood group AB'],
    ['Blood group O', 'Blood group B'],
    ['Sertraline 50 mg tablets', 'Sertraline 100mg tablets'],
    ['Sertraline 50 milligram tablets', 'Sertraline 100 mg tablets'],
    ['Sertraline 50 milligrams', 'Sertraline 100 mg'],
    ['Levothyroxine 25 micrograms', 'Levothyroxine 50 mcg'],
    ['Levothyroxine 25 microgram tablets', 'Levothyroxine 50 micrograms'],
    ['Ramipril 2.5mg', 'Ramipril 2.25mg'],
  ])('cannot both be right: %s, %s', (a, b) => {
    expect([contradict(a, b), contradict(b, a)]).toEqual([true, true]);
  });

  it.each([
    ['Type II diabetes', 'Diabetes type 2'],
    ['Type I diabetes', 'Diabetes type 1'],
    ['Type III hypersensitivity', 'Hypersensitivity type 3'],
    ['Grade IV tumour', 'Tumour, grade 4'],
    ['Chronic kidney disease stage 3', 'Chronic kidney disease stage 3a'],
    ['CKD stage G3b', 'CKD stage 3'],
    ['Diabetes mellitus', 'Type 1 diabetes mellitus'],
    ['COVID-19', 'SARS-CoV-2'],
    ['Left and right hip pain', 'Left hip pain'],
    ['Sertraline 50 milligram tablets', 'Sertraline 50mg tablets'],
    ['Sertraline 50.0 milligrams', 'Sertraline 50 mg'],
    ['Levothyroxine 25 micrograms', 'Levothyroxine 25mcg'],
    ['Levothyroxine 25 microgram tablets', 'Levothyroxine 25 mcg'],
    ['Morphine 10mg/5ml', 'Morphine 20mg/5ml'],
    ['Morphine 1,000mg', 'Morphine 10 mg'],
    ['Levothyroxine 50 micrograms', 'Levothyroxine 0.05 mg'],
    ['', 'Left'],
  ])('may both be right: %s, %s', (a, b) => {
    expect([contradict(a, b), contradict(b, a)]).toEqual([false, false]);
  });
});
