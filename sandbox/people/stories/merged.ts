import { noKnownDrugAllergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const GWEN: Person = {
  story: 'merged',
  shows: 'Registered twice at one hospital; the second registration was merged away and points to the first',
  nhsNumber: testNhsNumber('999178964'),
  family: 'Ashby',
  given: ['Gwendoline'],
  prefix: 'Miss',
  gender: 'female',
  birthDate: '1957-08-21',
  address: { lines: ['7 Weavers Yard'], city: 'Ousebridge', postcode: 'ZZ99 2WY' },
  phone: '01632 960266',
  ethnicCategory: 'A',
};

/** What was recorded on the second registration now belongs to the first; the number stays with the one that lives. */
export function merged(world: World): void {
  const { calendar } = world;
  const gp = world.open(GWEN, 'XB002', { practice: 'XB002' });
  const hospital = world.open(GWEN, 'XB102', { practice: 'XB002' });
  world.open(GWEN, 'XB102', {
    given: ['Gwen'],
    without: ['nhsNumber', 'telecom', 'practice'],
    replacedBy: hospital.patient,
    updated: calendar.ago(6, 'months'),
  });
  everydayPractice(gp, {
    by: 'brandt',
    nurse: 'ames',
    years: 2,
    smoking: 'never',
    systolic: 132,
    weight: 68.4,
    height: 165,
    reasons: ['Gout', 'Blood pressure review'],
    flu: true,
  });
  condition(gp, { what: '90560007|Gout', onset: '2019-05-14', by: 'brandt' });
  noKnownDrugAllergy(gp, '2012-01-09', 'brandt');
  encounter(hospital, {
    kind: 'emergency',
    type: 'Emergency department attendance',
    start: calendar.ago(8, 'months'),
    time: '13:20',
    by: 'rowe',
    reason: ['90560007|Gout'],
  });
  world.tell(GWEN, [gp, hospital]);
}
