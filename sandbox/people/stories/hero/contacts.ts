import { encounter } from '../../blocks/encounter.ts';
import { vitals } from '../../blocks/vitals.ts';
import { yearsBetween } from '../../calendar.ts';
import { chance, pick } from '../../chance.ts';
import { observations, peakFlowOn, weightOn } from './body.ts';
import type { HeroCharts } from './charts.ts';
import { heroClinics } from './clinics.ts';
import { isInHospital } from './emergencies.ts';

const HEART = '84114007|Heart failure';
const COPD = '13645005|Chronic obstructive pulmonary disease';
const DIABETES = '44054006|Type 2 diabetes mellitus';

/** Planned and everyday contacts over the years; the emergencies have their own file. */
export function heroContacts(charts: HeroCharts): void {
  practice(charts);
  nurses(charts);
  heroClinics(charts);
}

function practice({ gp, formerGp, coastGp }: HeroCharts): void {
  const { calendar } = gp;
  const { today } = calendar;
  for (const raw of calendar.every(2, 'months', '2013-01-15', calendar.ago(5, 'weeks'))) {
    const day = calendar.weekday(raw);
    const remote = chance('hero-remote', day) > 0.75;
    const visit = encounter(gp, {
      kind: remote ? 'virtual' : 'ambulatory',
      type: remote ? 'Telephone consultation' : 'GP consultation',
      start: day,
      time: pick(['08:50', '09:30', '10:20', '11:10', '15:40'], 'hero', day),
      by: pick(['sharma', 'okafor'], 'hero-gp', day),
      reason: [
        pick(
          [HEART, COPD, DIABETES, 'Knee pain', 'Medication review', 'Breathlessness', 'Tiredness'],
          'hero-reason',
          day,
        ),
      ],
    });
    if (!remote) vitals(gp, day, '10:30', observations(day, today), 'sharma', visit);
  }
  for (const raw of calendar.every(1, 'years', '2013-09-10')) {
    const day = calendar.weekday(raw);
    const visit = encounter(gp, {
      kind: 'ambulatory',
      type: 'Long-term conditions annual review',
      start: day,
      time: '14:00',
      by: 'lyle',
      reason: [DIABETES, COPD],
    });
    const years = yearsBetween(day, today);
    const weight = weightOn(day, today);
    vitals(
      gp,
      day,
      '14:10',
      {
        ...observations(day, today),
        weight,
        height: 158,
        bmi: Number((weight / 1.58 ** 2).toFixed(1)),
        peakFlow: peakFlowOn(day, years),
      },
      'lyle',
      visit,
    );
  }
  for (const day of ['2008-11-04', '2009-10-20', '2010-06-08', '2011-02-15']) {
    encounter(formerGp, { kind: 'ambulatory', type: 'GP consultation', start: day, by: 'brandt', reason: [DIABETES] });
    vitals(formerGp, day, '10:05', { systolic: 144, diastolic: 84, weight: 75.4 }, 'brandt');
  }
  const seaside = encounter(coastGp, {
    kind: 'ambulatory',
    type: 'Temporary resident consultation',
    start: '2024-08-05',
    time: '11:45',
    by: 'petrov',
    reason: ['68566005|Urinary tract infection'],
  });
  vitals(
    coastGp,
    '2024-08-05',
    '11:50',
    { systolic: 118, diastolic: 66, pulse: 92, temperature: 38.1, saturation: 94 },
    'petrov',
    seaside,
  );
}

function nurses({ community, wolds }: HeroCharts): void {
  const { calendar } = community;
  for (const day of calendar.every(1, 'weeks', calendar.ago(14, 'months'), calendar.ago(1, 'days'))) {
    if (isInHospital(day, calendar)) continue;
    const visit = encounter(community, {
      kind: 'home',
      type: 'District nurse visit',
      start: day,
      time: '09:45',
      by: 'mensah',
      reason: ['Compression and skin care, lower legs'],
    });
    const seen = observations(day, calendar.today);
    vitals(
      community,
      day,
      '09:50',
      {
        systolic: seen.systolic ?? 0,
        diastolic: seen.diastolic ?? 0,
        pulse: seen.pulse ?? 0,
        weight: seen.weight ?? 0,
      },
      'mensah',
      visit,
    );
  }
  for (const raw of calendar.every(3, 'months', '2019-04-02', calendar.ago(2, 'weeks'))) {
    const day = calendar.weekday(raw);
    const visit = encounter(community, {
      kind: 'ambulatory',
      type: 'Heart failure nurse clinic',
      start: day,
      time: '13:30',
      by: 'ford',
      reason: [HEART],
    });
    vitals(community, day, '13:40', observations(day, calendar.today), 'ford', visit);
  }
  for (const raw of calendar.every(2, 'weeks', calendar.ago(5, 'months'), calendar.ago(3, 'months'))) {
    encounter(community, {
      kind: 'ambulatory',
      type: 'Pulmonary rehabilitation session',
      start: calendar.weekday(raw),
      time: '10:30',
      by: 'tan',
      reason: [COPD],
    });
  }
  for (const raw of calendar.every(8, 'weeks', calendar.ago(3, 'years'), calendar.ago(2, 'weeks'))) {
    encounter(wolds, {
      kind: 'ambulatory',
      type: 'Podiatry clinic',
      start: calendar.weekday(raw),
      time: '11:20',
      by: 'haigh',
      reason: ['Diabetic foot check: moderate risk'],
    });
  }
}
