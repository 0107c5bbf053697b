import { describe, expect, it } from 'vitest';
import { readDosages } from '../../../src/record/fhir/dosage.ts';
import { splitName, substanceKey } from '../../../src/record/fhir/medicine.ts';
import { readFrequency } from '../../../src/record/fhir/timing.ts';

describe('a dosage', () => {
  it('is none when it says nothing', () => {
    expect(readDosages([{}, null, { text: ' ' }])).toEqual([]);
    expect(readDosages(undefined)).toEqual([]);
  });

  it('keeps range, rate, maximum, need and instructions in the source’s words', () => {
    const [dosage] = readDosages([
      {
        text: 'One or two when needed',
        asNeededCodeableConcept: { text: 'pain' },
        doseAndRate: [
          {
            doseRange: { low: { value: 1, unit: 'tablet' }, high: { value: 2, unit: 'tablet' } },
            rateRatio: { numerator: { value: 1, unit: 'mg' }, denominator: { value: 1, unit: 'hour' } },
          },
        ],
        maxDosePerPeriod: { numerator: { value: 8, unit: 'tablet' }, denominator: { value: 24, unit: 'hour' } },
        additionalInstruction: [{ text: 'With food' }],
        patientInstruction: 'Drink plenty',
      },
    ]);
    expect(dosage).toEqual({
      text: 'One or two when needed',
      dose: '1 to 2 tablet',
      rate: '1 mg in 1 hour',
      asNeeded: 'pain',
      maximum: '8 tablet in 24 hour',
      instructions: ['With food', 'Drink plenty'],
    });
  });

  it('comes in the order of its sequence', () => {
    expect(
      readDosages([
        { sequence: 2, text: 'then one' },
        { sequence: 1, text: 'first two' },
      ]).map((d) => d.text),
    ).toEqual(['first two', 'then one']);
  });

  it('tells both amounts where one is ordered and another worked out, and takes neither for the dose', () => {
    const of = (value: number): object => ({ doseQuantity: { value, unit: 'mg' } });
    const [dosage] = readDosages([{ doseAndRate: [of(600), of(932.59)] }]);
    expect(dosage?.dose).toBe('600 mg / 932.59 mg');
    expect(dosage).not.toHaveProperty('doseQuantity');
  });
});

describe('a frequency', () => {
  it('says for how long within limits, and how many in all', () => {
    const repeat = { frequency: 1, period: 1, periodUnit: 'd', count: 3 };
    const boundsRange = { low: { value: 5, unit: 'days' }, high: { value: 7, unit: 'days' } };
    expect(readFrequency({ repeat: { ...repeat, boundsRange } }).text).toBe('once a day, for 5 to 7 days, 3 in all');
  });

  it.each([
    [{ frequency: 1, period: 1, periodUnit: 'd' }, 'once a day', 1],
    [{ frequency: 2, period: 1, periodUnit: 'd' }, 'twice a day', 2],
    [{ frequency: 3, period: 1, periodUnit: 'd' }, '3 times a day', 3],
    [{ period: 8, periodUnit: 'h' }, 'every 8 hours', 3],
    [{ frequency: 1, period: 1, periodUnit: 'wk' }, 'once a week', 1 / 7],
    [{ frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' }, 'every 4 to 6 hours', undefined],
    [{ frequency: 1, frequencyMax: 2, period: 1, periodUnit: 'd' }, '1 to 2 times a day', undefined],
    [{ frequency: 1, period: 1, periodUnit: 'd', when: ['HS'] }, 'once a day, at bedtime', undefined],
    [{ frequency: 1, period: 1, periodUnit: 'wk', dayOfWeek: ['mon'] }, 'once a week, on Monday', undefined],
    [{ period: 0, periodUnit: 'd' }, 'every 0 days', undefined],
    [{}, undefined, undefined],
  ])('%j is in words and in numbers', (repeat, text, timesADay) => {
    const frequency = readFrequency({ repeat });
    expect(frequency.text).toBe(text);
    if (timesADay === undefined) expect(frequency.timesADay).toBeUndefined();
    else expect(frequency.timesADay).toBeCloseTo(timesADay, 9);
  });

  it('is in its own words first', () => {
    expect(
      readFrequency({ code: { text: 'Every other morning' }, repeat: { frequency: 1, period: 2, periodUnit: 'd' } })
        .text,
    ).toBe('Every other morning');
  });
});

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
