// Proves src/record/sections/dose-words.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Dosage } from '../../../src/record/fhir/dosage.ts';
import { dosesSaid, type Dose } from '../../../src/record/sections/dose-said.ts';
import type { MedicationEntry } from '../../../src/record/sections/medications.ts';
import { conflictKinds, entryFrom } from '../../support/record.ts';

type Written = { readonly text?: string; readonly dose?: object; readonly timing?: object };

/** What is said of a medicine by that name, with these directions. */
function said(name: string, ...directions: readonly (string | Written)[]): readonly Dose[] | undefined {
  return dosesSaid(medicine(name, ...directions), 'oral');
}

function medicine(name: string, ...directions: readonly (string | Written)[]): MedicationEntry {
  return entryFrom<MedicationEntry>(resource(name, ...directions));
}

function resource(name: string, ...directions: readonly (string | Written)[]) {
  return {
    resourceType: 'MedicationRequest',
    id: '1',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: name },
    dosageInstruction: directions.map((one) =>
      typeof one === 'string'
        ? { text: one }
        : {
            ...(one.text !== undefined && { text: one.text }),
            ...(one.dose && { doseAndRate: [{ doseQuantity: one.dose }] }),
            ...(one.timing && { timing: { repeat: one.timing } }),
          },
    ),
  };
}

const mg = (amount: string, time: object = {}): readonly object[] => [{ amount, unit: 'mg', ...time }];
const RAMIPRIL = 'Ramipril 5mg capsules';
const MORPHINE = 'Morphine 10mg/5ml oral solution';

describe('a dose whose unit is one in words and another in its code', () => {
  it('is no mass that another could be held against', () => {
    const torn = said('Digoxin', { dose: { value: 125, unit: 'mg', code: 'ug' } });
    expect(torn?.map(({ unit }) => unit)).not.toContain('mg');
    expect(said('Digoxin', { dose: { value: 125, unit: 'micrograms', code: 'ug' } })).toEqual(mg('0.125'));
  });
});

describe('a dose', () => {
  it.each<[string, string | Written, readonly object[]]>([
    ['a number with its unit', { dose: { value: 5, unit: 'mg' } }, mg('5')],
    ['its coded unit before its words', { dose: { value: 5, code: 'MG', unit: 'spoon' } }, mg('5')],
    ['the words where the code is no mass', { dose: { value: 5, code: '{x}', unit: 'Milligram' } }, mg('5')],
    ['grams', { dose: { value: 0.5, unit: 'g' } }, mg('500')],
    ['micrograms', { dose: { value: 25, unit: 'microgram' } }, mg('0.025')],
    ['a mass in its text', '5 mg once a day', mg('5', { often: 1 })],
    ['the number before the text', { text: '10 mg daily', dose: { value: 5, unit: 'mg' } }, mg('5', { often: 1 })],
    ['so many of one strength', 'Two capsules twice a day', mg('10', { often: 2 })],
    ['a number of capsules', { dose: { value: 2, unit: 'capsule' } }, mg('10')],
    ['a coded number of tablets', { dose: { value: 3, code: 'TABLET' } }, mg('15')],
    ['a mass in the text beside a number of capsules', { text: '5 mg', dose: { value: 1, unit: 'capsule' } }, mg('5')],
    ['a range', 'One or two capsules daily', mg('5-10')],
    ['a fraction', '1/2 capsule daily', mg('2.5', { often: 1 })],
    ['a time of day, which alone is only how often', 'One at night', mg('5', { often: 1 })],
    [
      'how often beside it',
      { dose: { value: 5, unit: 'mg' }, timing: { frequency: 3, period: 7, periodUnit: 'd' } },
      mg('5', { often: 0.429 }),
    ],
    [
      'how often in words before numbers',
      { text: 'One daily', timing: { frequency: 2, period: 1, periodUnit: 'd' } },
      mg('5', { often: 1 }),
    ],
  ])('is told in milligrams by %s', (_how, directions, doses) => {
    expect(said(RAMIPRIL, directions)).toEqual(doses);
  });

  it.each<[string, string | Written]>([
    ['no number', 'As directed by the clinic: see card 4'],
    ['more or less than it', { dose: { value: 5, unit: 'mg', comparator: '<' }, text: 'x 1' }],
    ['less than a number of tablets', { dose: { value: 2, unit: 'tablet', comparator: '<' } }],
    ['several steps', 'One daily, increase to 10 mg after a week'],
    ['a reducing course', 'Reduce by 5 mg each week'],
    ['a number without a unit', { dose: { value: 5 }, text: 'spoon' }],
  ])('is not told by %s', (_how, directions) => {
    expect(said('Ramipril', directions)).toBeUndefined();
  });

  it('of several steps may still stand in a number', () => {
    expect(said(RAMIPRIL, { text: 'Reduce by 10 mg each week', dose: { value: 5, unit: 'mg' } })).toMatchObject([
      { amount: '5', unit: 'mg' },
    ]);
  });

  it.each([
    ['Co-codamol 30mg/500mg tablets', 'Two tablets', '30mg/500mg'],
    ['Vitamin D 800 unit capsules', 'Two capsules', '800unit'],
  ])('of %s, which has no one mass, is so many of them', (name, text, of) => {
    expect(said(name, text)).toEqual([{ amount: '2', unit: 'counted', of }]);
  });

  it.each(['tablet', 'capsule', 'caplet', 'sachet', 'puff', 'dose', 'Tablets'])(
    'is so many of them in the unit %s',
    (unit) => {
      expect(said('Vitamins', { dose: { value: 2, unit } })).toEqual([{ amount: '2', unit: 'counted', of: '' }]);
    },
  );

  it.each([
    ['units', 'unit'],
    ['[IU]', 'unit'],
    ['iu', 'unit'],
    ['millilitre', 'ml'],
    ['Drop', 'drop'],
  ])('in %s is in its own unit', (unit, read) => {
    expect(said('Drug', { dose: { value: 6, unit } })).toEqual([{ amount: '6', unit: read, of: '' }]);
    expect(said('Drug', { dose: { value: 6, code: unit, unit: 'x' } })).toEqual([{ amount: '6', unit: read, of: '' }]);
  });

  it.each([
    '10 units at night',
    'Inject 10 units at night',
    'inject 10 iu at night',
    '10u at night',
    '10 i.u. at night',
  ])('of insulin is read from words: %s', (text) => {
    expect(said('Insulin 100 units/ml', text)).toEqual([{ amount: '10', unit: 'unit', of: '100units/ml', often: 1 }]);
  });

  it('is not read from words that are not understood to their last', () => {
    expect(said('Insulin', '10u')).toMatchObject([{ amount: '10', unit: 'unit' }]);
    expect(said('Insulin', '10 units by the nurse')).toBeUndefined();
    expect(said('Insulin', 'Then inject 10 units')).toBeUndefined();
    expect(said('Insulin', '10 ultra')).toBeUndefined();
  });
});

describe('a dose that is poured', () => {
  it('is told in milligrams by what is in a millilitre', () => {
    expect(said(MORPHINE, '5 ml twice a day')).toEqual(mg('10', { often: 2 }));
    expect(said(MORPHINE, { dose: { value: 2.5, unit: 'millilitre' } })).toEqual(mg('5'));
    expect(said('Drug 20mg/ml oral solution', '5 ml')).toEqual(mg('100'));
    expect(said('Drug 0.5 g / 2.5 ml oral solution', '5 ml')).toEqual(mg('1000'));
    expect(said('Drug 250micrograms/5ml oral solution', '5 ml')).toEqual(mg('0.25'));
  });

  it.each(['Drug oral solution', 'Drug 5% solution', 'Drug 100units/ml solution'])(
    'stays in millilitres where that is not known: %s',
    (name) => {
      const [dose] = said(name, '5 ml') ?? [];
      expect(dose).toMatchObject({ amount: '5', unit: 'ml' });
    },
  );

  it('stays in another unit', () => {
    expect(said(MORPHINE, { dose: { value: 5, unit: 'drop' } })).toEqual([
      { amount: '5', unit: 'drop', of: '10mg/5ml' },
    ]);
  });

  it.each([
    ['10mg/5ml', 2],
    ['10 mg/5 ml', 2],
    ['10MG / 5ML', 2],
    ['2.5mg/ml', 2.5],
    [' 1g/10ml ', 100],
    ['12.5mg/2.5ml', 5],
    ['1.25mg/1.25ml', 1],
    ['125mg/25ml', 5],
  ])('by a strength of %s is %s mg a millilitre', (strength, each) => {
    expect(dosesSaid(strong(strength, { text: '1 ml' }), 'oral')).toEqual(mg(String(each)));
  });

  it.each(['10mg/5g', '10mg/5ml/24 hours', 'about 10mg/5ml', '10mg', 'mg/ml', '10 %/ml', '1,5mg/ml'])(
    'by a strength of %s is not told in milligrams',
    (strength) => {
      expect(dosesSaid(strong(strength, { text: '1 ml' }), 'oral')).toMatchObject([{ amount: '1', unit: 'ml' }]);
    },
  );
});

/** A medicine of that strength with that dosage, as read. */
function strong(strength: string | undefined, dosage: Partial<Dosage>, change: Partial<MedicationEntry> = {}) {
  const { strength: _own, ...entry } = medicine('Drug');
  return {
    ...entry,
    ...(strength !== undefined && { strength }),
    dosages: [{ instructions: [], ...dosage }],
    ...change,
  };
}

describe('a strength', () => {
  it.each([
    ['5-10mg', '2'],
    ['30mg/500mg', '2'],
    ['800 unit', '2'],
  ])('of %s is not multiplied', (strength, amount) => {
    expect(dosesSaid(strong(strength, { text: 'Two tablets' }), 'oral')).toMatchObject([{ amount, unit: 'counted' }]);
  });

  it('is compared without its spaces, in small letters', () => {
    expect(dosesSaid(strong('800 UNIT', { text: 'Two tablets' }), 'oral')).toMatchObject([{ of: '800unit' }]);
  });
});

describe('what there is to compare where no dose is written', () => {
  const alone = (amount: string) => [{ amount, unit: 'strength alone' }];

  it('is the strength', () => {
    expect(said(RAMIPRIL)).toEqual(alone('5mg'));
    expect(said(RAMIPRIL, 'As directed')).toEqual(alone('5mg'));
    expect(said('Ramipril')).toBeUndefined();
    expect(said('Ramipril', 'As directed')).toBeUndefined();
  });

  it.each([
    ...['Half daily', 'A tablet', 'An inhalation', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight'],
    ...['Nine', 'Ten', 'Twelve', '½', '¼', '¾', '3', 'ONE'],
  ])('is not the strength where an amount is written: %s', (text) => {
    expect(said(RAMIPRIL, text)).not.toEqual(alone('5mg'));
  });

  it('is not the strength where a dose is a number, nor on the skin', () => {
    expect(dosesSaid(strong('5mg', { dose: '2 spoons' }), 'oral')).toBeUndefined();
    expect(dosesSaid(strong('5mg', { text: 'As directed' }), 'skin')).toBeUndefined();
  });

  it.each(['Apply one every 72 hours', 'Apply ONE patch', '1 patch', 'Change every 7 days', 'Someone of the ward'])(
    'is the strength of a patch, of which one is worn: %s',
    (text) => {
      const patch = strong('12micrograms/hour', { text }, { title: 'Fentanyl patches' });
      expect(dosesSaid(patch, 'skin')).toEqual(alone('12microgram/hour'));
      const formed = strong('12micrograms/hour', { text }, { form: 'Transdermal patch' });
      expect(dosesSaid(formed, 'skin')).toEqual(alone('12microgram/hour'));
    },
  );

  it.each([
    ...['Apply two patches', 'half patch', 'three of them', 'Four patches', '2 patches', '9 of them', '25 micrograms'],
    ...['25microgram', '5mg', '25 mcg'],
  ])('is not the strength of a patch where more or less of it is written: %s', (text) => {
    const patch = strong('12micrograms/hour', { text }, { title: 'Fentanyl patches' });
    expect(dosesSaid(patch, 'skin')).not.toEqual(alone('12microgram/hour'));
  });

  it('is not the strength of a patch where its dose is a number', () => {
    const patch = strong('12micrograms/hour', { dose: '2 patches' }, { title: 'Fentanyl patches' });
    expect(dosesSaid(patch, 'skin')).toBeUndefined();
    expect(dosesSaid(strong('5mg', {}, { title: 'Despatched tablets' }), 'skin')).toBeUndefined();
  });
});

describe('a regimen of several doses', () => {
  it('is one dose so often where they are alike', () => {
    expect(said(RAMIPRIL, '5 mg in the morning', '5 mg at night')).toEqual(mg('5', { often: 2 }));
    expect(said(RAMIPRIL, 'One in the morning', '5 mg at night', 'One daily')).toEqual(mg('5', { often: 3 }));
    expect(said(RAMIPRIL, '5 mg in the morning', '5 mg')).toEqual(mg('5'));
    expect(said(RAMIPRIL, '5 mg', '5 mg in the morning')).toEqual(mg('5'));
  });

  it('is each of them at its time where they are not', () => {
    expect(said(RAMIPRIL, '5 mg in the morning', '10 mg at night')).toEqual([
      { amount: '5', unit: 'mg', often: 1, when: 'morning' },
      { amount: '10', unit: 'mg', often: 1, when: 'night' },
    ]);
    expect(said(RAMIPRIL, '5 mg', '5 mg', '10 mg')).toHaveLength(3);
    expect(said('Drug', { dose: { value: 5, unit: 'drop' } }, '5 ml')).toHaveLength(2);
    expect(said('Drug 100units/ml', '5 mg', { dose: { value: 5, unit: 'iu' } })).toHaveLength(2);
  });

  it('is not told where one of its steps is not', () => {
    expect(said(RAMIPRIL, '5 mg in the morning', 'As directed')).toBeUndefined();
    expect(said(RAMIPRIL, 'As directed', '5 mg in the morning')).toBeUndefined();
  });

  it.each<[string, string, readonly object[]]>([
    [
      'Insulin 100units/ml',
      '6 units morning, 8 night',
      [
        { amount: '6', unit: 'unit', of: '100units/ml', often: 1, when: 'morning' },
        { amount: '8', unit: 'unit', of: '100units/ml', often: 1, when: 'night' },
      ],
    ],
    [
      RAMIPRIL,
      '1 capsule morning, 2 capsules night',
      [
        { amount: '5', unit: 'mg', often: 1, when: 'morning' },
        { amount: '10', unit: 'mg', often: 1, when: 'night' },
      ],
    ],
    [
      MORPHINE,
      '5 ml morning, 10 ml night',
      [
        { amount: '10', unit: 'mg', often: 1, when: 'morning' },
        { amount: '20', unit: 'mg', often: 1, when: 'night' },
      ],
    ],
    ['Drug', '0.1 mg morning, 0.1 mg night', [{ amount: '0.1', unit: 'mg', often: 2 }]],
    [
      'Drug',
      '5 ml morning, 10 ml night',
      [
        { amount: '5', unit: 'ml', of: '', often: 1, when: 'morning' },
        { amount: '10', unit: 'ml', of: '', often: 1, when: 'night' },
      ],
    ],
  ])('of %s is read from one text: %s', (name, text, doses) => {
    expect(said(name, text)).toEqual(doses);
  });

  it('is not split where its dose is a number', () => {
    expect(said('Drug', { text: '5 mg morning, 10 mg night', dose: { value: 5, unit: 'mg' } })).toMatchObject([
      { amount: '5', unit: 'mg' },
    ]);
  });
});

describe('numbers that were misread', () => {
  const differ = (name: string, here: string, there: string): boolean =>
    conflictKinds({ gp: [resource(name, here)], hospital: [resource(name, there)] }).includes('two-doses');

  it.each([
    ['Metformin 500mg tablets', '1,000mg twice a day', '2,000mg twice a day'],
    ['Prednisolone 5mg tablets', 'Half a tablet daily', 'Two tablets daily'],
    ['Prednisolone 5mg tablets', '1/2 tablet daily', 'Two tablets daily'],
    ['Methotrexate 2.5mg tablets', 'Six tablets once a week', '10 mg once a week'],
    ['Prednisolone 5mg tablets', 'Eight tablets daily', 'Six tablets daily'],
    ['Morphine oral solution', '5-10mg', '10 mg'],
    ['Ramipril', '.5 mg daily', '5 mg daily'],
    ['Insulin', '10 iu at night', '20 units at night'],
    ['Levothyroxine', '25 µg daily', '50 mcg daily'],
  ])('of %s: %s and %s are two doses', (name, here, there) => {
    expect(differ(name, here, there)).toBe(true);
  });

  it.each([
    ['Metformin 500mg tablets', '1,000mg twice a day', 'Two tablets twice a day'],
    ['Paracetamol 500mg tablets', '1g qds (max 4g)', 'Two tablets qds'],
    ['Prednisolone 5mg tablets', '1½ tablets daily', '7.5 mg daily'],
    ['Bisoprolol 2.5mg tablets', '2 x 2.5mg daily', '5 mg daily'],
    ['Enoxaparin', '1.5 mg per kg once a day', '120 mg once a day'],
    ['Methotrexate 2.5mg tablets', 'Six tablets once a week', '15 mg once a week'],
  ])('of %s: %s and %s are none', (name, here, there) => {
    expect(differ(name, here, there)).toBe(false);
  });
});
