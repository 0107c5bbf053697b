import { condition } from '../blocks/condition.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { encounter } from '../blocks/encounter.ts';
import { hl7, words } from '../blocks/codes.ts';
import { letter } from '../blocks/letter.ts';
import { repeatMedicine } from '../blocks/medicine.ts';
import { noKnownDrugAllergy } from '../blocks/allergy.ts';
import { at } from '../calendar.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const DESMOND: Person = {
  story: 'objection',
  shows:
    'He objected to sharing: each organisation sees its own part only, and is told why; an emergency can break the glass',
  nhsNumber: testNhsNumber('999023417'),
  family: 'Clarke',
  given: ['Desmond', 'Leroy'],
  prefix: 'Mr',
  gender: 'male',
  birthDate: '1959-11-02',
  address: { lines: ['41 Tannery Row'], city: 'Ousebridge', postcode: 'ZZ99 2TR' },
  phone: '07700 900141',
  ethnicCategory: 'M',
};

export function objection(world: World): void {
  const { calendar } = world;
  const gp = world.open(DESMOND, 'XB002', { practice: 'XB002' });
  const infirmary = world.open(DESMOND, 'XB101', { family: 'CLARKE', practice: 'XB002' });
  const mental = world.open(DESMOND, 'XB211', { practice: 'XB002' });
  const said = calendar.ago(14, 'months');

  gp.add(
    'Consent',
    said,
    {
      status: 'active',
      scope: hl7('consentscope', 'patient-privacy', 'Privacy Consent'),
      category: [words('Objection to information sharing')],
      patient: gp.patient,
      dateTime: at(said, '10:20'),
      performer: [gp.patient],
      organization: [gp.organisation],
      policyRule: words('Ousebridge Shared Care: right to object'),
      provision: { type: 'deny', period: { start: said } },
    },
    { profile: 'UKCore-Consent' },
  );
  everydayPractice(gp, {
    by: 'brandt',
    nurse: 'ames',
    years: 3,
    smoking: 'ex',
    systolic: 138,
    weight: 88.2,
    height: 179,
    reasons: ['Blood pressure review', 'Low back pain', 'Medication review'],
    flu: true,
  });
  condition(gp, { what: '59621000|Essential hypertension', onset: '2012-04-17', by: 'brandt' });
  condition(gp, { what: '35489007|Depressive disorder', onset: '2020-02-03', by: 'brandt' });
  noKnownDrugAllergy(gp, '2012-04-17', 'brandt');
  const issued = calendar.ago(12, 'days');
  repeatMedicine(gp, {
    drug: 'amlodipine5',
    directions: 'One tablet to be taken once a day',
    dose: [5, 'mg'],
    daily: 1,
    reason: '59621000|Essential hypertension',
    started: '2012-05-08',
    lastIssued: issued,
    by: 'brandt',
  });
  repeatMedicine(gp, {
    drug: 'sertraline50',
    directions: 'One tablet to be taken once a day',
    dose: [50, 'mg'],
    daily: 1,
    reason: '35489007|Depressive disorder',
    started: '2020-02-17',
    lastIssued: issued,
    by: 'brandt',
  });

  const seen = calendar.weekday(calendar.ago(7, 'months'));
  const attendance = encounter(infirmary, {
    kind: 'emergency',
    type: 'Emergency department attendance',
    start: seen,
    time: '21:10',
    endTime: '23:55',
    by: 'amin',
    reason: ['29857009|Chest pain'],
  });
  letter(infirmary, {
    title: 'Emergency department summary',
    kind: 'Emergency department discharge summary',
    day: seen,
    by: 'amin',
    encounter: attendance,
    format: 'html',
    to: 'Ferrygate Medical Centre',
    body: [
      {
        heading: 'Presenting complaint',
        text: 'Two hours of left-sided chest pain after lifting furniture. No radiation, not breathless.',
      },
      {
        heading: 'Findings',
        text: 'Tender over the left costochondral junctions. BP 142/84, pulse 78 regular, oxygen saturation 98% on air. ECG: sinus rhythm, no acute change. High sensitivity troponin T 6 ng/L at 0 hours and 6 ng/L at 3 hours.',
      },
      {
        heading: 'Diagnosis and plan',
        text: 'Musculoskeletal chest wall pain. Discharged home with simple analgesia. No follow-up arranged.',
      },
    ],
  });
  const referred = calendar.weekday(calendar.ago(30, 'months'));
  encounter(mental, {
    kind: 'ambulatory',
    type: 'Talking therapies assessment',
    start: referred,
    by: 'ito',
    reason: ['35489007|Depressive disorder'],
  });
  world.tell(DESMOND, [gp, infirmary, mental]);
}
