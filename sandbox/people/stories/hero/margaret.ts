import { testNhsNumber, type Person } from '../../person.ts';

/** Retired teacher, 78, lives alone in Northcliffe; her daughter Helen lives twenty minutes away. */
export const MARGARET: Person = {
  story: 'hero',
  shows: 'Five long-term conditions and eighteen organisations in one woman’s care',
  nhsNumber: testNhsNumber('999012345'),
  family: 'Bedford',
  given: ['Margaret', 'Anne'],
  prefix: 'Mrs',
  gender: 'female',
  birthDate: '1948-03-14',
  address: { lines: ['9 Chantry Close', 'Northcliffe'], city: 'Ousebridge', postcode: 'ZZ99 1CC' },
  phone: '01632 960777',
  ethnicCategory: 'A',
};
