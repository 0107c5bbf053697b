import type { Resource } from '../../../src/record/resource.ts';
import { another, both, code, LOINC, SNOMED, there, words, type PairMaker } from './pair.ts';

type Sign = {
  readonly name: string;
  readonly snomed: string;
  readonly loinc: string;
  readonly unit: string;
  readonly ucum: string;
  readonly from: number;
};

const SIGNS: readonly Sign[] = [
  { name: 'Body weight', snomed: '27113001', loinc: '29463-7', unit: 'kg', ucum: 'kg', from: 55 },
  { name: 'Body height', snomed: '50373000', loinc: '8302-2', unit: 'cm', ucum: 'cm', from: 150 },
  { name: 'Heart rate', snomed: '364075005', loinc: '8867-4', unit: 'beats/minute', ucum: '/min', from: 60 },
  { name: 'Body temperature', snomed: '386725007', loinc: '8310-5', unit: '°C', ucum: 'Cel', from: 36 },
  { name: 'Respiratory rate', snomed: '86290005', loinc: '9279-1', unit: 'breaths/minute', ucum: '/min', from: 12 },
];
const signOf = (resource: Resource): Sign => resource['example'] as Sign;
const when = (resource: Resource): string => resource['effectiveDateTime'] as string;
const quantityOf = (resource: Resource): object => resource['valueQuantity'] as object;
const pressure = (systolic: number, diastolic: number, unit = 'mmHg', ucum = 'mm[Hg]'): object => {
  const part = (loinc: string, value: number): object => ({
    code: { coding: [{ system: LOINC, code: loinc }] },
    valueQuantity: { value, unit, code: ucum },
  });
  return {
    code: { coding: [{ system: SNOMED, code: '75367002', display: 'Blood pressure' }] },
    valueQuantity: undefined,
    component: [part('8480-6', systolic), part('8462-4', diastolic)],
  };
};

export const findingPairs: PairMaker = {
  section: 'examination-findings',

  one(chance) {
    const sign = chance.pick(SIGNS);
    return {
      resourceType: 'Observation',
      id: 'v',
      example: sign,
      status: 'final',
      category: [code('vital-signs')],
      code: { coding: [{ system: SNOMED, code: sign.snomed, display: sign.name }] },
      effectiveDateTime: `${chance.day(2020, 2025)}T${chance.time()}+00:00`,
      valueQuantity: { value: sign.from + chance.whole(1, 99) / 10, unit: sign.unit, code: sign.ucum },
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'words without a code': there((one) => ({ code: words(signOf(one).name) })),
    'LOINC beside SNOMED CT': there((one) => ({
      code: {
        coding: [
          { system: SNOMED, code: signOf(one).snomed, display: signOf(one).name },
          { system: LOINC, code: signOf(one).loinc },
        ],
      },
    })),
    'LOINC under the same name': there((one) => ({
      code: { coding: [{ system: LOINC, code: signOf(one).loinc, display: signOf(one).name }] },
    })),
    'only the day': there((one) => ({ effectiveDateTime: when(one).slice(0, 10) })),
    'the same moment in another zone': there((one) => {
      const moment = new Date(Date.parse(when(one)) + 3_600_000).toISOString();
      return { effectiveDateTime: `${moment.slice(0, 19)}+01:00` };
    }),
    'no code of the unit': there((one) => ({ valueQuantity: { ...quantityOf(one), code: undefined } })),
    'the method by one alone': there(() => ({ method: words('Tympanic') })),
    'a note': there(() => ({ note: [{ text: 'At rest.' }] })),
    'the site by one alone': there(() => ({ bodySite: words('Left arm') })),
    'a blood pressure': both((_, chance) => {
      const reading = pressure(chance.whole(110, 180), chance.whole(60, 95));
      return [reading, reading];
    }),
    'a blood pressure by its words': both((_, chance) => {
      const reading = pressure(chance.whole(110, 180), chance.whole(60, 95));
      return [reading, { ...reading, code: words('Blood pressure') }];
    }),
  },

  unlike: {
    value: there((one, chance) => ({
      valueQuantity: { ...quantityOf(one), value: signOf(one).from + 10 + chance.whole(1, 99) / 10 },
    })),
    unit: there((one) => ({ valueQuantity: { ...quantityOf(one), unit: 'lb', code: '[lb_av]' } })),
    'unit, without a code': there((one) => ({ valueQuantity: { ...quantityOf(one), unit: 'lb', code: undefined } })),
    comparator: there((one) => ({ valueQuantity: { ...quantityOf(one), comparator: '>' } })),
    'date (another day)': there((_, chance) => ({ effectiveDateTime: `${chance.day(2010, 2019)}T09:15:00Z` })),
    'date (another hour)': there((one) => ({ effectiveDateTime: when(one).replace(/T\d\d/, 'T20') })),
    'status (preliminary)': there(() => ({ status: 'preliminary' })),
    'status (amended)': there(() => ({ status: 'corrected' })),
    'status (cancelled)': there(() => ({ status: 'cancelled' })),
    'what was measured': there((one, chance) => {
      const { name, snomed } = another(chance, SIGNS, (other) => other === one['example']);
      return { code: { coding: [{ system: SNOMED, code: snomed, display: name }] } };
    }),
    'site of the body': both(() => [{ bodySite: words('Left arm') }, { bodySite: words('Right arm') }]),
    'diastolic pressure': both((_, chance) => {
      const [top, bottom] = [chance.whole(110, 180), chance.whole(60, 95)];
      return [pressure(top, bottom), pressure(top, bottom + 1)];
    }),
    'unit of a blood pressure': both((_, chance) => {
      const [top, bottom] = [chance.whole(110, 180), chance.whole(60, 95)];
      return [pressure(top, bottom), pressure(top, bottom, 'kPa', 'kPa')];
    }),
    'no value': there(() => ({ valueQuantity: undefined, dataAbsentReason: code('not-performed') })),
  },
};
