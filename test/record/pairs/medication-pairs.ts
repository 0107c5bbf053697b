import type { Resource } from '../../../src/record/resource.ts';
import { another, both, code, DMD, there, words, type Chance, type PairMaker } from './pair.ts';

type Drug = {
  readonly name: string;
  readonly mg: number;
  readonly form: 'tablet' | 'capsule';
  /** Another name of the same substance: a salt or a brand that may be swapped. */
  readonly also?: string;
  /** Strengths it also comes in. */
  readonly other: number;
};

const DRUGS: readonly Drug[] = [
  { name: 'Ramipril', mg: 5, form: 'capsule', also: 'Tritace', other: 2.5 },
  { name: 'Bisoprolol', mg: 2.5, form: 'tablet', also: 'Bisoprolol fumarate', other: 5 },
  { name: 'Amlodipine', mg: 5, form: 'tablet', also: 'Amlodipine besilate', other: 10 },
  { name: 'Atorvastatin', mg: 20, form: 'tablet', also: 'Lipitor', other: 80 },
  { name: 'Metformin', mg: 500, form: 'tablet', also: 'Metformin hydrochloride', other: 850 },
  { name: 'Sertraline', mg: 50, form: 'tablet', also: 'Sertraline hydrochloride', other: 100 },
  { name: 'Furosemide', mg: 40, form: 'tablet', also: 'Frusemide', other: 20 },
  { name: 'Donepezil', mg: 10, form: 'tablet', also: 'Aricept', other: 5 },
  { name: 'Apixaban', mg: 5, form: 'tablet', also: 'Eliquis', other: 2.5 },
  { name: 'Methotrexate', mg: 2.5, form: 'tablet', other: 10 },
  { name: 'Carbimazole', mg: 5, form: 'tablet', other: 20 },
  { name: 'Lithium carbonate', mg: 250, form: 'tablet', other: 400 },
];

type Regimen = { readonly drug: Drug; readonly count: number; readonly often: number };
const COUNT_WORDS: Readonly<Record<number, string>> = { 0.5: 'Half', 1: 'One', 2: 'Two' };
const OFTEN_WORDS: Readonly<Record<number, readonly string[]>> = {
  1: ['once a day', 'daily', 'each day'],
  2: ['twice a day', 'twice daily', 'bd'],
  3: ['three times a day', 'tds'],
};

const regimenOf = (resource: Resource): Regimen => resource['example'] as Regimen;
const product = ({ name, mg, form }: Drug): string => `${name} ${mg}mg ${form}s`;
const textOf = ({ drug, count, often }: Regimen, chance?: Chance): string => {
  const amount = `${COUNT_WORDS[count]} ${drug.form}${count > 1 ? 's' : ''}`;
  const times = OFTEN_WORDS[often] ?? [];
  return chance === undefined
    ? `${amount} to be taken ${times[0]}`
    : chance.pick([
        `Take ${COUNT_WORDS[count]?.toLowerCase()} ${chance.pick(times)}`,
        `${amount} ${chance.pick(times)}`,
        `${count} ${drug.form} ${chance.pick(times)}`,
      ]);
};
const numbers = ({ drug, count, often }: Regimen): object => ({
  doseAndRate: [{ doseQuantity: { value: drug.mg * count, unit: 'mg', code: 'mg' } }],
  timing: { repeat: { frequency: often, period: 1, periodUnit: 'd' } },
});
const ORAL = { coding: [{ system: 'http://snomed.info/sct', code: '26643006', display: 'Oral' }] };
const dosage = (regimen: Regimen): object => ({ text: textOf(regimen), route: ORAL, ...numbers(regimen) });
const dosed = (resource: Resource, instruction: object): object => ({
  [resource.resourceType === 'MedicationStatement' ? 'dosage' : 'dosageInstruction']: [instruction],
});
const named = (text: string): object => ({ medicationCodeableConcept: words(text) });
const redosed = (change: (regimen: Regimen, chance: Chance) => Regimen) =>
  there((one, chance) => dosed(one, dosage(change(regimenOf(one), chance))));

export const medicationPairs: PairMaker = {
  section: 'medications',
  apart: {
    'directions nobody can count': 'a text that is not understood to its last word is not known to be the same dose',
  },

  one(chance) {
    const regimen = { drug: chance.pick(DRUGS), count: chance.pick([0.5, 1, 1, 2]), often: chance.pick([1, 1, 2, 3]) };
    return {
      resourceType: 'MedicationRequest',
      id: 'm',
      example: regimen,
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: {
        coding: [{ system: DMD, code: String(chance.whole(1e6, 9e6)), display: product(regimen.drug) }],
      },
      authoredOn: chance.day(),
      dosageInstruction: [dosage(regimen)],
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'words without a code': there((one) => named(product(regimenOf(one).drug))),
    'form and strength the other way round': there((one) => {
      const { name, mg, form } = regimenOf(one).drug;
      return named(`${name} ${form}s ${mg}mg`);
    }),
    'spaces, capitals and short forms': there((one) => {
      const { name, mg, form } = regimenOf(one).drug;
      return named(`${name.toUpperCase()} ${mg} mg ${form.slice(0, 3)}s`);
    }),
    'a salt, a brand or a former name': there((one) => {
      const { drug } = regimenOf(one);
      return named(product({ ...drug, name: drug.also ?? drug.name }));
    }),
    'a manufacturer in brackets': there((one) => named(`${product(regimenOf(one).drug)} (Teva UK Ltd)`)),
    'a statement for a prescription': there((one) => ({
      resourceType: 'MedicationStatement',
      dosageInstruction: undefined,
      authoredOn: undefined,
      effectivePeriod: { start: '2019-03-01' },
      dosage: one['dosageInstruction'],
    })),
    'the authorisation for the order': there(() => ({ intent: 'plan' })),
    'issued in another month': there((_, chance) => ({ authoredOn: chance.day() })),
    'another wording of the directions': there((one, chance) =>
      dosed(one, { ...dosage(regimenOf(one)), text: textOf(regimenOf(one), chance) }),
    ),
    'directions in words alone': there((one, chance) =>
      dosed(one, { text: textOf(regimenOf(one), chance), route: ORAL }),
    ),
    'directions in numbers alone': there((one) => dosed(one, { route: ORAL, ...numbers(regimenOf(one)) })),
    'units of the product for milligrams': there((one) => {
      const regimen = regimenOf(one);
      const counted = { doseAndRate: [{ doseQuantity: { value: regimen.count, unit: regimen.drug.form } }] };
      return dosed(one, { ...dosage(regimen), ...counted });
    }),
    'no route': there((one) => dosed(one, { ...dosage(regimenOf(one)), route: undefined })),
    'the route in words': there((one) => dosed(one, { ...dosage(regimenOf(one)), route: words('By mouth') })),
    'a reason and a note': there(() => ({ reasonCode: [words('Hypertension')], note: [{ text: 'Reviewed.' }] })),
    'directions nobody can count': there((one) =>
      dosed(one, { text: `${textOf(regimenOf(one))} as your doctor told you`, route: ORAL }),
    ),
  },

  unlike: {
    dose: redosed((regimen, chance) => ({
      ...regimen,
      count: another(chance, [0.5, 1, 2], (n) => n === regimen.count),
    })),
    'dose, in words alone': there((one, chance) => {
      const regimen = regimenOf(one);
      const count = another(chance, [0.5, 1, 2], (n) => n === regimen.count);
      return dosed(one, { text: textOf({ ...regimen, count }, chance), route: ORAL });
    }),
    unit: there((one) => {
      const regimen = regimenOf(one);
      const value = regimen.drug.mg * regimen.count;
      return dosed(one, {
        ...dosage(regimen),
        doseAndRate: [{ doseQuantity: { value, unit: 'microgram', code: 'ug' } }],
      });
    }),
    strength: there((one) => named(product({ ...regimenOf(one).drug, mg: regimenOf(one).drug.other }))),
    'strength and dose': there((one) => {
      const regimen = regimenOf(one);
      const drug = { ...regimen.drug, mg: regimen.drug.other };
      return { ...named(product(drug)), ...dosed(one, dosage({ ...regimen, drug })) };
    }),
    form: there((one) => {
      const { drug } = regimenOf(one);
      return named(product({ ...drug, form: drug.form === 'tablet' ? 'capsule' : 'tablet' }));
    }),
    'how fast it is released': there((one) => {
      const { name, mg, form } = regimenOf(one).drug;
      return named(`${name} ${mg}mg modified-release ${form}s`);
    }),
    route: there((one, chance) =>
      dosed(one, { ...dosage(regimenOf(one)), route: words(chance.pick(['Intravenous', 'Subcutaneous', 'Rectal'])) }),
    ),
    frequency: redosed((regimen, chance) => ({
      ...regimen,
      often: another(chance, [1, 2, 3], (n) => n === regimen.often),
    })),
    'frequency (weekly for daily)': there((one) => {
      const regimen = regimenOf(one);
      const timing = { repeat: { frequency: 1, period: 1, periodUnit: 'wk' } };
      return dosed(one, { ...dosage(regimen), text: `${COUNT_WORDS[regimen.count]} once a week`, timing });
    }),
    'time of day': both((one) => {
      const said = (when: string): object =>
        dosed(one, { text: `${COUNT_WORDS[regimenOf(one).count]} ${regimenOf(one).drug.form} ${when}`, route: ORAL });
      return [said('in the morning'), said('at night')];
    }),
    'only when needed': there((one) => dosed(one, { ...dosage(regimenOf(one)), asNeededBoolean: true })),
    'a most in a day': there((one) =>
      dosed(one, { ...dosage(regimenOf(one)), maxDosePerAdministration: { value: 4000, unit: 'mg' } }),
    ),
    'a dose to come': there((one) =>
      dosed(one, { ...dosage(regimenOf(one)), text: `${textOf(regimenOf(one))}, then stop` }),
    ),
    'a second step': there((one) => ({
      dosageInstruction: [dosage(regimenOf(one)), { ...dosage({ ...regimenOf(one), count: 2 }), sequence: 2 }],
    })),
    'no dose recorded': there(() => ({ dosageInstruction: undefined, dosage: undefined })),
    'status (stopped)': there(() => ({ status: 'stopped' })),
    'status (completed)': there(() => ({ status: 'completed' })),
    'status (on hold)': there(() => ({ status: 'on-hold' })),
    'intent (a proposal)': there(() => ({ intent: 'proposal' })),
    'do not give': there(() => ({ doNotPerform: true })),
    'period (a last day)': both((one) => {
      const statement = {
        resourceType: 'MedicationStatement',
        dosageInstruction: undefined,
        dosage: one['dosageInstruction'],
      };
      return [statement, { ...statement, effectivePeriod: { end: '2026-12-24' } }];
    }),
    'period (two courses that are over)': both((one, chance) => {
      const course = (start: string): object => ({
        resourceType: 'MedicationStatement',
        status: 'completed',
        dosageInstruction: undefined,
        authoredOn: undefined,
        dosage: one['dosageInstruction'],
        effectivePeriod: { start, end: `${start.slice(0, 8)}28` },
      });
      return [course(chance.day(2012, 2017)), course(chance.day(2018, 2024))];
    }),
    'period (two acute issues that are over)': both((_, chance) => {
      const acute = { status: 'completed', courseOfTherapyType: code('acute') };
      return [
        { ...acute, authoredOn: chance.day(2012, 2017) },
        { ...acute, authoredOn: chance.day(2018, 2024) },
      ];
    }),
    drug: there((one, chance) => {
      const { drug } = regimenOf(one);
      return named(
        product({ ...another(chance, DRUGS, ({ name }) => name === drug.name), mg: drug.mg, form: drug.form }),
      );
    }),
    'brand that must not be swapped': both((one) => {
      const { form } = regimenOf(one).drug;
      return [named(`Priadel 400mg modified-release ${form}s`), named(`Camcolit 400mg modified-release ${form}s`)];
    }),
    'substance only': there((one) => named(regimenOf(one).drug.name)),
  },
};
