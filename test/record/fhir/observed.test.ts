import { describe, expect, it } from 'vitest';
import { focusCautions, observedCautions, readObserved, readParts } from '../../../src/record/fhir/observed.ts';

const cautions = (element: { readonly [name: string]: unknown }) => observedCautions(element, readObserved(element));

describe('an observed value', () => {
  it('that cannot be read is not interpretable, never left out in silence', () => {
    expect(cautions({ valueSampledData: { data: '1 2 3' } })).toEqual(['not-interpretable']);
    expect(cautions({ valueQuantity: { value: 'about five' } })).toEqual(['not-interpretable']);
  });

  it('given twice, or given with a reason for its absence, is unclear', () => {
    expect(cautions({ valueString: 'a', valueInteger: 1 })).toContain('source-unclear');
    expect(cautions({ valueString: 'a', dataAbsentReason: { text: 'unknown' } })).toContain('source-unclear');
  });

  it('missing inside a component warns for the whole', () => {
    expect(
      cautions({ component: [{ code: { text: 'x' }, dataAbsentReason: { coding: [{ code: 'error' }] } }] }),
    ).toEqual(['value-missing']);
    expect(cautions({ component: [{ valueString: 'nameless' }] })).toEqual(['not-interpretable']);
  });

  it.each([
    [{ valueBoolean: false }, 'No'],
    [{ valueInteger: 0 }, '0'],
    [{ valueString: 'Trace' }, 'Trace'],
    [{ valueRange: { low: { value: 2, unit: 'mm' }, high: { value: 3, unit: 'mm' } } }, '2 to 3 mm'],
    [{ valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }, '1 : 128'],
    [{ valuePeriod: { start: '2026-01-01' } }, '2026-01-01 to …'],
    [{ valueTime: '09:30' }, '09:30'],
    [{ valueDateTime: '2026-03' }, '2026-03'],
    [{ valueCodeableConcept: { coding: [{ code: '10828004', display: 'Positive' }] } }, 'Positive'],
  ])('is read as recorded: %j', (element, value) => {
    expect(readObserved(element).value).toBe(value);
  });

  it('that is a date stays a date, so that a screen can write it as people do', () => {
    expect(readObserved({ valueDateTime: '2026-03-04' }).valueDate).toBe('2026-03-04');
  });

  it('keeps both units of a range when they differ', () => {
    const referenceRange = [
      {
        low: { value: 1, unit: 'mg' },
        high: { value: 2, unit: 'g' },
        appliesTo: [{ text: 'Female' }],
        age: { low: { value: 18, unit: 'years' } },
      },
    ];
    expect(readObserved({ referenceRange }).ranges).toMatchObject([
      { text: '1 mg to 2 g', appliesTo: 'Female, age ≥ 18 years' },
    ]);
  });

  it('keeps the code of a flag beside its words', () => {
    expect(readObserved({ interpretation: [{ coding: [{ system: 'x', code: 'H' }] }] }).flags).toEqual([
      { text: 'H', code: 'H' },
    ]);
  });

  it('has parts, each with its own label', () => {
    expect(readParts({ component: [{ code: { text: 'Left' }, valueString: 'weak' }] })).toMatchObject([
      { label: 'Left', value: 'weak' },
    ]);
  });

  it('may be about somebody else', () => {
    expect(focusCautions({ resourceType: 'Observation', focus: [{ reference: 'RelatedPerson/baby' }] })).toEqual([
      'about-somebody-else',
    ]);
    expect(focusCautions({ resourceType: 'Observation', focus: [{ reference: 'Procedure/p' }] })).toEqual([]);
  });
});
