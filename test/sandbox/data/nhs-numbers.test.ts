import { describe, expect, it } from 'vitest';
import { joinPersons, withNhsNumber } from '../../../sandbox/data/nhs-numbers.ts';
import { NHS_NUMBER_SYSTEM } from '../../../src/record/nhs-number.ts';

const local = { system: 'urn:local', value: '7' };

describe('a person who is given a number of the test range', () => {
  it('keeps a valid number of their own', () => {
    const own = { resourceType: 'Patient', identifier: [{ system: NHS_NUMBER_SYSTEM, value: '9990000026' }] };
    expect(withNhsNumber(own, '9990000018')).toBe(own);
  });

  it('loses a number that cannot be one, and nothing else', () => {
    const dummy = { resourceType: 'Patient', identifier: [{ system: NHS_NUMBER_SYSTEM, value: '9999999999' }, local] };
    expect(withNhsNumber(dummy, '9990000018')['identifier']).toEqual([
      { system: NHS_NUMBER_SYSTEM, value: '9990000018' },
      local,
    ]);
  });
});

describe('two Patients who look alike', () => {
  const alike = (id: string, value?: string) => ({
    holder: id,
    patient: {
      resourceType: 'Patient',
      id,
      name: [{ family: 'Test', given: ['Ann'] }],
      birthDate: '1950-01-01',
      gender: 'female',
      ...(value !== undefined && { identifier: [{ system: NHS_NUMBER_SYSTEM, value }] }),
    },
  });

  it('are two people where each has a number of its own', () => {
    const persons = joinPersons([alike('a', '9990000018'), alike('b', '9990000026')], []);
    expect(persons.map(({ nhsNumber }) => nhsNumber).sort()).toEqual(['9990000018', '9990000026']);
  });

  it('are one where one of them has none', () => {
    expect(joinPersons([alike('a', '9990000018'), alike('b')], [])).toHaveLength(1);
  });
});
