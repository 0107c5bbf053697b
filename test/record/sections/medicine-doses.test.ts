import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import type { MedicationEntry } from '../../../src/record/sections/medications.ts';
import { routeClass } from '../../../src/record/sections/medicine-doses.ts';
import { conflictKinds, conflictsOf, entryFrom } from '../../support/record.ts';

type Change = { readonly [element: string]: unknown };

function medicine(name: string, text: string, change: Change = {}): Resource {
  return {
    resourceType: 'MedicationRequest',
    id: '1',
    status: 'active',
    intent: 'order',
    authoredOn: '2026-05-01',
    medicationCodeableConcept: { text: name },
    dosageInstruction: [{ text }],
    ...change,
  };
}
const kinds = (here: readonly Resource[], there: readonly Resource[]): readonly string[] =>
  conflictKinds({ gp: here, hospital: there });
const RAMIPRIL = 'Ramipril 5mg capsules';

describe('the way into the body', () => {
  it.each([
    ['Insulin for subcutaneous use', 'parenteral'],
    ['Morphine intravenous', 'parenteral'],
    ['Hydroxocobalamin intramuscular', 'parenteral'],
    ['Morphine 10mg/ml injection', 'parenteral'],
    ['Paracetamol infusion', 'parenteral'],
    ['Morphine ampoules', 'parenteral'],
    ['Enoxaparin pre-filled syringe', 'parenteral'],
    ['Insulin vial', 'parenteral'],
    ['Furosemide IV', 'parenteral'],
    ['Hydroxocobalamin IM', 'parenteral'],
    ['Morphine SC', 'parenteral'],
    ['Salbutamol 100microgram inhaler', 'inhaled'],
    ['Salbutamol nebuliser liquid', 'inhaled'],
    ['Chloramphenicol eye drops', 'eye-ear-nose'],
    ['Otomize ear spray', 'eye-ear-nose'],
    ['Fluticasone nasal spray', 'eye-ear-nose'],
    ['Naseptin for the nose', 'eye-ear-nose'],
    ['Ophthalmic solution', 'eye-ear-nose'],
    ['Aural drops', 'eye-ear-nose'],
    ['Topical ibuprofen', 'skin'],
    ['Cutaneous emulsion', 'skin'],
    ['Hydrocortisone cream', 'skin'],
    ['Hydrocortisone ointment', 'skin'],
    ['Ibuprofen 5% gel', 'skin'],
    ['Betamethasone lotion', 'skin'],
    ['Fentanyl patches', 'skin'],
    ['Transdermal nicotine', 'skin'],
    ['Rectal diazepam', 'rectal'],
    ['Paracetamol suppositories', 'rectal'],
    ['Phosphate enema', 'rectal'],
    ['Ramipril 5mg capsules', 'oral'],
    ['Gelatine capsules', 'oral'],
    ['Immunoglobulin tablets', 'oral'],
    ['Midazolam 5mg/1ml oromucosal solution pre-filled oral syringes', 'oral'],
    ['Miconazole 20mg/g oromucosal gel', 'oral'],
    ['Miconazole 20mg/g oral gel', 'oral'],
    ['Triamcinolone oral paste', 'oral'],
    ['Enoxaparin syringe', 'parenteral'],
    ['Morphine subcut', 'parenteral'],
    ['Morphine s/c', 'parenteral'],
    ['Methotrexate intrathecal', 'parenteral'],
    ['Bupivacaine epidural', 'parenteral'],
    ['Estradiol vaginal tablets', 'vaginal'],
    ['Estradiol pessaries', 'vaginal'],
  ])('of %s is %s', (name, route) => {
    expect(routeClass(entryFrom<MedicationEntry>(medicine(name, 'as directed')))).toBe(route);
  });

  it('may be told by the directions or by the form', () => {
    const directed = medicine('Morphine', 'as directed', {
      dosageInstruction: [{ text: '5 mg' }, { route: { text: 'Subcutaneous' } }],
    });
    expect(routeClass(entryFrom<MedicationEntry>(directed))).toBe('parenteral');
  });

  it.each([
    ['Vancomycin 500mg powder for solution for infusion vials', 'Oral', 'oral'],
    ['Vancomycin 500mg powder for solution for infusion vials', 'By mouth', 'oral'],
    ['Vancomycin 500mg powder for solution for infusion vials', 'Intravenous', 'parenteral'],
    ['Phytomenadione 2mg/0.2ml solution for injection ampoules', 'Oral', 'oral'],
    ['Estradiol 1mg tablets', 'Vaginal', 'vaginal'],
    ['Salbutamol 100micrograms/dose inhaler', 'Oral inhalation', 'inhaled'],
    ['Salbutamol 100micrograms/dose inhaler', 'Oral', 'inhaled'],
    ['Morphine 10mg/ml injection', 'As directed', 'parenteral'],
    ['Ofloxacin 0.3% eye drops', 'Ear', 'eye-ear-nose'],
  ])('of %s given by the way “%s” is %s, whatever the product is made for', (name, route, expected) => {
    const given = medicine(name, '', { dosageInstruction: [{ text: 'as directed', route: { text: route } }] });
    expect(routeClass(entryFrom<MedicationEntry>(given))).toBe(expected);
  });

  it('may be told by the product or by where it is given, beside the name', () => {
    const product: Resource = {
      resourceType: 'Medication',
      id: 'm',
      code: { text: 'Morphine' },
      form: { text: 'Injection' },
    };
    const listed = medicine('', 'as directed', {
      medicationCodeableConcept: undefined,
      medicationReference: { reference: '#m' },
      contained: [product],
    });
    expect(routeClass(entryFrom<MedicationEntry>(listed))).toBe('parenteral');
    const placed = medicine('Chloramphenicol drops', '', { dosageInstruction: [{ route: { text: 'Eye' } }] });
    expect(routeClass(entryFrom<MedicationEntry>(placed))).toBe('eye-ear-nose');
  });

  it('may be told by any of several directions, and by the form or the name whichever comes first', () => {
    const twice = medicine('Morphine', '', {
      dosageInstruction: [{ text: '5 mg', route: { text: 'By mouth' } }, { route: { text: 'IV' } }],
    });
    expect(routeClass(entryFrom<MedicationEntry>(twice))).toBe('parenteral');
    const product: Resource = {
      resourceType: 'Medication',
      id: 'm',
      code: { text: 'IV paracetamol' },
      form: { text: 'Solution' },
    };
    const listed = medicine('', 'as directed', {
      medicationCodeableConcept: undefined,
      medicationReference: { reference: '#m' },
      contained: [product],
    });
    expect(routeClass(entryFrom<MedicationEntry>(listed))).toBe('parenteral');
  });

  it('parts two treatments, each with a dose of its own', () => {
    const swallowed = medicine('Morphine 10mg tablets', '10 mg twice a day');
    const injected = medicine('Morphine 10mg/ml injection', '5 mg twice a day');
    expect(kinds([swallowed], [injected])).not.toContain('two-doses');
  });
});

describe('two doses', () => {
  const one = medicine(RAMIPRIL, 'One capsule once a day');
  const two = medicine(RAMIPRIL, 'Two capsules once a day');
  const often = medicine(RAMIPRIL, 'One capsule twice a day');

  it('are a disagreement of two sources, by how much or by how often', () => {
    expect(kinds([one], [two])).toEqual(['two-doses']);
    expect(kinds([one], [often])).toEqual(['two-doses']);
  });

  it('are none inside one source, nor where one is not current or withdrawn', () => {
    expect(kinds([one, { ...two, id: '2' }], [])).toEqual([]);
    expect(kinds([one], [{ ...two, status: 'completed' }])).toEqual([]);
    expect(kinds([one], [{ ...two, status: 'entered-in-error' }])).toEqual([]);
  });

  it('are none where both make up the dose of the same parts, in any order', () => {
    const parts = [one, { ...two, id: '2' }];
    expect(kinds(parts, [...parts].reverse())).toEqual([]);
    expect(kinds(parts, [one])).toEqual(['two-doses']);
  });

  it('are none between a regular dose and one when needed', () => {
    for (const text of [
      'Two capsules once a day when required',
      'Two capsules as needed',
      'Two capsules PRN',
      'Two if required',
    ])
      expect(kinds([one], [medicine(RAMIPRIL, text)])).toEqual([]);
    const asNeeded = medicine(RAMIPRIL, '', {
      dosageInstruction: [{ text: 'Two capsules once a day', asNeededBoolean: true }],
    });
    expect(kinds([one], [asNeeded])).toEqual([]);
    const below = medicine(RAMIPRIL, '', {
      dosageInstruction: [{ text: 'Two capsules once a day' }, { text: 'PRN: two capsules at night' }],
    });
    expect(kinds([one], [below])).toEqual([]);
  });

  it('are none between a long-acting form and a quick one', () => {
    const slow = medicine('Morphine 30mg modified-release tablets', '30 mg twice a day');
    expect(kinds([slow], [medicine('Morphine 10mg tablets', '10 mg twice a day')])).toEqual([]);
  });

  it('are none where one says how often and the other does not', () => {
    expect(kinds([one], [medicine(RAMIPRIL, 'One capsule')])).toEqual([]);
  });

  it('are none in units that cannot be compared', () => {
    const poured = medicine('Morphine oral solution', '5 ml twice a day');
    expect(kinds([poured], [medicine('Morphine oral solution', '10 mg twice a day')])).toEqual([]);
  });

  it('are a disagreement of two strengths of one insulin, while every source says the strength', () => {
    const insulin = (strength: string): Resource =>
      medicine(`Insulin glargine${strength} solution for injection`, '10 units at night');
    expect(kinds([insulin(' 100units/ml')], [insulin(' 300units/ml')])).toContain('two-doses');
    expect(kinds([insulin(' 100units/ml')], [insulin('')])).not.toContain('two-doses');
  });

  const steps = (name: string, ...texts: readonly string[]): Resource =>
    medicine(name, '', { dosageInstruction: texts.map((text) => ({ text })) });

  it('are compared without how often, and without the strength, where one step of several leaves it out', () => {
    const whole = steps(RAMIPRIL, '5 mg in the morning', '10 mg once a day');
    expect(kinds([whole], [steps(RAMIPRIL, '5 mg in the morning', '10 mg')])).toEqual([]);
    expect(kinds([whole], [steps(RAMIPRIL, '5 mg in the morning', '10 mg twice a day')])).toEqual(['two-doses']);
    const some = (...strengths: readonly string[]): readonly Resource[] =>
      strengths.map((strength, at) => ({
        ...medicine(`Insulin glargine${strength} solution for injection`, '10 units at night'),
        id: String(at),
      }));
    expect(kinds(some(' 100units/ml', ''), some(' 300units/ml'))).not.toContain('two-doses');
    expect(kinds(some(' 100units/ml'), some(' 300units/ml'))).toContain('two-doses');
  });

  it('are none where the same steps, or lines, stand in another order', () => {
    const there = steps(RAMIPRIL, '10 mg at night', '5 mg in the morning');
    expect(kinds([steps(RAMIPRIL, '5 mg in the morning', '10 mg at night')], [there])).toEqual([]);
    const mixed = (...texts: readonly string[]): Resource => steps('Vitamin D oral solution', ...texts);
    expect(
      kinds([mixed('5 ml once a day', '10 mg once a day')], [mixed('10 mg once a day', '5 ml once a day')]),
    ).toEqual([]);
  });

  it('are found in steps of two units, though they stand in another order', () => {
    const mixed = (...texts: readonly string[]): Resource => steps('Vitamin D oral solution', ...texts);
    expect(
      kinds([mixed('5 ml once a day', '10 mg once a day')], [mixed('20 mg once a day', '5 ml once a day')]),
    ).toEqual(['two-doses']);
  });

  it('are none where two sources hold the same doses under other strengths, in whichever order they were begun', () => {
    const line = (name: string, text: string, authoredOn: string): Resource => ({
      ...medicine(`Ramipril ${name}`, text, { authoredOn }),
      id: authoredOn,
    });
    const [morning, night] = ['in the morning', 'at night'];
    const here = [
      line('5mg capsules', `One capsule ${morning}`, '2026-05-04'),
      line('10mg capsules', `One capsule ${night}`, '2026-05-01'),
    ];
    const there = [
      line('5mg capsules', `Two capsules ${night}`, '2026-05-03'),
      line('2.5mg capsules', `Two capsules ${morning}`, '2026-05-02'),
    ];
    expect(kinds(here, there)).toEqual([]);
    expect(kinds(here, there.slice(0, 1))).toEqual(['two-doses']);
  });

  it('are a disagreement at one of several sources, with the lines of all', () => {
    const said = { gp: [one], hospital: [two], care: [one] };
    const found = conflictsOf(said);
    expect(found).toHaveLength(1);
    expect(found[0]?.sides.toSorted()).toEqual([
      'care/MedicationRequest/1',
      'gp/MedicationRequest/1',
      'hospital/MedicationRequest/1',
    ]);
  });

  it('are said with what they are about', () => {
    const [conflict] = conflictsOf({ gp: [one], hospital: [two] });
    expect(conflict).toMatchObject({ kind: 'two-doses', section: 'medications', subjects: ['medicine:ramipril|oral'] });
    expect(conflict?.sides.toSorted()).toEqual(['gp/MedicationRequest/1', 'hospital/MedicationRequest/1']);
  });
});

describe('stopped here and current there', () => {
  const current = (authoredOn: string | undefined): Resource =>
    medicine(RAMIPRIL, 'One capsule once a day', { authoredOn });
  const stopped = (authoredOn: string | undefined, change: Change = {}): Resource =>
    medicine(RAMIPRIL, 'One capsule once a day', { status: 'stopped', authoredOn, ...change });
  const KIND = 'stopped-here-active-there';

  it.each([
    ['the stop is newer', '2026-05-01', '2026-06-01', [KIND]],
    ['of the same day', '2026-05-01', '2026-05-01', [KIND]],
    ['the other began after it', '2026-06-01', '2026-05-01', []],
    ['nobody says when it was stopped', '2026-06-01', undefined, [KIND]],
    ['nobody says when the other began', undefined, '2020-05-01', [KIND]],
  ])('is judged by when each was said: %s', (_what, began, ended, found) => {
    expect(kinds([current(began)], [stopped(ended)])).toEqual(found);
  });

  it('counts the day of the stop itself, not of the prescription', () => {
    const url = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-MedicationStatusChange';
    const changed = [{ url, extension: [{ url: 'statusChangeDate', valueDateTime: '2026-07-01' }] }];
    expect(kinds([current('2026-06-01')], [stopped('2026-05-01', { extension: changed })])).toEqual([KIND]);
  });

  it('is none where what is over was only finished, or the same source holds another as current', () => {
    expect(kinds([current('2026-05-01')], [stopped('2026-06-01', { status: 'completed' })])).toEqual([]);
    expect(kinds([current('2026-05-01')], [stopped('2026-06-01'), { ...current('2026-06-02'), id: '2' }])).toEqual([]);
    expect(kinds([], [stopped('2026-06-01')])).toEqual([]);
  });

  it('is one too where a statement was called off, a word that FHIR has not for it', () => {
    const calledOff = medicine(RAMIPRIL, '', {
      resourceType: 'MedicationStatement',
      intent: undefined,
      authoredOn: undefined,
      status: 'cancelled',
      dateAsserted: '2026-06-01',
    });
    expect(kinds([current('2026-05-01')], [calledOff])).toEqual([KIND]);
  });

  it('is one too where it is not to be given', () => {
    expect(
      kinds([current('2026-05-01')], [medicine(RAMIPRIL, 'none', { doNotPerform: true, authoredOn: '2026-06-01' })]),
    ).toEqual([KIND]);
  });

  it('is one where only one of several that stopped it has no other as current', () => {
    const own = { ...stopped('2026-06-01'), id: '2' };
    expect(kinds([current('2026-05-01'), own], [stopped('2026-06-01')])).toEqual([KIND]);
  });

  it('is one where the stop may be newer than one of two that are current', () => {
    const later = medicine(RAMIPRIL, 'Two capsules once a day', { authoredOn: '2026-07-01' });
    const found = conflictsOf({ gp: [current('2026-05-01')], care: [later], hospital: [stopped('2026-06-01')] });
    expect(found.flatMap(({ sides }) => sides)).toContain('hospital/MedicationRequest/1');
  });

  it('names both sides and what it is about', () => {
    const [conflict] = conflictsOf({ gp: [current('2026-05-01')], hospital: [stopped('2026-06-01')] });
    expect(conflict).toMatchObject({ section: 'medications', subjects: ['medicine:ramipril|oral'] });
    expect([...(conflict?.sides ?? [])].sort()).toEqual(['gp/MedicationRequest/1', 'hospital/MedicationRequest/1']);
  });

  it('is judged by when the other began, not by when it was last issued', () => {
    const issued: Resource = {
      ...current('2026-05-01'),
      id: '3',
      resourceType: 'MedicationStatement',
      intent: undefined,
      dosageInstruction: undefined,
      dosage: [{ text: 'One capsule once a day' }],
      effectiveDateTime: '2026-05-01',
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-MedicationStatementLastIssueDate',
          valueDateTime: '2026-08-01',
        },
      ],
    };
    expect(kinds([issued], [stopped('2026-06-01')])).toEqual([KIND]);
  });

  it('is judged by the latest beginning of several records of one medicine', () => {
    const [gp, care] = [current('2026-05-01'), current('2026-07-01')];
    const found = (ended: string): readonly string[] =>
      conflictKinds({ gp: [gp], care: [care], hospital: [stopped(ended)] });
    expect(found('2026-06-01')).toEqual([]);
    expect(found('2026-08-01')).toEqual([KIND]);
  });
});

describe('on hold here and current there', () => {
  const current = medicine(RAMIPRIL, 'One capsule once a day');
  const held = (change: Change = {}): Resource =>
    medicine(RAMIPRIL, 'One capsule once a day', { status: 'on-hold', ...change });
  const KIND = 'on-hold-here-active-there';

  it('is a disagreement whichever was said last', () => {
    expect(kinds([current], [held({ authoredOn: '2020-01-01' })])).toEqual([KIND]);
    expect(kinds([current], [held({ authoredOn: '2026-10-01' })])).toEqual([KIND]);
  });

  it('is none inside one source, where nobody has it as current, or where only its standing is unknown', () => {
    expect(kinds([current], [held(), { ...current, id: '2' }])).toEqual([]);
    expect(kinds([], [held()])).toEqual([]);
    expect(kinds([current], [held({ status: 'unknown' })])).toEqual([]);
  });

  it('is one where only one of several that hold it has no other as current', () => {
    expect(kinds([current, { ...held(), id: '2' }], [held()])).toEqual([KIND]);
  });

  it('is none where what was on hold is over', () => {
    const over: Resource = {
      resourceType: 'MedicationStatement',
      id: '9',
      meta: { lastUpdated: '2026-01-01T00:00:00Z' },
      status: 'on-hold',
      medicationCodeableConcept: { text: RAMIPRIL },
      effectivePeriod: { start: '2025-01-01', end: '2025-02-01' },
    };
    expect(kinds([current], [over])).toEqual([]);
  });

  it('is none where only the supply is on hold', () => {
    const supply: Resource = {
      resourceType: 'MedicationDispense',
      id: '9',
      status: 'on-hold',
      medicationCodeableConcept: { text: RAMIPRIL },
      whenPrepared: '2026-05-01',
    };
    expect(kinds([current], [supply])).toEqual([]);
  });
});

describe('a dose that is made up of two strengths', () => {
  const daily = (name: string, text = 'One daily', id = name): Resource => ({
    resourceType: 'MedicationStatement',
    id,
    status: 'active',
    medicationCodeableConcept: { text: name },
    dosage: [{ text }],
  });
  const [FIFTY, HUNDRED] = [daily('Sertraline 50mg tablets'), daily('Sertraline 100mg tablets')];

  it('is no other dose than the same in one', () => {
    const whole = daily('Sertraline', '150 mg once daily');
    expect(conflictKinds({ gp: [FIFTY, HUNDRED], hospital: [whole] })).toEqual([]);
  });

  it.each<[string, readonly Resource[], readonly Resource[]]>([
    ['the total differs', [FIFTY, HUNDRED], [daily('Sertraline', '100 mg once daily')]],
    [
      'one tells which part is for which time',
      [FIFTY, HUNDRED],
      [daily('Sertraline', '50 mg in the morning and 100 mg at night')],
    ],
    [
      'each is of a range',
      [daily('Sertraline', '50 mg to 100 mg once daily')],
      [daily('Sertraline', '100 mg to 150 mg once daily')],
    ],
    [
      'one of them is of nothing',
      [FIFTY, daily('Sertraline', '0 mg once daily', 'none')],
      [daily('Sertraline 100mg tablets', 'Half a tablet daily')],
    ],
    ['it is taken more often', [FIFTY, HUNDRED], [daily('Sertraline', '75 mg twice a day')]],
    [
      'one of them may be the same told twice',
      [FIFTY, daily('Sertraline', '50 mg once a day', 'again')],
      [daily('Sertraline', '100 mg once daily')],
    ],
  ])('is one where %s', (_why, gp, hospital) => {
    expect(conflictKinds({ gp, hospital })).toEqual(['two-doses']);
  });
});
