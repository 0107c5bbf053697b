import { dispensed, prescription, repeatMedicine, takes, type MedicineSpec } from '../../blocks/medicine.ts';
import type { HeroCharts } from './charts.ts';

/** Her repeats at the practice; the discharge three weeks ago halved the ramipril and the repeat is not yet changed. */
export function heroMedicines(charts: HeroCharts): void {
  const { gp, infirmary, pharmacy, community } = charts;
  const { calendar } = gp;
  const issued = calendar.ago(18, 'days');
  for (const spec of current(issued)) repeatMedicine(gp, { by: 'sharma', lastIssued: issued, ...spec });
  for (const spec of stopped()) repeatMedicine(gp, { by: 'sharma', ...spec });
  acuteCourses(charts);

  const discharge = calendar.ago(23, 'days');
  for (const spec of current(issued)) {
    const changed = spec.drug === 'ramipril5' ? RAMIPRIL_HALVED : spec;
    prescription(infirmary, { ...changed, started: discharge, by: 'raman', setting: 'discharge' });
  }
  for (const spec of current(issued)) {
    dispensed(pharmacy, {
      ...spec,
      started: calendar.ago(17, 'days'),
      by: 'lowe',
    });
  }
  takes(community, { ...RAMIPRIL_HALVED, started: calendar.ago(16, 'days'), by: 'ford' });
  takes(community, {
    drug: 'furosemide40',
    directions: 'One tablet twice a day, morning and lunchtime',
    dose: [40, 'mg'],
    daily: 2,
    reason: '84114007|Heart failure',
    started: calendar.ago(16, 'days'),
    by: 'ford',
  });
}

const RAMIPRIL_HALVED: MedicineSpec = {
  drug: 'ramipril25',
  directions: 'One capsule (2.5 mg) to be taken once a day. Reduced from 5 mg: potassium 5.9 mmol/L on admission.',
  dose: [2.5, 'mg'],
  daily: 1,
  reason: '84114007|Heart failure',
  started: '',
};

function current(issued: string): readonly MedicineSpec[] {
  return [
    {
      drug: 'ramipril5',
      directions: 'One capsule to be taken once a day',
      dose: [5, 'mg'],
      daily: 1,
      reason: '84114007|Heart failure',
      started: '2019-04-15',
    },
    {
      drug: 'bisoprolol5',
      directions: 'One tablet to be taken once a day',
      dose: [5, 'mg'],
      daily: 1,
      reason: '84114007|Heart failure',
      started: '2019-03-04',
    },
    {
      drug: 'spironolactone25',
      directions: 'One tablet to be taken once a day',
      dose: [25, 'mg'],
      daily: 1,
      reason: '84114007|Heart failure',
      started: '2019-07-22',
    },
    {
      drug: 'dapagliflozin10',
      directions: 'One tablet to be taken once a day. Stop if vomiting or not eating and drinking.',
      dose: [10, 'mg'],
      daily: 1,
      reason: '84114007|Heart failure',
      started: '2021-10-11',
    },
    {
      drug: 'furosemide40',
      directions: 'One tablet to be taken twice a day, morning and lunchtime',
      dose: [40, 'mg'],
      daily: 2,
      reason: '84114007|Heart failure',
      started: '2019-02-28',
    },
    {
      drug: 'apixaban5',
      directions: 'One tablet to be taken twice a day',
      dose: [5, 'mg'],
      daily: 2,
      reason: '49436004|Atrial fibrillation',
      started: '2017-09-18',
    },
    {
      drug: 'metforminMr500',
      directions: 'One tablet to be taken twice a day with food',
      dose: [500, 'mg'],
      daily: 2,
      reason: '44054006|Type 2 diabetes mellitus',
      started: '2019-01-14',
      note: 'Maximum 1 g a day while eGFR is 30 to 45.',
    },
    {
      drug: 'linagliptin5',
      directions: 'One tablet to be taken once a day',
      dose: [5, 'mg'],
      daily: 1,
      reason: '44054006|Type 2 diabetes mellitus',
      started: '2023-02-20',
    },
    {
      drug: 'atorvastatin20',
      directions: 'One tablet to be taken once a day',
      dose: [20, 'mg'],
      daily: 1,
      reason: 'Prevention of cardiovascular disease',
      started: '2008-09-01',
    },
    {
      drug: 'anoro',
      directions: 'Inhale one dose once a day',
      dose: [1, 'puff'],
      daily: 1,
      reason: '13645005|Chronic obstructive pulmonary disease',
      started: '2018-05-14',
    },
    {
      drug: 'salbutamol',
      directions: 'Inhale two puffs up to four times a day when needed for breathlessness',
      dose: [2, 'puff'],
      asNeeded: true,
      reason: '13645005|Chronic obstructive pulmonary disease',
      started: '2012-03-15',
    },
    {
      drug: 'colecalciferol',
      directions: 'One capsule to be taken once a day',
      dose: [800, 'unit'],
      daily: 1,
      reason: 'Vitamin D deficiency',
      started: '2022-01-17',
    },
    {
      drug: 'paracetamol500',
      directions: 'One or two tablets up to four times a day when needed. No more than eight in 24 hours.',
      dose: [1, 'tablet'],
      asNeeded: true,
      reason: '239873007|Osteoarthritis of knee',
      started: '2014-01-20',
    },
    {
      drug: 'macrogol',
      directions: 'One sachet once or twice a day when needed for constipation',
      dose: [1, 'sachet'],
      asNeeded: true,
      reason: 'Constipation',
      started: issued.slice(0, 4) > '2026' ? '2026-01-12' : '2025-01-13',
    },
  ];
}

function stopped(): readonly MedicineSpec[] {
  return [
    {
      drug: 'aspirin75',
      directions: 'One tablet to be taken once a day',
      dose: [75, 'mg'],
      daily: 1,
      started: '2008-09-01',
      stopped: '2017-09-18',
      stoppedBecause: 'Replaced by apixaban',
    },
    {
      drug: 'amlodipine5',
      directions: 'One tablet to be taken once a day',
      dose: [5, 'mg'],
      daily: 1,
      started: '2004-03-15',
      stopped: '2019-02-28',
      stoppedBecause: 'Ankle swelling; heart failure diagnosed',
    },
    {
      drug: 'gliclazide80',
      directions: 'One tablet to be taken twice a day with meals',
      dose: [80, 'mg'],
      daily: 2,
      reason: '44054006|Type 2 diabetes mellitus',
      started: '2013-06-10',
      stopped: '2023-02-14',
      stoppedBecause: 'Recurrent hypoglycaemia',
    },
    {
      drug: 'metformin500',
      directions: 'One tablet to be taken three times a day with meals',
      dose: [500, 'mg'],
      daily: 3,
      reason: '44054006|Type 2 diabetes mellitus',
      started: '2006-06-05',
      stopped: '2019-01-14',
      stoppedBecause: 'Changed to modified release; dose reduced for kidney function',
    },
  ];
}

function acuteCourses({ gp, outOfHours, urgentCare }: HeroCharts): void {
  const { calendar } = gp;
  const exacerbation = calendar.ago(4, 'months');
  const end = calendar.ahead(5, 'days', exacerbation);
  const reason = '195951007|Acute exacerbation of chronic obstructive airways disease';
  prescription(outOfHours, {
    drug: 'doxycycline100',
    directions: 'Two capsules on the first day, then one capsule once a day',
    dose: [100, 'mg'],
    daily: 1,
    reason,
    started: exacerbation,
    stopped: end,
    days: 5,
    by: 'okafor',
  });
  prescription(outOfHours, {
    drug: 'prednisolone5',
    directions: 'Six tablets (30 mg) to be taken once a day in the morning for five days',
    dose: [30, 'mg'],
    daily: 1,
    reason,
    started: exacerbation,
    stopped: end,
    days: 5,
    by: 'okafor',
  });
  prescription(urgentCare, {
    drug: 'hydrocortisone',
    directions: 'Apply thinly twice a day for seven days',
    dose: [1, 'application'],
    daily: 2,
    reason: 'Insect bite, left forearm',
    started: '2025-09-13',
    stopped: '2025-09-20',
    days: 7,
    by: 'patel',
  });
  prescription(gp, {
    drug: 'nitrofurantoinMr',
    directions: 'One capsule twice a day for three days',
    dose: [100, 'mg'],
    daily: 2,
    reason: '68566005|Urinary tract infection',
    started: '2018-03-05',
    stopped: '2018-03-08',
    days: 3,
    by: 'okafor',
  });
}
