import { describe, expect, it } from 'vitest';
import { modifierCautions } from '../../../src/record/fhir/modifiers.ts';

const extension = [{ url: 'https://a.example/not', valueBoolean: true }];

describe('a modifier', () => {
  it.each([
    ['on the resource', { modifierExtension: extension }],
    ['inside a dosage', { dosageInstruction: [{ text: '1 daily', modifierExtension: extension }] }],
    ['inside a contained resource', { contained: [{ resourceType: 'Medication', modifierExtension: extension }] }],
    ['that is not even a list', { modifierExtension: { url: 'x' } }],
    ['by implicit rules', { implicitRules: 'https://a.example/rules' }],
  ])('that we do not know makes the statement uninterpretable: %s', (_where, parts) => {
    expect(modifierCautions({ resourceType: 'Condition', ...parts })).toEqual(['not-interpretable']);
  });

  it('that is an empty list changes nothing, and a plain extension is none', () => {
    expect(modifierCautions({ resourceType: 'Condition', modifierExtension: [], extension })).toEqual([]);
  });

  it('hidden deeper than any real resource is taken to be there', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100; level++) deep = { deep };
    expect(modifierCautions({ resourceType: 'Condition', deep })).toEqual(['not-interpretable']);
  });
});
