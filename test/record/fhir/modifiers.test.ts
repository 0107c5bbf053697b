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

  it('is looked for thirty levels deep, and what lies deeper is taken for one', () => {
    const nested = (levels: number): unknown => (levels === 0 ? { value: 1 } : { deep: nested(levels - 1) });
    expect(modifierCautions({ resourceType: 'Basic', deep: nested(29) })).toEqual([]);
    expect(modifierCautions({ resourceType: 'Basic', deep: nested(30) })).toEqual(['not-interpretable']);
    const listed = (levels: number): unknown => (levels === 0 ? [1] : [listed(levels - 1)]);
    expect(modifierCautions({ resourceType: 'Basic', deep: listed(29) })).toEqual([]);
    expect(modifierCautions({ resourceType: 'Basic', deep: listed(30) })).toEqual(['not-interpretable']);
  });

  it.each([
    ['a list with nothing in it but null', { modifierExtension: [null] }, true],
    ['a text', { modifierExtension: 'not' }, true],
    ['false', { modifierExtension: false }, true],
    ['null', { modifierExtension: null }, false],
    ['rules of null', { implicitRules: null }, false],
    ['rules that are kept back', { _implicitRules: { extension } }, true],
    ['no rules', { _implicitRules: null }, false],
    ['one in the second of a list', { part: [{}, { modifierExtension: extension }] }, true],
    ['nothing', { part: null, other: undefined, text: 'modifierExtension' }, false],
  ])('that is %s', (_what, parts, strange) => {
    expect(modifierCautions({ resourceType: 'Basic', ...parts })).toEqual(strange ? ['not-interpretable'] : []);
  });
});

describe('a comparator', () => {
  it.each(['<', '<=', '>=', '>', 'ad', null, undefined])('that has a meaning changes nothing: %s', (comparator) => {
    expect(modifierCautions({ resourceType: 'Basic', value: { value: 5, comparator } })).toEqual([]);
  });

  it.each(['~', '', '=', 5, ['<']])('that has none makes the value uninterpretable: %j', (comparator) => {
    expect(modifierCautions({ resourceType: 'Basic', value: { value: 5, comparator } })).toEqual(['not-interpretable']);
  });
});

describe('an element that can turn a statement round', () => {
  const cautions = (resourceType: string, parts: object): readonly string[] =>
    modifierCautions({ resourceType, ...parts });

  it.each([
    ['MedicationRequest', { status: 'active', doNotPerform: false }],
    ['MedicationRequest', { status: 'ACTIVE', doNotPerform: true }],
    ['Condition', { verificationStatus: { coding: [{ code: 'confirmed' }], text: 'Confirmed' } }],
    ['Condition', { clinicalStatus: { text: 'Whatever', coding: [{ code: 'active' }] } }],
    ['Basic', { status: 'strange' }],
    ['CarePlan', { activity: [{ detail: { status: 'scheduled', doNotPerform: true } }, {}] }],
    ['Condition', { _verificationStatus: { extension } }],
    ['MedicationRequest', { status: 'active', doNotPerform: null }],
  ])('is plain where R4 knows what it says: %s %j', (type, parts) => {
    expect(cautions(type, parts)).toEqual([]);
  });

  it.each([
    ['MedicationRequest', { status: 'active', doNotPerform: 'no' }],
    ['MedicationRequest', { status: 'active', _doNotPerform: { extension } }],
    ['Immunization', { status: 'completed', _isSubpotent: { extension } }],
    ['Patient', { _active: { extension } }],
    ['List', { status: 'current', mode: 'working', entry: [{ _deleted: { extension } }] }],
    ['MedicationRequest', { status: 'perhaps' }],
    ['MedicationRequest', { status: 5 }],
    ['Condition', { verificationStatus: { text: 'confirmed' } }],
    ['Condition', { verificationStatus: { coding: [{ code: 'confirmed' }], text: 'Refuted' } }],
    ['Condition', { verificationStatus: { coding: [{ code: 'confirmed' }], text: 'Entered in error' } }],
    ['Condition', { clinicalStatus: { coding: [{ code: 'active' }], text: 'Resolved' } }],
    ['Condition', { clinicalStatus: { coding: [{ code: 'active' }], text: 'inactive' } }],
    ['Condition', { clinicalStatus: { coding: [{ code: 'active' }], text: 'Remission' } }],
    ['Patient', { deceasedBoolean: 'yes' }],
    ['CarePlan', { activity: [{ detail: { status: 'scheduled' } }, { detail: { status: 'strange' } }] }],
  ])('is not plain where it says anything else: %s %j', (type, parts) => {
    expect(cautions(type, parts)).toEqual(['not-interpretable']);
  });
});

describe('what is not yet held to be so', () => {
  it.each([
    ['unconfirmed', true],
    ['provisional', true],
    ['differential', true],
    ['confirmed', false],
    ['refuted', false],
  ])('is told by its verification: %s', (code, unsure) => {
    expect(modifierCautions({ resourceType: 'Condition', verificationStatus: { coding: [{ code }] } })).toEqual(
      unsure ? ['unconfirmed'] : [],
    );
  });

  it('is told so too where the type knows no such word', () => {
    expect(modifierCautions({ resourceType: 'Basic', verificationStatus: 'presumed' })).toEqual(['unconfirmed']);
  });

  it.each([
    ['CarePlan', ['proposal', 'option']],
    ['DeviceRequest', ['proposal', 'plan', 'option']],
    ['MedicationRequest', ['proposal', 'option']],
    ['NutritionOrder', ['proposal', 'plan', 'option']],
    ['ServiceRequest', ['proposal', 'option']],
    ['Task', ['proposal', 'option']],
    ['Condition', []],
  ])('is told by the intent of a %s: %j', (resourceType, unagreed) => {
    const unsure = ['proposal', 'plan', 'option', 'order'].filter((intent) =>
      modifierCautions({ resourceType, intent }).includes('unconfirmed'),
    );
    expect(unsure).toEqual(unagreed);
  });

  it('may be uninterpretable as well', () => {
    expect(modifierCautions({ resourceType: 'Task', intent: 'option', modifierExtension: extension })).toEqual([
      'not-interpretable',
      'unconfirmed',
    ]);
  });
});

describe('a status that says two things at once', () => {
  const status = (...codes: readonly string[]) =>
    modifierCautions({
      resourceType: 'Condition',
      clinicalStatus: { coding: codes.map((code) => ({ system: 'https://local.example', code })) },
    });

  it('cannot be interpreted, whichever of them stands first', () => {
    expect(status('active', 'resolved')).toEqual(['not-interpretable']);
    expect(status('resolved', 'active')).toEqual(['not-interpretable']);
    expect(
      modifierCautions({
        resourceType: 'AllergyIntolerance',
        verificationStatus: { coding: [{ code: 'confirmed' }, { code: 'refuted' }] },
      }),
    ).toEqual(['not-interpretable']);
  });

  it('is one where a narrower code stands beside its wider one', () => {
    expect(status('active', 'recurrence')).toEqual([]);
    expect(status('relapse', 'active')).toEqual([]);
    expect(status('inactive', 'remission')).toEqual([]);
    expect(status('resolved', 'inactive')).toEqual([]);
    expect(status('active', 'active')).toEqual([]);
    const verificationStatus = (code: string) => ({ coding: [{ code: 'unconfirmed' }, { code }] });
    for (const code of ['provisional', 'differential']) {
      const condition = { resourceType: 'Condition', verificationStatus: verificationStatus(code) };
      expect(modifierCautions(condition)).toEqual(['unconfirmed']);
    }
  });

  it('is one where the other code is a word of the source alone', () => {
    expect(status('active', 'A1')).toEqual([]);
    expect(status('A1', 'active')).toEqual(['not-interpretable']);
  });

  it('is one in words that only narrow or widen it, and cannot be interpreted where they turn it round', () => {
    const worded = (code: string, text: string) =>
      modifierCautions({ resourceType: 'Condition', clinicalStatus: { coding: [{ code }], text } });
    expect(worded('inactive', 'Resolved')).toEqual([]);
    expect(worded('resolved', 'Inactive')).toEqual([]);
    expect(worded('inactive', 'remission')).toEqual([]);
    expect(worded('active', 'Resolved')).toEqual(['not-interpretable']);
    expect(worded('remission', 'in remission')).toEqual([]);
    expect(worded('recurrence', 'in remission')).toEqual(['not-interpretable']);
    expect(worded('recurrence', 'remission')).toEqual(['not-interpretable']);
  });
});

describe('a comparator that is kept back', () => {
  it('makes the value uninterpretable: it may be below or above it', () => {
    const quantity = { value: 0.1, _comparator: { extension: [{ url: 'absent', valueCode: 'unknown' }] } };
    expect(modifierCautions({ resourceType: 'Observation', valueQuantity: quantity })).toContain('not-interpretable');
  });
});

describe('a negation as FHIR wrote it before R4', () => {
  it.each([
    ['Immunization', { notGiven: true }],
    ['Immunization', { wasNotGiven: true }],
    ['Procedure', { notDone: true }],
    ['Procedure', { notPerformed: true }],
    ['MedicationStatement', { wasNotTaken: true }],
    ['MedicationStatement', { taken: 'n' }],
  ])('is never passed over: %s %j', (resourceType, denied) => {
    expect(modifierCautions({ resourceType, ...denied })).toEqual(['not-interpretable']);
  });

  it.each([{ notGiven: false }, { notDone: false }, { wasNotTaken: false }, { taken: 'y' }, { taken: 'unk' }])(
    'that denies nothing changes nothing: %j',
    (said) => {
      expect(modifierCautions({ resourceType: 'Basic', ...said })).toEqual([]);
    },
  );
});
