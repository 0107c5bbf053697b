import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { writeEntry } from '../../../src/record/summary/write-entry.ts';
import { entryFrom } from '../../support/record.ts';
import { saidOf, UNKNOWN, written } from '../../support/written.ts';

const coding = (code: string): object => ({ coding: [{ code }] });
const condition: Resource = {
  resourceType: 'Condition',
  id: '1',
  clinicalStatus: coding('active'),
  code: { text: 'Asthma' },
};
const measured = (valueQuantity: object): Resource => ({
  resourceType: 'Observation',
  id: '1',
  status: 'final',
  category: [coding('exam')],
  code: { text: 'Wound' },
  valueQuantity,
});
const same = (resource: Resource): void => {
  expect(saidOf(entryFrom(written(resource)))).toEqual(saidOf(entryFrom(resource)));
};

describe('what every statement of a summary has', () => {
  it('are its type, its id, its labels, its notes, and no more', () => {
    expect(written(condition)).toEqual({
      resourceType: 'Condition',
      id: '1',
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      code: { text: 'Asthma' },
      subject: { reference: 'Patient/p' },
    });
    const labelled = {
      ...condition,
      meta: { security: [{ system: 'http://x|y', code: 'R' }, { code: 'X' }] },
      note: [{ text: 'a' }, { text: 'b' }],
    };
    const { meta, note } = written(labelled);
    expect({ meta, note }).toEqual({ meta: labelled.meta, note: labelled.note });
    same(labelled);
  });

  it('is that it cannot be interpreted where it could not, for whoever reads it next', () => {
    const strange = { ...condition, modifierExtension: [{ url: 'https://unknown.example', valueBoolean: true }] };
    expect(written(strange)['modifierExtension']).toEqual([
      { url: 'https://corridor.invalid/StructureDefinition/not-interpretable', valueBoolean: true },
    ]);
    same(strange);
    expect(written({ ...condition, verificationStatus: coding('unconfirmed') })).not.toHaveProperty(
      'modifierExtension',
    );
  });
});

describe('a plan in a summary', () => {
  const plan = { resourceType: 'CarePlan', id: '1', intent: 'plan', title: 'Plan' };
  it('has the number that it has, whole, and a standing that nobody gave as one that is not known', () => {
    const numbered = { ...plan, identifier: [{ system: 'https://plans.example', value: '7|b' }] };
    expect(written(numbered)).toMatchObject({ identifier: numbered.identifier, _status: UNKNOWN, intent: 'plan' });
    expect(written(plan)).not.toHaveProperty('identifier');
    expect(written(plan)).not.toHaveProperty('_intent');
    same(numbered);
  });
});

describe('words beside a concept in a summary', () => {
  it('stand each where they stood', () => {
    const told = { ...condition, severity: { text: 'Mild' }, bodySite: [{ text: 'Left' }, { text: 'Right' }] };
    expect(written(told)).toMatchObject({
      severity: { text: 'Mild' },
      bodySite: [{ text: 'Left' }, { text: 'Right' }],
    });
    same(told);
  });
});

describe('words of a concept in a summary', () => {
  const concept = (code: object): unknown => written({ ...condition, code })['code'];
  const bare = { system: 'http://x.example', code: 'p1' };
  const absent = { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' };

  it.each([
    ['a code', { coding: [bare] }],
    ['a code of no system', { coding: [{ code: 'p1' }] }],
    ['a reason for absence', { coding: [absent] }],
    ['several codes', { coding: [bare, { ...bare, code: 'p2' }] }],
  ])('are none where a source sent only %s', (_what, code) => {
    expect(concept(code)).toEqual(code);
    same({ ...condition, code });
  });

  it.each([
    ['beside a code', { coding: [bare], text: 'Left asthma' }],
    ['alone', { text: 'Asthma' }],
    ['that repeat the code', { coding: [bare], text: 'p1' }],
    ['beside a code of the same in brackets of another system', { coding: [bare], text: 'p1 (http://y.example)' }],
    ['that repeat a code beside a display', { coding: [bare, { display: 'Asthma' }], text: 'p1 (http://x.example)' }],
    ['that repeat a reason', { coding: [absent], text: 'masked (x)' }],
    ['and a display', { coding: [{ ...bare, display: 'Asthma' }], text: 'Wheezy' }],
  ])('are the source’s %s', (_what, code) => {
    expect(concept(code)).toEqual(code);
    same({ ...condition, code });
  });

  it('are those of the display where there is one', () => {
    const code = { coding: [bare, { display: 'Asthma' }] };
    expect(concept(code)).toEqual({ ...code, text: 'Asthma' });
    same({ ...condition, code });
  });
});

describe('how a statement stands, and who said it, in a summary', () => {
  it.each([
    ['both words', { clinicalStatus: coding('inactive'), verificationStatus: coding('provisional') }],
    ['a word that nobody knows', { clinicalStatus: coding('active'), verificationStatus: coding('odd') }],
    ['a verification alone', { clinicalStatus: undefined, verificationStatus: coding('refuted') }],
    ['a standing alone', { clinicalStatus: coding('recurrence') }],
    ['nothing', { clinicalStatus: undefined }],
  ])('is told in its own words: %s', (_what, words) => {
    const { clinicalStatus, verificationStatus } = written({ ...condition, ...words });
    const codeOf = (concept: unknown): unknown =>
      (concept as { readonly coding: readonly { readonly code: string }[] } | undefined)?.coding[0]?.code;
    const given = { ...condition, ...words } as Resource;
    expect([codeOf(clinicalStatus), codeOf(verificationStatus)]).toEqual([
      codeOf(given['clinicalStatus']),
      codeOf(given['verificationStatus']),
    ]);
    same(given);
  });

  it('names who said it, and nobody where nobody is named', () => {
    expect(written({ ...condition, recorder: { display: 'Dr Ada' } })).toMatchObject({
      recorder: { display: 'Dr Ada' },
    });
    expect(written(condition)).not.toHaveProperty('recorder');
  });
});

describe('an amount in a summary', () => {
  it('is a number for whoever writes it down otherwise, where a number keeps all its digits', () => {
    const valueOf = (value: unknown): unknown => {
      const json = writeEntry(entryFrom(measured({ value, unit: 'mg' })), '1', {
        subject: {},
        organisation: {},
        linked: () => [],
      });
      return (json?.['valueQuantity'] as { readonly value: unknown }).value;
    };
    expect(valueOf(5)).toBe(5);
    expect(valueOf('5.00')).toBe('5.00');
  });

  it('is none where there are no words for one, and whole where its unit has numbers', () => {
    const vaccination = { resourceType: 'Immunization', id: '1', status: 'completed', vaccineCode: { text: 'MMR' } };
    expect(written(vaccination)).not.toHaveProperty('doseQuantity');
    const syrup = {
      resourceType: 'MedicationStatement',
      id: '1',
      status: 'active',
      contained: [
        {
          resourceType: 'Medication',
          id: 'm',
          code: { text: 'Syrup' },
          ingredient: [{ itemCodeableConcept: { text: 'A' }, strength: { numerator: { value: 100, unit: 'mg/5mL' } } }],
        },
      ],
      medicationReference: { reference: '#m' },
    };
    same(syrup);
  });

  it.each([
    ['digits that a number would lose', { value: '4.00', unit: 'mmol/L' }],
    ['more digits than a number holds', { value: '0.12345678901234567890', unit: 'x' }],
    ['an exponent', { value: '1e3', unit: 'x' }],
    ['a number', { value: 4.5, unit: 'x' }],
    ['less than a number', { value: 5, comparator: '<' }],
    ['at least a number', { value: 5, comparator: '>=' }],
    ['a code without words', { value: 5, code: 'mg', system: 'http://unitsofmeasure.org' }],
    ['a code of another’s', { value: 5, unit: 'tablet', code: '428673006', _system: UNKNOWN }],
    ['a code of a form', { value: 5, unit: 'tablet', code: 'TAB', _system: UNKNOWN }],
    ['a unit of a few digits', { value: 5, code: '100', system: 'http://unitsofmeasure.org' }],
    ['a unit of two letters', { value: 5, code: 'GA', system: 'http://unitsofmeasure.org' }],
    ['a unit with digits before it', { value: 5, code: '1000000.mL', system: 'http://unitsofmeasure.org' }],
    ['a unit that ends in capitals', { value: 5, code: '/100WBC', system: 'http://unitsofmeasure.org' }],
    ['a unit with capitals in it', { value: 5, code: '{RBC}/uL', system: 'http://unitsofmeasure.org' }],
  ])('is as recorded: %s', (_what, quantity) => {
    expect(written(measured(quantity))['valueQuantity']).toEqual(quantity);
    same(measured(quantity));
  });

  it.each([
    ['5 mg', { value: 5, unit: 'mg' }],
    ['<5 mg', { value: 5, comparator: '<', unit: 'mg' }],
    ['>=5', { value: 5, comparator: '>=' }],
    ['-1.50 x y', { value: '-1.50', unit: 'x y' }],
    ['ad5 mg', { value: 5, comparator: 'ad', unit: 'mg' }],
    ['1e3 mg', { value: '1e3', unit: 'mg' }],
    ['1.5E-10 mg', { value: '1.5E-10', unit: 'mg' }],
    ['12.25 mL', { value: 12.25, unit: 'mL' }],
  ])('that an entry keeps in words is one again: %s', (_words, doseQuantity) => {
    const vaccination = { resourceType: 'Immunization', id: '1', status: 'completed', vaccineCode: { text: 'MMR' } };
    expect(written({ ...vaccination, doseQuantity })['doseQuantity']).toEqual(doseQuantity);
    same({ ...vaccination, doseQuantity });
  });
});
