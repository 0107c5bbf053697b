import { noKnownDrugAllergy } from '../blocks/allergy.ts';
import { family } from '../blocks/family.ts';
import { maternity, pregnancy } from '../blocks/pregnancy.ts';
import { condition } from '../blocks/condition.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { letter } from '../blocks/letter.ts';
import { repeatMedicine } from '../blocks/medicine.ts';
import { labReport } from '../blocks/result.ts';
import { appointment } from '../blocks/appointment.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const PRIYA: Person = {
  story: 'name-change',
  shows: 'Married and moved: two organisations still have her former name; pregnant, with two due dates',
  nhsNumber: testNhsNumber('999056741'),
  family: 'Thornton',
  given: ['Priya'],
  prefix: 'Mrs',
  gender: 'female',
  birthDate: '1993-09-30',
  address: { lines: ['2 Orchard View'], city: 'Harwick', postcode: 'ZZ98 3OV' },
  phone: '07700 900562',
  ethnicCategory: 'H',
};

export function nameChange(world: World): void {
  const { calendar } = world;
  const married = calendar.ago(14, 'months');
  const former = { lines: ['18 Weavers Yard'], city: 'Ousebridge', postcode: 'ZZ99 2WY' };
  const gp = world.open(PRIYA, 'XB004', {
    practice: 'XB004',
    formerNames: [{ family: 'Nair', given: ['Priya'], use: 'maiden', end: married }],
    updated: calendar.ago(13, 'months'),
  });
  const infirmary = world.open(PRIYA, 'XB101', {
    family: 'NAIR',
    given: ['PRIYA'],
    prefix: 'Miss',
    address: former,
    practice: 'XB002',
    updated: '2023-05-09',
  });
  const oldGp = world.open(PRIYA, 'XB002', {
    family: 'Nair',
    prefix: 'Miss',
    address: former,
    practice: 'XB002',
    updated: married,
  });
  const pharmacy = world.open(PRIYA, 'XB522');

  everydayPractice(gp, {
    by: 'farrow',
    nurse: 'mistry',
    years: 1,
    smoking: 'never',
    systolic: 112,
    weight: 61.4,
    height: 164,
    reasons: ['Thyroid review', 'Migraine', 'Contraception review'],
  });
  everydayPractice(oldGp, {
    by: 'brandt',
    nurse: 'ames',
    years: 4,
    until: married,
    smoking: 'never',
    systolic: 114,
    weight: 60.1,
    height: 164,
    reasons: ['Tiredness', 'Thyroid review'],
  });
  for (const chart of [gp, oldGp]) {
    const by = chart === gp ? 'farrow' : 'brandt';
    condition(chart, { what: '40930008|Hypothyroidism', onset: '2021-11-08', by });
    condition(chart, { what: '37796009|Migraine', onset: '2015-04', recorded: '2015-04-20', by });
    noKnownDrugAllergy(chart, '2015-04-20', by);
  }
  repeatMedicine(gp, {
    drug: 'levothyroxine50',
    directions: 'One tablet to be taken each morning before breakfast',
    dose: [50, 'microgram'],
    daily: 1,
    reason: '40930008|Hypothyroidism',
    started: '2021-11-15',
    lastIssued: calendar.ago(25, 'days'),
    by: 'farrow',
  });
  for (const months of [6, 18, 30]) {
    const day = calendar.weekday(calendar.ago(months, 'months'));
    const spec = {
      panel: 'Thyroid function',
      day,
      accession: `T-${day}-88`,
      values: { tsh: months === 30 ? 6.84 : months === 18 ? 3.12 : 2.05 },
    } as const;
    labReport(infirmary, spec, 'both', infirmary.staff('lab'));
    labReport(months > 14 ? oldGp : gp, spec, 'snomed');
  }
  const seen = calendar.weekday(calendar.ago(3, 'years'));
  encounter(infirmary, {
    kind: 'ambulatory',
    type: 'Outpatient attendance',
    service: 'Neurology',
    start: seen,
    by: 'raman',
    reason: ['37796009|Migraine'],
  });
  letter(infirmary, {
    title: 'Neurology clinic letter',
    kind: '823681000000100|Outpatient letter',
    day: calendar.ahead(4, 'days', seen),
    by: 'raman',
    to: 'Ferrygate Medical Centre',
    body: [
      {
        text: 'Thank you for referring Miss Nair, who has had migraine with visual aura since 2015. Neurological examination was normal and no imaging is needed. Because of the aura she must not take a combined oral contraceptive; a progestogen-only method is suitable.',
      },
    ],
  });
  // The practice and the maternity unit each hold a date of delivery: the unit's is by scan.
  const found = calendar.weekday(calendar.ago(5, 'weeks'));
  pregnancy(gp, { found, dated: found, due: calendar.ahead(30, 'weeks'), by: 'farrow' });
  const booked = calendar.weekday(calendar.ago(2, 'weeks'));
  pregnancy(infirmary, { found: booked, dated: booked, due: calendar.ahead(207, 'days'), by: 'stone' });
  maternity(infirmary, { start: booked, by: 'stone' });
  family(gp, {
    relative: 'mother',
    day: calendar.ago(13, 'months'),
    by: 'mistry',
    illnesses: [{ what: '40930008|Hypothyroidism', age: 38 }],
  });
  appointment(gp, {
    what: 'Thyroid review',
    day: calendar.weekday(calendar.ahead(5, 'weeks')),
    time: '09:10',
    with: 'mistry',
  });
  world.tell(PRIYA, [gp, infirmary, oldGp, pharmacy]);
}
