// Proves src/record/sections/dose-said.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import {
  countedInWords,
  isSeveralSteps,
  milligramsInWords,
  numbersInOneForm,
} from '../../../src/record/sections/dose-words.ts';

describe('a number in directions', () => {
  it.each([
    ['Half a tablet', '0.5 a tablet'],
    ['One, two, three, four', '1, 2, 3, 4'],
    ['Five six seven', '5 6 7'],
    ['eight nine ten twelve', '8 9 10 12'],
    ['Someone often', 'someone often'],
    ['½ tablet', '0.5 tablet'],
    ['1/4 tablet', '0.25 tablet'],
    ['3/4 tablet', '0.75 tablet'],
    ['1½ tablets', '1.5 tablets'],
    ['12½ tablets', '12.5 tablets'],
    ['1 1/2 tablets', '1.5 tablets'],
    ['One and a half tablets', '1.5 tablets'],
    ['Two and half tablets', '2.5 tablets'],
    ['10 and a half tablets', '10.5 tablets'],
    ['10 1/2 tablets', '10.5 tablets'],
    ['take 1/2 tablet', 'take 0.5 tablet'],
    ['2 x 5mg and 3 x 10mg', '10mg and 30mg'],
    ['3/2 tablets', '3/2 tablets'],
    ['started 1/2/2026', 'started 1/2/2026'],
    ['5/1/2', '5/1/2'],
    ['1.1/2', '1.1/2'],
    ['1,000mg', '1000mg'],
    ['1,000,000 units', '1000000 units'],
    ['10,20 mg', '10,20 mg'],
    ['1,0000 mg', '1,0000 mg'],
    ['.5 mg', '0.5 mg'],
    ['take .25mg', 'take 0.25mg'],
    ['1.25 mg', '1.25 mg'],
    ['2 x 2.5mg', '5mg'],
    ['2x5 mg', '10 mg'],
    ['3 × 0.1 mg', '0.3 mg'],
    ['Two 5mg tablets', '10mg tablets'],
    ['two 2.5 mg caps', '5 mg caps'],
    ['2 x 5ml', '2 x 5ml'],
    ['10 5mg', '10 5mg'],
  ])('is written in one form: %s', (text, form) => {
    expect(numbersInOneForm(text)).toBe(form);
  });

  it.each([
    ['5 to 10 mg', '5-10 mg'],
    ['5 or 10 mg', '5-10 mg'],
    ['5 - 10 mg', '5-10 mg'],
    ['5–10mg', '5-10mg'],
    ['5—10mg', '5-10mg'],
    ['5mg-10mg', '5-10mg'],
    ['3.75mg to 7.5mg', '3.75-7.5mg'],
    ['2.5 milligrams to 5 milligrams', '2.5-5 milligrams'],
    ['25μg or 50μg', '25-50μg'],
    ['One or two tablets', '1-2 tablets'],
    ['1 tablet or 2 tablets', '1-2 tablets'],
    ['1 capsule to 2 capsules', '1-2 capsules'],
    ['1 puff or 2 puffs', '1-2 puffs'],
    ['5 to 10 mg by day, 10 to 20 mg at night', '5-10 mg by day, 10-20 mg at night'],
  ])('is one of two ends of a range: %s', (text, form) => {
    expect(numbersInOneForm(text)).toBe(form);
  });

  it.each([
    'every 4 to 6 hours',
    'every 4-6 hourly',
    '30 to 60 minutes before food',
    '30 to 60 mins before food',
    'for 5-7 days',
    'for 2 to 3 weeks',
    'for 1 or 2 months',
    '2-3 times a day',
    '8 to 10 am',
    'at 6 or 7 pm',
    'with or after food',
  ])('of times, or of none, is no range of doses: %s', (text) => {
    expect(numbersInOneForm(text)).toBe(text);
  });

  it.each([
    ['2 up to 4 times a day, maximum 4g in 24 hours', '2 up to 4 times a day'],
    ['1g qds (max 4g)', '1g qds'],
    ['1g qds; do not exceed 4g', '1g qds'],
    ['1g qds. Not to exceed 4g', '1g qds'],
    ['No more than 8 in a day', ''],
    ['Not more than 2', ''],
    ['climax 3', 'climax 3'],
  ])('is left out where it is the most that may be taken: %s', (text, form) => {
    expect(numbersInOneForm(text)).toBe(form);
  });
});

describe('the mass in a text', () => {
  it.each([
    ['10mg', 10],
    ['10 mg', 10],
    ['10mgs', 10],
    ['10 milligram', 10],
    ['10 milligrams', 10],
    ['1g', 1000],
    ['1 gram', 1000],
    ['2 grams', 2000],
    ['25 mcg', 0.025],
    ['25 mcgs', 0.025],
    ['25 ug', 0.025],
    ['25 µg', 0.025],
    ['25 μg', 0.025],
    ['25 microgram', 0.025],
    ['25 micrograms', 0.025],
    ['500 ng', 0.0005],
    ['500 nanogram', 0.0005],
    ['500 nanograms', 0.0005],
    ['1,000mg', 1000],
    ['.5mg', 0.5],
    ['0.1 mg', 0.1],
    ['2 x 2.5mg', 5],
    ['Two 5mg tablets', 10],
    ['15 mg (6 tablets)', 15],
    ['62.5micrograms', 0.0625],
  ])('is told in milligrams: %s', (text, low) => {
    expect(milligramsInWords(text)).toEqual({ low });
  });

  it('may be a range', () => {
    expect(milligramsInWords('5 to 10 mg when required')).toEqual({ low: 5, high: 10 });
    expect(milligramsInWords('25mcg-50mcg')).toEqual({ low: 0.025, high: 0.05 });
    expect(milligramsInWords('1-2g')).toEqual({ low: 1000, high: 2000 });
  });

  it.each([
    '',
    'One tablet',
    '10 units',
    '5ml',
    '10 mgx',
    '10mg then 5mg',
    '10mg am 5mg pm',
    '1.5mg/kg',
    '1.5 mg /kg',
    '1.5 mg per kg',
    '125mg/5ml',
    '5mg x2',
    '5mg x 2',
    '1,0000mg',
    '5/10mg',
  ])('is none where there is none, several, or one by something else: "%s"', (text) => {
    expect(milligramsInWords(text)).toBeUndefined();
  });
});

describe('how many of a product a text says', () => {
  it.each([
    ['One tablet daily', 1],
    ['Two capsules', 2],
    ['2 caplets', 2],
    ['Two puffs', 2],
    ['one sachet', 1],
    ['1 cap', 1],
    ['1tab', 1],
    ['One to be taken', 1],
    ['Half a tablet', 0.5],
    ['Half of a tablet', 0.5],
    ['½ tablet', 0.5],
    ['1½ tablets', 1.5],
    ['1/2 tablet', 0.5],
    ['Take eight tablets', 8],
    ['2.5 tablets', 2.5],
    ['12 tablets', 12],
    ['Two daily', 2],
    ['One once', 1],
    ['One twice', 1],
    ['One each', 1],
    ['One every', 1],
    ['One a day', 1],
    ['One at night', 1],
    ['One in the morning', 1],
    ['One mane', 1],
    ['Two nocte', 2],
    ['One od', 1],
    ['One bd', 1],
    ['One tds', 1],
    ['Two qds', 2],
    ['Two four times a day', 2],
    ['One tablet then two tablets', 1],
  ])('%s', (text, low) => {
    expect(countedInWords(text)).toEqual({ low });
  });

  it('may be a range', () => {
    expect(countedInWords('One or two tablets qds')).toEqual({ low: 1, high: 2 });
    expect(countedInWords('0.5-1.5 tablets')).toEqual({ low: 0.5, high: 1.5 });
  });

  it.each([
    '',
    'As directed',
    '10mg daily',
    'Tablets daily',
    '3/2 tablets',
    '1,0000 tablets',
    '2-3 times daily',
    'Twice daily',
    'One when required',
    'Two up to four times a day',
  ])('is none where it counts none: "%s"', (text) => {
    expect(countedInWords(text)).toBeUndefined();
  });
});

describe('several steps', () => {
  it.each([
    'Six daily then one less each week',
    'Increase to 100mg',
    'increasing weekly',
    'Reduce by one',
    'Reducing course',
    'Decrease slowly',
    'Taper',
    'Tapering',
    'Titrate to effect',
    'Titrating',
    'Decreasing dose',
  ])('are told by their words: %s', (text) => {
    expect(isSeveralSteps(text)).toBe(true);
  });

  it.each(['', 'One daily', 'Strengthen', 'Authentic'])('are not in "%s"', (text) => {
    expect(isSeveralSteps(text)).toBe(false);
  });
});
