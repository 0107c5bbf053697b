import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import { readResources } from '../../src/record/read-resources.ts';
import type { SourceId } from '../../src/record/source.ts';

const DAR = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const DAR_CODES = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
const because = (code: string): object => ({ extension: [{ url: DAR, valueCode: code }] });

/** The kinds of Observation that stand in different sections and must not differ in how they tell of a missing value. */
const KINDS = [
  ['laboratory', 'Serum sodium level'],
  ['vital-signs', 'Body weight'],
  ['exam', 'Skin'],
  ['social-history', 'Tobacco smoking status'],
] as const;

function read(resource: object): readonly Entry[] {
  return readResources([resource], 'a' as SourceId).entries;
}

function factsOf(resources: readonly object[]): number {
  const reading = readResources(resources, 'a' as SourceId);
  const record = buildRecord({ patient: {} as never, sources: [], statuses: new Map(), ...reading, nowMs: 0 });
  return record.sections.reduce((sum, { facts }) => sum + facts.length, 0);
}

function observation(
  parts: object,
  [category, text]: readonly [string, string] = KINDS[0],
): Entry & { value?: string; absent?: string } {
  const [entry] = read({
    resourceType: 'Observation',
    status: 'final',
    code: { text },
    category: [{ coding: [{ code: category }] }],
    effectiveDateTime: '2026-05-04',
    ...parts,
  });
  if (!entry) throw new Error('not read');
  return entry;
}

describe('a value that is not there', () => {
  describe.each(KINDS)('in %s', (...kind) => {
    it.each([
      ['in its own element', { dataAbsentReason: { coding: [{ system: DAR_CODES, code: 'masked' }] } }],
      ['in an extension of a primitive', { _valueString: because('masked') }],
      ['in an extension of a quantity', { valueQuantity: { ...because('masked'), unit: 'mmol/L' } }],
      ['in an extension of a concept', { valueCodeableConcept: because('masked') }],
      ['as the code of a concept', { valueCodeableConcept: { coding: [{ system: DAR_CODES, code: 'masked' }] } }],
    ])('says why: %s', (_where, parts) => {
      const entry = observation(parts, kind);
      expect(entry).toMatchObject({ absent: 'masked' });
      expect(entry.value).toBeUndefined();
      expect(entry.cautions).toEqual(['value-missing']);
    });

    it('says so in a component', () => {
      const component = [{ code: { text: 'Left' }, valueQuantity: because('not-performed') }];
      expect(observation({ component }, kind)).toMatchObject({
        parts: [{ label: 'Left', absent: 'not-performed' }],
        cautions: ['value-missing'],
      });
    });

    it('is unclear beside a value, and both are shown', () => {
      const both = { valueQuantity: { value: 5, unit: 'kg' }, dataAbsentReason: { text: 'error' } };
      expect(observation(both, kind)).toMatchObject({ value: '5 kg', absent: 'error' });
      expect(observation(both, kind).cautions).toContain('source-unclear');
    });
  });

  it('of an answer is said under its question, and an unanswered question says nothing', () => {
    const item = [
      { linkId: '1', text: 'Drinks', answer: [{ valueString: undefined, _valueString: because('asked-declined') }] },
      { linkId: '2', text: 'Smokes', answer: [because('masked')] },
      { linkId: '3', text: 'Runs' },
    ];
    const [form] = read({
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: 'https://a.example/q',
      item,
    });
    expect((form as unknown as { answers: readonly object[] }).answers).toEqual([
      { label: 'Drinks', value: 'asked, and declined to answer' },
      { label: 'Smokes', value: 'kept back by the source' },
    ]);
  });
});

describe('what a source masks', () => {
  const masked = { coding: [{ system: DAR_CODES, code: 'masked' }] };
  it.each([
    ['AllergyIntolerance', 'code', 'allergy'],
    ['Condition', 'code', 'problem'],
    ['MedicationStatement', 'medicationCodeableConcept', 'medicine'],
    ['Procedure', 'code', 'procedure'],
  ])('is there, and its name is not: %s', (resourceType, element, statement) => {
    const [entry] = read({ resourceType, status: 'active', [element]: masked });
    expect(entry).toMatchObject({ title: 'masked', statement });
    expect(entry?.cautions).toContain('value-missing');
  });

  it('is never one thing with anything else that is masked', () => {
    for (const resourceType of ['AllergyIntolerance', 'Condition', 'Procedure']) {
      const resources = ['x', 'y'].map((id) => ({ resourceType, id, status: 'completed', code: masked }));
      expect(factsOf(resources)).toBe(2);
    }
  });

  it('is not what nobody knows: that is no statement of its kind', () => {
    const unknown = { coding: [{ system: DAR_CODES, code: 'unknown' }] };
    const [entry] = read({ resourceType: 'AllergyIntolerance', code: unknown });
    expect(entry).toMatchObject({ title: 'unknown', statement: 'not-asked' });
  });

  it('wholly is counted as unread, not dropped', () => {
    const reading = readResources([{ resourceType: 'Condition', id: 'c', code: because('masked') }], 'a' as SourceId);
    expect(reading).toMatchObject({
      entries: [],
      unread: [{ reason: 'must-have-missing', element: 'Condition.code' }],
    });
  });
});

describe('a number', () => {
  it.each(['<', '<=', '>', '>='])('keeps its comparator %s', (comparator) => {
    expect(observation({ valueQuantity: { value: 0.1, comparator, unit: 'mg/L' } })).toMatchObject({
      value: `${comparator}0.1 mg/L`,
      cautions: [],
    });
  });

  it.each([
    [
      'of a result',
      {
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'Serum sodium' },
        valueQuantity: { value: 5, comparator: '~' },
      },
    ],
    [
      'of a dose',
      {
        resourceType: 'MedicationStatement',
        status: 'active',
        medicationCodeableConcept: { text: 'Warfarin' },
        dosage: [{ doseAndRate: [{ doseQuantity: { value: 5, comparator: '~', unit: 'mg' } }] }],
      },
    ],
    [
      'of a goal',
      {
        resourceType: 'Goal',
        lifecycleStatus: 'active',
        description: { text: 'Weight' },
        target: [{ detailQuantity: { value: 70, comparator: 'about' } }],
      },
    ],
  ])('with a comparator that nobody knows cannot be interpreted: %s', (_of, resource) => {
    expect(read(resource)[0]?.cautions).toContain('not-interpretable');
  });

  it.each([
    [{ valueRange: { low: { value: 2, unit: 'mg' }, high: { value: 3, unit: 'mg' } } }, '2 to 3 mg'],
    [{ valueRange: { high: { value: 3, unit: 'mg' } } }, '≤ 3 mg'],
    [{ valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }, '1 : 128'],
    [{ valueRatio: { numerator: { value: 1, comparator: '<' }, denominator: { value: 4 } } }, '<1 : 4'],
    [{ valueString: '<0.1' }, '<0.1'],
  ])('that is a range or a ratio stays one: %j', (parts, value) => {
    const entry = observation(parts);
    expect(entry).toMatchObject({ value, cautions: [] });
    expect(entry).not.toHaveProperty('quantity');
  });

  it.each([
    { valueSampledData: { origin: { value: 0 }, period: 10, dimensions: 1, data: '1 2 3' } },
    { valueRatio: { numerator: { value: 1 } } },
    { valueAttachment: { title: 'ECG' } },
  ])('that cannot be written on a line is not left out in silence: %j', (parts) => {
    expect(observation(parts).cautions).toContain('not-interpretable');
  });

  it.each(KINDS)('whose own comment calls it spoilt says so: %s', (...kind) => {
    const entry = observation(
      { valueQuantity: { value: 6.9, unit: 'mmol/L' }, note: [{ text: 'Sample haemolysed.' }] },
      kind,
    );
    expect(entry.cautions).toEqual(['value-unsuitable']);
    expect(entry.notes).toEqual(['Sample haemolysed.']);
  });

  it('of a finding in words is not called spoilt for what it found', () => {
    expect(observation({ valueString: 'Wound contaminated with soil' }, KINDS[2]).cautions).toEqual([]);
  });
});

describe('what was changed or is about somebody else', () => {
  it.each(['amended', 'corrected'])('is marked where the status is %s', (status) => {
    for (const kind of KINDS) expect(observation({ status, valueString: 'x' }, kind).cautions).toEqual(['amended']);
  });

  it.each(['amended', 'corrected', 'appended'])('is marked on a report that is %s', (status) => {
    expect(read({ resourceType: 'DiagnosticReport', status, code: { text: 'X' } })[0]?.cautions).toContain('amended');
  });

  it.each(KINDS)('is marked where its focus is another person: %s', (...kind) => {
    expect(observation({ valueString: 'x', focus: [{ reference: 'RelatedPerson/r' }] }, kind).cautions).toContain(
      'about-somebody-else',
    );
  });

  it.each(['Condition/c', 'Procedure/x', 'https://a.example/fhir/Specimen/s'])(
    'is the patient’s own where its focus is a thing or another finding: %s',
    (reference) => {
      expect(observation({ valueString: 'x', focus: [{ reference }] }).cautions).toEqual([]);
    },
  );

  it.each([
    { reference: 'Patient/mother' },
    { reference: 'Group/g' },
    { display: 'donor' },
    { reference: 'urn:uuid:1' },
  ])('may be somebody else’s wherever it is not known to be a thing: %j', (focus) => {
    expect(observation({ valueString: 'x', focus: [focus] }).cautions).toEqual(['about-somebody-else']);
  });

  it('is no reason for a medicine once it is withdrawn or ruled out', () => {
    const statement = (verification: string): unknown =>
      readResources(
        [
          {
            resourceType: 'Condition',
            id: 'c',
            code: { text: 'Gout' },
            verificationStatus: { coding: [{ code: verification }] },
          },
          {
            resourceType: 'MedicationStatement',
            id: 'm',
            status: 'active',
            medicationCodeableConcept: { text: 'Allopurinol' },
            reasonReference: [{ reference: 'Condition/c', display: 'Gout' }],
          },
        ],
        'a' as SourceId,
      ).entries.find((entry) => entry.section === 'medications');
    expect(statement('confirmed')).toMatchObject({ reasons: ['Gout'] });
    for (const gone of ['entered-in-error', 'refuted']) expect(statement(gone)).toMatchObject({ reasons: [] });
  });
});
