import { describe, expect, it } from 'vitest';
import { readFrequency } from '../../../src/record/fhir/timing.ts';

describe('a frequency', () => {
  it('says for how long within limits, and how many in all', () => {
    const repeat = { frequency: 1, period: 1, periodUnit: 'd', count: 3 };
    const boundsRange = { low: { value: 5, unit: 'days' }, high: { value: 7, unit: 'days' } };
    expect(readFrequency({ repeat: { ...repeat, boundsRange } }).text).toBe('once a day, for 5 to 7 days, 3 in all');
  });

  it.each([
    [{ frequency: 1, period: 1, periodUnit: 'd' }, 'once a day', 1],
    [{ frequency: 2, period: 1, periodUnit: 'd' }, 'twice a day', 2],
    [{ frequency: 3, period: 1, periodUnit: 'd' }, '3 times a day', 3],
    [{ period: 8, periodUnit: 'h' }, 'every 8 hours', 3],
    [{ frequency: 1, period: 1, periodUnit: 'wk' }, 'once a week', 1 / 7],
    [{ frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' }, 'every 4 to 6 hours', undefined],
    [{ frequency: 1, frequencyMax: 2, period: 1, periodUnit: 'd' }, '1 to 2 times a day', undefined],
    [{ frequency: 1, period: 1, periodUnit: 'd', when: ['HS'] }, 'once a day, at bedtime', undefined],
    [{ frequency: 1, period: 1, periodUnit: 'wk', dayOfWeek: ['mon'] }, 'once a week, on Monday', undefined],
    [{ period: 0, periodUnit: 'd' }, 'every 0 days', undefined],
    [{ frequency: 0, period: 1, periodUnit: 'd' }, '0 times a day', undefined],
    [{}, undefined, undefined],
    [{ frequency: 2 }, undefined, undefined],
    [{ frequency: 2, period: 1 }, undefined, undefined],
    [{ frequency: 2, periodUnit: 'd' }, undefined, undefined],
    [{ frequency: 2, period: 1, periodUnit: 'constructor' }, undefined, undefined],
    [{ frequency: 2, period: 1, periodUnit: 'h' }, 'twice an hour', 48],
    [{ period: 1, periodUnit: 'h' }, 'once an hour', 24],
    [{ frequency: 3, period: 2, periodUnit: 'wk' }, '3 times in 2 weeks', 3 / 14],
    [{ period: 2, periodUnit: 'd' }, 'every 2 days', 0.5],
    [{ period: 3, periodUnit: 'mo' }, 'every 3 months', undefined],
    [{ frequency: 1, period: 1, periodUnit: 'a' }, 'once a year', undefined],
    [{ period: 30, periodUnit: 'min' }, 'every 30 minutes', undefined],
    [{ period: 30, periodUnit: 's' }, 'every 30 seconds', undefined],
    [{ period: 1, periodMax: 2, periodUnit: 'd' }, 'every 1 to 2 days', undefined],
    [{ frequency: 2, period: 4, periodMax: 6, periodUnit: 'h' }, 'twice in 4 to 6 hours', undefined],
    [{ frequencyMax: 3, period: 1, periodUnit: 'd' }, '1 to 3 times a day', undefined],
    [{ frequency: 1, frequencyMax: 2, period: 8, periodUnit: 'h' }, '1 to 2 times in 8 hours', undefined],
    [{ frequency: 1, period: 1, periodUnit: 'd', timeOfDay: ['08:00:00'] }, 'once a day, at 08:00', undefined],
    [{ frequency: 1, period: 1, periodUnit: 'd', timeOfDay: ['', ' '] }, 'once a day', undefined],
    [{ frequency: 1, period: 1, periodUnit: 'd', dayOfWeek: 'sun' }, 'once a day, on Sunday', undefined],
    [{ when: ['MORN', 'NIGHT'] }, 'in the morning, at night', undefined],
    [{ when: 'AC' }, 'before meals', undefined],
    [{ when: ['MORN.early', 'constructor', ''] }, 'MORN.early, constructor', undefined],
    [{ dayOfWeek: ['mon', 'someday'] }, 'on Monday, on someday', undefined],
    [{ period: 1, periodUnit: 'd', boundsDuration: { value: 7, unit: 'days' } }, 'once a day, for 7 days', 1],
    [{ period: 1, periodUnit: 'd', boundsDuration: { value: 7, unit: 'd' } }, 'once a day, for 7 days', 1],
    [{ period: 1, periodUnit: 'd', boundsDuration: { value: 2, code: 'wk' } }, 'once a day, for 2 weeks', 1],
    [{ period: 1, periodUnit: 'd', boundsDuration: { value: 1, code: 'wk' } }, 'once a day, for 1 week', 1],
    [{ period: 1, periodUnit: 'd', boundsDuration: { value: 3, unit: 'cycle' } }, 'once a day, for 3 cycles', 1],
    [{ period: 1, periodUnit: 'd', boundsDuration: { value: 3 } }, 'once a day', 1],
    [{ period: 1, periodUnit: 'd', boundsDuration: { unit: 'days' } }, 'once a day', 1],
    [{ period: 1, periodUnit: 'd', boundsRange: { high: { value: 5, unit: 'days' } } }, 'once a day, for ≤ 5 days', 1],
    [{ period: 1, periodUnit: 'd', boundsRange: { low: { value: 5, unit: 'days' } } }, 'once a day, for ≥ 5 days', 1],
    [{ period: 1, periodUnit: 'd', count: 3, countMax: 5 }, 'once a day, 3 to 5 in all', 1],
    [{ count: 3 }, undefined, undefined],
  ])('%j is in words and in numbers', (repeat, text, timesADay) => {
    const frequency = readFrequency({ repeat });
    expect(frequency.text).toBe(text);
    if (timesADay === undefined) expect(frequency.timesADay).toBeUndefined();
    else expect(frequency.timesADay).toBeCloseTo(timesADay, 9);
  });

  it('is in its own words first', () => {
    expect(
      readFrequency({ code: { text: 'Every other morning' }, repeat: { frequency: 1, period: 2, periodUnit: 'd' } })
        .text,
    ).toBe('Every other morning');
    expect(readFrequency({ code: { text: 'Twice daily' }, repeat: { when: ['C'] } })).toEqual({
      text: 'Twice daily, with meals',
    });
  });

  it('is not there where nothing is said', () => {
    expect(readFrequency(undefined)).toEqual({});
    expect(readFrequency({ repeat: {} })).toEqual({});
  });

  it.each([
    ['MORN', 'in the morning'],
    ['NOON', 'at noon'],
    ['AFT', 'in the afternoon'],
    ['EVE', 'in the evening'],
    ['NIGHT', 'at night'],
    ['HS', 'at bedtime'],
    ['WAKE', 'on waking'],
    ['C', 'with meals'],
    ['CM', 'with breakfast'],
    ['CD', 'with lunch'],
    ['CV', 'with the evening meal'],
    ['AC', 'before meals'],
    ['ACM', 'before breakfast'],
    ['ACD', 'before lunch'],
    ['ACV', 'before the evening meal'],
    ['PC', 'after meals'],
    ['PCM', 'after breakfast'],
    ['PCD', 'after lunch'],
    ['PCV', 'after the evening meal'],
  ])('%s is told as %s', (code, words) => {
    expect(readFrequency({ repeat: { when: [code] } }).text).toBe(words);
  });

  it('names every day of the week', () => {
    const dayOfWeek = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    expect(readFrequency({ repeat: { dayOfWeek } }).text).toBe(
      'on Monday, on Tuesday, on Wednesday, on Thursday, on Friday, on Saturday, on Sunday',
    );
  });
});
