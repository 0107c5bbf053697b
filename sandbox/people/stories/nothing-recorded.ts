import { encounter } from '../blocks/encounter.ts';
import { appointment } from '../blocks/appointment.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const JONAS: Person = {
  story: 'nothing-recorded',
  shows: 'New in the area: several organisations answer and hold almost nothing',
  nhsNumber: testNhsNumber('999112307'),
  family: 'Lindgren',
  given: ['Jonas'],
  prefix: 'Mr',
  gender: 'male',
  birthDate: '1998-10-19',
  address: { lines: ['Room 14', 'Quay House'], city: 'Ousebridge', postcode: 'ZZ99 3QH' },
  phone: '07700 900730',
};

export function nothingRecorded(world: World): void {
  const { calendar } = world;
  const arrived = calendar.ago(9, 'days');
  const gp = world.open(JONAS, 'XB001', { practice: 'XB001', updated: arrived });
  const infirmary = world.open(JONAS, 'XB101', { without: ['practice'], updated: calendar.ago(3, 'days') });
  const council = world.open(JONAS, 'XB401', { updated: arrived });
  const urgentCare = world.open(JONAS, 'XB531', { updated: calendar.ago(3, 'days') });
  const pharmacy = world.open(JONAS, 'XB521', { updated: calendar.ago(2, 'days') });
  encounter(urgentCare, {
    kind: 'ambulatory',
    type: 'Urgent treatment centre attendance',
    start: calendar.ago(3, 'days'),
    time: '17:25',
    by: 'hart',
    reason: ['Registered; left before being seen'],
  });
  appointment(gp, {
    what: 'New patient check',
    day: calendar.weekday(calendar.ahead(12, 'days')),
    time: '11:00',
    with: 'lyle',
  });
  world.tell(JONAS, [gp, infirmary, council, urgentCare, pharmacy]);
}
