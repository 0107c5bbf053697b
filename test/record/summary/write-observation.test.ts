import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { entryFrom } from '../../support/record.ts';
import { saidOf, UNKNOWN, written } from '../../support/written.ts';

const coding = (code: string): object => ({ coding: [{ code }] });
const observation = {
  resourceType: 'Observation',
  id: '1',
  status: 'final',
  effectiveDateTime: '2026-10-01',
  valueQuantity: { value: 5, unit: 'mmol/L' },
};
const category = (code: string): object => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }],
});
const result: Resource = { ...observation, category: [coding('laboratory')], code: { text: 'Potassium' } };
const finding: Resource = { ...observation, category: [coding('exam')], code: { text: 'Wound' } };
const social: Resource = { ...observation, category: [coding('social-history')], code: { text: 'Pack years' } };
const score: Resource = { ...observation, category: [coding('survey')], code: { text: 'Barthel score' } };
const ALL = [result, finding, social, score];
const report: Resource = {
  resourceType: 'DiagnosticReport',
  id: '1',
  status: 'final',
  code: { text: 'Full blood count' },
  effectiveDateTime: '2026-10-01',
};
const subject = { reference: 'Patient/p' };
const same = (resource: Resource): void => {
  expect(saidOf(entryFrom(written(resource)))).toEqual(saidOf(entryFrom(resource)));
};

describe('what a summary never makes of a value', () => {
  it.each<readonly [string, object]>([
    ['two values for one thing', { valueString: 'x' }],
    [
      'a value beside a word that there is none',
      {
        valueQuantity: undefined,
        valueString: 'x',
        valueCodeableConcept: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }],
        },
      },
    ],
    ['two values for a part of it', { component: [{ code: { text: 'A' }, valueString: 'x', valueInteger: 3 }] }],
    ['a flag whose words and code disagree', { interpretation: [{ coding: [{ code: 'HH' }], text: 'Low' }] }],
  ])('a plain fact of %s', (_what, change) => {
    for (const one of ALL) expect(entryFrom(written({ ...one, ...change })).cautions).toContain('not-interpretable');
  });

  it('a riddle of what it shows in full', () => {
    const disagrees = { text: 'Positive', coding: [{ code: 'n', display: 'Negative' }] };
    for (const change of [
      {},
      { dataAbsentReason: coding('error') },
      { valueQuantity: undefined, valueCodeableConcept: disagrees },
      { component: [{ code: { text: 'A' }, valueCodeableConcept: disagrees }] },
      { component: [{ code: { text: 'A' }, valueString: 'x', dataAbsentReason: coding('error') }] },
    ])
      for (const one of ALL) {
        expect(written({ ...one, ...change })).not.toHaveProperty('modifierExtension');
        same({ ...one, ...change });
      }
    expect(written({ ...result, code: { text: 'Potassium', coding: [{ display: 'Sodium' }] } })).not.toHaveProperty(
      'modifierExtension',
    );
  });

  it('a number of a unit without one, or a value of what has none', () => {
    const missing = { ...finding, valueQuantity: { unit: 'kg' } };
    expect(written(missing)).toMatchObject({ valueQuantity: { _value: UNKNOWN } });
    same(missing);
    const kept = { ...finding, valueQuantity: undefined, dataAbsentReason: coding('masked') };
    expect(written(kept)).not.toHaveProperty('valueQuantity');
    const inParts = {
      ...finding,
      valueQuantity: undefined,
      component: [{ code: { text: 'A' }, dataAbsentReason: coding('masked') }],
    };
    expect(written(inParts)).not.toHaveProperty('valueQuantity');
    same(inParts);
    expect(written({ ...finding, valueQuantity: undefined })).not.toHaveProperty('valueQuantity');
    const secret = { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' };
    const masked = { ...finding, code: { coding: [secret] }, valueQuantity: undefined, valueString: 'x' };
    expect(written(masked)).not.toHaveProperty('valueQuantity');
    same(masked);
  });

  it('one of the laboratory of a result of which nobody says so', () => {
    const bare = { ...result, category: undefined, code: { text: 'Serum potassium' } };
    expect(written(bare)).not.toHaveProperty('category');
    expect(written(bare)).toMatchObject({ specimen: UNKNOWN });
    same(bare);
    const heart = { ...result, category: [{ coding: [{ code: 'procedure' }], text: 'Cardiology' }] };
    expect(written(heart)['category']).toEqual([{ text: 'Cardiology' }]);
    same(heart);
  });

  it('measured by the organisation that holds it', () => {
    for (const one of [...ALL, report]) {
      expect(written(one)['performer']).toEqual([UNKNOWN]);
      same(one);
      const by = { ...one, performer: [{ display: 'Dr Lab' }] };
      expect(written(by)['performer']).toEqual([{ display: 'Dr Lab' }]);
      same(by);
    }
  });

  it('a status of none', () => {
    for (const one of [...ALL, report]) {
      expect(written({ ...one, status: undefined })).toMatchObject({ _status: UNKNOWN });
      same({ ...one, status: undefined });
    }
  });

  it('the person’s own of somebody else’s', () => {
    const child = { ...finding, focus: [{ display: 'Fetus' }] };
    expect(written(child)['focus']).toEqual([{ display: 'somebody else' }]);
    same(child);
    expect(written(finding)).not.toHaveProperty('focus');
  });
});

describe('a result in a summary', () => {
  it('is written in full', () => {
    const full = {
      ...result,
      category: [{ ...category('laboratory'), text: 'Laboratory' }],
      code: { text: 'Potassium', coding: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }] },
      issued: '2026-10-02T10:00:00Z',
      performer: [{ display: 'Dr Lab' }],
      method: { text: 'Electrode' },
      bodySite: { text: 'Left arm' },
      contained: [
        {
          resourceType: 'Specimen',
          id: 'specimen',
          status: 'unsatisfactory',
          type: { text: 'Serum' },
          collection: { collectedDateTime: '2026-09-30' },
        },
      ],
      specimen: { reference: '#specimen' },
      valueQuantity: {
        value: '5.10',
        comparator: '<',
        unit: 'mmol/L',
        code: 'mmol/L',
        system: 'http://unitsofmeasure.org',
      },
      interpretation: [{ coding: [{ code: 'H' }], text: 'High' }],
      referenceRange: [
        {
          low: { value: '3.50', unit: 'mmol/L' },
          high: { value: 5.3, unit: 'mmol/L' },
          type: { text: 'normal' },
          appliesTo: [{ text: 'Female' }],
          text: '3.50 to 5.3 mmol/L',
        },
      ],
      note: [{ text: 'As told' }],
    };
    expect(written(full)).toEqual({ ...full, subject });
    same(full);
  });

  it('has nothing that is not said', () => {
    const bare = { resourceType: 'Observation', id: '1', status: 'final', code: { text: 'Serum potassium' } };
    expect(written({ ...bare, valueString: 'Trace' })).toEqual({
      ...bare,
      valueString: 'Trace',
      subject,
      specimen: UNKNOWN,
      performer: [UNKNOWN],
      _effectiveDateTime: UNKNOWN,
    });
  });

  it.each([
    ['Laboratory', 'laboratory'],
    ['Haematology', 'laboratory'],
    ['Hematology', 'laboratory'],
    ['Biochemistry', 'laboratory'],
    ['Surgical pathology', 'laboratory'],
    ['Microbiology', 'laboratory'],
    ['Virology', 'laboratory'],
    ['Serology', 'laboratory'],
    ['Immunology', 'laboratory'],
    ['Histology', 'laboratory'],
    ['Cytology', 'laboratory'],
    ['Cytogenetics', 'laboratory'],
    ['Blood transfusion', 'laboratory'],
    ['Imaging', 'imaging'],
    ['Radiology', 'imaging'],
    ['X-ray', 'imaging'],
    ['Xray', 'imaging'],
    ['Ultrasound', 'imaging'],
  ])('of %s is of %s', (text, code) => {
    const [said] = written({ ...result, category: [{ text, coding: [{ code: 'mb' }] }] })[
      'category'
    ] as readonly unknown[];
    expect(said).toEqual({ ...category(code), text });
    same({ ...result, category: [{ text, coding: [{ code: 'mb' }] }] });
  });

  it('of tissue holds for ever, though a code alone said that it is', () => {
    const tissue = { ...result, category: [{ coding: [{ code: 'SP', display: 'Surgery' }] }] };
    expect(entryFrom(tissue).lasting).toBe('tissue');
    expect(written(tissue)['category']).toEqual([
      { text: 'Surgery' },
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'PAT' }], text: 'Surgery' },
    ]);
    same(tissue);
    same({ ...report, category: [{ coding: [{ code: 'SP', display: 'Surgery' }] }] });
  });

  it('keeps its results together', () => {
    const linked = (rel: string) => (rel === 'result' ? [{ reference: 'urn:uuid:r' }] : []);
    expect(written(result, undefined, linked)).toMatchObject({ hasMember: [{ reference: 'urn:uuid:r' }] });
    expect(written(report, undefined, linked)).toMatchObject({ result: [{ reference: 'urn:uuid:r' }] });
  });

  it.each<readonly [string, object]>([
    ['taken on a day', { collection: { collectedDateTime: '2026-09-30' } }],
    ['of a kind', { type: { text: 'Urine' } }],
    ['that was spoilt', { status: 'unsatisfactory' }],
  ])('has a specimen %s', (_what, specimen) => {
    const measured = {
      ...result,
      contained: [{ resourceType: 'Specimen', id: 's', ...specimen }],
      specimen: { reference: '#s' },
    };
    expect(written(measured)).toMatchObject({
      contained: [{ resourceType: 'Specimen', id: 'specimen', ...specimen }],
      specimen: { reference: '#specimen' },
    });
    same(measured);
  });
});

describe('an observation in a summary', () => {
  it.each<readonly [Resource, string]>([
    [finding, 'exam'],
    [{ ...finding, category: [coding('vital-signs')], code: { text: 'Weight' } }, 'vital-signs'],
    [social, 'social-history'],
    [score, 'survey'],
  ])('is of the category of its heading: $1', (one, code) => {
    expect(written(one)['category']).toEqual([category(code)]);
    same(one);
  });

  it('keeps how and where it was seen', () => {
    const seen = { ...finding, method: { text: 'Doppler' }, bodySite: { text: 'Left leg' } };
    expect(written(seen)).toMatchObject({ method: { text: 'Doppler' }, bodySite: { text: 'Left leg' } });
    same(seen);
  });

  it.each<readonly [string, object, object]>([
    ['on no day', {}, { _effectiveDateTime: UNKNOWN }],
    [
      'released on a day',
      { issued: '2020-01-01T10:00:00Z' },
      { issued: '2020-01-01T10:00:00Z', _effectiveDateTime: UNKNOWN },
    ],
    [
      'at several moments',
      { effectiveTiming: { event: ['2020-01-01', '2020-01-03', '2020-01-05'] } },
      { effectiveTiming: { event: ['2020-01-01', '2020-01-05'] } },
    ],
    ['from a day on', { effectivePeriod: { start: '2020' } }, { effectiveDateTime: '2020' }],
  ])('stands %s as its source says', (_when, time, expected) => {
    for (const one of [...ALL, report]) {
      const seen = { ...one, effectiveDateTime: undefined, ...time };
      expect(written(seen)).toMatchObject(expected);
      same(seen);
    }
  });

  it.each<readonly [string, object]>([
    ['nothing', { valueQuantity: undefined }],
    ['words', { valueQuantity: undefined, valueString: 'Trace' }],
    ['yes', { valueQuantity: undefined, valueBoolean: true }],
    ['a date', { valueQuantity: undefined, valueDateTime: '2020' }],
    ['a range', { valueQuantity: undefined, valueRange: { low: { value: 1 }, high: { value: 2, unit: 'x' } } }],
    ['a concept', { valueQuantity: undefined, valueCodeableConcept: { text: 'Pos', coding: [{ code: 'c' }] } }],
    ['a reason, by code', { valueQuantity: undefined, dataAbsentReason: coding('not-performed') }],
    ['a reason, in words', { valueQuantity: undefined, dataAbsentReason: { text: 'Machine broken' } }],
    ['flags', { interpretation: [{ text: 'HH' }, { coding: [{ code: 'A' }] }] }],
    ['a range of one side', { referenceRange: [{ low: { value: 1 } }, { high: { value: 2 } }, { text: '< 5' }] }],
    ['a range for an age', { referenceRange: [{ low: { value: 1 }, age: { low: { value: 18, unit: 'a' } } }] }],
    ['a note that spoils it', { note: [{ text: 'Haemolysed sample' }] }],
    ['parts without words', { component: [{ code: { coding: [{ code: 'p' }] }, valueQuantity: { value: 1 } }] }],
    ['not in force', { status: 'cancelled' }],
    ['a first word', { status: 'preliminary' }],
    ['a modifier', { modifierExtension: [{ url: 'x', valueBoolean: true }] }],
  ])('reads back as the same: %s', (_what, change) => {
    for (const one of ALL) same({ ...one, ...change });
  });

  it('has ranges of no more than its source says', () => {
    const referenceRange = [{ low: { value: 1 }, text: '≥ 1' }, { high: { value: 2 }, text: '≤ 2' }, { text: '< 5' }];
    expect(written({ ...result, referenceRange })['referenceRange']).toEqual(referenceRange);
  });

  it('keeps its words beside parts that are no numbers', () => {
    const component = [{ code: { text: 'Left eye' }, valueString: '6/9' }];
    const told = { ...finding, valueQuantity: undefined, valueString: '6/9', component };
    expect(written(told)).toMatchObject({ valueString: '6/9' });
    same(told);
    expect(written({ ...finding, valueQuantity: undefined, component })).not.toHaveProperty('valueString');
  });

  it('says why there is no value in the words that everybody knows, else in its own', () => {
    const why = (reason: object): unknown =>
      written({ ...finding, valueQuantity: undefined, dataAbsentReason: reason })['dataAbsentReason'];
    for (const code of [
      'unknown',
      'asked-unknown',
      'temp-unknown',
      'not-asked',
      'asked-declined',
      'masked',
      'not-applicable',
      'unsupported',
      'as-text',
      'error',
      'not-a-number',
      'negative-infinity',
      'positive-infinity',
      'not-performed',
      'not-permitted',
    ])
      expect(why(coding(code))).toEqual({
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code }],
      });
    expect(why({ text: 'Machine broken' })).toEqual({ text: 'Machine broken' });
  });
});

describe('a pair of parts', () => {
  const part = (text: string, value: number, unit?: string): object => ({
    code: { text },
    valueQuantity: { value, ...(unit !== undefined && { unit }) },
  });
  const pressure = (component: readonly object[], more: object = {}): Resource => ({
    ...finding,
    category: [coding('vital-signs')],
    valueQuantity: undefined,
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Blood pressure' }] },
    component,
    ...more,
  });
  const both = [part('Systolic', 142, 'mmHg'), part('Diastolic', 94, 'mmHg')];

  it('that is the value is not said once more, and words that are not are', () => {
    for (const pair of [both, [...both].reverse(), [part('Systolic', 142), part('Diastolic', 94)]]) {
      expect(written(pressure(pair))).not.toHaveProperty('valueString');
      same(pressure(pair));
    }
    for (const valueString of ['142/94 mmHg lying', '142/95 mmHg', '142/94']) {
      expect(written(pressure(both, { valueString }))).toMatchObject({ valueString });
      same(pressure(both, { valueString }));
    }
  });
});

describe('a report in a summary', () => {
  it('is written in full', () => {
    const full = {
      ...report,
      category: [{ ...category('laboratory'), text: 'Haematology' }],
      issued: '2026-10-02T10:00:00Z',
      contained: [{ resourceType: 'Specimen', id: 'specimen', type: { text: 'Blood' } }],
      specimen: { reference: '#specimen' },
      performer: [{ display: 'Dr Lab' }],
      conclusion: 'Anaemia',
      presentedForm: [{ contentType: 'application/pdf', size: 5, title: 'Letter', creation: '2026-10-01' }],
      identifier: [{ system: 'https://lab.example', value: '7|b' }],
      extension: [
        {
          url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-DiagnosticReport.note',
          valueAnnotation: { text: 'As told' },
        },
      ],
    };
    expect(written(full)).toEqual({ ...full, subject });
    same(full);
  });

  it('has nothing that is not said, and leads to no address that a source chose', () => {
    expect(written(report)).toEqual({ ...report, subject, performer: [UNKNOWN] });
    const form = { ...report, presentedForm: [{ url: 'https://evil.example/x', contentType: 'text/plain' }] };
    expect(written(form)['presentedForm']).toEqual([{ contentType: 'text/plain' }]);
    expect(written({ ...report, note: [{ text: 'x' }] })).not.toHaveProperty('note');
  });
});
