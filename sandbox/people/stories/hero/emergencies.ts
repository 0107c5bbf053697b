import { condition } from '../../blocks/condition.ts';
import { encounter } from '../../blocks/encounter.ts';
import { vitals } from '../../blocks/vitals.ts';
import type { Reference } from '../../blocks/codes.ts';
import type { Calendar } from '../../calendar.ts';
import { chance } from '../../chance.ts';
import type { HeroCharts } from './charts.ts';

const HEART = '84114007|Heart failure';
const EXACERBATION = '195951007|Acute exacerbation of chronic obstructive airways disease';

/** Whether she was on the ward that day: nobody visits her at home then. */
export function isInHospital(day: string, calendar: Calendar): boolean {
  return day >= calendar.ago(28, 'days') && day <= calendar.ago(23, 'days');
}

export type Stay = { readonly admission: Reference; readonly start: string; readonly end: string };

/** Ambulances, out of hours, urgent care, and three admissions; the last one is what changed the ramipril. */
export function heroEmergencies(charts: HeroCharts): Stay {
  earlier(charts);
  return latest(charts);
}

function earlier({ infirmary, ambulance, coastAmbulance, outOfHours, urgentCare, gp }: HeroCharts): void {
  const first = encounter(infirmary, {
    kind: 'inpatient',
    type: 'Emergency admission',
    start: '2019-02-21',
    time: '20:15',
    end: '2019-02-28',
    endTime: '14:00',
    by: 'hughes',
    service: 'Cardiology',
    reason: [HEART],
    admission: { source: 'Emergency department' },
    discharge: { to: 'Usual place of residence' },
  });
  condition(infirmary, {
    what: '703272007|Heart failure with reduced ejection fraction',
    onset: '2019-02-21',
    by: 'hughes',
    kind: 'diagnosis',
    encounter: first,
  });
  const second = encounter(infirmary, {
    kind: 'inpatient',
    type: 'Emergency admission',
    start: '2023-01-04',
    time: '11:40',
    end: '2023-01-10',
    endTime: '15:30',
    by: 'raman',
    service: 'Acute medicine',
    reason: [EXACERBATION],
    admission: { source: 'Emergency department' },
    discharge: { to: 'Usual place of residence' },
  });
  // From the morning after she came in.
  for (let day = 5; day <= 10; day++) {
    const date = `2023-01-${String(day).padStart(2, '0')}`;
    vitals(
      infirmary,
      date,
      '06:30',
      {
        systolic: 118 + day,
        diastolic: 64,
        pulse: 108 - day * 3,
        breaths: 26 - day,
        saturation: 88 + Math.floor(day / 3),
        temperature: 37.2,
        news2: { scale: 2 },
      },
      'stone',
      second,
    );
  }
  encounter(ambulance, {
    kind: 'field',
    type: 'Emergency ambulance call: category 2',
    start: '2023-01-04',
    time: '10:20',
    endTime: '11:35',
    by: 'quinn',
    reason: [EXACERBATION],
  });

  const fall = encounter(coastAmbulance, {
    kind: 'field',
    type: 'Emergency ambulance call: category 3',
    start: '2024-08-03',
    time: '22:10',
    endTime: '23:20',
    by: 'barr',
    reason: ['Fall in hotel bathroom; not injured, not conveyed'],
  });
  vitals(
    coastAmbulance,
    '2024-08-03',
    '22:35',
    { systolic: 110, diastolic: 62, pulse: 96, breaths: 20, saturation: 93, temperature: 37.9, news2: { scale: 2 } },
    'barr',
    fall,
  );

  const bite = encounter(urgentCare, {
    kind: 'ambulatory',
    type: 'Urgent treatment centre attendance',
    start: '2025-09-13',
    time: '14:35',
    by: 'patel',
    reason: ['Insect bite, left forearm'],
  });
  vitals(urgentCare, '2025-09-13', '14:40', { pulse: 82, temperature: 36.9, saturation: 94 }, 'patel', bite);
  const { calendar } = gp;
  const chest = calendar.ago(4, 'months');
  const call = encounter(outOfHours, {
    kind: 'home',
    type: 'Out of hours home visit',
    start: chest,
    time: '21:30',
    by: 'okafor',
    reason: [EXACERBATION],
  });
  vitals(
    outOfHours,
    chest,
    '21:40',
    { systolic: 124, diastolic: 70, pulse: 102, breaths: 24, saturation: 91, temperature: 37.6, news2: { scale: 2 } },
    'okafor',
    call,
  );
  condition(outOfHours, {
    what: EXACERBATION,
    onset: chest,
    ended: calendar.ahead(10, 'days', chest),
    by: 'okafor',
    kind: 'diagnosis',
    encounter: call,
  });
}

function latest({ infirmary, ambulance, outOfHours }: HeroCharts): Stay {
  const { calendar } = infirmary;
  const start = calendar.ago(28, 'days');
  const end = calendar.ago(23, 'days');
  encounter(outOfHours, {
    kind: 'virtual',
    type: 'Out of hours telephone advice',
    start,
    time: '04:50',
    by: 'vance',
    reason: ['267036007|Dyspnoea'],
  });
  const call = encounter(ambulance, {
    kind: 'field',
    type: 'Emergency ambulance call: category 2',
    start,
    time: '05:10',
    endTime: '06:25',
    by: 'hall',
    reason: ['267036007|Dyspnoea'],
  });
  vitals(
    ambulance,
    start,
    '05:25',
    { systolic: 98, diastolic: 56, pulse: 112, breaths: 28, saturation: 86, temperature: 36.7, news2: { scale: 2 } },
    'hall',
    call,
  );
  vitals(
    ambulance,
    start,
    '06:05',
    {
      systolic: 104,
      diastolic: 58,
      pulse: 104,
      breaths: 24,
      saturation: 92,
      temperature: 36.7,
      news2: { scale: 2, oxygen: true },
    },
    'hall',
    call,
  );

  const arrival = encounter(infirmary, {
    kind: 'emergency',
    type: 'Emergency department attendance',
    start,
    time: '06:30',
    endTime: '11:20',
    by: 'amin',
    reason: ['267036007|Dyspnoea'],
  });
  vitals(
    infirmary,
    start,
    '06:40',
    {
      systolic: 102,
      diastolic: 58,
      pulse: 108,
      breaths: 26,
      saturation: 91,
      temperature: 36.8,
      news2: { scale: 2, oxygen: true },
    },
    'amin',
    arrival,
  );
  const admission = encounter(infirmary, {
    kind: 'inpatient',
    type: 'Emergency admission',
    service: 'Cardiology',
    start,
    time: '11:20',
    end,
    endTime: '15:45',
    by: 'raman',
    reason: [HEART, '14669001|Acute kidney injury'],
    admission: { source: 'Emergency department' },
    discharge: { to: 'Usual place of residence, with home care restarted' },
  });
  condition(infirmary, {
    what: '14669001|Acute kidney injury',
    onset: start,
    ended: end,
    by: 'raman',
    kind: 'diagnosis',
    encounter: admission,
  });
  condition(infirmary, {
    what: '14140009|Hyperkalaemia',
    onset: start,
    ended: end,
    by: 'raman',
    kind: 'diagnosis',
    encounter: admission,
  });
  // Observations four times a day, improving.
  for (let ago = 27; ago >= 23; ago--) {
    const date = calendar.ago(ago, 'days');
    const better = 28 - ago;
    // She left at 15:45 on the last day.
    for (const time of date === end ? ['06:00', '12:00'] : ['06:00', '12:00', '18:00', '22:00']) {
      const jitter = Math.round(chance('hero-ward', date, time) * 5);
      vitals(
        infirmary,
        date,
        time,
        {
          systolic: 102 + better * 2 + jitter,
          diastolic: 58 + jitter,
          pulse: 98 - better * 4 + jitter,
          breaths: 22 - better,
          saturation: 92 + Math.min(better - 1, 2),
          temperature: 36.5 + jitter / 10,
          news2: { scale: 2 },
        },
        'stone',
        admission,
      );
    }
    vitals(infirmary, date, '07:00', { weight: Number((70.2 - better * 0.9).toFixed(1)) }, 'stone', admission);
  }
  return { admission, start, end };
}
