// Proves src/record/fhir/interpretation.ts, with the tests of that name.
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

  it('whose unit is one in words and another in its code says so', () => {
    const measured = (unit: string, code: string) => cautions({ valueQuantity: { value: 5, unit, code } });
    expect(measured('mg/L', 'g/L')).toEqual(['text-differs']);
    expect(measured('mmol/mol', '%')).toEqual(['text-differs']);
    expect(measured('mg', 'ug')).toEqual(['text-differs']);
    const alike = [
      'mg/L mg/L',
      'mmHg mm[Hg]',
      '°C Cel',
      'µmol/L umol/L',
      'U/L [iU]/L',
      'U/L IU/L',
      '% %',
      'x10^9/L 10*9/L',
    ];
    for (const [unit = '', code = ''] of [...alike, 'mg/L 258797006', 'mL/min/1.73m2 mL/min/{1.73_m2}'].map((p) =>
      p.split(' '),
    ))
      expect(measured(unit, code), unit).toEqual([]);
  });

  it('that is flagged as the opposite outcome is unclear', () => {
    const flagged = (valueString: string, code: string) =>
      cautions({ valueString, interpretation: [{ coding: [{ code }] }] });
    expect(flagged('Not detected', 'POS')).toEqual(['source-unclear']);
    expect(flagged('Positive', 'NEG')).toEqual(['source-unclear']);
    expect(flagged('Detected', 'ND')).toEqual(['source-unclear']);
    for (const [value, code] of [
      ['Positive', 'N'],
      ['Negative', 'A'],
      ['Detected', 'POS'],
      ['Not detected', 'ND'],
      ['Rhesus negative, antibody present', 'POS'],
    ])
      expect(flagged(value ?? '', code ?? ''), value).toEqual([]);
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

describe('why there is no value', () => {
  const DATA_ABSENT = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
  const absence = (valueCode: string): object => ({
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode }],
  });

  it('is told by its code, else in the source’s words', () => {
    expect(readObserved({ dataAbsentReason: { coding: [{ code: 'error' }], text: 'Broken' } }).absent).toBe('error');
    expect(readObserved({ dataAbsentReason: { text: 'Broken' } }).absent).toBe('Broken');
  });

  it('may stand in the place of the value, in any of the forms in which it is sent', () => {
    expect(readObserved({ _valueQuantity: absence('masked') }).absent).toBe('masked');
    expect(readObserved({ valueQuantity: absence('unknown') }).absent).toBe('unknown');
    expect(readObserved({ _valueString: {}, valueQuantity: absence('unknown') }).absent).toBe('unknown');
    expect(readObserved({ valueQuantity: {}, _valueString: absence('unknown') }).absent).toBe('unknown');
    expect(readObserved({ _effectiveDateTime: absence('unknown'), my_valueX: absence('unknown') })).not.toHaveProperty(
      'absent',
    );
    expect(readObserved({ _valueset: absence('unknown') })).not.toHaveProperty('absent');
  });

  it('is no value where it is the only code of one, and leaves another standing', () => {
    const unknown = { system: DATA_ABSENT, code: 'asked-unknown', display: 'Asked but unknown' };
    const read = readObserved({ valueCodeableConcept: { coding: [unknown] } });
    expect(read).toEqual({ absent: 'asked-unknown', flags: [], ranges: [] });
    const positive = { valueCodeableConcept: { coding: [{ system: 'x', code: 'P', display: 'Positive' }, unknown] } };
    expect(readObserved(positive)).toMatchObject({ value: 'Positive', valueCode: { text: 'Positive' } });
    expect(readObserved(positive)).not.toHaveProperty('absent');
    expect(readObserved({ valueCodeableConcept: { text: 'Positive' } })).toMatchObject({
      value: 'Positive',
      valueCode: { text: 'Positive', codings: [] },
    });
    expect(readObserved({ valueCodeableConcept: { coding: [{ code: 'P', display: 'Positive' }] } }).value).toBe(
      'Positive',
    );
    expect(cautions({ valueCodeableConcept: { coding: [unknown] } })).toEqual(['value-missing']);
  });
});

describe('what is read of a value', () => {
  const mg = (value: number): object => ({ value, unit: 'mg' });

  it('is that and nothing else', () => {
    expect(readObserved({})).toEqual({ flags: [], ranges: [] });
    expect(readObserved({ valueQuantity: { ...mg(5), comparator: '<' } })).toEqual({
      value: '<5 mg',
      quantity: { value: '5', unit: 'mg', comparator: '<' },
      flags: [],
      ranges: [],
    });
    expect(readObserved({ valueString: 'Trace', interpretation: [{}, { text: 'High' }] })).toEqual({
      value: 'Trace',
      flags: [{ text: 'High' }],
      ranges: [],
    });
  });

  it.each([
    [{ valueBoolean: true }, 'Yes'],
    [{ valueRange: { low: mg(2) } }, '≥ 2 mg'],
    [{ valueRange: { high: mg(3) } }, '≤ 3 mg'],
    [{ valueRange: {} }, undefined],
    [{ valueRatio: { numerator: { value: 1 } } }, undefined],
    [{ valueRatio: { denominator: { value: 1 } } }, undefined],
    [{ valuePeriod: { end: '2026-01-02' } }, '… to 2026-01-02'],
    [{ valuePeriod: { start: '2026-01-01', end: '2026-01-02' } }, '2026-01-01 to 2026-01-02'],
    [{ valuePeriod: {} }, undefined],
  ])('is told as it was recorded, or not at all where half of it is missing: %j', (element, value) => {
    expect(readObserved(element).value).toBe(value);
  });

  it('has the range that its source gives for it, and none it does not give', () => {
    expect(readObserved({ referenceRange: [{}] }).ranges).toEqual([]);
    expect(
      readObserved({
        referenceRange: [
          { low: mg(1), type: { text: 'normal' }, appliesTo: [{}, { text: 'Male' }] },
          { high: mg(2), age: { high: { value: 18, unit: 'years' } } },
          { text: 'Negative', age: {} },
        ],
      }).ranges,
    ).toEqual([
      { text: '≥ 1 mg', low: { value: '1', unit: 'mg' }, kind: 'normal', appliesTo: 'Male' },
      { text: '≤ 2 mg', high: { value: '2', unit: 'mg' }, appliesTo: 'age ≤ 18 years' },
      { text: 'Negative' },
    ]);
  });

  it('leaves out a part that nobody can name, and says so', () => {
    const component = [{ valueString: 'weak' }, { code: { text: 'Left' }, valueString: 'strong' }];
    expect(readParts({ component })).toEqual([
      { label: 'Left', code: { text: 'Left', codings: [] }, value: 'strong', flags: [], ranges: [] },
    ]);
    expect(cautions({ component })).toEqual(['not-interpretable']);
  });
});

describe('a warning beside a value', () => {
  const note = [{ text: 'Sample haemolysed' }];
  const disputed = { coding: [{ display: 'Negative' }], text: 'Positive' };

  it('is not given where there is nothing to warn of', () => {
    expect(cautions({})).toEqual([]);
    expect(cautions({ valueString: 'Trace', valueQuantity: null, valueInteger: undefined })).toEqual([]);
    expect(cautions({ valueString: 'Trace', interpretation: [{}, { text: 'High' }] })).toEqual([]);
    expect(cautions({ valueString: 'Trace', myvalueX: 'a' })).toEqual([]);
  });

  it('says that a number was measured from a spoilt sample, of the whole or of a part', () => {
    expect(cautions({ valueQuantity: { value: 5 }, note })).toEqual(['value-unsuitable']);
    const component = [{ code: { text: 'Potassium' }, valueQuantity: { value: 7 } }];
    expect(cautions({ component: [{ code: { text: 'Colour' }, valueString: 'red' }, ...component], note })).toEqual([
      'value-unsuitable',
    ]);
    expect(cautions({ valueString: 'Wound', note })).toEqual([]);
    expect(cautions({ valueQuantity: { value: 5 }, note: [{ text: 'Sample not haemolysed' }] })).toEqual([]);
  });

  it('says that a number is missing where only its unit is sent', () => {
    expect(cautions({ valueQuantity: { unit: 'mg' } })).toEqual(['value-missing']);
    expect(cautions({ valueQuantity: { value: null, unit: 'mg' } })).toEqual(['value-missing']);
  });

  it('says that words and code contradict each other, in the value or in its flag', () => {
    expect(cautions({ valueCodeableConcept: disputed })).toEqual(['text-differs']);
    const flagged = { valueString: '9', interpretation: [{ coding: [{ code: 'H' }], text: 'Low' }] };
    expect(cautions(flagged)).toEqual(['text-differs']);
    expect(cautions({ component: [{ code: { text: 'x' }, valueCodeableConcept: disputed }] })).toEqual([
      'text-differs',
    ]);
    expect(cautions({ component: [{ code: { text: 'x' }, ...flagged }] })).toEqual(['text-differs']);
  });
});

describe('what is observed of somebody else', () => {
  const about = (...focus: readonly object[]) =>
    focusCautions({ resourceType: 'Observation', subject: { reference: 'Patient/p' }, focus });

  it.each([
    [{ reference: 'Patient/donor' }],
    [{ reference: 'RelatedPerson/baby' }],
    [{ reference: 'https://x.example/fhir/Patient/donor' }],
    [{ reference: 'Group/family' }],
    [{ type: 'RelatedPerson' }],
    [{ display: 'Fetus' }],
    [{ reference: 'SubstanceX/1' }],
  ])('says so: %j', (focus) => {
    expect(about(focus)).toEqual(['about-somebody-else']);
    expect(about({ reference: 'Procedure/1' }, focus)).toEqual(['about-somebody-else']);
  });

  it.each([
    [{ reference: 'Patient/p' }],
    [{ reference: 'Device/1' }],
    [{ reference: 'DeviceMetric/1' }],
    [{ reference: 'https://x.example/fhir/MedicationRequest/1' }],
    [{ reference: 'Condition/tumour' }],
    [{ type: 'Specimen' }],
    [{ type: 'Observation' }],
  ])('is not said of the patient, or of a thing: %j', (focus) => {
    expect(about(focus)).toEqual([]);
  });

  it('is not said of nobody', () => {
    expect(focusCautions({ resourceType: 'Observation' })).toEqual([]);
    expect(focusCautions({ resourceType: 'Observation', focus: [{}] })).toEqual(['about-somebody-else']);
  });
});
