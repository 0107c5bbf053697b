import { aboutMe } from '../blocks/about-me.ts';
import { alert } from '../blocks/alert.ts';
import { allergy } from '../blocks/allergy.ts';
import { condition, supportReason } from '../blocks/condition.ts';
import { careTeam, relative } from '../blocks/contact.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { letter } from '../blocks/letter.ts';
import { dispensed, repeatMedicine, type MedicineSpec } from '../blocks/medicine.ts';
import { plan } from '../blocks/plan.ts';
import { carePackage, equipment } from '../blocks/social-care.ts';
import { legalRight } from '../blocks/decision.ts';
import { observed } from '../blocks/observed.ts';
import type { Chart } from '../chart.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';
import { raymondsPlans } from './long-stay-plans.ts';

const RAYMOND: Person = {
  story: 'long-stay-social-care',
  shows: 'Nursing home resident with dementia: placement, funding, deprivation of liberty, equipment',
  nhsNumber: testNhsNumber('999167853'),
  family: 'Sutcliffe',
  given: ['Raymond'],
  prefix: 'Mr',
  gender: 'male',
  birthDate: '1945-02-12',
  address: { lines: ['Moorview Nursing Home', '40 Moor Lane'], city: 'Harwick', postcode: 'ZZ98 4MV' },
  phone: '01632 960840',
  ethnicCategory: 'A',
};

export function longStaySocialCare(world: World): void {
  const { calendar } = world;
  const wife = { relationship: 'Wife', family: 'Sutcliffe', given: 'Sheila', phone: '07700 900640' };
  const moved = calendar.ago(22, 'months');
  const gp = world.open(RAYMOND, 'XB004', { practice: 'XB004', contact: wife, updated: moved });
  const council = world.open(RAYMOND, 'XB404', { contact: wife, updated: moved });
  const mental = world.open(RAYMOND, 'XB212', {
    address: { lines: ['17 Mill Street'], city: 'Harwick', postcode: 'ZZ98 2MS' },
    updated: '2023-10-02',
  });
  const community = world.open(RAYMOND, 'XB202');
  const pharmacy = world.open(RAYMOND, 'XB522');
  const hospital = world.open(RAYMOND, 'XB102', { practice: 'XB004' });

  everydayPractice(gp, {
    by: 'farrow',
    nurse: 'mistry',
    years: 4,
    smoking: 'never',
    systolic: 124,
    weight: 66.8,
    height: 176,
    reasons: ['Care home ward round', 'Falls', 'Dementia review'],
    flu: true,
  });
  condition(gp, { what: '26929004|Alzheimer’s disease', onset: '2020-07-06', by: 'farrow' });
  condition(gp, { what: '59621000|Essential hypertension', onset: '2004-01-19', by: 'farrow' });
  condition(gp, { what: '925861000000102|Severe frailty', onset: calendar.ago(14, 'months'), by: 'farrow' });
  condition(mental, { what: '26929004|Alzheimer’s disease', onset: '2020-06-22', by: 'black', severity: 'severe' });
  allergy(gp, {
    what: 'Trimethoprim',
    kind: 'allergy',
    on: '2010-09-07',
    by: 'farrow',
    reaction: ['271807003|Eruption of skin'],
    severity: 'moderate',
  });
  const issued = calendar.ago(13, 'days');
  const repeats: readonly MedicineSpec[] = [
    {
      drug: 'donepezil10',
      directions: 'One tablet to be taken at night',
      dose: [10, 'mg'],
      daily: 1,
      reason: '26929004|Alzheimer’s disease',
      started: '2020-09-14',
    },
    {
      drug: 'amlodipine5',
      directions: 'One tablet to be taken once a day',
      dose: [5, 'mg'],
      daily: 1,
      reason: '59621000|Essential hypertension',
      started: '2008-03-03',
    },
    {
      drug: 'emollient',
      directions: 'Apply to dry skin twice a day',
      dose: [1, 'application'],
      daily: 2,
      reason: 'Dry skin',
      started: moved,
    },
  ];
  for (const spec of repeats) {
    repeatMedicine(gp, { ...spec, lastIssued: issued, by: 'farrow' });
    dispensed(pharmacy, { ...spec, started: calendar.ago(12, 'days'), by: 'chen' });
  }
  social(council, moved);
  contacts(mental, community, hospital, gp);
  raymondsPlans({ council, community, hospital, gp });
  world.tell(RAYMOND, [gp, council, mental, community, pharmacy, hospital]);
}

function social(council: Chart, moved: string): void {
  const { calendar } = council;
  carePackage(council, {
    name: 'Nursing home placement: Moorview Nursing Home',
    category: 'Long term support: nursing care',
    start: moved,
    funding: 'Council funded with NHS-funded nursing care',
    by: 'singh',
  });
  carePackage(council, {
    name: 'Home care: four visits a day',
    category: 'Long term support: community',
    start: '2022-05-16',
    end: moved,
    funding: 'Council funded, with client contribution',
    by: 'singh',
  });
  carePackage(council, {
    name: 'Day opportunities: memory café',
    category: 'Long term support: community',
    start: '2021-09-06',
    end: '2023-12-01',
    funding: 'Direct payment',
    by: 'singh',
  });
  supportReason(council, 'Support with memory and cognition', '2021-08-02', 'singh');
  supportReason(council, 'Physical support: personal care', '2022-05-09', 'singh');
  equipment(council, { what: 'Profiling bed', on: moved, by: 'singh' });
  equipment(council, { what: 'Pressure relieving mattress', on: moved, by: 'singh' });
  equipment(council, { what: '705593007|Raised toilet seat, fixed', on: '2022-06-01', by: 'singh' });
  alert(council, {
    what: 'Deprivation of Liberty Safeguards: standard authorisation in force',
    category: 'Legal',
    start: calendar.ago(10, 'months'),
    by: 'singh',
  });
  observed(council, {
    what: 'Assessment of mental capacity: where to live and be cared for',
    day: calendar.ago(11, 'months'),
    category: 'exam',
    value: 'Lacks capacity for this decision; best interests decision made with his wife',
    by: 'singh',
  });
  legalRight(council, {
    what: 'Court-appointed deputy: property and affairs',
    day: '2023-02-13',
    by: 'singh',
  });
  alert(council, {
    what: 'Walks with purpose; has left the building twice',
    category: 'Risk to patient',
    start: moved,
    by: 'singh',
  });
  alert(council, {
    what: 'May strike out during personal care: two people, same sex if possible',
    category: 'Risk to staff',
    start: calendar.ago(12, 'months'),
    by: 'singh',
  });
  relative(council, {
    relationship: ['Wife', 'Next of kin'],
    prefix: 'Mrs',
    given: 'Sheila',
    family: 'Sutcliffe',
    phone: '07700 900640',
    on: '2021-08-02',
  });
  careTeam(council, { name: 'Older people’s team, Harwick', on: moved, keyWorker: 'singh', members: [] });
  plan(council, {
    title: 'Care and support plan',
    kind: 'Care and support plan',
    start: moved,
    review: calendar.ahead(2, 'months'),
    by: 'singh',
    goals: ['Raymond is safe and settled', 'Sheila visits every afternoon'],
    activities: [
      'Nursing care day and night at Moorview',
      'Sheila joins for tea each day',
      'Life story book used in the morning routine',
    ],
  });
  letter(council, {
    title: 'Annual review of care and support',
    kind: 'Social care assessment',
    day: calendar.ago(5, 'months'),
    by: 'singh',
    to: 'Beck Lane Practice',
    format: 'html',
    body: [
      {
        heading: 'Outcome',
        text: 'Needs are met by the placement. No change. Mr Sutcliffe lacks capacity to decide where he lives; the decision was made in his best interests with his wife.',
      },
      {
        heading: 'Daily life',
        text: [
          'Eats well with prompting; weight steady',
          'Two falls in six months, no injury',
          'Sleeps in short periods',
        ],
      },
      {
        heading: 'Funding',
        text: 'Council contribution with assessed client contribution; NHS-funded nursing care in place. Not eligible for NHS continuing healthcare at the last checklist.',
      },
    ],
  });
}

function contacts(mental: Chart, community: Chart, hospital: Chart, gp: Chart): void {
  const { calendar } = gp;
  encounter(mental, {
    kind: 'ambulatory',
    type: 'Memory clinic review',
    start: '2023-10-02',
    by: 'black',
    reason: ['26929004|Alzheimer’s disease'],
  });
  plan(mental, {
    title: 'Care Programme Approach: discharge',
    kind: 'Mental health care plan',
    start: '2023-10-02',
    status: 'completed',
    by: 'reed',
    activities: ['Discharged to primary care; re-refer if distress returns'],
  });
  for (const day of calendar.every(6, 'weeks', calendar.ago(1, 'years'))) {
    encounter(community, {
      kind: 'home',
      type: 'Podiatry visit to care home',
      start: calendar.weekday(day),
      by: 'haigh',
    });
  }
  const fell = calendar.ago(4, 'months');
  encounter(hospital, {
    kind: 'emergency',
    type: 'Emergency department attendance',
    start: fell,
    time: '05:30',
    endTime: '10:15',
    by: 'rowe',
    reason: ['Fall'],
  });
  observed(gp, {
    what: 'Rockwood Clinical Frailty Scale',
    day: calendar.ago(14, 'months'),
    value: [7, 'score', '{score}'],
    by: 'farrow',
  });
  aboutMe(gp, calendar.ago(20, 'months'), {
    mostImportant: 'Sheila. Brass band music. My flat cap.',
    people: 'Sheila, my wife, and our dog Bess, who visits on Sundays.',
    communicate: 'Short sentences. Show me things. I may answer with a tune.',
    pleaseDo: 'Hum “Deep Harmony” before helping me wash: it settles me.',
    pleaseDoNot: 'Please don’t stand behind me or take my cap.',
    supportedBy: 'Sheila Sutcliffe',
  });
}
