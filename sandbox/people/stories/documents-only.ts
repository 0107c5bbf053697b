import { encounter } from '../blocks/encounter.ts';
import { letter } from '../blocks/letter.ts';
import { letterAtBoth } from '../blocks/letter-at-both.ts';
import { condition } from '../blocks/condition.ts';
import { allergy } from '../blocks/allergy.ts';
import { testNhsNumber, type Person } from '../person.ts';
import type { World } from '../world.ts';

const EDITH: Person = {
  story: 'documents-only',
  shows: 'Her practice can share letters but no coded record',
  nhsNumber: testNhsNumber('999101296'),
  family: 'Larkin',
  given: ['Edith', 'May'],
  prefix: 'Mrs',
  gender: 'female',
  birthDate: '1946-04-11',
  address: { lines: ['The Old Forge'], city: 'Thornby', postcode: 'ZZ98 1OF' },
  phone: '01632 960844',
  ethnicCategory: 'B',
};

export function documentsOnly(world: World): void {
  const { calendar } = world;
  const gp = world.open(EDITH, 'XB003', { practice: 'XB003' });
  const hospital = world.open(EDITH, 'XB102', { practice: 'XB003' });
  const community = world.open(EDITH, 'XB202');

  letter(gp, {
    title: 'Summary printed from the practice record',
    kind: 'Patient summary',
    day: calendar.ago(8, 'days'),
    by: 'whitlock',
    format: 'html',
    body: [
      {
        heading: 'Active problems',
        text: ['Rheumatoid arthritis (2009)', 'Osteoporosis (2017)', 'Hypertension (2005)'],
      },
      {
        heading: 'Repeat medicines',
        text: [
          'Methotrexate 2.5 mg tablets: 15 mg (six tablets) ONCE A WEEK on Mondays',
          'Folic acid 5 mg tablets: one ONCE A WEEK on Fridays',
          'Alendronic acid 70 mg tablets: one once a week on Sundays',
          'Amlodipine 5 mg tablets: one once a day',
        ],
      },
      { heading: 'Allergies', text: 'Trimethoprim: rash, 2012. Not to be given with methotrexate in any case.' },
    ],
  });
  letter(gp, {
    title: 'Referral to rheumatology',
    kind: '25611000000107|Referral letter',
    day: '2009-02-17',
    by: 'whitlock',
    format: 'text',
    body: [
      {
        text: 'Thank you for seeing Mrs Larkin, who has had three months of pain, swelling and morning stiffness lasting two hours in both hands. CRP 38 mg/L, rheumatoid factor positive.',
      },
    ],
  });
  letter(gp, {
    title: 'Letter about shared care of methotrexate',
    kind: 'Clinical letter',
    day: '2015-10-05',
    by: 'whitlock',
    format: 'rtf',
    body: [
      { text: 'We agree to prescribe and to monitor full blood count, liver and kidney function every twelve weeks.' },
    ],
  });
  const seen = calendar.weekday(calendar.ago(3, 'months'));
  const visit = encounter(hospital, {
    kind: 'ambulatory',
    type: 'Outpatient attendance',
    service: 'Rheumatology',
    start: seen,
    by: 'lindqvist',
    reason: ['69896004|Rheumatoid arthritis'],
  });
  condition(hospital, { what: '69896004|Rheumatoid arthritis', onset: '2009-04-21', by: 'lindqvist' });
  allergy(hospital, {
    what: 'Trimethoprim',
    kind: 'allergy',
    on: '2012-11-02',
    by: 'rowe',
    reaction: ['271807003|Eruption of skin'],
    severity: 'moderate',
  });
  const clinic = {
    title: 'Rheumatology clinic letter',
    kind: '823681000000100|Outpatient letter',
    day: calendar.ahead(6, 'days', seen),
    number: `RH-${seen}-31`,
    to: 'Millrace Surgery',
    signed: 'Dr Ola Lindqvist, Consultant physician',
    body: [
      { heading: 'Diagnosis', text: 'Seropositive rheumatoid arthritis, in remission (DAS28 2.1).' },
      {
        heading: 'Plan',
        text: 'Continue methotrexate 15 mg once a week with folic acid. Monitoring bloods satisfactory. Review in nine months.',
      },
    ],
  };
  letterAtBoth(hospital, gp, { ...clinic, encounter: visit });
  encounter(community, {
    kind: 'ambulatory',
    type: 'Podiatry clinic',
    start: calendar.weekday(calendar.ago(7, 'weeks')),
    by: 'haigh',
    reason: ['Callus care; rheumatoid foot'],
  });
  world.tell(EDITH, [gp, hospital, community]);
}
