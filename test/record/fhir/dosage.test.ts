import { describe, expect, it } from 'vitest';
import { readDosages } from '../../../src/record/fhir/dosage.ts';

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
      maximum: 'up to 8 tablet in 24 hour',
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

  it('is numbered only where several are, and by their source', () => {
    const numbers = (...dosages: readonly object[]) => readDosages(dosages).map(({ sequence }) => sequence);
    expect(numbers({ sequence: 2, text: 'b' }, { sequence: 1, text: 'a' })).toEqual([1, 2]);
    expect(numbers({ sequence: 1, text: 'b' }, { sequence: 1, text: 'a' })).toEqual([1, 1]);
    expect(numbers({ text: 'b' }, { text: 'a' })).toEqual([undefined, undefined]);
    const [alone] = readDosages([{ sequence: 1, text: 'a' }]);
    expect(alone).not.toHaveProperty('sequence');
    expect(readDosages([{ sequence: 1 }, { sequence: 2, text: 'a' }])).toStrictEqual([
      { sequence: 2, text: 'a', instructions: [] },
    ]);
  });

  it('tells both amounts where one is ordered and another worked out, and takes neither for the dose', () => {
    const of = (value: number): object => ({ doseQuantity: { value, unit: 'mg' } });
    const [dosage] = readDosages([{ doseAndRate: [of(600), of(932.59)] }]);
    expect(dosage?.dose).toBe('600 mg / 932.59 mg');
    expect(dosage).not.toHaveProperty('doseQuantity');
  });
});

describe('the parts of a dosage', () => {
  const read = (dosage: object) => readDosages([dosage])[0];
  const amount = (...doseAndRate: readonly object[]) => read({ doseAndRate });
  const mg = (value: number): object => ({ value, unit: 'mg' });

  it('are each what its source says of it, and none of them is made up', () => {
    const boundsPeriod = { start: '2026-01-01', end: '2026-01-08' };
    expect(
      read({
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd', boundsPeriod } },
        route: { text: 'Oral' },
        site: { text: 'Left arm' },
        method: { text: 'Swallow' },
        doseAndRate: [{ doseQuantity: mg(5) }],
      }),
    ).toEqual({
      dose: '5 mg',
      doseQuantity: { value: '5', unit: 'mg' },
      route: 'Oral',
      routeCode: { text: 'Oral', codings: [] },
      site: 'Left arm',
      method: 'Swallow',
      frequency: 'twice a day',
      timesADay: 2,
      bounds: boundsPeriod,
      instructions: [],
    });
    expect(read({ text: 'One daily' })).toEqual({ text: 'One daily', instructions: [] });
    expect(read({ patientInstruction: 'With water' })).toEqual({ instructions: ['With water'] });
    expect(read({ additionalInstruction: [{}, { text: 'With food' }] })).toEqual({ instructions: ['With food'] });
  });

  it.each([
    [{ low: mg(5), high: mg(10) }, '5 to 10 mg'],
    [{ low: mg(500), high: { value: 1, unit: 'g' } }, '500 mg to 1 g'],
    [{ low: { value: 1, code: '{tablet}' }, high: { value: 2, code: '{capsule}' } }, '1 tablet to 2 capsule'],
    [{ low: { value: 5, comparator: '<', unit: 'mg' }, high: mg(10) }, '<5 mg to 10 mg'],
    [{ high: mg(10) }, 'up to 10 mg'],
    [{ low: mg(5) }, 'at least 5 mg'],
    [{}, undefined],
  ])('hold a range of doses with its units and comparators: %j', (doseRange, dose) => {
    expect(amount({ doseRange }, { rateQuantity: mg(1) })?.dose).toBe(dose);
    expect(amount({ doseRange }, { rateQuantity: mg(1) })).not.toHaveProperty('doseQuantity');
  });

  it.each([
    [{ rateQuantity: { value: 2, unit: 'l/min' } }, '2 l/min'],
    [{ rateRange: { low: mg(1), high: mg(2) } }, '1 to 2 mg'],
    [{ rateRatio: { numerator: mg(1), denominator: { value: 1, unit: 'h' } } }, '1 mg in 1 h'],
    [{ rateRatio: { numerator: mg(1) } }, undefined],
  ])('hold a rate as recorded: %j', (rate, words) => {
    expect(amount({ doseQuantity: mg(5) }, rate)?.rate).toBe(words);
  });

  it('hold both rates where two are told, and the dose wherever it stands', () => {
    expect(amount({ rateQuantity: mg(1) }, { rateQuantity: mg(2) })?.rate).toBe('1 mg / 2 mg');
    expect(amount({ rateQuantity: mg(1) }, { doseQuantity: mg(5) })?.doseQuantity).toEqual({ value: '5', unit: 'mg' });
  });

  it('say that it is for when it is needed, for what where that is told, and never the opposite', () => {
    expect(read({ text: 'x', asNeededBoolean: true })?.asNeeded).toBe(true);
    expect(read({ text: 'x', asNeededBoolean: true, asNeededCodeableConcept: { text: 'pain' } })?.asNeeded).toBe(
      'pain',
    );
    expect(read({ text: 'x', asNeededBoolean: false })).not.toHaveProperty('asNeeded');
    expect(read({ text: 'x' })).not.toHaveProperty('asNeeded');
  });

  it('keep the order in which they were sent where no sequence is given', () => {
    const texts = (dosages: readonly object[]) => readDosages(dosages).map(({ text }) => text);
    expect(texts([{ text: 'a' }, { text: 'b' }, { text: 'c' }])).toEqual(['a', 'b', 'c']);
    expect(texts([{ text: 'b' }, { sequence: 1, text: 'a' }])).toEqual(['b', 'a']);
    expect(texts([{ sequence: 2, text: 'b' }, { text: 'c' }, { sequence: 1, text: 'a' }])).toEqual(['a', 'b', 'c']);
  });
});

describe('the most that may be taken', () => {
  const maximum = (limits: object) => readDosages([{ text: 'One when needed', ...limits }])[0]?.maximum;
  const ratio = { numerator: { value: 8, unit: 'tablets' }, denominator: { value: 24, unit: 'hours' } };
  const once = { value: 2, unit: 'tablets' };

  it('is not there where no limit is set, or only half of one', () => {
    expect(maximum({})).toBeUndefined();
    expect(maximum({ maxDosePerPeriod: { numerator: once } })).toBeUndefined();
    expect(maximum({ maxDosePerPeriod: { denominator: once } })).toBeUndefined();
  });

  it('is told as a limit, so that nobody reads it as the dose', () => {
    expect(maximum({ maxDosePerPeriod: ratio })).toBe('up to 8 tablets in 24 hours');
    expect(maximum({ maxDosePerAdministration: once })).toBe('up to 2 tablets at a time');
    expect(maximum({ maxDosePerLifetime: { value: 450, unit: 'mg' } })).toBe('up to 450 mg in all');
  });

  it('is every limit where several are set', () => {
    expect(
      maximum({ maxDosePerPeriod: ratio, maxDosePerAdministration: once, maxDosePerLifetime: { value: 9, unit: 'g' } }),
    ).toBe('up to 8 tablets in 24 hours; up to 2 tablets at a time; up to 9 g in all');
  });
});
