import { noKnownDrugAllergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { letter } from '../blocks/letter.ts';
import { repeatMedicine, prescription } from '../blocks/medicine.ts';
import { carePackage } from '../blocks/social-care.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const BERNARD: Person = {
  story: 'source-down',
  shows: 'His hospital does not answer: what the others hold is shown, and the gap is said',
  nhsNumber: testNhsNumber('999090185'),
  family: 'Oakes',
  given: ['Bernard'],
  prefix: 'Mr',
  gender: 'male',
  birthDate: '1944-01-30',
  address: { lines: ['12 Harbour Terrace'], city: 'Saltholme', postcode: 'ZZ97 1HT' },
  phone: '01632 960702',
  ethnicCategory: 'A',
};

/** St Aldwyn's, which this story needs silent. No other story depends on it. */
export const SILENT_HOSPITAL = 'XB103';

export function sourceDown(world: World): void {
  const { calendar } = world;
  const gp = world.open(BERNARD, 'XB006', { practice: 'XB006' });
  const hospital = world.open(BERNARD, SILENT_HOSPITAL, { practice: 'XB006' });
  const council = world.open(BERNARD, 'XB403');
  const ambulance = world.open(BERNARD, 'XB302', { without: ['practice'] });

  everydayPractice(gp, {
    by: 'petrov',
    nurse: 'grant',
    years: 4,
    smoking: 'ex',
    systolic: 140,
    weight: 82,
    height: 175,
    reasons: ['Heart failure review', 'Breathlessness', 'Medication review'],
    flu: true,
  });
  condition(gp, { what: '84114007|Heart failure', onset: '2020-12-01', by: 'petrov' });
  condition(gp, { what: '13645005|Chronic obstructive pulmonary disease', onset: '2010-05-25', by: 'petrov' });
  noKnownDrugAllergy(gp, '2010-05-25', 'petrov');
  const issued = calendar.ago(16, 'days');
  repeatMedicine(gp, {
    drug: 'furosemide40',
    directions: 'One tablet to be taken once a day in the morning',
    dose: [40, 'mg'],
    daily: 1,
    reason: '84114007|Heart failure',
    started: '2020-12-08',
    lastIssued: issued,
    by: 'petrov',
  });
  repeatMedicine(gp, {
    drug: 'bisoprolol25',
    directions: 'One tablet to be taken once a day',
    dose: [2.5, 'mg'],
    daily: 1,
    reason: '84114007|Heart failure',
    started: '2020-12-08',
    lastIssued: issued,
    by: 'petrov',
  });
  repeatMedicine(gp, {
    drug: 'anoro',
    directions: 'Inhale one dose once a day',
    dose: [1, 'puff'],
    daily: 1,
    reason: '13645005|Chronic obstructive pulmonary disease',
    started: '2019-03-04',
    lastIssued: issued,
    by: 'petrov',
  });

  const stay = encounter(hospital, {
    kind: 'inpatient',
    type: 'Emergency admission',
    start: calendar.ago(30, 'days'),
    end: calendar.ago(24, 'days'),
    by: 'bell',
    reason: ['84114007|Heart failure'],
    admission: { source: 'Emergency department' },
    discharge: { to: 'Usual place of residence' },
    service: 'General medicine',
  });
  prescription(hospital, {
    drug: 'apixaban5',
    directions: 'One tablet to be taken twice a day',
    dose: [5, 'mg'],
    daily: 2,
    reason: '49436004|Atrial fibrillation',
    started: calendar.ago(24, 'days'),
    setting: 'discharge',
    by: 'bell',
    encounter: stay,
    note: 'New atrial fibrillation this admission.',
  });
  condition(hospital, { what: '49436004|Atrial fibrillation', onset: calendar.ago(29, 'days'), by: 'bell' });
  letter(hospital, {
    title: 'Discharge summary: general medicine',
    kind: '373942005|Discharge summary',
    day: calendar.ago(24, 'days'),
    by: 'bell',
    encounter: stay,
    to: 'Staithe Road Surgery',
    body: [
      { heading: 'Diagnosis', text: 'Decompensated heart failure. New atrial fibrillation.' },
      {
        heading: 'Medicines',
        text: [
          'Apixaban 5 mg twice a day STARTED',
          'Furosemide 40 mg once a day: unchanged',
          'Bisoprolol 2.5 mg once a day: unchanged',
        ],
      },
    ],
  });
  carePackage(council, {
    name: 'Home care: two visits a day',
    category: 'Long term support: community',
    start: calendar.ago(20, 'days'),
    funding: 'Council funded, with client contribution',
    by: 'wood',
  });
  encounter(ambulance, {
    kind: 'field',
    type: 'Emergency ambulance call: category 2',
    start: calendar.ago(30, 'days'),
    time: '03:15',
    endTime: '04:20',
    by: 'barr',
    reason: ['267036007|Dyspnoea'],
  });
  world.tell(BERNARD, [gp, hospital, council, ambulance]);
}
