import { noKnownDrugAllergy } from '../blocks/allergy.ts';
import { condition } from '../blocks/condition.ts';
import { everydayPractice } from '../blocks/everyday.ts';
import { referral } from '../blocks/referral.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const RUFUS: Person = {
  story: 'referred',
  shows:
    'Referred and not yet seen: the open referral, by the codes of who sent and who received it, is the community trust’s evidence of care',
  nhsNumber: testNhsNumber('999182317'),
  family: 'Penhallow',
  given: ['Rufus'],
  prefix: 'Mr',
  gender: 'male',
  birthDate: '1955-12-01',
  address: { lines: ['2 Sallow Hill'], city: 'Ousebridge', postcode: 'ZZ99 5SH' },
  phone: '01632 960381',
  ethnicCategory: 'A',
};

/** No encounter, no registration at the trust: without the referral a clinician there could only claim to care for him. */
export function referred(world: World): void {
  const { calendar } = world;
  const gp = world.open(RUFUS, 'XB005', { practice: 'XB005' });
  const trust = world.open(RUFUS, 'XB201', { practice: 'XB005' });
  const day = calendar.weekday(calendar.ago(11, 'days'));
  everydayPractice(gp, {
    by: 'doyle',
    nurse: 'bishop',
    years: 1,
    smoking: 'ex',
    systolic: 138,
    weight: 88,
    height: 178,
    reasons: ['Leg ulcer'],
    flu: true,
  });
  condition(gp, { what: 'Venous ulcer of leg', onset: calendar.ago(3, 'months'), by: 'doyle' });
  noKnownDrugAllergy(gp, '2016-03-14', 'doyle');
  const asked = {
    what: 'Referral for leg ulcer treatment',
    kind: 'Community nursing',
    day,
    to: 'Ousebridge Community Health NHS Trust',
    number: 'UBRN-000000182317',
    codes: { from: 'XB005', to: 'XB201' },
  } as const;
  referral(gp, { ...asked, by: 'doyle' });
  referral(trust, { ...asked, by: 'mensah' });
  world.tell(RUFUS, [gp, trust]);
}
