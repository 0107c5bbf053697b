import { noKnownDrugAllergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { encounter } from '../blocks/encounter.ts';
import { repeatMedicine } from '../blocks/medicine.ts';
import { letter } from '../blocks/letter.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const NADIA: Person = {
  story: 'restricted',
  shows: 'Whereabouts protected: no address, telephone or practice anywhere',
  nhsNumber: testNhsNumber('999134529'),
  family: 'Hossain',
  given: ['Nadia'],
  prefix: 'Ms',
  gender: 'female',
  birthDate: '1991-03-08',
  address: { lines: [], city: '', postcode: '' },
  restricted: true,
};

export function restricted(world: World): void {
  const { calendar } = world;
  const gp = world.open(NADIA, 'XB002');
  const infirmary = world.open(NADIA, 'XB101');
  noKnownDrugAllergy(gp, '2022-01-18', 'ames');
  condition(gp, { what: '84757009|Epilepsy', onset: '2009', recorded: '2022-01-18', by: 'brandt' });
  condition(gp, { what: '197480006|Anxiety disorder', onset: '2023-05-02', by: 'brandt' });
  repeatMedicine(gp, {
    drug: 'levetiracetam500',
    directions: 'One tablet to be taken twice a day',
    dose: [500, 'mg'],
    daily: 2,
    reason: '84757009|Epilepsy',
    started: '2022-02-01',
    lastIssued: calendar.ago(14, 'days'),
    by: 'brandt',
  });
  for (const months of [1, 5, 9]) {
    encounter(gp, {
      kind: months === 5 ? 'virtual' : 'ambulatory',
      type: 'GP consultation',
      start: calendar.weekday(calendar.ago(months, 'months')),
      by: 'brandt',
      reason: ['Epilepsy review'],
    });
  }
  const seen = calendar.weekday(calendar.ago(4, 'months'));
  const visit = encounter(infirmary, {
    kind: 'ambulatory',
    type: 'Outpatient attendance',
    service: 'Neurology',
    start: seen,
    by: 'raman',
    reason: ['84757009|Epilepsy'],
  });
  letter(infirmary, {
    title: 'Neurology clinic letter',
    kind: '823681000000100|Outpatient letter',
    day: calendar.ahead(5, 'days', seen),
    by: 'raman',
    encounter: visit,
    body: [
      {
        text: 'No seizure for fourteen months on levetiracetam 500 mg twice a day. She does not drive. Continue; review in a year.',
      },
    ],
  });
  world.tell(NADIA, [gp, infirmary]);
}
