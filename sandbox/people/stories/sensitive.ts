import { alert } from '../blocks/alert.ts';
import { noKnownDrugAllergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { label } from '../blocks/label.ts';
import { letter } from '../blocks/letter.ts';
import { prescription, repeatMedicine } from '../blocks/medicine.ts';
import { labReport } from '../blocks/result.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const CALLUM: Person = {
  story: 'sensitive',
  shows: 'Items labelled restricted or very restricted among ordinary ones',
  nhsNumber: testNhsNumber('999034528'),
  family: 'Reid',
  given: ['Callum', 'James'],
  prefix: 'Mr',
  gender: 'male',
  birthDate: '1987-06-23',
  address: { lines: ['Flat 12', 'Sallow Court'], city: 'Ousebridge', postcode: 'ZZ99 5SC' },
  phone: '07700 900228',
  ethnicCategory: 'A',
};

export function sensitive(world: World): void {
  const { calendar } = world;
  const gp = world.open(CALLUM, 'XB005', { practice: 'XB005' });
  const hospital = world.open(CALLUM, 'XB102', { practice: 'XB005' });
  const mental = world.open(CALLUM, 'XB211');
  const council = world.open(CALLUM, 'XB401');
  const HIV = label('V', 'HIV');

  everydayPractice(gp, {
    by: 'doyle',
    nurse: 'bishop',
    years: 2,
    smoking: 'current',
    systolic: 122,
    weight: 74.5,
    height: 181,
    reasons: ['Asthma review', 'Sore throat', 'Fit note'],
  });
  condition(gp, { what: '195967001|Asthma', onset: '1999', recorded: '2008-03-10', by: 'doyle' });
  condition(gp, {
    what: '86406008|Human immunodeficiency virus infection',
    onset: '2016-09-12',
    by: 'doyle',
    security: HIV,
  });
  noKnownDrugAllergy(gp, '2019-01-07', 'doyle');
  repeatMedicine(gp, {
    drug: 'salbutamol',
    directions: 'Inhale two puffs when needed for wheeze',
    dose: [2, 'puff'],
    asNeeded: true,
    reason: '195967001|Asthma',
    started: '2008-03-10',
    lastIssued: calendar.ago(40, 'days'),
    by: 'doyle',
  });
  repeatMedicine(gp, {
    drug: 'beclometasone',
    directions: 'Inhale two puffs twice a day',
    dose: [2, 'puff'],
    daily: 2,
    reason: '195967001|Asthma',
    started: '2012-10-01',
    lastIssued: calendar.ago(40, 'days'),
    by: 'doyle',
  });

  condition(hospital, {
    what: '86406008|Human immunodeficiency virus infection',
    onset: '2016-09-05',
    by: 'lindqvist',
    security: HIV,
  });
  prescription(hospital, {
    drug: 'bictegravir',
    directions: 'One tablet to be taken once a day',
    dose: [1, 'tablet'],
    daily: 1,
    reason: '86406008|Human immunodeficiency virus infection',
    started: calendar.ago(5, 'months'),
    setting: 'outpatient',
    by: 'lindqvist',
    security: HIV,
  });
  for (const months of [5, 11, 17, 23]) {
    const day = calendar.weekday(calendar.ago(months, 'months'));
    const visit = encounter(hospital, {
      kind: 'ambulatory',
      type: 'Outpatient attendance',
      service: 'HIV medicine',
      start: day,
      by: 'lindqvist',
      security: HIV,
    });
    labReport(
      hospital,
      { panel: 'CD4 count', day, accession: `H-${day}-CD4`, values: { cd4: 640 + (24 - months) * 6 }, security: HIV },
      'loinc',
      hospital.staff('lab'),
    );
    if (months === 5) {
      letter(hospital, {
        title: 'HIV clinic letter',
        kind: '823681000000100|Outpatient letter',
        day,
        by: 'lindqvist',
        encounter: visit,
        security: HIV,
        to: 'Sallow Hill Health Centre',
        body: [
          { heading: 'Diagnosis', text: 'HIV-1 infection, diagnosed 2016. Undetectable viral load since 2017.' },
          {
            heading: 'Treatment',
            text: 'Bictegravir, emtricitabine and tenofovir alafenamide, one tablet once a day, supplied by this hospital. Please record it as hospital-only and check every new medicine for interactions: antacids and supplements with iron, calcium or magnesium need spacing.',
          },
          { heading: 'Plan', text: 'Review in six months with bloods two weeks before.' },
        ],
      });
    }
  }
  mentalHealth(world, mental);
  alert(council, {
    what: 'Victim of domestic abuse: do not telephone the home number',
    category: 'Safeguarding',
    start: calendar.ago(15, 'months'),
    by: 'nolan',
    security: label('R', 'SDV'),
  });
  world.tell(CALLUM, [gp, hospital, mental, council]);
}

function mentalHealth(world: World, mental: ReturnType<World['open']>): void {
  const { calendar } = world;
  const PSY = label('R', 'PSY');
  condition(mental, { what: '35489007|Depressive disorder', onset: '2023-11-20', by: 'keane' });
  condition(mental, {
    what: 'Post-traumatic stress disorder following childhood abuse',
    onset: '2024-02-12',
    by: 'keane',
    security: PSY,
  });
  prescription(mental, {
    drug: 'sertraline50',
    directions: 'One tablet to be taken once a day',
    dose: [50, 'mg'],
    daily: 1,
    reason: '35489007|Depressive disorder',
    started: calendar.ago(9, 'months'),
    setting: 'outpatient',
    by: 'keane',
  });
  const admitted = calendar.ago(10, 'months');
  const left = calendar.ahead(12, 'days', admitted);
  encounter(mental, {
    kind: 'inpatient',
    type: 'Admission to acute mental health ward',
    service: 'Adult mental health',
    start: admitted,
    time: '22:40',
    end: left,
    endTime: '13:00',
    by: 'keane',
    reason: ['35489007|Depressive disorder'],
    admission: { source: 'Emergency department' },
    discharge: { to: 'Usual place of residence' },
    legal: { admission: 'Informal', discharge: 'Informal' },
    security: PSY,
  });
  letter(mental, {
    title: 'Crisis plan',
    kind: '736253002|Mental health crisis plan',
    day: left,
    by: 'moss',
    security: PSY,
    body: [
      {
        heading: 'Signs that I am getting worse',
        text: 'Not answering messages; sleeping in the day; giving things away.',
      },
      { heading: 'What helps', text: 'Somebody with me until I have slept. The crisis line, day or night.' },
      { heading: 'What does not help', text: 'The police at the door if it can be avoided.' },
    ],
  });
  for (const months of [2, 4, 6, 9]) {
    encounter(mental, {
      kind: 'ambulatory',
      type: 'Psychology session',
      start: calendar.weekday(calendar.ago(months, 'months')),
      by: 'ito',
      security: PSY,
    });
  }
}
