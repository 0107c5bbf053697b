import { describe, expect, it } from 'vitest';
import { timesADayInWords } from '../../../src/record/sections/times-in-words.ts';

describe('how often a text says', () => {
  it.each([
    ['One tablet up to four times a day'],
    ['One or two tablets daily'],
    ['Every 4 to 6 hours'],
    ['One daily then two daily'],
    ['As directed'],
    ['One when required'],
    ['One at 8 am and one at 8 pm each day'],
    [''],
  ])('is left open where it leaves doubt: %s', (text) => {
    expect(timesADayInWords(text)).toBeUndefined();
  });

  it.each([
    ['One capsule to be taken once a day', 1],
    ['ONE TO BE TAKEN EACH DAY', 1],
    ['Take two tablets twice daily', 2],
    ['One three times a day', 3],
    ['Two 5ml spoonfuls four times each day', 4],
    ['1 tablet 5 times a day', 5],
    ['Six tablets once a week', 1 / 7],
    ['One tablet twice a week', 2 / 7],
    ['Inject weekly', 1 / 7],
    ['One on alternate days', 0.5],
    ['One at night', 1],
    ['One tds', 3],
  ])('is read from %s', (text, expected) => {
    expect(timesADayInWords(text)).toBeCloseTo(expected, 6);
  });
});
