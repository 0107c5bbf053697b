import { describe, expect, it } from 'vitest';
import { parseNhsNumber, type NhsNumber } from '../../src/record/nhs-number.ts';
import { forScreen, numbersOf } from '../../src/record/patient.ts';
import { aPatient } from '../support/record.ts';

const numbered = (text: string): NhsNumber => parseNhsNumber(text) ?? ('' as NhsNumber);
const [now, before, long] = ['999 000 0018', '999 000 0026', '999 000 0034'].map(numbered) as [
  NhsNumber,
  NhsNumber,
  NhsNumber,
];

describe('what of a person goes to a page', () => {
  it('is nothing that is for finding and matching alone', () => {
    const patient = aPatient();
    expect(forScreen({ ...patient, formerNumbers: [before], formerFamilies: ['Maiden'] })).toStrictEqual(patient);
  });
});

describe('the NHS numbers of a person', () => {
  it.each([
    ['the one there is', { nhsNumber: now }, [now]],
    ['the current one first, then what it supersedes', { nhsNumber: now, supersedes: before }, [now, before]],
    ['those of before', { nhsNumber: now, formerNumbers: [before, long] }, [now, before, long]],
    ['each once', { nhsNumber: now, supersedes: before, formerNumbers: [now, before, long] }, [now, before, long]],
  ])('are %s', (_, patient, numbers) => {
    expect(numbersOf(patient)).toEqual(numbers);
  });
});
