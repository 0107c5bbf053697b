import { allergy, noKnownDrugAllergy } from '../../blocks/allergy.ts';
import type { HeroCharts } from './charts.ts';

/** Penicillin since 1975 at three places; the treatment centre wrote "none known" one busy Saturday. */
export function heroAllergies(charts: HeroCharts): void {
  const { gp, infirmary, harwick, ambulance, urgentCare, pharmacy, community } = charts;
  const anaphylaxis = {
    what: '91936005|Allergy to penicillin',
    kind: 'allergy',
    criticality: 'high',
    severity: 'severe',
  } as const;
  allergy(gp, {
    ...anaphylaxis,
    on: '2011-07-19',
    by: 'sharma',
    reaction: ['39579001|Anaphylaxis'],
    description: 'Collapse and facial swelling after oral penicillin, 1975.',
  });
  allergy(infirmary, { ...anaphylaxis, on: '2019-02-21', by: 'cole', reaction: ['39579001|Anaphylaxis'] });
  allergy(harwick, {
    what: '91936005|Allergy to penicillin',
    kind: 'allergy',
    on: '2012-03-08',
    by: 'rowe',
    reaction: ['271807003|Eruption of skin'],
    note: 'Patient says "came out in a rash".',
  });
  allergy(ambulance, { what: 'Penicillin', on: gp.calendar.ago(25, 'days'), by: 'hall', note: 'Reported by patient.' });
  allergy(gp, {
    what: 'Gliclazide: recurrent hypoglycaemia',
    kind: 'intolerance',
    criticality: 'low',
    on: '2023-02-14',
    by: 'okafor',
  });
  allergy(community, {
    what: 'Adhesive dressings',
    kind: 'intolerance',
    category: 'environment',
    on: '2024-02-06',
    by: 'mensah',
    reaction: ['271807003|Eruption of skin'],
    severity: 'mild',
  });
  allergy(pharmacy, { what: '91936005|Allergy to penicillin', kind: 'allergy', on: '2013-11-05', by: 'lowe' });
  allergy(harwick, {
    what: 'Aspirin',
    on: '2013-03-08',
    by: 'rowe',
    verification: 'entered-in-error',
    note: 'Entered on the wrong chart.',
  });
  noKnownDrugAllergy(urgentCare, '2025-09-13', 'patel');
}
