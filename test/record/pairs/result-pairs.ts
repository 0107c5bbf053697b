import type { Resource } from '../../../src/record/resource.ts';
import { another, both, code, LOINC, SNOMED, there, words, type Chance, type PairMaker } from './pair.ts';

type Test = {
  readonly name: string;
  readonly snomed: string;
  readonly loinc: string;
  readonly unit: string;
  readonly ucum: string;
  readonly also: string;
};

const TESTS: readonly Test[] = [
  {
    name: 'Serum sodium level',
    snomed: '1000661000000107',
    loinc: '2951-2',
    unit: 'mmol/L',
    ucum: 'mmol/L',
    also: 'Sodium',
  },
  {
    name: 'Serum potassium level',
    snomed: '1000651000000109',
    loinc: '2823-3',
    unit: 'mmol/L',
    ucum: 'mmol/L',
    also: 'Potassium',
  },
  {
    name: 'Serum creatinine level',
    snomed: '1000731000000107',
    loinc: '14682-9',
    unit: 'µmol/L',
    ucum: 'umol/L',
    also: 'Creatinine',
  },
  {
    name: 'Serum C reactive protein level',
    snomed: '1001371000000100',
    loinc: '1988-5',
    unit: 'mg/L',
    ucum: 'mg/L',
    also: 'CRP',
  },
  {
    name: 'Haemoglobin estimation',
    snomed: '1022431000000105',
    loinc: '718-7',
    unit: 'g/L',
    ucum: 'g/L',
    also: 'Haemoglobin',
  },
  {
    name: 'Platelet count',
    snomed: '1022651000000100',
    loinc: '777-3',
    unit: '10*9/L',
    ucum: '10*9/L',
    also: 'Platelets',
  },
  {
    name: 'Total white cell count',
    snomed: '1022541000000102',
    loinc: '6690-2',
    unit: '10*9/L',
    ucum: '10*9/L',
    also: 'White cell count',
  },
  { name: 'Serum TSH level', snomed: '1022791000000101', loinc: '3016-3', unit: 'mU/L', ucum: 'mU/L', also: 'TSH' },
];

const testOf = (resource: Resource): Test => resource['example'] as Test;
const value = (resource: Resource): { readonly value: number; readonly unit: string } =>
  resource['valueQuantity'] as { value: number; unit: string };
const when = (resource: Resource): string => resource['effectiveDateTime'] as string;
const changed = (resource: Resource, change: object): object => ({ valueQuantity: { ...value(resource), ...change } });
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  'mmol/L': ['mmol/l'],
  'µmol/L': ['umol/L', 'μmol/L', 'umol/l'],
  'mg/L': ['mg/l'],
  'g/L': ['g/l'],
  '10*9/L': ['10^9/L', '×10^9/L', 'x10^9/l'],
};
const another5 = (chance: Chance, resource: Resource): number =>
  Number((value(resource).value + chance.whole(1, 9) / 10).toFixed(1));

export const resultPairs: PairMaker = {
  section: 'investigation-results',

  one(chance) {
    const test = chance.pick(TESTS);
    return {
      resourceType: 'Observation',
      id: 'o',
      example: test,
      status: 'final',
      category: [code('laboratory')],
      code: { coding: [{ system: SNOMED, code: test.snomed, display: test.name }] },
      effectiveDateTime: `${chance.day(2020, 2025)}T${chance.time()}+00:00`,
      valueQuantity: {
        value: chance.whole(31, 990) / 10,
        unit: test.unit,
        code: test.ucum,
        system: 'http://unitsofmeasure.org',
      },
      referenceRange: [{ text: '1 to 99' }],
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'LOINC for SNOMED CT': there((one) => ({
      code: { coding: [{ system: LOINC, code: testOf(one).loinc, display: testOf(one).name }] },
    })),
    'both codes': there((one) => ({
      code: {
        coding: [
          { system: LOINC, code: testOf(one).loinc },
          { system: SNOMED, code: testOf(one).snomed, display: testOf(one).name },
        ],
      },
    })),
    'words without a code': there((one) => ({ code: words(testOf(one).name) })),
    'the analyte alone, without a code': there((one) => ({ code: words(testOf(one).also) })),
    'only the day': there((one) => ({ effectiveDateTime: when(one).slice(0, 10) })),
    'the same moment in another zone': there((one) => {
      const moment = new Date(Date.parse(when(one)) + 3_600_000).toISOString();
      return { effectiveDateTime: `${moment.slice(0, 19)}+01:00` };
    }),
    'another spelling of the unit': there((one, chance) =>
      changed(one, { unit: chance.pick(SPELLINGS[value(one).unit] ?? [value(one).unit]) }),
    ),
    'no code of the unit': there((one) => changed(one, { code: undefined, system: undefined })),
    'no range and no flag': there(() => ({ referenceRange: undefined, interpretation: undefined })),
    'a flag': there(() => ({ interpretation: [code('H')] })),
    'released later': there(() => ({ issued: '2025-12-01T10:00:00Z' })),
    'the specimen by one alone': there(() => ({ specimen: { display: 'Serum or venous blood' } })),
    'a comment': there(() => ({ note: [{ text: 'Telephoned to the ward.' }] })),
    'a second decimal': there((one) =>
      changed(one, { value: `${value(one).value}${Number.isInteger(value(one).value) ? '.0' : '0'}` }),
    ),
  },

  unlike: {
    value: there((one, chance) => changed(one, { value: another5(chance, one) })),
    comparator: there((one, chance) => changed(one, { comparator: chance.pick(['<', '>']) })),
    unit: there((one) => changed(one, { unit: 'mg/dL', code: 'mg/dL' })),
    'unit, by its code alone': there((one) => changed(one, { unit: 'mg/dL', code: undefined })),
    'power of ten': both((one) => [
      changed(one, { unit: '10*9/L', code: '10*9/L' }),
      changed(one, { unit: '10*6/L', code: '10*6/L' }),
    ]),
    'date (another day)': there((_, chance) => ({ effectiveDateTime: `${chance.day(2010, 2019)}T09:15:00Z` })),
    'date (another hour)': there((one) => ({ effectiveDateTime: when(one).replace(/T\d\d/, 'T19') })),
    'date (another day, told by the day)': there((_, chance) => ({ effectiveDateTime: chance.day(2010, 2019) })),
    'no date': there(() => ({ effectiveDateTime: undefined })),
    'status (preliminary)': there(() => ({ status: 'preliminary' })),
    'status (amended)': there(() => ({ status: 'amended' })),
    'status (cancelled)': there(() => ({ status: 'cancelled' })),
    test: there((one, chance) => {
      const { name, snomed } = another(chance, TESTS, (other) => other === one['example']);
      return { code: { coding: [{ system: SNOMED, code: snomed, display: name }] } };
    }),
    'test, by words alone': there((one, chance) => ({
      code: words(another(chance, TESTS, (other) => other === one['example']).also),
    })),
    'test of another specimen': there((one) => ({ code: words(`Urine ${testOf(one).also.toLowerCase()} level`) })),
    'words without a value': there(() => ({ valueQuantity: undefined, valueString: 'See report' })),
    'an unsuitable sample': there(() => ({ valueQuantity: undefined, dataAbsentReason: code('error') })),
    'specimen of a culture': both(() => {
      const growth = { valueQuantity: undefined, valueString: 'No growth', code: words('Culture') };
      return [
        { ...growth, specimen: { display: 'Left eye swab' } },
        { ...growth, specimen: { display: 'Right eye swab' } },
      ];
    }),
  },
};
