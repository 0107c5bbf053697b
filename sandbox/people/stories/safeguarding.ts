import { alert } from '../blocks/alert.ts';
import { noKnownDrugAllergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { careTeam, relative } from '../blocks/contact.ts';
import { encounter } from '../blocks/encounter.ts';
import { letter } from '../blocks/letter.ts';
import { prescription } from '../blocks/medicine.ts';
import { plan } from '../blocks/plan.ts';
import { referral } from '../blocks/referral.ts';
import { carePackage } from '../blocks/social-care.ts';
import { vaccine } from '../blocks/vaccine.ts';
import { vitals } from '../blocks/vitals.ts';
import { appointment } from '../blocks/appointment.ts';
import type { Chart } from '../chart.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const ELLIE: Person = {
  story: 'safeguarding',
  shows: 'A child with a protection plan, and her mother',
  nhsNumber: testNhsNumber('999045639'),
  family: 'Turner',
  given: ['Ellie-Mae'],
  gender: 'female',
  birthDate: '2020-02-18',
  address: { lines: ['6 Foundry Street'], city: 'Thornby', postcode: 'ZZ98 1FS' },
  ethnicCategory: 'A',
};

/** The code of the national Child Protection Information Sharing service; the category is in the conference report. */
const PROTECTION = '342191000000101|Subject to child protection plan';

export function safeguarding(world: World): void {
  const { calendar } = world;
  const mother = { relationship: 'Mother', family: 'Turner', given: 'Kayleigh', phone: '07700 900455' };
  const gp = world.open(ELLIE, 'XB004', { practice: 'XB004', contact: mother });
  const visitor = world.open(ELLIE, 'XB202', { contact: mother });
  const hospital = world.open(ELLIE, 'XB102', { given: ['Ellie', 'Mae'], practice: 'XB004' });
  const council = world.open(ELLIE, 'XB402', { contact: mother });
  const ambulance = world.open(ELLIE, 'XB301', { without: ['practice'] });
  const planned = calendar.ago(4, 'months');

  noKnownDrugAllergy(gp, '2021-03-02', 'farrow');
  condition(gp, { what: '24079001|Atopic dermatitis', onset: '2021-01-14', by: 'farrow' });
  childhoodVaccines(gp);
  alert(gp, {
    what: PROTECTION,
    category: 'Safeguarding',
    start: planned,
    by: 'farrow',
  });
  for (const months of [1, 3, 7]) {
    encounter(gp, {
      kind: 'ambulatory',
      type: 'GP consultation',
      start: calendar.weekday(calendar.ago(months, 'months')),
      by: 'farrow',
      reason: [months === 3 ? 'Cough and fever' : 'Eczema review'],
    });
  }
  prescription(gp, {
    drug: 'hydrocortisone',
    directions: 'Apply thinly to inflamed areas once or twice a day',
    dose: [1, 'application'],
    daily: 2,
    reason: '24079001|Atopic dermatitis',
    started: calendar.ago(1, 'months'),
    by: 'farrow',
  });
  vitals(visitor, calendar.weekday(calendar.ago(5, 'months')), '10:30', { weight: 17.8, height: 110 }, 'novak');
  encounter(visitor, {
    kind: 'home',
    type: 'School nurse home visit',
    start: calendar.weekday(calendar.ago(6, 'weeks')),
    by: 'novak',
    reason: ['Missed appointments; growth check'],
  });

  social(council, gp, planned);
  hospitalAttendance(hospital, ambulance);
  world.tell(ELLIE, [gp, visitor, hospital, council, ambulance]);
}

function social(council: Chart, gp: Chart, planned: string): void {
  const { calendar } = council;
  alert(council, {
    what: PROTECTION,
    category: 'Safeguarding',
    start: planned,
    by: 'elliot',
  });
  alert(council, {
    what: 'Looked after by grandmother for three weeks',
    category: 'Safeguarding',
    start: calendar.ago(20, 'months'),
    end: calendar.ago(19, 'months'),
    by: 'elliot',
  });
  carePackage(council, {
    name: 'Child protection plan',
    category: 'Children’s social care',
    start: planned,
    by: 'elliot',
  });
  plan(council, {
    title: 'Child protection plan',
    kind: 'Child protection plan',
    start: planned,
    review: calendar.ahead(2, 'months'),
    by: 'elliot',
    goals: ['Ellie-Mae attends every health appointment', 'Home is safe, warm and clean'],
    activities: [
      'Social worker visits every ten working days',
      'Core group meets every six weeks',
      'School reports attendance weekly',
    ],
  });
  plan(council, {
    title: 'Education, health and care plan',
    kind: 'Education, health and care plan',
    start: calendar.ago(2, 'months'),
    review: calendar.ahead(10, 'months'),
    by: 'elliot',
    goals: ['Ellie-Mae is understood by her class teacher'],
    activities: ['Speech and language therapy in school every week', 'A quiet start to the day with the same adult'],
  });
  referral(gp, {
    what: 'Community paediatrics: growth and development',
    kind: 'Outpatient referral',
    day: calendar.ago(6, 'weeks'),
    by: 'farrow',
    to: 'Harwick General Hospital',
    specialty: 'Community paediatrics',
    reason: ['Missed appointments; growth check'],
    priority: 'urgent',
  });
  careTeam(council, { name: 'Core group', on: planned, keyWorker: 'elliot', members: [] });
  for (const chart of [council, gp]) {
    relative(chart, {
      relationship: ['Mother', 'Parental responsibility'],
      given: 'Kayleigh',
      family: 'Turner',
      phone: '07700 900455',
      on: '2020-02-18',
    });
  }
  relative(council, {
    relationship: ['Grandmother'],
    given: 'Denise',
    family: 'Turner',
    phone: '07700 900456',
    on: planned,
  });
  letter(council, {
    title: 'Initial child protection conference: decision',
    kind: 'Child protection conference report',
    day: planned,
    by: 'elliot',
    to: 'Beck Lane Practice; Wolds and Vale Community Services',
    body: [
      {
        heading: 'Decision',
        text: 'The conference agreed that Ellie-Mae has suffered neglect and is to be the subject of a child protection plan under the category of neglect.',
      },
      {
        heading: 'Concerns',
        text: [
          'Four missed health appointments in twelve months',
          'Home conditions on two unannounced visits',
          'School attendance of 71% this term',
        ],
      },
      {
        heading: 'Strengths',
        text: 'Kayleigh accepts help and has begun to work with the family support worker. Grandmother is a regular and safe presence.',
      },
      {
        heading: 'What health professionals should do',
        text: 'Tell the social worker the same day about any missed appointment or unexplained injury.',
      },
    ],
  });
}

function hospitalAttendance(hospital: Chart, ambulance: Chart): void {
  const { calendar } = hospital;
  const day = calendar.ago(5, 'months');
  encounter(ambulance, {
    kind: 'field',
    type: 'Emergency ambulance call',
    start: day,
    time: '18:20',
    endTime: '19:05',
    by: 'quinn',
    reason: ['Fall from stairs'],
  });
  vitals(ambulance, day, '18:35', { pulse: 118, breaths: 24, saturation: 99, temperature: 36.8 }, 'quinn');
  const visit = encounter(hospital, {
    kind: 'emergency',
    type: 'Emergency department attendance',
    start: day,
    time: '19:10',
    endTime: '22:40',
    by: 'rowe',
    reason: ['Injury of head'],
  });
  condition(hospital, {
    what: 'Minor head injury',
    onset: day,
    recorded: day,
    ended: day,
    by: 'prior',
    kind: 'diagnosis',
    encounter: visit,
  });
  appointment(hospital, {
    what: 'Community paediatric clinic',
    day: calendar.weekday(calendar.ahead(3, 'weeks')),
    time: '09:30',
    minutes: 40,
    with: 'prior',
    specialty: 'Community paediatrics',
  });
}

/** United Kingdom schedule as it stood for a child born in February 2020. */
function childhoodVaccines(gp: Chart): void {
  const doses = [
    ['6-in-1 vaccine (DTaP/IPV/Hib/HepB)', '2020-04-15', 1],
    ['Meningococcal group B vaccine', '2020-04-15', 1],
    ['Rotavirus vaccine', '2020-04-15', 1],
    ['6-in-1 vaccine (DTaP/IPV/Hib/HepB)', '2020-05-13', 2],
    ['Pneumococcal conjugate vaccine', '2020-05-13', 1],
    ['Rotavirus vaccine', '2020-05-13', 2],
    ['6-in-1 vaccine (DTaP/IPV/Hib/HepB)', '2020-06-17', 3],
    ['Meningococcal group B vaccine', '2020-06-17', 2],
    ['Hib/MenC vaccine', '2021-03-02', 1],
    ['Pneumococcal conjugate vaccine', '2021-03-02', 2],
    ['Meningococcal group B vaccine', '2021-03-02', 3],
  ] as const;
  for (const [what, day, dose] of doses) vaccine(gp, { what, day, dose, by: 'mistry', site: 'Left thigh' });
  vaccine(gp, {
    what: 'MMR vaccine',
    day: '2021-03-02',
    dose: 1,
    by: 'mistry',
    procedure:
      '38598009|Administration of vaccine product containing only Measles morbillivirus and Mumps orthorubulavirus and Rubella virus antigens',
  });
  vaccine(gp, { what: 'MMR vaccine', day: '2023-09-12', by: 'mistry', notDone: 'Not brought to appointment' });
}
