import { describe, expect, it } from 'vitest';
import { readDirections } from '../../src/record/directions.ts';

describe('a written instruction', () => {
  it.each([
    'One daily, increasing to two after a week',
    'One or two when needed',
    'One up to four times a day',
    'One daily then stop',
    'One on Mondays',
    'As directed',
    'One every other day',
    'One tablet daily for seven days',
    '5 mg/ml once a day',
    'One to two tablets a day',
    'One tablet once a day if blood pressure allows',
    '',
  ])('is not read at all where a word of it is not understood: %s', (text) => {
    expect(readDirections(text)).toBeUndefined();
  });

  it.each([
    ['One capsule to be taken once a day', { count: 1, timesADay: 1 }],
    ['ONE TO BE TAKEN EACH DAY.', { count: 1, timesADay: 1 }],
    ['Take half a tablet twice daily', { count: 0.5, timesADay: 2 }],
    ['2 tablets t.d.s', undefined],
    ['2 tablets tds', { count: 2, timesADay: 3 }],
    ['5 mg at night', { amount: { value: 5, unit: 'mg' }, timesADay: 1, when: 'night' }],
    [
      'One capsule (2.5 mg) in the morning',
      { count: 1, amount: { value: 2.5, unit: 'mg' }, timesADay: 1, when: 'morning' },
    ],
    ['One tablet twice a day, morning and lunchtime', { count: 1, timesADay: 2, when: 'morning and lunchtime' }],
    ['One tablet once a day with food', { count: 1, timesADay: 1, when: 'with food' }],
    ['Inhale two puffs twice a day when required', { count: 2, timesADay: 2, asNeeded: true }],
    ['One a day prn', { count: 1, timesADay: 1, asNeeded: true }],
    ['500 micrograms once a day', { amount: { value: 500, unit: 'microgram' }, timesADay: 1 }],
  ])('is read whole: %s', (text, said) => {
    expect(readDirections(text)).toEqual(said);
  });

  it('tells once a week from once a day', () => {
    expect(readDirections('One tablet once a week')?.timesADay).toBeCloseTo(1 / 7, 6);
    expect(readDirections('One tablet once a day')?.timesADay).toBe(1);
  });
});
