import { at } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { news2 } from './news2.ts';
import { hl7, quantity, SYSTEM, type Concept, type Reference } from './codes.ts';

export type Vitals = {
  readonly systolic?: number;
  readonly diastolic?: number;
  readonly pulse?: number;
  readonly breaths?: number;
  readonly saturation?: number;
  readonly temperature?: number;
  readonly weight?: number;
  readonly height?: number;
  readonly bmi?: number;
  readonly peakFlow?: number;
  /** Asks for the NEWS2 score of these observations, on its scale for the person, breathing air or oxygen. */
  readonly news2?: { readonly scale: 1 | 2; readonly oxygen?: true };
};

type Measure = readonly [
  snomed: string | undefined,
  loinc: string | undefined,
  name: string,
  unit: string,
  ucum: string,
];

const MEASURES: Readonly<Record<Exclude<keyof Vitals, 'systolic' | 'diastolic'>, Measure>> = {
  pulse: ['364075005', '8867-4', 'Heart rate', 'beats/minute', '/min'],
  breaths: ['86290005', '9279-1', 'Respiratory rate', 'breaths/minute', '/min'],
  saturation: ['431314004', '59408-5', 'Peripheral oxygen saturation', '%', '%'],
  temperature: [undefined, '8310-5', 'Body temperature', '°C', 'Cel'],
  weight: ['27113001', '29463-7', 'Body weight', 'kg', 'kg'],
  height: ['50373000', '8302-2', 'Body height', 'cm', 'cm'],
  bmi: ['60621009', '39156-5', 'Body mass index', 'kg/m²', 'kg/m2'],
  peakFlow: [undefined, '33452-4', 'Peak expiratory flow rate', 'L/min', 'L/min'],
  news2: ['1104051000000101', undefined, 'NEWS2 (National Early Warning Score 2) total score', 'score', '{score}'],
};

/** The measurements of one contact, one Observation each (UKCore-Observation-VitalSigns). */
export function vitals(
  chart: Chart,
  day: string,
  time: string,
  values: Vitals,
  by?: string,
  encounter?: Reference,
): readonly Reference[] {
  const common = {
    status: 'final',
    category: [hl7('observation-category', 'vital-signs', 'Vital Signs')],
    subject: chart.patient,
    effectiveDateTime: at(day, time),
    ...(by && { performer: [chart.staff(by)] }),
    ...(encounter && { encounter }),
  };
  const singles = (Object.keys(MEASURES) as (keyof typeof MEASURES)[]).flatMap((key) => {
    const value = key === 'news2' ? scoreOf(values) : values[key];
    if (value === undefined) return [];
    const [, , , unit, ucum] = MEASURES[key];
    const body = { ...common, code: codeOf(MEASURES[key]), valueQuantity: quantity(value, unit, ucum) };
    return [chart.add('Observation', day, body, { profile: 'UKCore-Observation-VitalSigns' })];
  });
  return values.systolic === undefined || values.diastolic === undefined
    ? singles
    : [bloodPressure(chart, day, common, values.systolic, values.diastolic), ...singles];
}

function scoreOf(values: Vitals): number | undefined {
  if (!values.news2) return undefined;
  const { breaths, saturation, systolic, pulse, temperature } = values;
  if (!breaths || !saturation || !systolic || !pulse || !temperature)
    throw new Error('NEWS2 needs a full set of observations');
  return news2({ breaths, saturation, systolic, pulse, temperature, ...values.news2 });
}

function bloodPressure(chart: Chart, day: string, common: object, systolic: number, diastolic: number): Reference {
  return chart.add(
    'Observation',
    day,
    {
      ...common,
      code: codeOf(['75367002', '85354-9', 'Blood pressure', '', '']),
      component: [
        {
          code: codeOf(['72313002', '8480-6', 'Systolic arterial pressure', '', '']),
          valueQuantity: quantity(systolic, 'mmHg', 'mm[Hg]'),
        },
        {
          code: codeOf(['1091811000000102', '8462-4', 'Diastolic arterial pressure', '', '']),
          valueQuantity: quantity(diastolic, 'mmHg', 'mm[Hg]'),
        },
      ],
    },
    { profile: 'UKCore-Observation-VitalSigns-BloodPressure' },
  );
}

function codeOf([snomed, loinc, name]: Measure): Concept {
  return {
    coding: [
      ...(snomed ? [{ system: SYSTEM.snomed, code: snomed, display: name }] : []),
      ...(loinc ? [{ system: SYSTEM.loinc, code: loinc }] : []),
    ],
    text: name,
  };
}
