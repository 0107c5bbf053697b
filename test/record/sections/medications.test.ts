import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntryState } from '../../../src/record/entry.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { medications, type MedicationEntry } from '../../../src/record/sections/medications.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

const ROUTE = { coding: [{ system: 'http://snomed.info/sct', code: '26643006', display: 'Oral' }] };
const DMD = { coding: [{ system: 'https://dmd.nhs.uk', code: '318906001', display: 'Ramipril 5mg capsules' }] };

function dosage(change: object = {}): object {
  return {
    text: 'One capsule once a day',
    timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
    route: ROUTE,
    doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg', code: 'mg', system: 'http://unitsofmeasure.org' } }],
    ...change,
  };
}

function request(change: object = {}): Resource {
  return {
    resourceType: 'MedicationRequest',
    id: '1',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: DMD,
    authoredOn: '2026-10-28',
    dosageInstruction: [dosage()],
    ...change,
  };
}

function statement(change: object = {}): Resource {
  return {
    resourceType: 'MedicationStatement',
    id: '2',
    status: 'active',
    medicationCodeableConcept: DMD,
    dosage: [dosage()],
    ...change,
  };
}

const read = (resource: Resource, source = 'gp'): MedicationEntry => entryFrom<MedicationEntry>(resource, source);
const keyOf = (resource: Resource): string => medications.factKey(read(resource));

describe('a medicine that lacks what it must have', () => {
  it('is unread when nothing names it', () => {
    const reading = readResources(
      [
        request({ medicationCodeableConcept: {} }),
        request({ medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/gone' } }),
      ],
      'gp' as SourceId,
    );
    expect(reading.entries).toEqual([]);
    expect(reading.unread).toMatchObject([
      { reason: 'must-have-missing', element: 'MedicationRequest.medication[x]' },
      { reason: 'must-have-missing' },
    ]);
  });

  it('has no dose, route, frequency or date of our invention', () => {
    const entry = read({ resourceType: 'MedicationRequest', id: '1', medicationCodeableConcept: { text: 'Warfarin' } });
    expect(entry).toMatchObject({ title: 'Warfarin', name: 'Warfarin', state: 'unknown', dosages: [], reasons: [] });
    for (const element of [
      'date',
      'period',
      'strength',
      'form',
      'intent',
      'supply',
      'lastIssued',
      'stopped',
      'statusAsRecorded',
    ]) {
      expect(entry).not.toHaveProperty(element);
    }
  });
});

describe('a dose whose words and numbers differ', () => {
  it.each([
    ['once a week in words, once a day in numbers', { text: 'Take FOUR once a WEEK' }],
    ['another amount', { text: 'Two capsules (10 mg) once a day' }],
  ])('is said to: %s', (_what, change) => {
    expect(read(request({ dosageInstruction: [dosage(change)] })).cautions).toContain('text-differs');
    expect(read(request()).cautions).toEqual([]);
  });

  it('keeps the day until which it is taken, and is another dose than one without', () => {
    const until = (end: string): object => ({
      timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd', boundsPeriod: { start: '2026-11-01', end } } },
    });
    const bounded = (end: string): Resource => request({ dosageInstruction: [dosage(until(end))] });
    expect(read(bounded('2026-11-08')).dosages[0]?.bounds).toEqual({ start: '2026-11-01', end: '2026-11-08' });
    expect(keyOf(bounded('2026-11-08'))).not.toBe(keyOf(bounded('2026-12-08')));
    expect(keyOf(bounded('2026-11-08'))).not.toBe(keyOf(request()));
  });
});

describe('the standing of a medicine', () => {
  const table: readonly (readonly [type: string, status: string | undefined, state: EntryState])[] = [
    ['MedicationRequest', 'active', 'current'],
    ['MedicationRequest', 'on-hold', 'unknown'],
    ['MedicationRequest', 'cancelled', 'past'],
    ['MedicationRequest', 'completed', 'past'],
    ['MedicationRequest', 'entered-in-error', 'in-error'],
    ['MedicationRequest', 'stopped', 'past'],
    ['MedicationRequest', 'draft', 'planned'],
    ['MedicationRequest', 'unknown', 'unknown'],
    ['MedicationRequest', undefined, 'unknown'],
    ['MedicationRequest', 'toString', 'unknown'],
    ['MedicationStatement', 'active', 'current'],
    ['MedicationStatement', 'completed', 'past'],
    ['MedicationStatement', 'entered-in-error', 'in-error'],
    ['MedicationStatement', 'intended', 'planned'],
    ['MedicationStatement', 'stopped', 'past'],
    ['MedicationStatement', 'on-hold', 'unknown'],
    ['MedicationStatement', 'unknown', 'unknown'],
    ['MedicationStatement', 'not-taken', 'negated'],
    ['MedicationDispense', 'preparation', 'planned'],
    ['MedicationDispense', 'in-progress', 'planned'],
    ['MedicationDispense', 'cancelled', 'past'],
    ['MedicationDispense', 'on-hold', 'unknown'],
    ['MedicationDispense', 'completed', 'unknown'],
    ['MedicationDispense', 'entered-in-error', 'in-error'],
    ['MedicationDispense', 'stopped', 'past'],
    ['MedicationDispense', 'declined', 'negated'],
    ['MedicationDispense', 'unknown', 'unknown'],
  ];

  it.each(table)('%s %s is %s', (resourceType, status, state) => {
    expect(read({ resourceType, id: '1', status, medicationCodeableConcept: DMD }).state).toBe(state);
  });

  it('is a stop only where the source says stopped or cancelled; of the others the reason is kept', () => {
    const reason = { statusReason: { text: 'bradycardia' } };
    expect(read(request({ ...reason, status: 'stopped' }))).toMatchObject({ stopped: { reason: 'bradycardia' } });
    for (const change of [{ status: 'on-hold' }, { doNotPerform: true }]) {
      const entry = read(request({ ...reason, ...change }));
      expect(entry).toMatchObject({ statusReason: 'bradycardia' });
      expect(entry).not.toHaveProperty('stopped');
    }
    expect(read(statement({ status: 'not-taken' }))).not.toHaveProperty('stopped');
    expect(read(request({ doNotPerform: true }))).toMatchObject({ prohibited: true });
  });

  it('is turned into its opposite by doNotPerform', () => {
    expect(read(request({ doNotPerform: true })).state).toBe('negated');
    expect(read(request({ doNotPerform: true, status: 'entered-in-error' })).state).toBe('in-error');
  });

  it('is not current while it is only proposed or an option', () => {
    expect(read(request({ intent: 'proposal' })).state).toBe('planned');
    expect(read(request({ intent: 'option' })).state).toBe('planned');
    expect(read(request({ intent: 'plan' })).state).toBe('current');
  });

  it('says when and why it was stopped, only when it was', () => {
    const stopped = read(
      statement({
        status: 'stopped',
        effectivePeriod: { start: '2020', end: '2026-01-05' },
        statusReason: [{ text: 'Cough' }],
      }),
    );
    expect(stopped.stopped).toEqual({ date: '2026-01-05', reason: 'Cough' });
    expect(read(statement({ statusReason: [{ text: 'Cough' }] }))).not.toHaveProperty('stopped');
  });

  it('is marked where the Medication it leads to was withdrawn', () => {
    const contained = [{ resourceType: 'Medication', id: 'm', status: 'entered-in-error', code: { text: 'Digoxin' } }];
    expect(
      read(request({ contained, medicationCodeableConcept: undefined, medicationReference: { reference: '#m' } }))
        .cautions,
    ).toContain('source-unclear');
  });

  it.each([
    ['No known medications', 'none-known', 'negated'],
    ['Nil regular medication', 'none-known', 'negated'],
    ['Not asked', 'not-asked', 'unknown'],
  ])('%s is no medicine', (text, kind, state) => {
    expect(read(statement({ medicationCodeableConcept: { text } }))).toMatchObject({ statement: kind, state });
  });
});

describe('the parts of a medicine', () => {
  it('stand apart in the order of the Common User Interface', () => {
    expect(read(request())).toMatchObject({
      title: 'Ramipril 5mg capsules',
      name: 'Ramipril',
      strength: '5mg',
      form: 'capsules',
      dosages: [{ text: 'One capsule once a day', dose: '5 mg', route: 'Oral', frequency: 'once a day', timesADay: 1 }],
    });
  });

  it('come from the Medication when it is sent apart', () => {
    const medication = {
      resourceType: 'Medication',
      id: 'm',
      code: { text: 'Digoxin' },
      form: { text: 'tablet' },
      ingredient: [{ strength: { numerator: { value: 125, unit: 'microgram' }, denominator: { value: 1 } } }],
    };
    const reading = readResources(
      [
        medication,
        request({ medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/m' } }),
      ],
      'gp' as SourceId,
    );
    expect(reading.entries).toMatchObject([
      { title: 'Digoxin', name: 'Digoxin', strength: '125 microgram', form: 'tablet' },
    ]);
  });

  it('include the reason, the kind of supply and the last issue', () => {
    const entry = read(
      statement({
        reasonCode: [{ text: 'Heart failure' }],
        effectivePeriod: { start: '2019-02' },
        extension: [
          {
            url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-MedicationStatementLastIssueDate',
            valueDateTime: '2026-11-02',
          },
        ],
      }),
    );
    expect(entry).toMatchObject({ reasons: ['Heart failure'], date: '2019-02', lastIssued: '2026-11-02' });
    expect(read(request({ category: [{ coding: [{ code: 'discharge' }] }] })).supply).toBe('discharge');
    expect(read(request({ courseOfTherapyType: { coding: [{ code: 'acute' }] } })).supply).toBe('acute');
    expect(
      read(
        request({
          extension: [
            { url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-MedicationRepeatInformation' },
          ],
        }),
      ).supply,
    ).toBe('repeat');
  });

  it('say that a date of assertion is no more than that', () => {
    expect(read(statement({ dateAsserted: '2026-01-01' }))).toMatchObject({ date: '2026-01-01', dateIs: 'recorded' });
  });
});

describe('one line for several records', () => {
  it('is made of a plan, an order and a statement of one medicine in one dose', () => {
    expect(keyOf(statement())).toBe(keyOf(request()));
    expect(keyOf(request({ intent: 'plan' }))).toBe(keyOf(request()));
  });

  it('is made where only the words for the same numbers differ', () => {
    expect(keyOf(request({ dosageInstruction: [dosage({ text: 'ONE to be taken each day' })] }))).toBe(
      keyOf(request()),
    );
  });

  it('is made of the issues of one repeat, whatever the day of each', () => {
    expect(keyOf(request({ authoredOn: '2026-09-30' }))).toBe(keyOf(request()));
  });

  it.each([
    [
      'dose',
      { dosageInstruction: [dosage({ doseAndRate: [{ doseQuantity: { value: 2.5, unit: 'mg', code: 'mg' } }] })] },
    ],
    [
      'unit',
      {
        dosageInstruction: [dosage({ doseAndRate: [{ doseQuantity: { value: 5, unit: 'micrograms', code: 'ug' } }] })],
      },
    ],
    [
      'comparator',
      {
        dosageInstruction: [
          dosage({ doseAndRate: [{ doseQuantity: { value: 5, comparator: '<', unit: 'mg', code: 'mg' } }] }),
        ],
      },
    ],
    ['route', { dosageInstruction: [dosage({ route: { text: 'Intravenous' } })] }],
    [
      'frequency',
      { dosageInstruction: [dosage({ timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } } })] },
    ],
    [
      'frequency in words that the numbers do not bear out',
      { dosageInstruction: [dosage({ text: 'One capsule once a WEEK' })] },
    ],
    ['need', { dosageInstruction: [dosage({ asNeededBoolean: true })] }],
    ['maximum', { dosageInstruction: [dosage({ maxDosePerAdministration: { value: 10, unit: 'mg' } })] }],
    ['number of steps', { dosageInstruction: [dosage(), dosage({ sequence: 2 })] }],
    ['absence of a dose', { dosageInstruction: [] }],
    ['words without numbers', { dosageInstruction: [{ text: 'As directed' }] }],
    ['status', { status: 'stopped' }],
    ['a proposal as against an order', { intent: 'proposal' }],
    ['negation', { doNotPerform: true }],
    [
      'product',
      {
        medicationCodeableConcept: {
          coding: [{ system: 'https://dmd.nhs.uk', code: '318902004', display: 'Ramipril 5mg tablets' }],
        },
      },
    ],
    [
      'product, told by one and only its substance by the other',
      {
        medicationCodeableConcept: {
          coding: [{ system: 'http://snomed.info/sct', code: '386872004', display: 'Ramipril' }],
        },
      },
    ],
    ['strength in the name under one code', { medicationCodeableConcept: { ...DMD, text: 'Ramipril 10mg capsules' } }],
    ['form in the name under one code', { medicationCodeableConcept: { ...DMD, text: 'Ramipril 5mg tablets' } }],
  ])('is not made where they differ in %s', (_what, change) => {
    expect(keyOf(request(change))).not.toBe(keyOf(request()));
  });

  it('is not made of a course with a last day and one without', () => {
    expect(keyOf(statement({ effectivePeriod: { end: '2027-01-01' } }))).not.toBe(keyOf(statement()));
  });

  it('never hides a difference in dose, unit, route, frequency or standing', () => {
    const choice = fc.record({
      value: fc.constantFrom(1, 2.5, 5, 10),
      unit: fc.constantFrom('mg', 'microgram', 'capsule'),
      route: fc.constantFrom('Oral', 'Intravenous', 'Subcutaneous'),
      frequency: fc.constantFrom(1, 2, 3),
      status: fc.constantFrom('active', 'stopped', 'draft'),
      strength: fc.constantFrom('2.5mg', '5mg'),
    });
    const build = (c: {
      value: number;
      unit: string;
      route: string;
      frequency: number;
      status: string;
      strength: string;
    }): Resource =>
      request({
        status: c.status,
        medicationCodeableConcept: { text: `Ramipril ${c.strength} capsules` },
        dosageInstruction: [
          {
            text: 'As on the label',
            route: { text: c.route },
            timing: { repeat: { frequency: c.frequency, period: 1, periodUnit: 'd' } },
            doseAndRate: [{ doseQuantity: { value: c.value, unit: c.unit } }],
          },
        ],
      });
    // One capsule of 2.5 mg and 2.5 mg are the same dose, written in two ways.
    const inMg = (c: { value: number; unit: string; strength: string }): object =>
      c.unit === 'capsule' ? { ...c, value: c.value * Number.parseFloat(c.strength), unit: 'mg' } : c;
    fc.assert(
      fc.property(choice, choice, (a, b) => {
        expect(keyOf(build(a)) === keyOf(build(b))).toBe(JSON.stringify(inMg(a)) === JSON.stringify(inMg(b)));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a supply from a pharmacy', () => {
  const dispense = (change: object = {}): MedicationEntry =>
    read({
      resourceType: 'MedicationDispense',
      id: '3',
      status: 'completed',
      medicationCodeableConcept: DMD,
      whenHandedOver: '2026-11-01',
      daysSupply: { value: 28, unit: 'day', code: 'd' },
      dosageInstruction: [dosage()],
      ...change,
    });
  const at = (entry: MedicationEntry, day: string): EntryState | undefined =>
    medications.stateAt?.(entry, Date.parse(day));

  it('stays unknown where the pharmacy does not say for how many days', () => {
    expect(at(dispense({ daysSupply: undefined }), '2026-11-02')).toBe('unknown');
    expect(at(dispense({ whenHandedOver: '2062-11-01' }), '2026-11-02')).toBe('unknown');
    expect(at(dispense({ daysSupply: { value: 4, unit: 'week', code: 'wk' } }), '2026-11-02')).toBe('unknown');
    expect(at(dispense({ whenHandedOver: undefined }), '2026-11-02')).toBe('unknown');
  });

  it('is current while it lasts and past after', () => {
    expect(at(dispense(), '2026-11-20')).toBe('current');
    expect(at(dispense(), '2026-12-20')).toBe('past');
  });

  it('changes nothing about one that was never handed over', () => {
    expect(at(dispense({ status: 'declined' }), '2026-11-02')).toBe('negated');
  });
});
