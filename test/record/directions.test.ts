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
    expect(readDirections(text)).toStrictEqual(said);
  });

  it('tells once a week from once a day', () => {
    expect(readDirections('One tablet once a week')?.timesADay).toBeCloseTo(1 / 7, 6);
    expect(readDirections('One tablet once a day')?.timesADay).toBe(1);
  });
});

describe('each word of an instruction', () => {
  it.each<[string, object]>([
    ['Half tablet', { count: 0.5 }],
    ['Half a tablet', { count: 0.5 }],
    ['A tablet', { count: 1 }],
    ['An capsule', { count: 1 }],
    ['Two', { count: 2 }],
    ['Three tabs', { count: 3 }],
    ['Four caps', { count: 4 }],
    ['1.5 tablets', { count: 1.5 }],
    ['12 drops', { count: 12 }],
    ['1 tab', { count: 1 }],
    ['1 cap', { count: 1 }],
    ['1 puff', { count: 1 }],
    ['1 sachet', { count: 1 }],
    ['1 dose', { count: 1 }],
    ['1 drop', { count: 1 }],
    ['1 tablet(s)', { count: 1 }],
  ])('counts: %s', (text, said) => {
    expect(readDirections(text)).toStrictEqual(said);
  });

  it.each([
    ['mg', 'mg'],
    ['milligram', 'mg'],
    ['milligrams', 'mg'],
    ['g', 'g'],
    ['gram', 'g'],
    ['grams', 'g'],
    ['mcg', 'microgram'],
    ['microgram', 'microgram'],
    ['micrograms', 'microgram'],
    ['ml', 'ml'],
    ['millilitre', 'ml'],
    ['millilitres', 'ml'],
    ['unit', 'unit'],
    ['units', 'unit'],
  ])('measures in %s, beside its number or apart', (unit, read) => {
    expect(readDirections(`10 ${unit}`)).toStrictEqual({ amount: { value: 10, unit: read } });
    expect(readDirections(`12.5${unit}`)).toStrictEqual({ amount: { value: 12.5, unit: read } });
    expect(readDirections(`One tablet (2.5 ${unit})`)).toStrictEqual({ count: 1, amount: { value: 2.5, unit: read } });
  });

  it.each<[readonly string[], number, string?]>([
    [['once a day', 'once daily', 'once each day', 'once every day', 'daily', 'od', 'each day', 'every day'], 1],
    [['a day', 'one time a day'], 1],
    [['twice a day', 'twice daily', 'twice each day', 'bd', 'b.d', 'two times a day', '2 times a day'], 2],
    [['two times daily'], 2],
    [['three times a day', 'three times daily', 'tds', 'tid', '3 times a day', '3 times daily'], 3],
    [['four times a day', 'four times daily', 'qds', '4 times a day', '4 times daily'], 4],
    [['in the morning', 'each morning', 'every morning', 'mane', 'om'], 1, 'morning'],
    [['once a day in the morning', 'once daily in the morning'], 1, 'morning'],
    [['at night', 'each night', 'every night', 'nocte', 'on', 'at bedtime', 'once a day at night'], 1, 'night'],
    [['once daily at night'], 1, 'night'],
    [['once a week', 'once weekly', 'weekly', 'each week', 'every week'], 1 / 7],
  ])('says how often: %s', (ways, timesADay, when) => {
    for (const way of ways) {
      expect(readDirections(`One tablet ${way}`)).toStrictEqual({ count: 1, timesADay, ...(when && { when }) });
    }
  });

  it.each(['when required', 'when needed', 'if required', 'if needed', 'as required', 'as needed', 'prn'])(
    'says that it is only taken %s',
    (words) => {
      expect(readDirections(`One tablet ${words}`)).toStrictEqual({ count: 1, asNeeded: true });
      expect(readDirections(`One tablet daily, ${words}`)).toStrictEqual({ count: 1, timesADay: 1, asNeeded: true });
    },
  );

  it.each(['Take', 'Inhale', 'Give', 'Use', 'Swallow'])('may begin with "%s"', (word) => {
    expect(readDirections(`${word} one tablet`)).toStrictEqual({ count: 1 });
  });

  it.each([
    'to be taken',
    'taken',
    'to be inhaled',
    'given',
    'to be used',
    'by mouth',
    'orally',
    'po',
    'taken by mouth',
  ])('adds nothing by "%s"', (words) => {
    expect(readDirections(`One tablet ${words} daily`)).toStrictEqual({ count: 1, timesADay: 1 });
  });

  it.each([
    'with food',
    'after food',
    'before food',
    'with meals',
    'after breakfast',
    'morning and night',
    'in the morning and midday',
    'morning and noon',
    'morning and teatime',
    'morning and evening',
  ])('says when: %s', (words) => {
    expect(readDirections(`One tablet ${words}`)).toStrictEqual({ count: 1, when: words });
    expect(readDirections(`One tablet twice a day, ${words}`)).toStrictEqual({ count: 1, timesADay: 2, when: words });
  });

  it('says all of it together', () => {
    expect(readDirections('Take 5 mg once daily in the morning, with food, when needed.')).toStrictEqual({
      amount: { value: 5, unit: 'mg' },
      timesADay: 1,
      when: 'morning, with food',
      asNeeded: true,
    });
    expect(readDirections('One b.d. with food')).toStrictEqual({ count: 1, timesADay: 2, when: 'with food' });
  });

  it.each([
    'Please take one daily',
    'One daily please',
    '5.mg',
    '5mgs',
    '.5 mg daily',
    '1,000 mg daily',
    '1/2 tablet daily',
    '1½ tablets daily',
    'mg daily',
    'One (2) daily',
    'Daily',
  ])('is understood, or none is: %s', (text) => {
    expect(readDirections(text)).toBeUndefined();
  });
});
