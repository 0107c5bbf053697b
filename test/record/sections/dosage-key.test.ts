import { describe, expect, it } from 'vitest';
import type { RecordedDate } from '../../../src/record/fhir/date.ts';
import type { Dosage } from '../../../src/record/fhir/dosage.ts';
import { formatQuantity, type Quantity } from '../../../src/record/fhir/quantity.ts';
import { contradictsItself, dosageDetails, dosagesKey } from '../../../src/record/sections/dosage-key.ts';

type Said = Partial<Dosage> & { readonly strength?: string };

const daily = { timesADay: 1 };

function amount(value: string, unit?: string, unitCode?: string, comparator?: Quantity['comparator']): Partial<Dosage> {
  const doseQuantity: Quantity = {
    value,
    ...(unit !== undefined && { unit }),
    ...(unitCode !== undefined && { unitCode }),
    ...(comparator && { comparator }),
  };
  return { dose: formatQuantity(doseQuantity), doseQuantity };
}

function prescribed({ strength, ...dosage }: Said): {
  readonly strength?: string;
  readonly dosages: readonly Dosage[];
} {
  return { ...(strength !== undefined && { strength }), dosages: [{ instructions: [], ...dosage }] };
}

function oneDose(a: Said, b: Said): boolean {
  return JSON.stringify(dosagesKey(prescribed(a))) === JSON.stringify(dosagesKey(prescribed(b)));
}

describe('doses that stay apart', () => {
  it.each<[why: string, a: Said, b: Said]>([
    ['another amount', { ...amount('5', 'mg'), ...daily }, { ...amount('10', 'mg'), ...daily }],
    ['another mass', { ...amount('5', 'mg'), ...daily }, { ...amount('5', 'microgram'), ...daily }],
    ['micrograms and nanograms', { ...amount('5', 'microgram'), ...daily }, { ...amount('5', 'nanogram'), ...daily }],
    [
      'less than a nanogram apart',
      { ...amount('62.5', 'nanogram'), ...daily },
      { ...amount('63', 'nanogram'), ...daily },
    ],
    ['another volume', { ...amount('5', 'ml'), ...daily }, { ...amount('10', 'ml'), ...daily }],
    ['a volume and units', { ...amount('5', 'ml'), ...daily }, { ...amount('5', 'unit'), ...daily }],
    ['another count', { ...amount('1', 'tablet'), ...daily }, { ...amount('2', 'tablet'), ...daily }],
    ['one tablet and one milligram', { ...amount('1', 'tablet'), ...daily }, { ...amount('1', 'mg'), ...daily }],
    ['another frequency', { ...amount('5', 'mg'), timesADay: 1 }, { ...amount('5', 'mg'), timesADay: 2 }],
    ['no frequency', { ...amount('5', 'mg'), timesADay: 1 }, amount('5', 'mg')],
    ['no amount', { ...amount('5', 'mg'), ...daily }, daily],
    ['nothing recorded', { ...amount('5', 'mg'), ...daily }, {}],
    [
      'regularly and when needed',
      { ...amount('5', 'mg'), ...daily },
      { ...amount('5', 'mg'), ...daily, asNeeded: true },
    ],
    ['another rate', { rate: '10 ml/h' }, { rate: '20 ml/h' }],
    ['another maximum', { maximum: '4 g in 24 h' }, { maximum: '2 g in 24 h' }],
    ['another place', { site: 'Left eye' }, { site: 'Right eye' }],
    [
      'another first day',
      { bounds: { start: '2026-01-01' as RecordedDate } },
      { bounds: { start: '2026-02-01' as RecordedDate } },
    ],
    [
      'another last day',
      { bounds: { end: '2026-01-01' as RecordedDate } },
      { bounds: { end: '2026-02-01' as RecordedDate } },
    ],
    ['a range and another', { dose: '1 to 2 tablets', ...daily }, { dose: '1 to 3 tablets', ...daily }],
    ['at most and exactly', { ...amount('5', 'mg', undefined, '<'), ...daily }, { ...amount('5', 'mg'), ...daily }],
    [
      'less than and at most',
      { ...amount('5', 'mg', undefined, '<'), ...daily },
      { ...amount('5', 'mg', undefined, '<='), ...daily },
    ],
    [
      'at most so much of another unit',
      { ...amount('5', 'mg', undefined, '<'), ...daily },
      { ...amount('5', 'g', undefined, '<'), ...daily },
    ],
    [
      'one 5 ml spoonful and fifteen millilitres',
      { ...amount('1', '5ml spoonful', undefined, '<='), ...daily },
      { ...amount('15', 'ml spoonful', undefined, '<='), ...daily },
    ],
    ['units that contradict each other', { ...amount('5', 'mg', 'g'), ...daily }, { ...amount('5', 'mg'), ...daily }],
    ['an amount without a unit', { ...amount('5'), ...daily }, { ...amount('5', 'mg'), ...daily }],
    [
      'a unit that only ends in a countable word',
      { ...amount('2', 'half tablets'), ...daily },
      { ...amount('2', 'tablets'), ...daily },
    ],
    [
      'a unit that only begins with a countable word',
      { ...amount('2', 'dose packs'), ...daily },
      { ...amount('2', 'doses'), ...daily },
    ],
    [
      'for so many days and for others',
      { ...amount('5', 'mg'), ...daily, frequency: 'once a day, for 7 days' },
      { ...amount('5', 'mg'), ...daily, frequency: 'once a day, for 10 days' },
    ],
    [
      'for so many days and without an end',
      { ...amount('5', 'mg'), ...daily, frequency: 'once a day, for 7 days' },
      { ...amount('5', 'mg'), ...daily, frequency: 'once a day' },
    ],
    [
      'how often only in words that give no number',
      { ...amount('5', 'mg'), frequency: 'with each bag' },
      { ...amount('5', 'mg'), frequency: 'before each bag' },
    ],
    ['other words without numbers', { text: 'As directed' }, { text: 'As before' }],
    [
      'a frequency with other words that give no amount',
      { ...daily, text: 'Apply thinly' },
      { ...daily, text: 'Apply well' },
    ],
    ['words and silence', { text: 'As directed' }, {}],
    ['other words that are understood in part', { text: 'One tablet' }, { text: 'Two tablets' }],
    ['an amount in words without a frequency', { text: 'One tablet daily' }, { text: 'One tablet' }],
    ['a mass in words', { text: '5mg once a day' }, { text: '10mg once a day' }],
    ['a volume in words', { text: '5ml once a day' }, { text: '10ml once a day' }],
    ['when needed in words', { text: 'One tablet once a day' }, { text: 'One tablet once a day prn' }],
    [
      'a count, and the same with a mass beside it',
      { text: 'One capsule (2.5mg) once a day' },
      { text: 'One capsule once a day' },
    ],
    [
      'a count with one mass and with another',
      { text: 'One capsule (2.5mg) once a day' },
      { text: 'One capsule (5mg) once a day' },
    ],
  ])('%s', (_, a, b) => {
    expect(oneDose(a, b)).toBe(false);
    expect(oneDose(b, a)).toBe(false);
  });

  it.each(['5mg/ml', '5mg/5ml', '5mg/25mg', '5ml', 'about 5mg', '5mg tablets', '5', '5mg/1 tablets', '5mg/2 tablet'])(
    'a count from a mass and from another count, where the strength is %s',
    (strength) => {
      const two = { strength, ...amount('2', 'tablet'), ...daily };
      expect(oneDose(two, { strength, ...amount('10', 'mg'), ...daily })).toBe(false);
      expect(oneDose(two, { strength, ...amount('1', 'tablet'), ...daily })).toBe(false);
    },
  );

  it('a regimen and each of its steps', () => {
    const [five] = prescribed({ ...amount('5', 'mg'), ...daily }).dosages;
    const [ten] = prescribed({ ...amount('10', 'mg'), ...daily }).dosages;
    const keys = [[five], [ten], [five, ten], [ten, five], []].map((steps) =>
      JSON.stringify(dosagesKey({ dosages: steps.flatMap((step) => step ?? []) })),
    );
    expect(new Set(keys).size).toBe(5);
  });

  it.each([
    'Take with water and then rest',
    'With food OR milk',
    'Dose increasing slowly',
    'Reducing slowly',
    'Titrated to effect',
    'Tapering',
    'Weaning off',
    'Until reviewed',
    'Unless drowsy',
    'If in pain',
    'Take for 5',
    'Take for 10/7',
    'Take for 14',
    'Take for one more course',
    'Take for two more courses',
    'Take for three courses',
    'Take for five courses',
    'Take for seven courses',
    'Take for ten courses',
    'Five days on, two off',
    'With water, 21 days in a row',
    'Stop before surgery',
    'Hold before surgery',
    'Withhold before surgery',
    'Omit before surgery',
    'Alternate sides',
    'Every other side',
    'Up to the line',
    'May be crushed',
    'Max strength',
    'Maximum strength',
    'Weekly box',
    'From the third week',
    'Of two weeks',
    'Each month',
    'Of two months',
    'On Monday',
    'On Tuesdays',
    'On Wednesday',
    'On Thursday',
    'On Friday',
    'On Saturday',
    'On Sunday',
  ])('numbers alone and numbers with words that say more: %s', (text) => {
    const alone = { ...amount('5', 'mg'), ...daily };
    expect(oneDose(alone, { ...alone, text })).toBe(false);
  });

  it('the same numbers with two different steps after them', () => {
    const numbers = { ...amount('5', 'mg'), ...daily };
    expect(oneDose({ ...numbers, text: 'Then 10 mg' }, { ...numbers, text: 'Then 20 mg' })).toBe(false);
  });

  it('the same numbers with words that contradict them and without', () => {
    const numbers = { ...amount('5', 'mg'), ...daily };
    expect(oneDose(numbers, { ...numbers, text: '10mg once a day' })).toBe(false);
    expect(oneDose(numbers, { ...numbers, text: '5mg twice a day' })).toBe(false);
    expect(oneDose(numbers, { ...numbers, text: 'Swallow whole with water twice a day' })).toBe(false);
  });

  it('other numbers beside the same contradicting words', () => {
    const words = { text: '20mg once a day', ...daily };
    expect(oneDose({ ...words, ...amount('5', 'mg') }, { ...words, ...amount('10', 'mg') })).toBe(false);
    // What contradicts itself is not worked out: it is compared as it is written.
    expect(oneDose({ ...words, ...amount('1', 'g') }, { ...words, ...amount('1000', 'mg') })).toBe(false);
  });

  it('a capsule whose words name a mass that it has not', () => {
    const capsule = { strength: '5mg', ...amount('5', 'mg'), ...daily };
    expect(oneDose(capsule, { ...capsule, text: 'One capsule (2.5mg) once a day' })).toBe(false);
  });
});

describe('doses that are one', () => {
  it.each<[why: string, a: Said, b: Said]>([
    ['the same digits with a zero behind', amount('5', 'mg'), amount('5.0', 'mg')],
    ['grams', amount('1', 'g'), amount('1000', 'mg')],
    ['micrograms', amount('500', 'microgram'), amount('0.5', 'mg')],
    ['nanograms', amount('250', 'nanogram'), amount('0.25', 'microgram')],
    ['a unit and its code', amount('5', 'milligram', 'mg'), amount('5', 'mg')],
    ['a code alone', amount('5', undefined, 'mg'), amount('5', 'mg')],
    ['a unit in capitals and spaces', amount('5', ' MG '), amount('5', 'mg')],
    ['either sign for micro', amount('5', '\u03bcg'), amount('5', '\u00b5g')],
    ['an empty unit beside its code', amount('5', '', 'mg'), amount('5', 'mg')],
    ['a unit that is not known', amount('5', 'Application'), amount('5', 'application')],
    ['a range in other spaces and letters', { dose: '1 to 2 tablets' }, { dose: '1  to 2Tablets' }],
    ['a count in words', amount('2', 'tablet'), { text: 'Two tablets once a day' }],
    ['a mass in words', amount('5', 'mg'), { text: '5mg once a day' }],
    ['grams in words', amount('1000', 'mg'), { text: '1g once a day' }],
    ['a volume in words', amount('5', 'ml'), { text: '5ml once a day' }],
    ['both in words', amount('5', 'mg'), { ...amount('5', 'mg'), text: '5mg once a day' }],
    ['words that say no more', amount('5', 'mg'), { ...amount('5', 'mg'), text: 'Swallow whole with plenty of water' }],
    [
      'a frequency told in other words',
      { ...amount('5', 'mg'), frequency: 'once a day' },
      { ...amount('5', 'mg'), frequency: 'every day' },
    ],
    ['when needed, and for what', { ...amount('5', 'mg'), asNeeded: true }, { ...amount('5', 'mg'), asNeeded: 'pain' }],
    ['when needed in words', { ...amount('5', 'mg'), asNeeded: true }, { text: '5mg once a day when required' }],
    ['if needed in words', { ...amount('5', 'mg'), asNeeded: true }, { text: '5mg once a day if needed' }],
    ['by another route', { ...amount('5', 'mg'), route: 'Oral' }, { ...amount('5', 'mg'), route: 'By mouth' }],
    ['a tablet and its strength', { strength: '5mg', ...amount('2', 'tablets') }, amount('10', 'mg')],
    ['a strength with its tablet', { strength: '5 mg/1 tablet', ...amount('2', '{tablet}') }, amount('10', 'mg')],
    ['a strength with its capsule', { strength: '2.5mg/1capsule', ...amount('2', 'capsules') }, amount('5', 'mg')],
    ['a strength of several digits', { strength: '62.25 micrograms', ...amount('2', 'cap') }, amount('0.1245', 'mg')],
    ['a strength in the sign for micro', { strength: '25µg', ...amount('2', 'tabs') }, amount('50', 'mcg')],
    ['a strength in the Greek letter', { strength: '25\u03bcg', ...amount('2', 'tabs') }, amount('50', 'mcg')],
    ['three of a tenth', { strength: '0.1mg', ...amount('3', 'caplets') }, amount('0.3', 'mg')],
    ['one of a gram in words', { strength: '1 G', text: 'One tablet once a day' }, amount('1000', 'mg')],
    [
      'a capsule whose words name its mass',
      { strength: '5mg', text: 'One capsule (5mg) once a day' },
      amount('5', 'mg'),
    ],
    [
      'a count of unknown strength beside a mass',
      { ...amount('5', 'mg'), text: 'One tablet once a day' },
      amount('5', 'mg'),
    ],
  ])('%s', (_, a, b) => {
    expect(oneDose({ ...a, ...daily }, { ...b, ...daily })).toBe(true);
  });

  it.each([
    ['mg', 'milligram', 'milligrams'],
    ['g', 'gram', 'grams'],
    ['microgram', 'micrograms', 'mcg', 'ug', 'µg'],
    ['nanogram', 'nanograms', 'ng'],
    ['ml', 'millilitre', 'millilitres'],
    ['unit', 'units', '[iU]'],
    ['tablet', 'tablets', '{tablet}', '{tablets}', 'capsule', 'caplets', 'tab', 'caps', 'puffs', 'sachet', 'dose'],
  ])('%s and its other spellings', (unit, ...spellings) => {
    for (const spelling of spellings) {
      expect(oneDose({ ...amount('5', unit), ...daily }, { ...amount('5', spelling), ...daily }), spelling).toBe(true);
    }
  });

  it('the same words in other letters and spaces', () => {
    expect(oneDose({ text: 'As  directed.' }, { text: 'as directed' })).toBe(true);
  });

  it('a frequency in numbers beside an amount in words', () => {
    expect(oneDose({ text: 'One tablet', timesADay: 2 }, { text: 'One tablet twice a day' })).toBe(true);
  });
});

describe('an instruction that contradicts itself', () => {
  it.each<[why: string, said: Said]>([
    ['two masses', { ...amount('5', 'mg'), text: '10mg once a day' }],
    ['two counts', { ...amount('1', 'tablet'), text: 'Two tablets once a day' }],
    ['a count of known strength and another mass', { strength: '5mg', ...amount('5', 'mg'), text: 'Two tablets' }],
    ['two frequencies', { ...amount('5', 'mg'), timesADay: 1, text: '5mg twice a day' }],
    ['a frequency in words that are understood in part', { timesADay: 1, text: 'Swallow whole twice a day' }],
    ['a unit in words and another in its code', { doseQuantity: { value: '125', unit: 'mg', unitCode: 'ug' } }],
    ['a count in words and a mass in its code', { doseQuantity: { value: '2', unit: 'tablet', unitCode: 'mg' } }],
    ['a mass that the capsule has not', { strength: '5mg', ...amount('5', 'mg'), text: 'One capsule (2.5mg)' }],
  ])('is said to: %s', (_, said) => {
    expect(contradictsItself(prescribed(said))).toBe(true);
  });

  it.each<[why: string, said: Said]>([
    ['nothing recorded', {}],
    ['one unit in words and in its code', { doseQuantity: { value: '125', unit: 'micrograms', unitCode: 'ug' } }],
    ['a unit in words and a code nobody knows', { doseQuantity: { value: '2', unit: 'tablet', unitCode: '{tbl}' } }],
    ['numbers alone', { ...amount('5', 'mg'), ...daily }],
    ['words alone', { text: '5mg once a day' }],
    ['the same in both', { ...amount('5', 'mg'), ...daily, text: '5mg once a day' }],
    ['a mass and a count of unknown strength', { ...amount('5', 'mg'), text: 'Two tablets once a day' }],
    ['a count and a mass of unknown strength', { ...amount('1', 'tablet'), text: '5mg once a day' }],
    ['an amount, and words that name none', { ...amount('5', 'mg'), text: 'As directed' }],
    ['a frequency, and words that name none', { timesADay: 1, text: 'As directed' }],
    ['no frequency, and words that name one', { ...amount('5', 'mg'), text: 'Swallow whole twice a day' }],
    ['a frequency, and words that are understood and name none', { timesADay: 3, text: 'One tablet' }],
    ['several steps', { timesADay: 3, text: 'Once a day then twice a day' }],
  ])('is not seen in %s', (_, said) => {
    expect(contradictsItself(prescribed(said))).toBe(false);
  });

  it('is said where one of several steps is one', () => {
    const [plain] = prescribed({ ...amount('5', 'mg'), ...daily }).dosages;
    const [torn] = prescribed({ ...amount('5', 'mg'), text: '10mg once a day' }).dosages;
    expect(contradictsItself({ dosages: [plain, torn].flatMap((step) => step ?? []) })).toBe(true);
  });
});

describe('what an instruction may leave out', () => {
  it('is nothing where nothing is said', () => {
    expect(dosageDetails(prescribed({}))).toEqual([undefined, undefined, undefined]);
    expect(dosageDetails(prescribed({ text: 'As directed', asNeeded: true }))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is the route, by its code or by the words for one', () => {
    const routeOf = (said: Said): string | undefined => dosageDetails(prescribed(said))[0];
    const coded = (route: string, system: string): Said => ({
      route,
      routeCode: { text: route, codings: [{ system, code: '26643006' }] },
    });
    expect(routeOf({ route: 'By mouth' })).toBe('26643006');
    expect(routeOf(coded('Through the mouth', 'http://snomed.info/sct'))).toBe('26643006');
    expect(routeOf(coded('Through the mouth', 'urn:local'))).toBe('through the mouth');
    expect(routeOf({ route: 'Through the mouth' })).toBe('through the mouth');
  });

  it('is the time of day, where all the words are understood', () => {
    expect(dosageDetails(prescribed({ text: 'One tablet in the morning' }))[1]).toBe('morning');
    expect(dosageDetails(prescribed({ text: 'One tablet once a day' }))[1]).toBeUndefined();
  });

  it('is what it is needed for', () => {
    expect(dosageDetails(prescribed({ asNeeded: 'Pain ' }))[2]).toBe('pain');
  });

  it('is told for each step, and which of them is silent', () => {
    const steps = [prescribed({ asNeeded: 'pain' }), prescribed({})].flatMap(({ dosages }) => dosages);
    expect(dosageDetails({ dosages: steps })[2]).toBe('pain;');
    expect(dosageDetails({ dosages: steps.toReversed() })[2]).toBe(';pain');
  });
});
