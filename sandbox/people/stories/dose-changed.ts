import { noKnownDrugAllergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { letterAtBoth } from '../blocks/letter-at-both.ts';
import { prescription, repeatMedicine, type MedicineSpec } from '../blocks/medicine.ts';
import { labReport } from '../blocks/result.ts';
import { appointment } from '../blocks/appointment.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const JOAN: Person = {
  story: 'dose-changed',
  shows: 'The hospital cut her ramipril from 10 mg to 2.5 mg; the repeat still says 10 mg',
  nhsNumber: testNhsNumber('999089074'),
  family: 'Whitaker',
  given: ['Joan'],
  prefix: 'Mrs',
  gender: 'female',
  birthDate: '1951-12-05',
  address: { lines: ['5 Sallow Hill'], city: 'Ousebridge', postcode: 'ZZ99 5SJ' },
  phone: '01632 960519',
  ethnicCategory: 'A',
};

export function doseChanged(world: World): void {
  const { calendar } = world;
  const gp = world.open(JOAN, 'XB005', { practice: 'XB005' });
  const infirmary = world.open(JOAN, 'XB101', { practice: 'XB005' });
  const pharmacy = world.open(JOAN, 'XB521');
  const left = calendar.ago(10, 'days');

  everydayPractice(gp, {
    by: 'doyle',
    nurse: 'bishop',
    years: 4,
    smoking: 'never',
    systolic: 136,
    weight: 70.3,
    height: 161,
    reasons: ['Blood pressure review', 'Medication review', 'Dizziness'],
    flu: true,
  });
  condition(gp, { what: '59621000|Essential hypertension', onset: '2003-02-18', by: 'doyle' });
  condition(gp, { what: '700378005|Chronic kidney disease stage 3A', onset: '2021-06-01', by: 'doyle' });
  noKnownDrugAllergy(gp, '2003-02-18', 'doyle');
  noKnownDrugAllergy(infirmary, calendar.ago(15, 'days'), 'cole');
  const ramipril: MedicineSpec = {
    drug: 'ramipril10',
    directions: 'One capsule to be taken once a day',
    dose: [10, 'mg'],
    daily: 1,
    reason: '59621000|Essential hypertension',
    started: '2016-08-22',
    lastIssued: calendar.ago(20, 'days'),
    by: 'doyle',
  };
  repeatMedicine(gp, ramipril);
  repeatMedicine(gp, {
    drug: 'atorvastatin20',
    directions: 'One tablet to be taken once a day',
    dose: [20, 'mg'],
    daily: 1,
    reason: 'Prevention of cardiovascular disease',
    started: '2014-10-06',
    lastIssued: calendar.ago(20, 'days'),
    by: 'doyle',
  });

  const stay = encounter(infirmary, {
    kind: 'inpatient',
    type: 'Emergency admission',
    start: calendar.ago(15, 'days'),
    time: '16:20',
    end: left,
    endTime: '13:00',
    by: 'raman',
    service: 'Acute medicine',
    reason: ['14669001|Acute kidney injury'],
    admission: { source: 'Emergency department' },
    discharge: { to: 'Usual place of residence' },
  });
  condition(infirmary, {
    what: '14669001|Acute kidney injury',
    onset: calendar.ago(15, 'days'),
    by: 'raman',
    kind: 'diagnosis',
    encounter: stay,
  });
  prescription(infirmary, {
    drug: 'ramipril25',
    directions: 'One capsule to be taken once a day. DOSE REDUCED from 10 mg.',
    dose: [2.5, 'mg'],
    daily: 1,
    reason: '59621000|Essential hypertension',
    started: left,
    setting: 'discharge',
    by: 'raman',
    encounter: stay,
    note: 'Acute kidney injury with gastroenteritis. Practice to recheck urea and electrolytes in one week before any increase.',
  });
  prescription(infirmary, {
    drug: 'atorvastatin20',
    directions: 'One tablet to be taken once a day',
    dose: [20, 'mg'],
    daily: 1,
    reason: 'Prevention of cardiovascular disease',
    started: left,
    setting: 'discharge',
    by: 'raman',
    encounter: stay,
  });
  for (const [days, creatinine, potassium, urea] of [
    [15, 214, 5.8, 21.4],
    [13, 158, 5.2, 15.8],
    [10, 121, 4.8, 10.2],
  ] as const) {
    const day = calendar.ago(days, 'days');
    labReport(
      infirmary,
      {
        panel: 'Urea and electrolytes',
        day,
        accession: `J-${day}-1`,
        values: { sodium: 136, potassium, urea, creatinine, egfr: creatinine > 200 ? 19 : creatinine > 150 ? 28 : 38 },
      },
      'both',
      infirmary.staff('lab'),
    );
  }
  const summary = {
    title: 'Discharge summary: acute medicine',
    kind: '373942005|Discharge summary',
    day: left,
    number: `DS-${left}-0712`,
    to: 'Sallow Hill Health Centre',
    signed: 'Dr Vijay Raman, Consultant in acute medicine',
    body: [
      {
        heading: 'Diagnosis',
        text: 'Acute kidney injury stage 2, due to dehydration with gastroenteritis while taking ramipril 10 mg. Chronic kidney disease stage 3a.',
      },
      {
        heading: 'Course in hospital',
        text: 'Three days of diarrhoea and vomiting before admission. Creatinine 214 µmol/L on admission (usual 98), potassium 5.8 mmol/L. Ramipril withheld, intravenous fluids given. Creatinine 121 and potassium 4.8 at discharge.',
      },
      {
        heading: 'Medicines changed',
        text: ['Ramipril REDUCED from 10 mg to 2.5 mg once a day', 'Atorvastatin 20 mg once a day: unchanged'],
      },
      {
        heading: 'Actions for the practice',
        text: [
          'Change the repeat of ramipril to 2.5 mg',
          'Urea and electrolytes and blood pressure in one week',
          'Sick day rules explained to Mrs Whitaker',
        ],
      },
    ],
  };
  letterAtBoth(infirmary, gp, { ...summary, encounter: stay });
  appointment(gp, {
    what: 'Blood test after hospital',
    day: calendar.weekday(calendar.ahead(2, 'days')),
    time: '08:40',
    minutes: 10,
    with: 'bishop',
  });
  world.tell(JOAN, [gp, infirmary, pharmacy]);
}
