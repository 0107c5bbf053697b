// Proves src/record/sections/medications.ts, src/record/sections/medicine-supply.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { medications, type MedicationEntry } from '../../../src/record/sections/medications.ts';
import { conflictKinds, entryFrom } from '../../support/record.ts';

const UK = 'https://fhir.hl7.org.uk/StructureDefinition/';
const RAMIPRIL = { text: 'Ramipril 5mg capsules' };

function request(change: object = {}): Resource {
  return {
    resourceType: 'MedicationRequest',
    id: '1',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: RAMIPRIL,
    authoredOn: '2026-10-28',
    dosageInstruction: [{ text: 'One capsule once a day' }],
    ...change,
  };
}

const read = (change: object = {}): MedicationEntry => entryFrom<MedicationEntry>(request(change));
const keyOf = (change: object = {}): string => medications.factKey(read(change));
const concept = (code: string): object => ({ coding: [{ code }] });

describe('a medicine', () => {
  it('stands among the medicines, under the names the section has', () => {
    expect(read().section).toBe('medications');
    expect(medications).toMatchObject({ id: 'medications', heading: 'Medications and medical devices' });
  });

  it('has an intent where it is a request, and says that it must not be given only where its source does', () => {
    expect(read().intent).toBe('order');
    expect(read()).not.toHaveProperty('prohibited');
    expect(read({ doNotPerform: true })).toMatchObject({ prohibited: true, state: 'negated' });
    const statement = { resourceType: 'MedicationStatement', id: '2', medicationCodeableConcept: RAMIPRIL };
    const stated = entryFrom<MedicationEntry>({ ...statement, status: 'active', intent: 'order' });
    expect(stated).not.toHaveProperty('intent');
  });

  it('that was not to be given is past once that order is', () => {
    expect(read({ doNotPerform: true, status: 'stopped' }).state).toBe('past');
  });

  it('is only planned where it is proposed and active, and over where the proposal is', () => {
    expect(read({ intent: 'proposal' }).state).toBe('planned');
    expect(read({ intent: 'proposal', status: 'completed' }).state).not.toBe('planned');
    expect(read({ intent: 'option' }).state).toBe('planned');
  });

  it.each([
    ['No current medication', 'none-known'],
    ['No known drug', 'none-known'],
    ['No known drugs', 'none-known'],
    ['No known medicines', 'none-known'],
    ['Notol 5mg tablets', 'medicine'],
  ])('%s is a %s', (text, statement) => {
    expect(read({ medicationCodeableConcept: { text } }).statement).toBe(statement);
  });

  it('is dated by the day it was begun, prescribed or handed over, in that order', () => {
    const dispense = { resourceType: 'MedicationDispense', authoredOn: undefined };
    expect(read({ ...dispense, whenHandedOver: '2026-10-02', whenPrepared: '2026-10-01' }).date).toBe('2026-10-02');
    expect(read({ ...dispense, whenPrepared: '2026-10-01' }).date).toBe('2026-10-01');
    expect(read({ authoredOn: undefined, dateAsserted: '2026-09-01' })).toMatchObject({ dateIs: 'recorded' });
    expect(read({ authoredOn: undefined })).not.toHaveProperty('date');
  });

  it('names its reasons once each, and passes over one that says nothing', () => {
    const reasonCode = [{ text: 'Hypertension' }, {}, { text: 'Hypertension' }, { text: 'Heart failure' }];
    expect(read({ reasonCode }).reasons).toEqual(['Hypertension', 'Heart failure']);
  });
});

describe('how a medicine is supplied', () => {
  const type = (name: string, code: string): object => ({
    extension: [{ url: `${UK}Extension-${name}`, valueCodeableConcept: concept(code) }],
  });

  it.each([
    ['repeat dispensing', type('UKCore-PrescriptionType', 'repeat-dispensing'), 'repeat-dispensing'],
    ['a repeat, in an extension', type('UKCore-PrescriptionType', 'repeat'), 'repeat'],
    ['acute, in an extension', type('CareConnect-GPC-PrescriptionType-1', 'acute-handwritten'), 'acute'],
    ['acute, in an extension of no profile', type('PrescriptionType', 'acute'), 'acute'],
    ['neither, in an extension', type('PrescriptionType', 'delayed-acute-repeat'), undefined],
    ['a course', { courseOfTherapyType: concept('acute') }, 'acute'],
    ['continuous', { courseOfTherapyType: concept('continuous') }, 'repeat'],
    ['seasonal', { courseOfTherapyType: concept('seasonal') }, undefined],
    ['for discharge', { category: [{}, concept('discharge')] }, 'discharge'],
    ['for an inpatient', { category: [concept('inpatient')] }, 'inpatient'],
    ['for an outpatient', { category: [concept('outpatient')] }, 'outpatient'],
    ['for a place with no word', { category: [{}] }, undefined],
    ['with repeats told', { extension: [{ url: `${UK}Extension-UKCore-MedicationRepeatInformation` }] }, 'repeat'],
    [
      'with repeats told as GP Connect does',
      { extension: [{ url: `${UK}CareConnect-GPC-MedicationRepeatInformation-1` }] },
      'repeat',
    ],
    ['in no way that is said', {}, undefined],
  ])('is %s', (_what, change, supply) => {
    expect(read(change).supply).toBe(supply);
  });

  it.each([
    ['quantity of a dispense', { quantity: { value: 28, unit: 'capsule' } }, '28 capsule'],
    ['quantity of a request', { dispenseRequest: { quantity: { value: 56, unit: 'capsule' } } }, '56 capsule'],
    ['quantity in words only', { quantity: { unit: 'one bottle' } }, 'one bottle'],
    ['nothing', {}, undefined],
  ])('keeps the %s', (_what, change, quantity) => {
    expect(read(change).quantity).toBe(quantity);
  });

  it.each([
    [{ value: 28, unit: 'days', code: 'd' }, 28],
    [{ value: 28, unit: 'days' }, 28],
    [{ value: 28, unit: 'Day' }, 28],
    [{ value: 28 }, 28],
    [{ value: 4, unit: 'weeks', code: 'wk' }, undefined],
    [{ value: 28, comparator: '<', unit: 'days', code: 'd' }, undefined],
    [{ value: 28, unit: 'daybreaks' }, undefined],
    [{ value: 28, unit: 'bad' }, undefined],
    [{ value: 0, unit: 'days', code: 'd' }, undefined],
  ])('is for so many days only where they are days: %j', (daysSupply, days) => {
    expect(read({ daysSupply }).supplyDays).toBe(days);
  });

  it.each([
    ['UKCore-MedicationStatementLastIssueDate', { valueDateTime: '2026-10-01' }],
    ['CareConnect-GPC-MedicationStatementLastIssueDate-1', { valueDate: '2026-10-01' }],
  ])('was last issued on the day that %s names', (name, value) => {
    expect(read({ extension: [{ url: `${UK}Extension-${name}`, ...value }] }).lastIssued).toBe('2026-10-01');
    expect(read({ whenHandedOver: '2026-10-01' })).not.toHaveProperty('lastIssued');
  });
});

describe('what a pharmacy handed over', () => {
  const dispense = (change: object = {}): MedicationEntry =>
    read({ resourceType: 'MedicationDispense', status: 'completed', whenHandedOver: '2026-11-01', ...change });
  const supplied = { daysSupply: { value: 28, unit: 'days', code: 'd' } };

  it('lasts to the very end of its days', () => {
    const ends = Date.UTC(2026, 10, 29);
    expect(medications.stateAt?.(dispense(supplied), ends)).toBe('current');
    expect(medications.stateAt?.(dispense(supplied), ends + 1)).toBe('past');
  });

  it('is the only one that its days say anything of', () => {
    const ends = Date.UTC(2027, 0, 1);
    for (const entry of [
      read({ ...supplied, status: 'unknown', whenHandedOver: '2026-11-01' }),
      dispense({ ...supplied, status: 'unknown' }),
      dispense({ ...supplied, status: 'stopped' }),
      dispense({ ...supplied, status: 'cancelled' }),
    ])
      expect(medications.stateAt?.(entry, ends)).toBe(entry.state);
  });
});

describe('two medicines that are over', () => {
  const over = { status: 'completed', authoredOn: '2020-05-01' };
  const course = { ...over, courseOfTherapyType: concept('acute') };
  const statement = (period: object): string =>
    medications.factKey(
      entryFrom<MedicationEntry>({
        resourceType: 'MedicationStatement',
        id: '2',
        status: 'completed',
        medicationCodeableConcept: RAMIPRIL,
        effectivePeriod: period,
      }),
    );

  it('are two where each was a course of its own day, and one where an issue of a repeat says only its day', () => {
    expect(keyOf(course)).not.toBe(keyOf({ ...course, authoredOn: '2021-05-01' }));
    expect(keyOf(course)).toBe(keyOf({ ...course, authoredOn: '2020-05-01T09:00:00Z' }));
    expect(keyOf(over)).toBe(keyOf({ ...over, authoredOn: '2021-05-01' }));
  });

  it('are two where they began or ended on different days, by the day', () => {
    const span = { start: '2020-05-01', end: '2020-06-01' };
    expect(statement(span)).not.toBe(statement({ ...span, start: '2019-05-01' }));
    expect(statement(span)).not.toBe(statement({ ...span, end: '2020-07-01' }));
    expect(statement(span)).toBe(statement({ start: '2020-05-01T08:00:00Z', end: '2020-06-01T09:00:00Z' }));
  });

  it('are two where they were stopped for different reasons', () => {
    const stopped = (text: string): object => ({ status: 'stopped', statusReason: { text } });
    expect(keyOf(stopped('Cough'))).not.toBe(keyOf(stopped('No longer needed')));
    expect(keyOf(stopped('Cough'))).toBe(keyOf(stopped('cough ')));
    expect(keyOf(stopped('Cough'))).not.toBe(keyOf({ status: 'stopped' }));
  });
});

describe('two medicines of a standing that is not known', () => {
  it('are one only where their sources say the same of it', () => {
    expect(keyOf({ status: 'unknown' })).not.toBe(keyOf({ status: undefined }));
    expect(keyOf({ status: 'unknown' })).toBe(keyOf({ status: 'unknown' }));
  });

  it('and two of a known one are one whatever word each source has for it', () => {
    const stated = (status: string): string =>
      medications.factKey(
        entryFrom<MedicationEntry>({
          resourceType: 'MedicationStatement',
          id: '2',
          status,
          medicationCodeableConcept: RAMIPRIL,
          dosage: [{ text: 'One capsule once a day' }],
        }),
      );
    expect(stated('active')).toBe(keyOf());
  });
});

describe('the order of medicines', () => {
  const fact = (change: object): never => ({ entries: [read(change)] }) as never;

  it('is what is taken, what must not be, what is open, what is planned, what is over, and last that there is none', () => {
    const ordered = [
      fact({}),
      fact({ doNotPerform: true }),
      fact({ status: 'unknown' }),
      fact({ intent: 'proposal' }),
      fact({ status: 'completed' }),
      fact({ medicationCodeableConcept: { text: 'No current medication' } }),
    ];
    const backwards = [...ordered].reverse();
    expect(backwards.sort((a, b) => medications.compare?.(a, b) ?? 0)).toEqual(ordered);
    const ranks = ordered
      .slice(1)
      .map((one, index) => Math.sign(medications.compare?.(one, ordered[index] as never) ?? 0));
    expect(ranks).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('disagreements about medicines', () => {
  const medicine = (id: string, text: string, change: object = {}): Resource =>
    request({ id, medicationCodeableConcept: { text }, ...change });

  it('are two doses of one medicine, and two medicines of one kind', () => {
    const doses = {
      gp: [medicine('1', 'Ramipril 5mg capsules')],
      hospital: [medicine('2', 'Ramipril 5mg capsules', { dosageInstruction: [{ text: 'Two capsules once a day' }] })],
    };
    expect(conflictKinds(doses)).toHaveLength(1);
    expect(
      conflictKinds({
        gp: [medicine('1', 'Ramipril 5mg capsules')],
        hospital: [medicine('2', 'Lisinopril 10mg tablets')],
      }),
    ).toContain('duplicate-therapy');
  });
});

describe('what qualifies a medicine', () => {
  const statement = (change: object): MedicationEntry =>
    entryFrom<MedicationEntry>({
      resourceType: 'MedicationStatement',
      id: '2',
      status: 'active',
      medicationCodeableConcept: RAMIPRIL,
      ...change,
    });

  it('is that it was called off, which is said of nothing else', () => {
    expect(read({ status: 'cancelled' }).cautions).toContain('cancelled');
    expect(read({ status: 'stopped' }).cautions).not.toContain('cancelled');
  });

  it('is the day on which it was taken before the day on which it was written down', () => {
    expect(statement({ effectiveDateTime: '2026-03-01', dateAsserted: '2026-10-01' }).date).toBe('2026-03-01');
  });

  it('is the reason it refers to, with the one it is coded with', () => {
    const reason = { reasonReference: [{ display: 'Heart failure' }], reasonCode: [{ text: 'Hypertension' }] };
    expect(read(reason).reasons).toEqual(['Hypertension', 'Heart failure']);
  });

  it('waits after a year, once it is over', () => {
    expect(medications).toMatchObject({ window: { months: 12 }, groupedBy: 'medicine' });
  });
});
