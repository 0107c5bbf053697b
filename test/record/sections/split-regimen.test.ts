import { describe, expect, it } from 'vitest';
import { splitRegimen, timeOfDay } from '../../../src/record/sections/split-regimen.ts';

const MG = 'mg';

describe('several doses in a day', () => {
  it.each<[text: string, ...doses: (readonly [value: number, unit: string, when: string])[]]>([
    ['10mg in the morning and 5mg at night', [10, MG, 'morning'], [5, MG, 'night']],
    [
      'Take 10 mg in the morning, 5 mg at lunchtime and 2.5 mg at bedtime',
      [10, MG, 'morning'],
      [5, MG, 'midday'],
      [2.5, MG, 'night'],
    ],
    ['10mg mane, and 5mg nocte', [10, MG, 'morning'], [5, MG, 'night']],
    ['10mg om; 5mg on', [10, MG, 'morning'], [5, MG, 'night']],
    ['10mg am + 5mg pm', [10, MG, 'morning'], [5, MG, 'evening']],
    ['10mg am & 5mg pm', [10, MG, 'morning'], [5, MG, 'evening']],
    ['10mg am / 5mg pm', [10, MG, 'morning'], [5, MG, 'evening']],
    ['10mg am then 5mg pm', [10, MG, 'morning'], [5, MG, 'evening']],
    ['10mg am,5mg pm', [10, MG, 'morning'], [5, MG, 'evening']],
    ['10mg with breakfast, 5mg before dinner', [10, MG, 'morning'], [5, MG, 'evening']],
    ['10mg with lunch, 5mg with supper', [10, MG, 'midday'], [5, MG, 'evening']],
    ['10mg at midday, 5mg at teatime', [10, MG, 'midday'], [5, MG, 'evening']],
    ['10mg at noon, 5mg with tea', [10, MG, 'midday'], [5, MG, 'evening']],
    ['10mg each morning, 5mg every evening', [10, MG, 'morning'], [5, MG, 'evening']],
    ['10mg before the morning, 5mg every night', [10, MG, 'morning'], [5, MG, 'night']],
    ['Inject 10 units in the morning and 5 units in the evening', [10, 'unit', 'morning'], [5, 'unit', 'evening']],
    ['Give 10 iu in the morning and give 5 units at night', [10, 'unit', 'morning'], [5, 'unit', 'night']],
    ['10 milligrams am, 5 milligram pm', [10, MG, 'morning'], [5, MG, 'evening']],
    ['1g am, 2g pm', [1, 'g', 'morning'], [2, 'g', 'evening']],
    ['1 gram am, 2 grams pm', [1, 'g', 'morning'], [2, 'g', 'evening']],
    ['25mcg am, 50 micrograms pm', [25, 'microgram', 'morning'], [50, 'microgram', 'evening']],
    ['5ml am, 10 millilitres pm', [5, 'ml', 'morning'], [10, 'ml', 'evening']],
    ['1 tablet am, 2 tabs pm', [1, 'counted', 'morning'], [2, 'counted', 'evening']],
    ['1 capsule am, 2 caps pm', [1, 'counted', 'morning'], [2, 'counted', 'evening']],
    ['2 tablets in the morning and 1 at night', [2, 'counted', 'morning'], [1, 'counted', 'night']],
    ['2 in the morning and 1 tablet at night', [2, 'counted', 'morning'], [1, 'counted', 'night']],
  ])('are read where every part is understood: %s', (text, ...doses) => {
    expect(splitRegimen(text)).toEqual(doses.map(([value, unit, when]) => ({ value, unit, when })));
  });

  it.each([
    '',
    '10mg in the morning',
    '10mg and 5mg',
    '2 in the morning and 1 at night',
    '10mg in the morning and 5ml at night',
    '10mg in the morning and 5mg',
    '10mg in the morning and 5mg at night if needed',
    'Perhaps 10mg in the morning and 5mg at night',
    '10mg in the morning and as directed',
    '10mg in the morning, 5mg at night, reducing',
    '10 drops in the morning and 5 drops at night',
    '10mgx in the morning and 5mg at night',
    '10mg in the mornings and 5mg at night',
  ])('are not told where one part is not, or there is only one: "%s"', (text) => {
    expect(splitRegimen(text)).toBeUndefined();
  });
});

describe('the time of day', () => {
  it.each([
    ['One tablet in the morning', 'morning'],
    ['One tablet at night', 'night'],
    ['One tablet each evening', 'evening'],
    ['One tablet every night.', 'night'],
    ['One tablet with lunch', 'midday'],
    ['One tablet before breakfast', 'morning'],
    ['One tablet at  bedtime', 'night'],
  ])('is the one that an instruction ends in: %s', (text, when) => {
    expect(timeOfDay(text)).toBe(when);
  });

  it.each(['', 'One tablet', 'In the morning one tablet', 'One tablet mane', 'One tablet at nights', 'With food'])(
    'is none in "%s"',
    (text) => {
      expect(timeOfDay(text)).toBeUndefined();
    },
  );
});
