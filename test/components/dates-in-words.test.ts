import { describe, expect, it } from 'vitest';
import {
  ageInWords,
  dateInWords,
  momentInWords,
  periodInWords,
  stayInWords,
} from '../../src/components/dates-in-words.ts';
import { readDate, type RecordedDate } from '../../src/record/fhir/date.ts';
import { enGB } from '../../src/words/en-GB.ts';

function date(text: string): RecordedDate {
  const read = readDate(text);
  if (!read) throw new Error(text);
  return read;
}

describe('dates in words', () => {
  it('never says more than was recorded', () => {
    expect(['2019', '2019-03', '2019-03-07'].map((text) => dateInWords(date(text), enGB))).toEqual([
      '2019',
      'Mar-2019',
      '07-Mar-2019',
    ]);
  });

  it('never moves a moment to another day or zone', () => {
    expect(dateInWords(date('2026-06-30T23:30:00Z'), enGB)).toBe('30-Jun-2026');
    expect(momentInWords(date('2026-06-30T23:30:00+01:00'), enGB)).toBe('30-Jun-2026 23:30 (UTC+01:00)');
    expect(momentInWords(date('2026-06-30'), enGB)).toBe('30-Jun-2026');
  });

  it('says of a stay that is over, or of unknown standing, that its end is not recorded', () => {
    const began = { start: date('2026-03-12') };
    expect(stayInWords({ state: 'past' }, began, enGB)).toBe('12-Mar-2026, end not recorded');
    expect(stayInWords({ state: 'unknown' }, began, enGB)).toBe('12-Mar-2026, end not recorded');
    expect(stayInWords({ state: 'current' }, began, enGB)).toBe('since 12-Mar-2026');
    expect(stayInWords({ state: 'planned' }, began, enGB)).toBe('12-Mar-2026');
    expect(stayInWords({ state: 'past' }, { ...began, end: date('2026-03-14') }, enGB)).toBe(
      '12-Mar-2026 to 14-Mar-2026',
    );
  });

  it('gives no age to somebody whose birth date is not whole', () => {
    expect(ageInWords(date('1948'), '2026-11-20', enGB)).toBeUndefined();
    expect(ageInWords(date('1948-03-14'), '', enGB)).toBeUndefined();
  });

  it('counts days, then months under two years, then whole years', () => {
    expect(ageInWords(date('2026-11-19'), '2026-11-20', enGB)).toBe('1 day');
    expect(ageInWords(date('2025-01-21'), '2026-11-20', enGB)).toBe('21 months');
    expect(ageInWords(date('1948-11-21'), '2026-11-20', enGB)).toBe('77 y');
  });

  it('says from when to when, and what it does not know', () => {
    expect(periodInWords({ start: date('2019-03-07') }, enGB)).toBe('since 07-Mar-2019');
    expect(periodInWords({ start: date('2019-03'), end: date('2020') }, enGB)).toBe('Mar-2019 to 2020');
    expect(periodInWords({}, enGB)).toBe('date not known');
  });
});
