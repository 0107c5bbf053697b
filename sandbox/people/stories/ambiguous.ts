import { allergy, noKnownDrugAllergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { repeatMedicine } from '../blocks/medicine.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const MOHAMMED: Person = {
  story: 'ambiguous',
  shows: 'The infirmary has two charts with his number and cannot say which is his: it must show nothing',
  nhsNumber: testNhsNumber('999145631'),
  family: 'Iqbal',
  given: ['Mohammed', 'Usman'],
  prefix: 'Mr',
  gender: 'male',
  birthDate: '1978-07-15',
  address: { lines: ['19 Tannery Row'], city: 'Ousebridge', postcode: 'ZZ99 2TR' },
  phone: '07700 900977',
  ethnicCategory: 'J',
};

export function ambiguous(world: World): void {
  const { calendar } = world;
  const gp = world.open(MOHAMMED, 'XB002', { practice: 'XB002' });
  const infirmary = world.open(MOHAMMED, 'XB101', { practice: 'XB002' });
  // The second registration: same number, given name and initial the other way round, a cousin's allergy on it.
  const second = world.open(MOHAMMED, 'XB101', {
    given: ['Usman', 'M'],
    family: 'Iqbal',
    without: ['practice', 'telecom'],
  });

  everydayPractice(gp, {
    by: 'brandt',
    nurse: 'ames',
    years: 2,
    smoking: 'never',
    systolic: 128,
    weight: 84,
    height: 176,
    reasons: ['Diabetes review', 'Back pain'],
  });
  condition(gp, { what: '44054006|Type 2 diabetes mellitus', onset: '2021-03-16', by: 'brandt' });
  noKnownDrugAllergy(gp, '2021-03-16', 'ames');
  repeatMedicine(gp, {
    drug: 'metformin500',
    directions: 'One tablet to be taken twice a day with meals',
    dose: [500, 'mg'],
    daily: 2,
    reason: '44054006|Type 2 diabetes mellitus',
    started: '2021-03-30',
    lastIssued: calendar.ago(11, 'days'),
    by: 'brandt',
  });
  encounter(infirmary, {
    kind: 'emergency',
    type: 'Emergency department attendance',
    start: '2024-02-09',
    time: '14:10',
    by: 'amin',
    reason: ['Laceration of hand'],
  });
  allergy(second, {
    what: '91936005|Allergy to penicillin',
    kind: 'allergy',
    on: '2022-10-30',
    by: 'stone',
    reaction: ['271807003|Eruption of skin'],
  });
  world.tell(MOHAMMED, [gp, infirmary]);
}
