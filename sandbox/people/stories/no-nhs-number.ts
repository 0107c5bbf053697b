import { condition } from '../blocks/condition.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { letter } from '../blocks/letter.ts';
import { repeatMedicine } from '../blocks/medicine.ts';
import { allergy } from '../blocks/allergy.ts';
import { vitals } from '../blocks/vitals.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const WALTER: Person = {
  story: 'no-nhs-number',
  shows:
    'The ambulance has no NHS number for him: opened there, he is traced and a person confirms who he is; elsewhere its record is not found',
  nhsNumber: testNhsNumber('999067852'),
  family: 'Keene',
  given: ['Walter', 'George'],
  prefix: 'Mr',
  gender: 'male',
  birthDate: '1941-08-09',
  address: { lines: ['Rose Cottage', 'Mill Lane'], city: 'Harwick', postcode: 'ZZ98 3ML' },
  phone: '01632 960611',
  ethnicCategory: 'A',
};

export function noNhsNumber(world: World): void {
  const { calendar } = world;
  const gp = world.open(WALTER, 'XB004', { practice: 'XB004' });
  const hospital = world.open(WALTER, 'XB102', { practice: 'XB004' });
  const day = calendar.ago(2, 'days');
  const ambulance = world.open(WALTER, 'XB301', {
    without: ['nhsNumber', 'telecom', 'practice'],
    given: ['Walter'],
    address: { lines: ['Rose Cott, Mill Ln'], city: 'Harwick', postcode: 'ZZ98 3ML' },
    updated: day,
  });

  everydayPractice(gp, {
    by: 'farrow',
    nurse: 'mistry',
    years: 3,
    smoking: 'ex',
    systolic: 144,
    weight: 79,
    height: 172,
    reasons: ['Blood pressure review', 'Knee pain', 'Hearing difficulty'],
    flu: true,
  });
  condition(gp, { what: '414545008|Ischaemic heart disease', onset: '2009-03-02', by: 'farrow' });
  condition(gp, { what: '59621000|Essential hypertension', onset: '1998-11-16', by: 'farrow' });
  allergy(gp, {
    what: 'Codeine',
    kind: 'intolerance',
    criticality: 'low',
    on: '2014-06-24',
    by: 'farrow',
    reaction: ['422587007|Nausea', '422400008|Vomiting'],
  });
  const issued = calendar.ago(9, 'days');
  const why = '414545008|Ischaemic heart disease';
  repeatMedicine(gp, {
    drug: 'aspirin75',
    directions: 'One tablet to be taken once a day',
    dose: [75, 'mg'],
    daily: 1,
    reason: why,
    started: '2009-03-16',
    lastIssued: issued,
    by: 'farrow',
  });
  repeatMedicine(gp, {
    drug: 'atorvastatin80',
    directions: 'One tablet to be taken once a day',
    dose: [80, 'mg'],
    daily: 1,
    reason: why,
    started: '2014-09-01',
    lastIssued: issued,
    by: 'farrow',
  });
  repeatMedicine(gp, {
    drug: 'bisoprolol25',
    directions: 'One tablet to be taken once a day',
    dose: [2.5, 'mg'],
    daily: 1,
    reason: why,
    started: '2009-03-16',
    lastIssued: issued,
    by: 'farrow',
  });

  const call = encounter(ambulance, {
    kind: 'field',
    type: 'Emergency ambulance call: category 2',
    start: day,
    time: '06:40',
    endTime: '07:55',
    by: 'hall',
    reason: ['271594007|Syncope'],
  });
  vitals(
    ambulance,
    day,
    '06:52',
    { systolic: 96, diastolic: 54, pulse: 44, breaths: 18, saturation: 95, temperature: 36.1, news2: { scale: 1 } },
    'hall',
    call,
  );
  vitals(
    ambulance,
    day,
    '07:25',
    { systolic: 108, diastolic: 60, pulse: 48, breaths: 16, saturation: 96, temperature: 36.2, news2: { scale: 1 } },
    'hall',
    call,
  );
  letter(ambulance, {
    title: 'Ambulance patient care record',
    kind: 'Ambulance patient care record',
    day,
    by: 'hall',
    format: 'text',
    encounter: call,
    body: [
      {
        heading: 'History',
        text: 'Found on bathroom floor by neighbour. Remembers standing, then nothing. No injury. On tablets for his heart, could not say which. NHS number not known to patient, no card found.',
      },
      {
        heading: 'Assessment',
        text: 'GCS 15. Pulse 44 regular, BP 96/54 lying. 12-lead ECG: sinus bradycardia. Blood glucose 6.2 mmol/L.',
      },
      { heading: 'Action', text: 'Conveyed to Harwick General Hospital, handed over 07:55.' },
    ],
  });
  const visit = encounter(hospital, {
    kind: 'inpatient',
    type: 'Emergency admission',
    start: day,
    time: '08:00',
    by: 'lindqvist',
    status: 'in-progress',
    reason: ['271594007|Syncope'],
    admission: { source: 'Ambulance, from own home' },
    service: 'Acute medicine',
  });
  vitals(
    hospital,
    calendar.today,
    '06:00',
    { systolic: 128, diastolic: 68, pulse: 56, breaths: 15, saturation: 97, temperature: 36.6, news2: { scale: 1 } },
    'rowe',
    visit,
  );
  world.tell(WALTER, [gp, hospital, ambulance]);
}
