import { medicalDevice } from '../blocks/device.ts';
import { plan } from '../blocks/plan.ts';
import { referral } from '../blocks/referral.ts';
import { riskAssessment } from '../blocks/risk.ts';
import type { Chart } from '../chart.ts';

/** What else the home and whoever comes to it must know: the pacemaker, the plans beside the main one, what was asked. */
export function raymondsPlans(charts: {
  readonly council: Chart;
  readonly community: Chart;
  readonly hospital: Chart;
  readonly gp: Chart;
}): void {
  const { council, community, hospital, gp } = charts;
  const { calendar } = council;
  medicalDevice(hospital, {
    what: '14106009|Cardiac pacemaker',
    since: '2016-03-22',
    by: 'prior',
    site: 'Left chest',
    maker: 'Example Cardiac',
    model: 'EC-300 DR',
    serial: 'EC300-102277',
    udi: '05099999000024',
    safety: 'MR conditional at 1.5 tesla',
    reason: 'Complete heart block',
    note: 'Battery checked yearly; last check showed four years left.',
  });
  plan(council, {
    title: 'Positive behaviour support plan',
    kind: 'Supporting plan',
    start: calendar.ago(11, 'months'),
    review: calendar.ahead(1, 'months'),
    by: 'singh',
    activities: [
      'Say who you are and what you are about to do; wait for him to reach for the flannel',
      'If he pulls away, stop and come back in ten minutes',
      'Walks after tea: go with him',
    ],
  });
  plan(community, {
    title: 'Eating and drinking plan',
    kind: 'Supporting plan',
    start: calendar.ago(9, 'months'),
    by: 'haigh',
    activities: ['Soft and bite-sized food, thin fluids', 'Upright for half an hour after meals'],
  });
  plan(council, {
    title: 'Contingency plan: if the placement breaks down',
    kind: 'Contingency plan',
    start: calendar.ago(10, 'months'),
    by: 'singh',
    activities: ['Ring the duty social worker before any move', 'Sheila decides with us; her daughter if she is ill'],
  });
  riskAssessment(community, {
    what: 'Choking risk assessment',
    day: calendar.ago(9, 'months'),
    by: 'haigh',
    outcome: 'Choking',
    likelihood: 'Moderate',
    mitigation: 'Texture as in the eating and drinking plan; never alone at meals.',
  });
  referral(gp, {
    what: 'Speech and language therapy: swallowing',
    kind: 'Community referral',
    day: calendar.ago(10, 'months'),
    by: 'farrow',
    to: 'Wolds and Vale Community Services',
    reason: ['Coughing at meals'],
    status: 'completed',
  });
  referral(gp, {
    what: 'Referral to dermatology',
    kind: 'Outpatient referral',
    day: calendar.ago(5, 'weeks'),
    by: 'farrow',
    to: 'Harwick General Hospital',
    specialty: 'Dermatology',
    reason: ['Changing mole, right temple'],
    priority: 'urgent',
    number: '000051177340',
  });
}
