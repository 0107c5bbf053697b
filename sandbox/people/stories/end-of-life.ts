import { aboutMe } from '../blocks/about-me.ts';
import { allergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { careTeam, relative } from '../blocks/contact.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { prescription, repeatMedicine } from '../blocks/medicine.ts';
import { plan } from '../blocks/plan.ts';
import { vitals } from '../blocks/vitals.ts';
import type { Chart } from '../chart.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';
import { arthursDecisions } from './end-of-life-decisions.ts';

const ARTHUR: Person = {
  story: 'end-of-life',
  shows: 'At home with the hospice’s help; the hospital still holds an older decision on resuscitation',
  nhsNumber: testNhsNumber('999156742'),
  family: 'Penrose',
  given: ['Arthur', 'William'],
  prefix: 'Mr',
  gender: 'male',
  birthDate: '1943-10-04',
  address: { lines: ['3 Abbey Walk'], city: 'Ousebridge', postcode: 'ZZ99 6AW' },
  phone: '01632 960377',
  ethnicCategory: 'A',
};

const CANCER = '93880001|Primary malignant neoplasm of lung';

export function endOfLife(world: World): void {
  const { calendar } = world;
  const jean = { relationship: 'Wife', family: 'Penrose', given: 'Jean', phone: '07700 900377' };
  const gp = world.open(ARTHUR, 'XB005', { practice: 'XB005', contact: jean });
  const hospital = world.open(ARTHUR, 'XB101', { practice: 'XB005', contact: jean });
  const hospice = world.open(ARTHUR, 'XB501', { contact: jean });
  const community = world.open(ARTHUR, 'XB201');
  const ambulance = world.open(ARTHUR, 'XB301', { without: ['practice'] });
  const outOfHours = world.open(ARTHUR, 'XB511');
  const pharmacy = world.open(ARTHUR, 'XB521');

  everydayPractice(gp, {
    by: 'doyle',
    nurse: 'bishop',
    years: 3,
    smoking: 'ex',
    systolic: 126,
    weight: 64,
    height: 174,
    reasons: ['Cough', 'Weight loss', 'Pain review'],
    flu: true,
  });
  condition(gp, { what: CANCER, onset: calendar.ago(13, 'months'), by: 'doyle' });
  condition(gp, { what: '13645005|Chronic obstructive pulmonary disease', onset: '2008-09-15', by: 'doyle' });
  condition(hospital, {
    what: CANCER,
    onset: calendar.ago(13, 'months'),
    by: 'raman',
    note: 'Adenocarcinoma, right upper lobe, stage IV with bone metastases.',
  });
  condition(hospice, {
    what: CANCER,
    onset: calendar.ago(13, 'months'),
    recorded: calendar.ago(4, 'months'),
    by: 'okafor',
  });
  allergy(gp, {
    what: 'Codeine',
    kind: 'intolerance',
    criticality: 'low',
    on: '2017-05-09',
    by: 'doyle',
    reaction: ['Hallucinations'],
  });
  medicines(gp, hospice);
  arthursDecisions(gp, hospital, hospice, ambulance);
  people(gp, hospice, community);
  contacts(hospice, community, outOfHours);
  world.tell(ARTHUR, [gp, hospital, hospice, community, ambulance, outOfHours, pharmacy]);
}

function medicines(gp: Chart, hospice: Chart): void {
  const { calendar } = gp;
  repeatMedicine(gp, {
    drug: 'morphineMr10',
    directions: 'One tablet to be taken every 12 hours',
    dose: [10, 'mg'],
    daily: 2,
    reason: 'Cancer pain',
    started: calendar.ago(3, 'months'),
    lastIssued: calendar.ago(6, 'days'),
    by: 'doyle',
  });
  repeatMedicine(gp, {
    drug: 'morphineOral',
    directions: '1.25 mL (2.5 mg) to be taken every four hours when needed for pain or breathlessness',
    dose: [2.5, 'mg'],
    asNeeded: true,
    reason: 'Cancer pain',
    started: calendar.ago(3, 'months'),
    lastIssued: calendar.ago(6, 'days'),
    by: 'doyle',
  });
  repeatMedicine(gp, {
    drug: 'macrogol',
    directions: 'One sachet twice a day',
    dose: [1, 'sachet'],
    daily: 2,
    reason: 'Constipation due to opioids',
    started: calendar.ago(3, 'months'),
    lastIssued: calendar.ago(6, 'days'),
    by: 'doyle',
  });
  const kept = calendar.ago(2, 'weeks');
  const justInCase = {
    anticipatory: true,
    asNeeded: true,
    started: kept,
    by: 'okafor',
    note: 'Anticipatory: box in the hall cupboard. Not yet used.',
  } as const;
  prescription(hospice, {
    ...justInCase,
    drug: 'morphineSc',
    directions: '2.5 mg subcutaneously every hour when needed for pain or breathlessness',
    dose: [2.5, 'mg'],
    reason: 'Pain',
  });
  prescription(hospice, {
    ...justInCase,
    drug: 'midazolam',
    directions: '2.5 mg subcutaneously every hour when needed for agitation',
    dose: [2.5, 'mg'],
    reason: 'Agitation',
  });
  prescription(hospice, {
    ...justInCase,
    drug: 'haloperidol',
    directions: '0.5 mg subcutaneously up to every four hours when needed for nausea',
    dose: [0.5, 'mg'],
    reason: '422587007|Nausea',
  });
  prescription(hospice, {
    ...justInCase,
    drug: 'glycopyrronium',
    directions: '200 micrograms subcutaneously every four hours when needed for secretions',
    dose: [200, 'microgram'],
    reason: 'Respiratory secretions',
  });
}

function people(gp: Chart, hospice: Chart, community: Chart): void {
  const { calendar } = gp;
  const start = calendar.ago(4, 'months');
  careTeam(hospice, {
    name: 'Hospice at home',
    on: start,
    keyWorker: 'ward',
    members: [{ key: 'okafor', role: 'Hospice doctor' }],
  });
  careTeam(community, {
    name: 'Community nursing, Ousebridge south',
    on: start,
    members: [{ key: 'mensah', role: 'District nurse' }],
  });
  relative(hospice, {
    relationship: ['Wife', 'Main carer'],
    prefix: 'Mrs',
    given: 'Jean',
    family: 'Penrose',
    phone: '07700 900377',
    on: start,
  });
  relative(hospice, { relationship: ['Son'], given: 'Michael', family: 'Penrose', phone: '07700 900378', on: start });
  aboutMe(
    hospice,
    calendar.ago(3, 'months'),
    {
      mostImportant: 'My garden, my wife and the cricket. I want to be in my own bed.',
      people: 'Jean, my wife of 54 years. Our son Michael in Leeds rings every evening.',
      communicate: 'I hear better on my right side. Tell me things straight.',
      pleaseDo: 'Sit down when you talk to me. Ask Jean how she is.',
      pleaseDoNot: 'Please don’t wake me for observations.',
      support: 'Mornings are bad until the tablets work. After eleven is better.',
      alsoWorth: 'I was a signalman for forty years. Key safe number is with the hospice.',
      supportedBy: 'Sister Bridget Ward',
    },
    'ward',
  );
}

function contacts(hospice: Chart, community: Chart, outOfHours: Chart): void {
  const { calendar } = hospice;
  for (const day of calendar.every(1, 'weeks', calendar.ago(10, 'weeks'), calendar.ago(1, 'days'))) {
    encounter(community, {
      kind: 'home',
      type: 'District nurse visit',
      start: day,
      time: '11:00',
      by: 'mensah',
      reason: ['Symptom review; pressure area care'],
    });
  }
  for (const days of [3, 17, 45, 80]) {
    encounter(hospice, {
      kind: days === 3 ? 'virtual' : 'home',
      type: days === 3 ? 'Telephone review' : 'Hospice home visit',
      start: calendar.ago(days, 'days'),
      by: 'ward',
      reason: [CANCER],
    });
  }
  const call = calendar.ago(12, 'days');
  const visit = encounter(outOfHours, {
    kind: 'home',
    type: 'Out of hours home visit',
    start: call,
    time: '02:40',
    by: 'vance',
    reason: ['Uncontrolled pain'],
  });
  vitals(outOfHours, call, '02:55', { pulse: 104, breaths: 22, saturation: 91 }, 'vance', visit);
  plan(hospice, {
    title: 'Advance care plan',
    kind: 'Advance care plan',
    start: calendar.ago(16, 'days'),
    review: calendar.ahead(10, 'weeks'),
    by: 'okafor',
    goals: ['To be cared for and to die at home'],
    activities: [
      'Hospice at home visits weekly and when asked',
      'Anticipatory medicines in the home',
      'Night sitting for Jean twice a week',
    ],
  });
}
