import { describe, expect, it } from 'vitest';
import type { Telecom } from '../../../src/record/fhir/telecom.ts';
import { personName, waysToReach } from '../../../src/record/sections/same-person.ts';

describe('the name of a person', () => {
  it.each([
    'Jane Smith',
    'JANE SMITH',
    'Ms Jane Smith',
    'SMITH, Jane (Ms)',
    'Smith Jane',
    'Dr. Jane Smith',
    'Sister Jane Smith',
    'Prof Jane Smith',
    'Jane Smith, Social worker',
    'Jane Smith, Community psychiatric nurse',
    'Jane Smith, Lead professional (adults)',
    'Jane Smith, Care co-ordinator',
    'Jane Smith, Care coordinator',
  ])('is one, however it is written: %s', (name) => {
    expect(personName(name)).toBe('jane smith');
  });

  it.each([['Mr', 'Mrs', 'Ms', 'Miss', 'Mx', 'Dr', 'Prof', 'Professor', 'Sr', 'Sister', 'Rev']])(
    'begins with no title',
    (...titles) => {
      expect(titles.map((title) => personName(`${title} Jane Smith`))).toEqual(titles.map(() => 'jane smith'));
    },
  );

  it.each([
    'nurse',
    'worker',
    'doctor',
    'GP',
    'partner',
    'consultant',
    'registrar',
    'therapist',
    'psychiatrist',
    'psychologist',
    'paramedic',
    'pharmacist',
    'matron',
    'officer',
    'manager',
    'practitioner',
    'co-ordinator',
    'lead',
  ])('does not hold the post written behind it: %s', (post) => {
    expect(personName(`Jane Smith, acting ${post} of the team`)).toBe('jane smith');
  });

  it.each([
    ['Jane Smith-Jones', 'jane smith-jones'],
    ['Siân O’Neill', "o'neill siân"],
    ["Siân O'Neill", "o'neill siân"],
    ['Smith, Jane', 'jane smith'],
    ['Jane Nurse', 'jane nurse'],
    ['Jane Smith, Northcliffe', 'jane northcliffe smith'],
    ['Nurse, Jane', 'jane nurse'],
    ['李 小龙', '小龙 李'],
    ['Jane Smith 2', '2 jane smith'],
  ])('keeps whatever tells two apart: %s', (name, kept) => {
    expect(personName(name)).toBe(kept);
  });
});

describe('the ways to reach somebody', () => {
  const ways = (...values: readonly (string | Telecom)[]): readonly (string | undefined)[] =>
    waysToReach(values.map((value) => (typeof value === 'string' ? { system: 'phone', value } : value)));
  const email = (value: string): Telecom => ({ system: 'email', value });

  it.each(['07700 900123', '+44 7700 900123', '0044 7700 900123', '+44 (0)7700 900123', '07700-900123'])(
    'are one mobile number, however it is written: %s',
    (number) => {
      expect(ways(number)).toEqual(['07700900123', undefined, undefined, undefined]);
    },
  );

  it.each(['01632 960001', '+44 1632 960001', '(01632) 960001', '01632.960001', '01632/960001'])(
    'are one number of another telephone: %s',
    (number) => {
      expect(ways(number)).toEqual([undefined, '01632960001', undefined, undefined]);
    },
  );

  it('are the number itself where the digits of a country stand inside it', () => {
    expect(ways('07700 900440')).toEqual(['07700900440', undefined, undefined, undefined]);
  });

  it('are each kind by itself, in one order, each once', () => {
    expect(
      ways(
        '07700 900124',
        '01632 960001',
        '07700 900123',
        '07700900123',
        email('Jo@X.example '),
        email('a@x.example'),
        'Bleep 12',
      ),
    ).toEqual(['07700900123,07700900124', '01632960001', 'a@x.example,jo@x.example', 'bleep 12']);
  });

  it('are an address where one stands under whatever name, and no number where one is called an address', () => {
    expect(ways('jo@x.example')).toEqual([undefined, undefined, 'jo@x.example', undefined]);
    expect(ways(email('01632 960001'))).toEqual([undefined, undefined, undefined, '01632 960001']);
  });

  it('are words where no number is told, or only a few digits', () => {
    expect(ways('ext. 4', '12345', '01632 960001 ext. 4')).toEqual([
      undefined,
      undefined,
      undefined,
      '01632 960001 ext. 4,12345,ext. 4',
    ]);
    expect(ways('123456')).toEqual([undefined, '123456', undefined, undefined]);
  });

  it('are nothing where nothing is told', () => {
    expect(ways()).toEqual([undefined, undefined, undefined, undefined]);
  });
});
