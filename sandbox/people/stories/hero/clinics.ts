import { encounter } from '../../blocks/encounter.ts';
import { vitals } from '../../blocks/vitals.ts';
import { observations } from './body.ts';
import type { HeroCharts } from './charts.ts';
import { isInHospital } from './emergencies.ts';

const HEART = '84114007|Heart failure';
const COPD = '13645005|Chronic obstructive pulmonary disease';

/** Outpatient clinics, and the home care provider's weekly reviews. */
export function heroClinics(charts: HeroCharts): void {
  clinics(charts);
  carers(charts);
}

function clinics({ infirmary, harwick, mental, hospice, priory }: HeroCharts): void {
  const { calendar } = infirmary;
  for (const raw of calendar.every(6, 'months', '2019-03-21', calendar.ago(1, 'months'))) {
    const day = calendar.weekday(raw);
    const visit = encounter(infirmary, {
      kind: 'ambulatory',
      type: 'Outpatient attendance',
      service: 'Cardiology',
      start: day,
      time: '10:15',
      by: 'hughes',
      reason: [HEART],
    });
    vitals(infirmary, day, '10:05', observations(day, calendar.today), 'hughes', visit);
  }
  for (const raw of calendar.every(1, 'years', '2020-01-16', calendar.ago(1, 'months'))) {
    encounter(harwick, {
      kind: 'ambulatory',
      type: 'Outpatient attendance',
      service: 'Nephrology',
      start: calendar.weekday(raw),
      time: '09:20',
      by: 'conte',
      reason: ['700379002|Chronic kidney disease stage 3B'],
    });
  }
  for (const raw of calendar.every(1, 'years', '2012-03-08', '2018-12-31')) {
    encounter(harwick, {
      kind: 'ambulatory',
      type: 'Outpatient attendance',
      service: 'Respiratory medicine',
      start: calendar.weekday(raw),
      time: '15:10',
      by: 'lindqvist',
      reason: [COPD],
    });
  }
  for (const day of ['2020-11-09', '2020-12-07', '2021-01-18']) {
    encounter(mental, {
      kind: 'virtual',
      type: 'Talking therapies session',
      start: day,
      time: '16:00',
      by: 'ito',
      reason: ['Low mood after bereavement'],
    });
  }
  for (const months of [5, 4, 3, 2, 1]) {
    encounter(hospice, {
      kind: 'ambulatory',
      type: 'Breathlessness clinic',
      start: calendar.weekday(calendar.ago(months, 'months')),
      time: '11:00',
      by: 'ward',
      reason: [HEART, COPD],
    });
  }
  encounter(priory, {
    kind: 'ambulatory',
    type: 'Day case',
    service: 'Ophthalmology',
    start: '2022-05-19',
    time: '08:30',
    endTime: '12:10',
    by: 'vaughan',
    reason: ['193570009|Cataract'],
  });
  encounter(priory, {
    kind: 'ambulatory',
    type: 'Outpatient attendance',
    service: 'Ophthalmology',
    start: '2022-06-16',
    by: 'vaughan',
    reason: ['After cataract operation'],
  });
}

/** The home care provider writes a weekly summary of its daily visits. */
function carers({ homeCare, pharmacy }: HeroCharts): void {
  const { calendar } = homeCare;
  for (const day of calendar.every(1, 'weeks', calendar.ago(18, 'weeks'), calendar.ago(1, 'days'))) {
    if (isInHospital(day, calendar)) continue;
    encounter(homeCare, {
      kind: 'home',
      type: 'Home care: week’s visits reviewed',
      start: day,
      time: '16:00',
      by: 'webb',
      reason: ['Personal care, meals and medicines prompts'],
    });
  }
  encounter(pharmacy, {
    kind: 'ambulatory',
    type: 'New Medicine Service: follow-up',
    start: calendar.ago(10, 'days'),
    time: '12:20',
    by: 'lowe',
    reason: ['Ramipril dose after discharge'],
  });
}
