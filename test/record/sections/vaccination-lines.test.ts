// Proves src/record/sections/vaccinations.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { groupEntries } from '../../../src/record/group-entries.ts';
import { vaccinations, type VaccinationEntry } from '../../../src/record/sections/vaccinations.ts';
import { entryFrom } from '../../support/record.ts';

type Change = { readonly [element: string]: unknown };

/** How many lines two organisations' records of one vaccination make. */
function lines(here: Change, there: Change): number {
  const read = (change: Change, source: string): VaccinationEntry =>
    entryFrom<VaccinationEntry>(
      {
        resourceType: 'Immunization',
        id: 'v1',
        status: 'completed',
        vaccineCode: { text: 'MMR' },
        occurrenceDateTime: '2021-07-20',
        ...change,
      },
      source,
    );
  return groupEntries(vaccinations, [read(here, 'gp'), read(there, 'hub')]).length;
}

const reasons = (...texts: readonly string[]): Change => ({ reasonCode: texts.map((text) => ({ text })) });

describe('one vaccination told by two', () => {
  it.each([
    ['a month', '2021-07'],
    ['a year', '2021'],
    ['no date', undefined],
  ])('is two lines where all that is known is %s: it may have been given twice', (_what, occurrenceDateTime) => {
    expect(lines({ occurrenceDateTime }, { occurrenceDateTime })).toBe(2);
    expect(lines({ occurrenceDateTime }, {})).toBe(2);
  });

  it('is two lines where it was given for another reason', () => {
    expect(lines(reasons('Travel'), reasons('Work'))).toBe(2);
    expect(lines(reasons('Travel'), reasons('Travel', 'Work'))).toBe(2);
    expect(lines(reasons('Travel', 'Work'), reasons('TravelWork'))).toBe(2);
  });

  it('is one where both give the same reasons, in whatever order and letters, or one gives none', () => {
    expect(lines({}, {})).toBe(1);
    expect(lines(reasons('Travel', 'Work'), reasons('work', 'travel'))).toBe(1);
    expect(lines(reasons('Travel'), {})).toBe(1);
    expect(lines({}, reasons('Travel'))).toBe(1);
  });

  it('that was not given is two lines where it was for another reason, or not given for another', () => {
    const declined = (why: string, change: Change = {}): Change => ({
      status: 'not-done',
      statusReason: { text: why },
      ...change,
    });
    expect(lines(declined('Fever'), declined('No consent'))).toBe(2);
    expect(lines(declined('Fever', reasons('Travel')), declined('Fever', reasons('Work')))).toBe(2);
    expect(lines(declined('Fever'), { status: 'not-done', ...reasons('Fever') })).toBe(1);
    expect(lines(declined('Fever', reasons('Travel')), declined('FEVER', reasons('travel')))).toBe(1);
    expect(lines(declined('Fever', reasons('Travel')), declined('Fever'))).toBe(1);
    expect(lines(declined('Fever'), { status: 'not-done' })).toBe(1);
  });
});
