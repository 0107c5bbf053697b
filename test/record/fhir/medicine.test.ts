import { describe, expect, it } from 'vitest';
import { splitName, substanceKey } from '../../../src/record/fhir/medicine.ts';

describe('the name of a medicine', () => {
  it.each([
    ['Ramipril 5mg capsules', 'Ramipril', '5mg', 'capsules'],
    ['Co-codamol 30mg/500mg tablets', 'Co-codamol', '30mg/500mg', 'tablets'],
    ['Salbutamol 100micrograms/dose inhaler CFC free', 'Salbutamol', '100micrograms/dose', 'inhaler CFC free'],
    ['Hydrocortisone 1% cream', 'Hydrocortisone', '1%', 'cream'],
    [
      'Insulin glargine 100units/ml solution for injection 3ml pre-filled pens',
      'Insulin glargine',
      '100units/ml',
      'solution for injection 3ml pre-filled pens',
    ],
    ['Morphine sulfate 10mg/5ml oral solution', 'Morphine sulfate', '10mg/5ml', 'oral solution'],
    ['Digoxin 125microgram tablets', 'Digoxin', '125microgram', 'tablets'],
    ['Warfarin', 'Warfarin', undefined, undefined],
    ['Adcal-D3 chewable tablets', 'Adcal-D3 chewable tablets', undefined, undefined],
  ])('%s comes apart without doubt or not at all', (text, name, strength, form) => {
    expect(splitName(text)).toEqual({ name, ...(strength && { strength }), ...(form && { form }) });
  });

  it('of several substances stays whole', () => {
    const text = 'Umeclidinium bromide 65micrograms/dose / Vilanterol 22micrograms/dose dry powder inhaler';
    expect(splitName(text)).toEqual({ name: text });
  });

  it('names one substance under its salts and forms, but never lithium under another salt', () => {
    expect(substanceKey({ name: 'Bisoprolol fumarate' })).toBe(substanceKey({ name: 'Bisoprolol' }));
    expect(substanceKey({ name: 'Ramipril capsules' })).toBe('ramipril');
    expect(substanceKey({ name: 'Lithium carbonate' })).not.toBe(substanceKey({ name: 'Lithium citrate' }));
    expect(substanceKey({ name: 'Sodium valproate' })).toBe('sodium valproate');
  });
});
