import { condition } from '../../blocks/condition.ts';
import type { HeroCharts } from './charts.ts';

/** The same five conditions, seen from the places that treat them, and what is over. */
export function heroProblems(charts: HeroCharts): void {
  const { gp, infirmary, harwick, community, formerGp, hospice } = charts;
  practiceList(charts);

  condition(infirmary, {
    what: '703272007|Heart failure with reduced ejection fraction',
    onset: '2019-02-21',
    by: 'hughes',
    note: 'Ischaemia excluded by angiography March 2019.',
  });
  condition(infirmary, {
    what: '49436004|Atrial fibrillation',
    onset: '2017-09-04',
    by: 'hughes',
    text: 'Permanent atrial fibrillation',
  });
  condition(infirmary, {
    what: '44054006|Type 2 diabetes mellitus',
    onset: '2006',
    recorded: '2019-02-21',
    by: 'raman',
  });
  condition(infirmary, {
    what: '700379002|Chronic kidney disease stage 3B',
    onset: '2018-11-12',
    recorded: '2023-04-18',
    by: 'raman',
  });
  condition(infirmary, {
    what: '13645005|Chronic obstructive pulmonary disease',
    onset: '2012',
    recorded: '2019-02-21',
    by: 'raman',
  });
  condition(harwick, {
    what: '13645005|Chronic obstructive pulmonary disease',
    onset: '2012-03-08',
    by: 'lindqvist',
    severity: 'moderate',
    note: 'FEV1 58% predicted, GOLD 2, mMRC 2.',
  });
  condition(harwick, {
    what: '700379002|Chronic kidney disease stage 3B',
    onset: '2018-11-12',
    recorded: '2020-01-16',
    by: 'conte',
    note: 'Albuminuria category A2. Cause: diabetes and hypertension.',
  });
  condition(harwick, { what: '44054006|Type 2 diabetes mellitus', onset: '2006', recorded: '2020-01-16', by: 'conte' });
  condition(community, {
    what: '703272007|Heart failure with reduced ejection fraction',
    onset: '2019',
    recorded: '2019-04-02',
    by: 'ford',
  });
  condition(community, {
    what: '925831000000107|Moderate frailty',
    onset: '2023-06-14',
    by: 'mensah',
    note: 'Rockwood Clinical Frailty Scale 6.',
  });
  condition(hospice, {
    what: '84114007|Heart failure',
    onset: '2019',
    recorded: gp.calendar.ago(5, 'months'),
    by: 'ward',
    note: 'Known to the breathlessness clinic.',
  });
  condition(formerGp, { what: '44054006|Type 2 diabetes mellitus', onset: '2006-05-22', by: 'brandt' });
  condition(formerGp, { what: '59621000|Essential hypertension', onset: '2001-10-03', by: 'brandt' });
}

function practiceList({ gp }: HeroCharts): void {
  const list = [
    ['703272007|Heart failure with reduced ejection fraction', '2019-02-28'],
    ['44054006|Type 2 diabetes mellitus', '2006-05-22'],
    ['700379002|Chronic kidney disease stage 3B', '2018-11-12'],
    ['13645005|Chronic obstructive pulmonary disease', '2012-03-15'],
    ['49436004|Atrial fibrillation', '2017-09-04'],
    ['925831000000107|Moderate frailty', '2023-07-03'],
    ['59621000|Essential hypertension', '2001-10-03'],
    ['239873007|Osteoarthritis of knee', '2014-01-20'],
  ] as const;
  for (const [what, onset] of list) condition(gp, { what, onset, by: 'sharma' });
  condition(gp, { what: '193570009|Cataract', onset: '2021-09-30', ended: '2022-05-19', by: 'okafor' });
  condition(gp, { what: '233604007|Pneumonia', onset: '2016-01-11', ended: '2016-02-15', by: 'sharma' });
  condition(gp, { what: '68566005|Urinary tract infection', onset: '2024-08-05', ended: '2024-08-19', by: 'okafor' });
}
