import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import type { MedicationEntry } from '../../../src/record/sections/medications.ts';
import { entryFrom } from '../../support/record.ts';
import { saidOf, UNKNOWN, written } from '../../support/written.ts';

const UK_CORE = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore';
const category = (system: string, code: string): object => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
});
const medicine = { status: 'active', medicationCodeableConcept: { text: 'Paracetamol 500mg tablets' } };
const statement = { resourceType: 'MedicationStatement', id: '1', ...medicine };
const request = { resourceType: 'MedicationRequest', id: '1', intent: 'order', ...medicine };
const dispense = { resourceType: 'MedicationDispense', id: '1', ...medicine, status: 'completed' };
const same = (resource: Resource): void => {
  expect(saidOf(entryFrom(written(resource)))).toEqual(saidOf(entryFrom(resource)));
};
const subject = { reference: 'Patient/p' };

describe('what a summary never makes of a medicine', () => {
  it('one to be given of one that must not be', () => {
    const barred = { ...request, doNotPerform: true };
    expect(written(barred)).toMatchObject({ doNotPerform: true });
    expect(entryFrom(written(barred)).state).toBe('negated');
    expect(written(request)).not.toHaveProperty('doNotPerform');
  });

  it('an order of what has no intent, or one that is active of one of no status', () => {
    const silent = { ...request, intent: undefined };
    expect(written(silent)).toMatchObject({ _intent: UNKNOWN });
    expect(written(silent)).not.toHaveProperty('intent');
    same(silent);
    for (const one of [statement, request, dispense]) {
      expect(written({ ...one, status: undefined })).toMatchObject({ _status: UNKNOWN });
      same({ ...one, status: undefined });
    }
  });

  it('a weaker one: what the strength is in stays with it', () => {
    const insulin = (numerator: object, denominator?: object): Resource => ({
      ...statement,
      medicationCodeableConcept: undefined,
      contained: [
        {
          resourceType: 'Medication',
          id: 'm',
          code: { text: 'Insulin aspart' },
          ingredient: [{ itemCodeableConcept: { text: 'Insulin' }, strength: { numerator, denominator } }],
        },
      ],
      medicationReference: { reference: '#m' },
    });
    const inOne = insulin({ value: 100, unit: 'units/mL' }, { value: 1 });
    expect(entryFrom<MedicationEntry>(written(inOne)).strength).toBe('100 units/mL');
    const ratio = { numerator: { value: 5, unit: 'mg' }, denominator: { value: 10, unit: 'mL' } };
    expect(written(insulin(ratio.numerator, ratio.denominator))).toMatchObject({
      contained: [{ ingredient: [{ itemCodeableConcept: { text: 'Insulin aspart' }, strength: ratio }] }],
    });
    for (const [numerator, denominator] of [
      [{ value: 100, unit: 'units/mL' }, { value: 1 }],
      [
        { value: 5, unit: 'mg' },
        { value: 5, unit: 'mL' },
      ],
      [
        { value: 5, comparator: '<', unit: 'mg' },
        { value: 1, unit: 'mL' },
      ],
      [
        { value: 5, unit: 'mg' },
        { value: 10, comparator: '<', unit: 'mL' },
      ],
      [{ value: 100, unit: 'mg/5mL' }],
      [{ value: 1, unit: 'mg/mL/2 mL' }],
      [{ value: 5, unit: 'mg' }],
    ] as const)
      same(insulin(numerator, denominator));
  });

  it('one after another of what nobody numbered, and two at once of what is numbered', () => {
    const numbers = (dosage: readonly object[]): readonly unknown[] =>
      (written({ ...statement, dosage })['dosage'] as readonly { sequence?: unknown }[]).map(
        ({ sequence }) => sequence,
      );
    expect(numbers([{ text: 'a' }, { text: 'b' }])).toEqual([undefined, undefined]);
    expect(
      numbers([
        { text: 'b', sequence: 2 },
        { text: 'a', sequence: 1 },
      ]),
    ).toEqual([1, 2]);
    expect(
      numbers([
        { text: 'b', sequence: 1 },
        { text: 'a', sequence: 1 },
      ]),
    ).toEqual([1, 1]);
    expect(numbers([{ text: 'a', sequence: 1 }])).toEqual([undefined]);
  });

  it('handed over of what was prepared', () => {
    const prepared = { ...dispense, whenPrepared: '2026-11-19' };
    expect(written(prepared)).toMatchObject({ whenPrepared: '2026-11-19' });
    expect(written(prepared)).not.toHaveProperty('whenHandedOver');
    const handed = { ...dispense, whenHandedOver: '2026-11-20' };
    expect(written(handed)).toMatchObject({ whenHandedOver: '2026-11-20' });
    expect(written(handed)).not.toHaveProperty('whenPrepared');
    expect(written(handed)).not.toHaveProperty('extension');
    same(prepared);
    same(handed);
    const issue = { url: `${UK_CORE}-MedicationStatementLastIssueDate`, valueDateTime: '2020-01-02' };
    for (const one of [dispense, prepared, handed, statement]) same({ ...one, extension: [issue] });
    same({ ...statement, effectiveDateTime: '2020-01-02', extension: [issue] });
  });

  it('somebody’s word of nobody’s', () => {
    for (const one of [statement, request, dispense]) {
      for (const name of ['informationSource', 'requester', 'performer']) expect(written(one)).not.toHaveProperty(name);
      same(one);
    }
  });
});

describe('a medicine in a summary', () => {
  it('is written in full as somebody stated it', () => {
    const full = {
      ...statement,
      status: 'on-hold',
      category: category('medication-statement-category', 'inpatient'),
      effectivePeriod: { start: '2020', end: '2030' },
      informationSource: { display: 'His wife' },
      reasonCode: [{ text: 'Pain' }],
      statusReason: [{ text: 'Operation' }],
      note: [{ text: 'As told' }],
      dosage: [{ text: 'One at night' }],
    };
    expect(written(full)).toEqual({ ...full, subject });
    same(full);
  });

  it('is written in full as it was prescribed', () => {
    const full = {
      ...request,
      intent: 'plan',
      category: [category('medicationrequest-category', 'discharge')],
      authoredOn: '2026-01-01',
      requester: { display: 'Dr Ada' },
      reasonCode: [{ text: 'Pain' }],
      dosageInstruction: [{ text: 'One at night' }],
      dispenseRequest: { quantity: { value: 28, unit: 'tablet' } },
      extension: [{ url: `${UK_CORE}-MedicationStatementLastIssueDate`, valueDateTime: '2020-01-02' }],
    };
    expect(written(full)).toEqual({ ...full, subject });
    same(full);
  });

  it('is written in full as it was handed over', () => {
    const full = {
      ...dispense,
      category: category('medicationdispense-category', 'outpatient'),
      whenHandedOver: '2026-11-20',
      performer: [{ actor: { display: 'Pharmacist Pam' } }],
      statusReasonCodeableConcept: { text: 'Short' },
      daysSupply: { value: 28, unit: 'd', code: 'd', system: 'http://unitsofmeasure.org' },
      quantity: { value: 56, unit: 'tablet' },
      dosageInstruction: [{ text: 'One at night' }],
    };
    expect(written(full)).toEqual({ ...full, subject });
    same(full);
  });

  it('has nothing that is not said', () => {
    const { status, medicationCodeableConcept } = medicine;
    const bare = { id: '1', status, medicationCodeableConcept, subject };
    expect(written(statement)).toEqual({
      ...bare,
      resourceType: 'MedicationStatement',
      _effectiveDateTime: UNKNOWN,
    });
    expect(written(request)).toEqual({ ...bare, resourceType: 'MedicationRequest', intent: 'order' });
    expect(written(dispense)).toEqual({ ...bare, resourceType: 'MedicationDispense', status: 'completed' });
  });

  it.each(['repeat', 'acute', 'repeat-dispensing'])('is %s as its prescription is', (code) => {
    const kind = { url: `${UK_CORE}-PrescriptionType`, valueCodeableConcept: { coding: [{ code }] } };
    for (const one of [statement, request, dispense]) {
      expect(written({ ...one, extension: [kind] })).toMatchObject({ extension: [kind] });
      expect(written({ ...one, extension: [kind] })).not.toHaveProperty('category');
      same({ ...one, extension: [kind] });
    }
  });

  it.each(['discharge', 'inpatient', 'outpatient'])('is of the ward or clinic where it was: %s', (code) => {
    for (const one of [statement, dispense]) {
      same({ ...one, category: { coding: [{ code }] } });
      expect(written({ ...one, category: { coding: [{ code }] } })).not.toHaveProperty('extension');
    }
    same({ ...request, category: [{ coding: [{ code }] }] });
  });

  it('was stopped on the day and for the reason that its source gives', () => {
    const change = {
      url: `${UK_CORE}-MedicationStatusChange`,
      extension: [{ url: 'statusChangeDate', valueDateTime: '2020-01-02' }],
    };
    const stopped = { ...statement, status: 'stopped', statusReason: [{ text: 'Rash' }], extension: [change] };
    expect(written(stopped)).toMatchObject({ extension: [change], statusReason: [{ text: 'Rash' }] });
    same(stopped);
    same({ ...request, status: 'stopped', statusReason: { text: 'Rash' } });
    same({ ...request, status: 'cancelled' });
    same({ ...dispense, status: 'stopped', statusReasonCodeableConcept: { text: 'Rash' } });
  });

  it('names the prescription that it replaces, so that nobody takes both', () => {
    const before = { reference: 'urn:uuid:before' };
    const linked = (rel: string) => (rel === 'replaces' ? [before, { reference: 'urn:uuid:older' }] : []);
    expect(written(request, undefined, linked)).toMatchObject({ priorPrescription: before });
  });

  it('names its product by what its name leaves out, and says that the product is doubtful', () => {
    const product = (medication: object): Resource => ({
      ...statement,
      medicationCodeableConcept: undefined,
      contained: [{ resourceType: 'Medication', id: 'm', ...medication }],
      medicationReference: { reference: '#m' },
    });
    const full = product({
      code: { text: 'Ramipril' },
      form: { text: 'capsule' },
      ingredient: [
        {
          itemCodeableConcept: { text: 'Ramipril' },
          strength: { numerator: { value: '2.50', unit: 'mg' }, denominator: { value: 1 } },
        },
      ],
    });
    expect(written(full)).toMatchObject({
      contained: [{ ...(full['contained'] as readonly object[])[0], id: 'product' }],
      medicationReference: { reference: '#product' },
    });
    expect(written(full)).not.toHaveProperty('medicationCodeableConcept');
    same(full);
    const inactive = product({ status: 'inactive', code: { text: 'Ramipril' } });
    expect(written(inactive)).toMatchObject({ contained: [{ status: 'inactive', code: { text: 'Ramipril' } }] });
    same(inactive);
    same(product({ status: 'entered-in-error', code: { text: 'Ramipril' } }));
    const formed = product({ code: { text: 'Ramipril' }, form: { text: 'capsule' } });
    expect(written(formed)['contained']).toEqual([
      { resourceType: 'Medication', id: 'product', code: { text: 'Ramipril' }, form: { text: 'capsule' } },
    ]);
    same(formed);
    same(product({ ingredient: [{ itemCodeableConcept: { text: 'A' } }, { itemCodeableConcept: { text: 'B' } }] }));
    const whole = product({ code: { text: 'Ramipril 5mg capsules' }, form: { text: 'capsules' } });
    expect(written(whole)).toMatchObject({ medicationCodeableConcept: { text: 'Ramipril 5mg capsules' } });
    same(whole);
  });

  it.each<readonly [string, Resource]>([
    ['asserted on a day', { ...statement, dateAsserted: '2020' }],
    ['taken on a day, asserted later', { ...statement, dateAsserted: '2020', effectiveDateTime: '2019' }],
    ['taken until a day', { ...statement, effectivePeriod: { end: '2030' } }],
    ['not taken', { ...statement, status: 'not-taken', statusReason: [{ text: 'Sick' }] }],
    ['none', { ...statement, medicationCodeableConcept: { text: 'No known medications' } }],
    ['proposed', { ...request, intent: 'proposal' }],
    ['barred and stopped', { ...request, doNotPerform: true, status: 'stopped' }],
    ['supplied in words', { ...request, dispenseRequest: { quantity: { unit: 'one op' } } }],
    ['supplied for half a week', { ...dispense, daysSupply: { value: '3.5', unit: 'days' } }],
    ['declined', { ...dispense, status: 'declined' }],
  ])('reads back as the same: %s', (_what, resource) => {
    same(resource);
  });
});

describe('how a medicine is taken, in a summary', () => {
  const taken = (dosage: object): Resource => ({ ...statement, dosage: [dosage] });
  const amounts = (...doseAndRate: readonly object[]): Resource => taken({ doseAndRate });
  const dosageOf = (resource: Resource): unknown => (written(resource)['dosage'] as readonly unknown[])[0];
  const mg = (value: number | string, more: object = {}): object => ({ value, unit: 'mg', ...more });

  it('is written in full', () => {
    const full = {
      text: 'As told',
      additionalInstruction: [{ text: 'With food' }],
      timing: {
        repeat: { frequency: 2, period: 1, periodUnit: 'd', boundsPeriod: { start: '2026-01-01', end: '2026-01-08' } },
        code: { text: 'twice a day' },
      },
      asNeededCodeableConcept: { text: 'pain' },
      site: { text: 'Mouth' },
      route: { coding: [{ system: 'http://snomed.info/sct', code: '26643006', display: 'Oral' }], text: 'By mouth' },
      method: { text: 'Swallow' },
      doseAndRate: [
        { doseQuantity: mg('2.50', { code: 'mg', system: 'http://unitsofmeasure.org' }), rateQuantity: { value: 1 } },
      ],
      maxDosePerPeriod: { numerator: mg(4000), denominator: { value: 24, unit: 'hours' } },
      maxDosePerAdministration: mg(1000),
      maxDosePerLifetime: mg(9000),
    };
    expect(dosageOf(taken(full))).toEqual(full);
    same(taken(full));
  });

  it('has nothing that is not said', () => {
    expect(dosageOf(taken({ text: 'As told' }))).toEqual({ text: 'As told' });
    expect(dosageOf(taken({ text: 'x', asNeededBoolean: true }))).toEqual({ text: 'x', asNeededBoolean: true });
    expect(dosageOf(taken({ text: 'x', asNeededBoolean: false }))).toEqual({ text: 'x' });
    expect(dosageOf(taken({ text: 'x', route: { text: 'Oral' } }))).toEqual({ text: 'x', route: { text: 'Oral' } });
    expect(dosageOf(taken({ timing: { repeat: { boundsPeriod: { start: '2020' } } } }))).toEqual({
      timing: { repeat: { boundsPeriod: { start: '2020' } } },
    });
    expect(dosageOf(taken({ timing: { code: { text: 'at night' } } }))).toEqual({
      timing: { code: { text: 'at night' } },
    });
  });

  it('keeps the code of a unit, and calls it UCUM’s only where it can be', () => {
    const coded = (code: string): unknown => dosageOf(amounts({ doseQuantity: { value: 1, unit: 'x', code } }));
    const dose = (quantity: object): object => ({
      doseAndRate: [{ doseQuantity: { value: 1, unit: 'x', ...quantity } }],
    });
    for (const code of ['mg', '[iU]', '10*9/L', '{tablet}', 'mm[Hg]'])
      expect(coded(code)).toEqual(dose({ code, system: 'http://unitsofmeasure.org' }));
    for (const code of ['428673006', 'TAB', 'PUFF']) expect(coded(code)).toEqual(dose({ code, _system: UNKNOWN }));
    same(amounts({ doseQuantity: { value: 1, unit: 'tablet', code: '428673006' } }));
  });

  it.each<readonly [string, object]>([
    ['enough for an effect', { doseAndRate: [{ doseQuantity: mg(5, { comparator: 'ad' }) }] }],
    [
      'enough, and an amount',
      { doseAndRate: [{ doseQuantity: mg(5, { comparator: 'ad' }) }, { doseQuantity: mg(7) }] },
    ],
    ['a range with an exponent', { doseAndRate: [{ doseRange: { low: mg('1e1'), high: mg(20) } }] }],
    [
      'a range in a unit of one code',
      { doseAndRate: [{ doseRange: { low: { value: 1, code: '10*6' }, high: { value: 2, code: '10*6' } } }] },
    ],
    ['less than a most', { doseAndRate: [{ doseRange: { high: mg(2, { comparator: '<' }) } }] }],
    [
      'units with a stroke',
      {
        doseAndRate: [
          { doseQuantity: { value: 1, unit: 'mg / day' } },
          { doseQuantity: { value: 2, unit: 'mg / day' } },
        ],
      },
    ],
    [
      'a least and a most',
      { doseAndRate: [{ doseRange: { low: mg(1) } }, { doseRange: { high: mg(2) } }, { doseQuantity: mg(-3) }] },
    ],
    [
      'two limits for one dose',
      {
        doseAndRate: [
          { doseQuantity: mg(1) },
          { doseQuantity: mg(2, { comparator: '<' }) },
          { doseQuantity: mg(3, { comparator: '>=' }) },
        ],
      },
    ],
    [
      'a most within a unit',
      { doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg up to 7 x' } }, { doseQuantity: mg(1) }] },
    ],
    [
      'a least within a unit',
      { doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg at least 7 x' } }, { doseQuantity: mg(1) }] },
    ],
    [
      'a limit in a time with “in” in its unit',
      {
        text: 'x',
        maxDosePerPeriod: {
          numerator: { value: 2, unit: 'puffs in each eye' },
          denominator: { value: 1, unit: 'day' },
        },
      },
    ],
    [
      'two limits, one with a stop in its unit',
      { text: 'x', maxDosePerAdministration: { value: 2, unit: 'puffs; each eye' }, maxDosePerLifetime: mg(9) },
    ],
    ['two rates', { doseAndRate: [{ rateQuantity: mg(1) }, { rateQuantity: mg(2) }] }],
    ['a rate in a unit of words', { doseAndRate: [{ rateQuantity: { value: 1, unit: 'drop in eye' } }] }],
    ['a dose and a rate', { doseAndRate: [{ doseQuantity: mg(5), rateQuantity: mg(1) }, { doseQuantity: mg(6) }] }],
    ['a limit with a stop in its unit', { text: 'x', maxDosePerAdministration: { value: 2, unit: 'puffs; each eye' } }],
    ['a limit with “in” in its unit', { text: 'x', maxDosePerAdministration: { value: 2, unit: 'puffs in each eye' } }],
    [
      'a limit in all with “in” in its unit',
      { text: 'x', maxDosePerLifetime: { value: 2, unit: 'puffs in each eye' } },
    ],
    [
      'less than a limit',
      {
        text: 'x',
        maxDosePerPeriod: { numerator: mg(4, { comparator: '<' }), denominator: { value: 1, unit: 'day' } },
      },
    ],
    ['every eighteen hours', { timing: { repeat: { period: 18, periodUnit: 'h' } } }],
    ['every six hours', { timing: { repeat: { period: 6, periodUnit: 'h' } } }],
    ['three times in two days', { timing: { repeat: { frequency: 3, period: 2, periodUnit: 'd' } } }],
    ['three times a week', { timing: { repeat: { frequency: 3, period: 1, periodUnit: 'wk' } } }],
    ['every twelve weeks', { timing: { repeat: { period: 12, periodUnit: 'wk' } } }],
    ['every year but a day', { timing: { repeat: { period: 366, periodUnit: 'd' } } }],
    ['on a day of the week', { timing: { repeat: { dayOfWeek: ['mon'], timeOfDay: ['08:00:00'], when: ['MORN'] } } }],
    [
      'for a week',
      { timing: { repeat: { boundsDuration: { value: 7, unit: 'd' }, frequency: 1, period: 1, periodUnit: 'd' } } },
    ],
  ])('reads back as it was read: %s', (_what, dosage) => {
    expect(entryFrom<MedicationEntry>(taken(dosage)).dosages).toHaveLength(1);
    same(taken(dosage));
  });

  it('is so many times in as many days or hours as its source says', () => {
    const repeat = (given: object): unknown =>
      (dosageOf(taken({ timing: { repeat: given } })) as { timing: { repeat?: unknown } }).timing.repeat;
    const every = (period: number, periodUnit: string, frequency = 1): object => ({ frequency, period, periodUnit });
    expect(repeat(every(6, 'h'))).toEqual(every(6, 'h'));
    expect(repeat(every(18, 'h'))).toEqual(every(18, 'h'));
    expect(repeat(every(1, 'd', 3))).toEqual(every(1, 'd', 3));
    expect(repeat(every(2, 'd', 3))).toEqual(every(2, 'd', 3));
    expect(repeat(every(1, 'wk', 3))).toEqual(every(7, 'd', 3));
    expect(repeat(every(1, 'wk'))).toEqual(every(7, 'd'));
    expect(repeat(every(400, 'd'))).toBeUndefined();
    const told = { code: { text: 'take every 8 hours' }, repeat: every(8, 'h') };
    expect(dosageOf(taken({ timing: told }))).toEqual({ timing: told });
    const odd = { code: { text: 'every 6 hours' }, repeat: every(1, 'd', 3) };
    expect(dosageOf(taken({ timing: odd }))).toEqual({ timing: odd });
  });

  it('says an amount as what it is: one, a range, the most or the least', () => {
    const first = (amount: object): unknown => (dosageOf(amounts(amount)) as { doseAndRate: unknown }).doseAndRate;
    for (const amount of [
      { doseQuantity: mg(5) },
      { doseRange: { low: mg(5), high: mg(10) } },
      { doseRange: { low: mg(500), high: { value: 1, unit: 'g' } } },
      { doseRange: { high: mg(10) } },
      { doseRange: { low: mg(10) } },
      { rateRange: { low: mg(5), high: mg(10) } },
      { rateRange: { high: mg(10) } },
      { rateRatio: { numerator: mg(1), denominator: { value: 8, unit: 'h' } } },
    ])
      expect(first(amount)).toEqual([amount]);
    const three = [
      { doseQuantity: mg(1) },
      { doseQuantity: mg(2, { comparator: '<' }) },
      { doseQuantity: mg(3, { comparator: '>=' }) },
    ];
    expect((dosageOf(amounts(...three)) as { doseAndRate: unknown }).doseAndRate).toEqual(three);
    expect(first({ doseRange: { low: { value: 1 }, high: mg(2) } })).toEqual([
      { doseRange: { low: mg(1), high: mg(2) } },
    ]);
  });
});
