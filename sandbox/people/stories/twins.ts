import { allergy, noKnownDrugAllergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { relative } from '../blocks/contact.ts';
import { encounter } from '../blocks/encounter.ts';
import { repeatMedicine } from '../blocks/medicine.ts';
import { vitals } from '../blocks/vitals.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const SIMRAN: Person = {
  story: 'twins',
  shows: 'Same family name, birthday and address as her sister: a trap for matching by anything but the number',
  nhsNumber: testNhsNumber('999123418'),
  family: 'Kaur',
  given: ['Simran'],
  gender: 'female',
  birthDate: '2012-04-26',
  address: { lines: ['30 Beck Lane'], city: 'Harwick', postcode: 'ZZ98 3BK' },
  ethnicCategory: 'H',
};

const SIMRAT: Person = {
  ...SIMRAN,
  story: 'twins-sister',
  shows: 'The sister: her allergy and medicine must never appear in her twin’s record',
  nhsNumber: testNhsNumber('999123426'),
  given: ['Simrat'],
};

/** Both at the same practice, hospital and pharmacy; only one is allergic to peanut, only one has asthma. */
export function twins(world: World): void {
  const { calendar } = world;
  const first = ['XB004', 'XB102', 'XB522'].map((ods) => world.open(SIMRAN, ods, { practice: 'XB004' }));
  const second = ['XB004', 'XB102', 'XB522'].map((ods) => world.open(SIMRAT, ods, { practice: 'XB004' }));
  const [gp, hospital] = first;
  const [sisterGp, sisterHospital] = second;
  if (!gp || !hospital || !sisterGp || !sisterHospital) throw new Error('the twins have charts at three places');

  allergy(gp, {
    what: 'Peanut',
    category: 'food',
    kind: 'allergy',
    criticality: 'high',
    on: '2014-06-03',
    by: 'farrow',
    reaction: ['39579001|Anaphylaxis'],
    severity: 'severe',
  });
  allergy(hospital, {
    what: 'Peanut',
    category: 'food',
    kind: 'allergy',
    criticality: 'high',
    on: '2014-05-29',
    by: 'prior',
    reaction: ['39579001|Anaphylaxis'],
    severity: 'severe',
  });
  encounter(hospital, {
    kind: 'ambulatory',
    type: 'Outpatient attendance',
    service: 'Paediatric allergy',
    start: calendar.weekday(calendar.ago(10, 'months')),
    by: 'prior',
  });

  noKnownDrugAllergy(sisterGp, '2014-06-03', 'farrow');
  condition(sisterGp, { what: '195967001|Asthma', onset: '2018-02-12', by: 'farrow' });
  repeatMedicine(sisterGp, {
    drug: 'salbutamol',
    directions: 'Inhale two puffs through a spacer when needed for wheeze',
    dose: [2, 'puff'],
    asNeeded: true,
    reason: '195967001|Asthma',
    started: '2018-02-12',
    lastIssued: calendar.ago(50, 'days'),
    by: 'farrow',
  });
  encounter(sisterHospital, {
    kind: 'emergency',
    type: 'Emergency department attendance',
    start: calendar.ago(13, 'months'),
    time: '20:05',
    by: 'rowe',
    reason: ['Acute asthma'],
  });
  for (const chart of [gp, sisterGp]) {
    vitals(
      chart,
      calendar.weekday(calendar.ago(11, 'months')),
      '16:10',
      chart === gp ? { weight: 46.2, height: 156 } : { weight: 47.9, height: 157, peakFlow: 320 },
      'mistry',
    );
    relative(chart, {
      relationship: ['Mother', 'Parental responsibility'],
      prefix: 'Mrs',
      given: 'Harpreet',
      family: 'Kaur',
      phone: '07700 900818',
      on: '2012-05-10',
    });
  }
  world.tell(SIMRAN, first);
  world.tell(SIMRAT, second);
}
