import { chance, pick } from '../chance.ts';
import type { Chart } from '../chart.ts';
import { encounter } from './encounter.ts';
import { observed } from './observed.ts';
import { vaccine } from './vaccine.ts';
import { vitals } from './vitals.ts';

export type EverydaySpec = {
  readonly by: string;
  readonly nurse?: string;
  readonly years: number;
  /** The day the person left this practice: nothing is recorded here from then on. */
  readonly until?: string;
  readonly smoking: 'never' | 'ex' | 'current';
  readonly systolic: number;
  readonly weight: number;
  readonly height: number;
  readonly reasons: readonly [string, ...string[]];
  readonly flu?: boolean;
};

const SMOKING = {
  never: '266919005|Never smoked tobacco',
  ex: '8517006|Ex-smoker',
  current: '77176002|Smoker',
} as const;

/** What any adult's practice record holds: consultations, measurements, smoking, the autumn vaccination. */
export function everydayPractice(chart: Chart, spec: EverydaySpec): void {
  const { calendar, person } = chart;
  const last = spec.until ? calendar.ago(1, 'weeks', spec.until) : calendar.ago(1, 'months');
  for (const raw of calendar.every(4, 'months', calendar.ago(spec.years, 'years'), last)) {
    const day = calendar.weekday(raw);
    const reason = pick(spec.reasons, person.story, day, 'reason');
    const visit = encounter(chart, {
      kind: chance(person.story, day) > 0.7 ? 'virtual' : 'ambulatory',
      type: chance(person.story, day) > 0.7 ? 'Telephone consultation' : 'GP consultation',
      start: day,
      time: pick(['08:50', '09:40', '10:30', '11:20', '15:10', '16:30'], person.story, day, 'time'),
      by: spec.by,
      reason: [reason],
    });
    const systolic = spec.systolic + Math.round((chance(person.story, day, 'bp') - 0.5) * 16);
    vitals(
      chart,
      day,
      '10:05',
      {
        systolic,
        diastolic: Math.round(systolic * 0.58),
        pulse: 66 + Math.round(chance(person.story, day, 'hr') * 16),
      },
      spec.by,
      visit,
    );
  }
  const checked = calendar.weekday(calendar.ago(8, 'months', spec.until));
  const bmi = Number((spec.weight / (spec.height / 100) ** 2).toFixed(1));
  vitals(chart, checked, '09:15', { weight: spec.weight, height: spec.height, bmi }, spec.nurse ?? spec.by);
  observed(chart, {
    what: '365981007|Tobacco smoking behaviour - finding',
    day: checked,
    category: 'social-history',
    value: SMOKING[spec.smoking],
    by: spec.nurse ?? spec.by,
  });
  if (spec.flu) {
    for (const year of [1, 2, 3]) {
      vaccine(chart, {
        what: 'Influenza vaccine (inactivated)',
        procedure: '86198006|Administration of vaccine product containing only Influenza virus antigen',
        day: calendar.weekday(`${String(Number(calendar.today.slice(0, 4)) - year)}-10-08`),
        by: spec.nurse ?? spec.by,
        against: 'Influenza',
        dose: 1,
      });
    }
  }
}
