import { medicalDevice } from '../../blocks/device.ts';
import { encounter } from '../../blocks/encounter.ts';
import { letterAtBoth } from '../../blocks/letter-at-both.ts';
import { plan } from '../../blocks/plan.ts';
import { procedure } from '../../blocks/procedure.ts';
import { referral, referralProgress } from '../../blocks/referral.ts';
import { riskAssessment } from '../../blocks/risk.ts';
import { equipment } from '../../blocks/social-care.ts';
import { vaccine } from '../../blocks/vaccine.ts';
import type { HeroCharts } from './charts.ts';

const HEART = '84114007|Heart failure';

/** What passes between the organisations: who asked whom for what, what she waits for, what to do if things go wrong. */
export function heroBetween(charts: HeroCharts): void {
  referrals(charts);
  waiting(charts);
  devices(charts);
  contingencies(charts);
  risks(charts);
}

function referrals({ gp, infirmary, community, hospice, mental }: HeroCharts): void {
  const { calendar } = gp;
  const followUp = calendar.ago(23, 'days');
  const rehab = calendar.ago(6, 'months');
  referral(gp, {
    what: 'Referral to pulmonary rehabilitation',
    kind: 'Community referral',
    day: rehab,
    by: 'sharma',
    to: 'Ousebridge Community Health NHS Trust',
    reason: ['13645005|Chronic obstructive pulmonary disease'],
    status: 'completed',
  });
  for (const chart of [infirmary, community]) {
    const asked = referral(chart, {
      what: 'Heart failure nurse: visit within two weeks of discharge',
      kind: 'Referral from hospital to community',
      day: followUp,
      by: chart === infirmary ? 'raman' : 'ford',
      to: 'Community heart failure team',
      specialty: 'Heart failure nursing',
      reason: [HEART],
      priority: 'urgent',
      status: 'completed',
      number: '000049871624',
    });
    if (chart !== community) continue;
    referralProgress(community, {
      of: asked,
      day: calendar.ago(16, 'days'),
      by: 'ford',
      status: 'completed',
      progress: 'Seen in clinic within a week',
    });
  }
  const breathless = referral(hospice, {
    what: 'Breathlessness support',
    kind: 'Hospice referral',
    day: calendar.ago(5, 'months'),
    by: 'okafor',
    to: "St Hilda's Hospice",
    reason: ['267036007|Dyspnoea'],
  });
  referralProgress(hospice, {
    of: breathless,
    day: calendar.ago(20, 'weeks'),
    by: 'ward',
    status: 'in-progress',
    progress: 'Monthly clinic',
  });
  referral(gp, {
    what: 'Referral to memory assessment',
    kind: 'Mental health referral',
    day: calendar.ago(13, 'months'),
    by: 'okafor',
    to: 'Ouse Valley Mental Health Trust',
    reason: ['Forgetting appointments'],
    status: 'revoked',
    note: 'Withdrawn at her wish: she puts it down to a bad winter.',
  });
  referral(mental, {
    what: 'Talking therapies',
    kind: 'Self-referral',
    day: '2020-10-19',
    by: 'ito',
    to: 'Ouse Valley Talking Therapies',
    reason: ['Low mood after bereavement'],
    status: 'completed',
  });
  referral(infirmary, {
    what: 'Implantable defibrillator: do not refer',
    kind: 'Cardiac device referral',
    day: calendar.ago(4, 'months'),
    by: 'hughes',
    to: 'Cardiac device clinic, Harwick General Hospital',
    never: true,
    note: 'Discussed with her and her daughter: she does not want a device.',
  });
  procedure(infirmary, {
    what: 'Implantation of cardioverter defibrillator',
    day: calendar.ago(4, 'months'),
    by: 'hughes',
    reason: HEART,
    notDone: 'Declined by the patient after discussion',
  });
}

function waiting({ hospice, priory, gp }: HeroCharts): void {
  const { calendar } = hospice;
  encounter(hospice, {
    kind: 'inpatient',
    type: 'Planned respite admission',
    service: 'Palliative medicine',
    start: calendar.ahead(3, 'weeks'),
    status: 'planned',
    by: 'ward',
    reason: ['Breathlessness', 'Rest for her daughter'],
  });
  encounter(priory, {
    kind: 'inpatient',
    type: 'Waiting list: day case admission',
    service: 'Ophthalmology',
    start: calendar.ahead(9, 'weeks'),
    status: 'planned',
    by: 'vaughan',
    reason: ['193570009|Cataract'],
  });
  vaccine(gp, { what: 'Shingles vaccine (Shingrix)', day: '2025-10-14', by: 'lyle', notDone: 'Declined on the day' });
}

function devices({ priory, gp, community, city }: HeroCharts): void {
  const { calendar } = community;
  medicalDevice(priory, {
    what: 'Intraocular lens implant',
    since: '2022-05-19',
    by: 'vaughan',
    site: 'Right eye',
    maker: 'Example Optics',
    model: 'EO-21.5',
    serial: 'EO21-884412',
    udi: '05099999000017',
    reason: '193570009|Cataract',
  });
  medicalDevice(gp, { what: 'Hearing aid, behind the ear', since: '2021-05-11', by: 'lyle', site: 'Both ears' });
  equipment(community, {
    what: 'Pressure relieving cushion',
    on: calendar.ago(16, 'days'),
    by: 'mensah',
    note: 'For the chair she sleeps in.',
  });
  equipment(city, { what: 'Commode', on: '2023-01-11', until: '2023-02-21', by: 'begum', note: 'Collected.' });
}

function contingencies({ gp, city, community, hospice }: HeroCharts): void {
  const { calendar } = city;
  plan(city, {
    title: 'Contingency plan: if Helen is ill or away',
    kind: 'Contingency plan',
    start: calendar.ago(7, 'months'),
    review: calendar.ahead(5, 'months'),
    by: 'nolan',
    activities: [
      'Ring Riverbank Home Care: four visits a day from the same evening, for up to two weeks',
      'Betty Lomas next door has a key and feeds the cat',
      'After two weeks: respite bed, agreed in principle',
    ],
  });
  plan(hospice, {
    title: 'Breathlessness crisis plan',
    kind: 'Crisis plan',
    start: calendar.ago(5, 'months'),
    by: 'ward',
    activities: [
      'Sit forward, fan, long breath out; ring the hospice line, day or night',
      'Low-dose oral morphine as prescribed',
      'Ambulance if no better after 20 minutes: she wants hospital for what can be put right',
    ],
  });
  letterAtBoth(community, gp, {
    title: 'Emergency health care plan',
    kind: '887701000000100|Emergency health care plan',
    day: calendar.ago(4, 'months'),
    by: 'ford',
    signed: 'Liam Ford, Heart failure specialist nurse',
    number: 'EHCP-4471',
    to: 'Northcliffe Surgery; Ouse and Wolds Ambulance Service; Vale Out of Hours',
    body: [
      {
        heading: 'If her weight rises by 2 kg in three days',
        text: 'Ring the heart failure team the same day. An extra furosemide 40 mg at noon for three days is agreed.',
      },
      {
        heading: 'If she is breathless at rest',
        text: 'Oxygen target 88 to 92%. Ambulance; ReSPECT form in the hall.',
      },
      { heading: 'Penicillin', text: 'Anaphylaxis in 1975: never.' },
    ],
  });
  plan(community, {
    title: 'Moving and handling plan',
    kind: 'Supporting plan',
    start: calendar.ago(16, 'days'),
    by: 'tan',
    activities: [
      'Frame indoors, wheelchair outdoors',
      'One person to stand; she does not like to be held under the arms',
    ],
  });
}

function risks({ community, infirmary }: HeroCharts): void {
  const { calendar } = community;
  riskAssessment(community, {
    what: 'Falls risk assessment',
    day: calendar.ago(16, 'days'),
    by: 'mensah',
    outcome: 'Fall at home',
    likelihood: 'High',
    why: 'Two falls in twelve months; water tablets; low blood pressure',
    mitigation: 'Frame within reach, night light, lying and standing blood pressure at each visit.',
  });
  riskAssessment(infirmary, {
    what: 'Pressure ulcer risk assessment',
    day: calendar.ago(27, 'days'),
    by: 'stone',
    outcome: 'Pressure ulcer',
    likelihood: 'At risk',
    mitigation: 'Foam mattress; turned two-hourly while in bed.',
  });
}
