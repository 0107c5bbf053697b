import { allergy, noKnownDrugAllergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { letter } from '../blocks/letter.ts';
import { prescription, repeatMedicine } from '../blocks/medicine.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const THOMAS: Person = {
  story: 'penicillin-conflict',
  shows: 'Anaphylaxis to penicillin at one hospital, none known at the practice, flucloxacillin running',
  nhsNumber: testNhsNumber('999078963'),
  family: 'Holloway',
  given: ['Thomas', 'Edward'],
  prefix: 'Mr',
  gender: 'male',
  birthDate: '1966-05-27',
  address: { lines: ['88 Staithe Road'], city: 'Saltholme', postcode: 'ZZ97 6ST' },
  phone: '07700 900663',
  ethnicCategory: 'A',
};

export function penicillinConflict(world: World): void {
  const { calendar } = world;
  const gp = world.open(THOMAS, 'XB006', { practice: 'XB006' });
  const infirmary = world.open(THOMAS, 'XB101', { practice: 'XB006', given: ['Thomas'] });
  const urgentCare = world.open(THOMAS, 'XB531');

  everydayPractice(gp, {
    by: 'petrov',
    nurse: 'grant',
    years: 3,
    smoking: 'current',
    systolic: 134,
    weight: 96,
    height: 182,
    reasons: ['Diabetes review', 'Smoking cessation advice', 'Shoulder pain'],
    flu: true,
  });
  condition(gp, { what: '44054006|Type 2 diabetes mellitus', onset: '2018-10-09', by: 'petrov' });
  noKnownDrugAllergy(gp, '2018-10-09', 'grant');
  repeatMedicine(gp, {
    drug: 'metformin500',
    directions: 'One tablet to be taken three times a day with meals',
    dose: [500, 'mg'],
    daily: 3,
    reason: '44054006|Type 2 diabetes mellitus',
    started: '2018-10-23',
    lastIssued: calendar.ago(20, 'days'),
    by: 'petrov',
  });

  const reaction = '2015-07-11';
  allergy(infirmary, {
    what: '91936005|Allergy to penicillin',
    kind: 'allergy',
    criticality: 'high',
    on: reaction,
    by: 'raman',
    reaction: ['39579001|Anaphylaxis'],
    severity: 'severe',
    description:
      'Hypotension and laryngeal oedema four minutes after intravenous co-amoxiclav. Given intramuscular adrenaline twice. Serum tryptase raised.',
  });
  const stay = encounter(infirmary, {
    kind: 'inpatient',
    type: 'Emergency admission',
    start: '2015-07-10',
    end: '2015-07-13',
    by: 'raman',
    reason: ['233604007|Pneumonia'],
    admission: { source: 'Emergency department' },
    discharge: { to: 'Usual place of residence' },
  });
  letter(infirmary, {
    title: 'Discharge summary',
    kind: '373942005|Discharge summary',
    day: '2015-07-13',
    by: 'raman',
    encounter: stay,
    to: 'Ferrygate Medical Centre (former practice)',
    body: [
      { heading: 'Diagnosis', text: 'Community acquired pneumonia. Anaphylaxis to co-amoxiclav.' },
      {
        heading: 'Allergies',
        text: 'PENICILLIN: anaphylaxis on 11-Jul-2015. Please record. All penicillins are to be avoided.',
      },
      { heading: 'Course', text: 'Treated with doxycycline after the reaction and recovered fully.' },
    ],
  });

  const day = calendar.ago(2, 'days');
  const visit = encounter(urgentCare, {
    kind: 'ambulatory',
    type: 'Urgent treatment centre attendance',
    start: day,
    time: '18:45',
    by: 'patel',
    reason: ['128045006|Cellulitis'],
  });
  condition(urgentCare, {
    what: '128045006|Cellulitis',
    note: 'Left lower leg, 9 cm, no systemic signs.',
    onset: day,
    by: 'patel',
    kind: 'diagnosis',
    encounter: visit,
  });
  prescription(urgentCare, {
    drug: 'flucloxacillin500',
    directions: 'Two capsules (1 g) to be taken four times a day on an empty stomach for seven days',
    dose: [1000, 'mg'],
    daily: 4,
    days: 7,
    reason: '128045006|Cellulitis',
    started: day,
    by: 'patel',
    encounter: visit,
  });
  world.tell(THOMAS, [gp, infirmary, urgentCare]);
}
