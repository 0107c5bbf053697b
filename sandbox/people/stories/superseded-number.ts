import { allergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { encounter } from '../blocks/encounter.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const OLD_NUMBER = testNhsNumber('999181442');

const ELOWEN: Person = {
  story: 'superseded-number',
  shows:
    'Her NHS number was replaced; the hospital and the night doctors still hold the old one: opened at the hospital, the banner says so and the rest is found by either',
  nhsNumber: testNhsNumber('999181507'),
  family: 'Tarn',
  given: ['Elowen'],
  prefix: 'Mrs',
  gender: 'female',
  birthDate: '1963-02-17',
  address: { lines: ['19 Staithe Road'], city: 'Saltholme', postcode: 'ZZ97 6SR' },
  phone: '01632 960377',
  ethnicCategory: 'A',
};

/** The practice has followed the change of number; the hospital and the night doctors that saw her before it have not. */
export function supersededNumber(world: World): void {
  const { calendar } = world;
  const gp = world.open(ELOWEN, 'XB006', { practice: 'XB006', formerNumber: OLD_NUMBER });
  const hospital = world.open(ELOWEN, 'XB102', { practice: 'XB006', nhsNumber: OLD_NUMBER });
  const nights = world.open(ELOWEN, 'XB511', { practice: 'XB006', nhsNumber: OLD_NUMBER });
  everydayPractice(gp, {
    by: 'petrov',
    nurse: 'grant',
    years: 2,
    smoking: 'never',
    systolic: 128,
    weight: 64.2,
    height: 167,
    reasons: ['Asthma review'],
    flu: true,
  });
  condition(gp, { what: '195967001|Asthma', onset: '1990-06-04', by: 'petrov' });
  allergy(gp, {
    what: 'Trimethoprim',
    kind: 'allergy',
    criticality: 'high',
    on: '2018-10-11',
    by: 'petrov',
    reaction: ['126485001|Urticaria'],
  });
  encounter(hospital, {
    kind: 'emergency',
    type: 'Emergency department attendance',
    start: calendar.ago(3, 'years'),
    time: '21:10',
    by: 'lindqvist',
    reason: ['195967001|Asthma'],
  });
  allergy(nights, {
    what: 'Codeine',
    kind: 'intolerance',
    criticality: 'low',
    on: '2022-03-05',
    by: 'okafor',
    reaction: ['422587007|Nausea'],
  });
  world.tell(ELOWEN, [gp, hospital, nights]);
}
