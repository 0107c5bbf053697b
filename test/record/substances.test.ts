import { describe, expect, it } from 'vitest';
import { DRUG_CLASSES } from '../../src/record/drug-classes.ts';
import { SNOMED, type Coding } from '../../src/record/fhir/coding.ts';
import { isClass, substancesOfAllergy, substancesOfMedicine } from '../../src/record/substances.ts';

const coded = (...codings: readonly Coding[]) => ({ text: 'x', codings });
const allergyTo = (title: string, more: object = {}): readonly string[] => [...substancesOfAllergy({ title, ...more })];
const medicineOf = (name: string, more: object = {}): readonly string[] => [
  ...substancesOfMedicine({ title: name, name, ...more }),
];
/** What an allergy and a medicine have in common: for nothing of it, no clinician is shown them side by side. */
const shared = (allergy: string, medicine: string): readonly string[] => {
  const taken = medicineOf(medicine);
  return allergyTo(allergy).filter((substance) => taken.includes(substance));
};

describe('an allergy has nothing in common with a medicine', () => {
  it.each([
    ['Penicillin', 'Penicillamine'],
    ['Statin', 'Nystatin'],
    ['Non-statin', 'Simvastatin'],
    ['Sulfa', 'Sulfate'],
    ['Metformin', 'Glimepiride'],
    ['Latex', 'Ramipril'],
  ])('of another substance, whose name only looks like it: %s, %s', (allergy, medicine) => {
    expect(shared(allergy, medicine)).toEqual([]);
  });

  it('that has no name', () => {
    expect(allergyTo('.')).toEqual([]);
    expect(shared('.', '-')).toEqual([]);
  });
});

describe('an allergy and a medicine are of one class', () => {
  it('by any word of it, whichever of the two says it, a brand as well', () => {
    for (const [id, { words }] of Object.entries(DRUG_CLASSES))
      for (const word of words) {
        const name = word.replaceAll('*', 's');
        expect(allergyTo(`Allergy to ${name}`), name).toContain(`class:${id}`);
        expect(medicineOf(name), name).toContain(`class:${id}`);
        expect(allergyTo(`non-${name}`).filter(isClass), name).toEqual([]);
        if (!word.startsWith('*')) expect(allergyTo(`un${name}`), name).not.toContain(`class:${id}`);
      }
  });

  it('by the beginning of a word only where the row says so', () => {
    expect(allergyTo('Cephalosporinase')).toContain('class:cephalosporins');
    expect(allergyTo('Carvedilols').filter(isClass)).toEqual([]);
  });

  it('by what a coding names where the words do not', () => {
    const named = coded({ display: 'Flucloxacillin' }, { code: '1' });
    expect(allergyTo('Alergia', { code: named })).toContain('class:penicillins');
    expect(medicineOf('Kapsel', { code: named })).toContain('class:penicillins');
  });

  it('by a code of SNOMED CT that the row names, and by no other', () => {
    for (const [id, { allergyCodes = [] }] of Object.entries(DRUG_CLASSES))
      for (const code of allergyCodes)
        expect(allergyTo('Alergia', { code: coded({ system: SNOMED, code }) })).toContain(`class:${id}`);
    expect(allergyTo('Alergia', { code: coded({ system: 'x', code: '91936005' }) })).toEqual(['substance:alergia']);
    expect(allergyTo('Alergia', { code: coded({ system: SNOMED, code: '1' }) })).toEqual(['substance:alergia']);
  });

  it('by the brand of a substance that belongs to it', () => {
    expect(allergyTo('Tritace')).toEqual(['class:ace-inhibitors', 'substance:tritace', 'substance:ramipril']);
    expect(medicineOf('Tritace')).toEqual(['class:ace-inhibitors', 'substance:ramipril']);
    expect(shared('Zocor', 'Lipitor')).toEqual(['class:statins']);
    expect(shared('Voltarol', 'Aspirin')).toEqual(['class:nsaids-and-aspirin']);
  });
});

describe('an allergy and a medicine are of one substance', () => {
  it.each([
    'Metformin',
    'Metformin allergy',
    'Metformin drug allergy',
    'Metformin intolerance',
    'Metformin hypersensitivity',
    'Metformin sensitivity',
    'Metformin adverse reaction',
    'Metformin causing adverse effect in therapeutic use',
    'Allergy to metformin',
    'Allergy to metformin (finding)',
    'Drug allergy: metformin',
    'Allergic to metformin',
    'Allergic reaction to metformin',
    'Allergic reaction caused by metformin',
    'Anaphylaxis caused by metformin',
    'Anaphylaxis due to metformin',
    'Hypersensitivity to metformin',
    'Intolerance to metformin',
    'Adverse reaction to metformin',
    'Adverse reaction caused by metformin',
    'Adverse drug reaction from metformin',
    'Propensity to adverse reactions to metformin',
    'H/O: metformin allergy',
    'History of allergy to metformin',
    'Personal history of allergy to metformin',
    'Metformin-containing product',
    'Metformin -containing product',
    'Product containing metformin (medicinal product)',
    'Product containing only metformin',
  ])('however it is said that it is an allergy: %s', (title) => {
    expect(shared(title, 'Metformin')).toEqual(['substance:metformin']);
  });

  it.each([
    ['Metformin hydrochloride', 'Metformin'],
    ['Allergy to metformin hydrochloride', 'Metformin'],
    ['Metformin 500mg tablets', 'Metformin'],
    ['Glucophage', 'Metformin'],
    ['Glucophage 500mg tablets', 'Metformin hydrochloride'],
    ['Allopurinol 100mg tablets', 'Allopurinol'],
  ])('whichever salt, strength, form or brand is named: %s, %s', (allergy, medicine) => {
    expect(shared(allergy, medicine)).not.toEqual([]);
  });

  it.each([
    ['Metformin', 'Sitagliptin 50mg / Metformin 1g tablets'],
    ['Sitagliptin', 'Sitagliptin 50mg / Metformin 1g tablets'],
    ['Metformin', 'Linagliptin + Metformin'],
    ['Sitagliptin / Metformin', 'Metformin'],
  ])('of several that one product holds: %s, %s', (allergy, medicine) => {
    expect(shared(allergy, medicine)).not.toEqual([]);
  });

  it('by what the allergy names besides its title', () => {
    const display = coded({ display: 'Allergy to allopurinol (finding)' });
    expect(allergyTo('Alergia', { code: display })).toContain('substance:allopurinol');
    expect(allergyTo('Reaction', { substances: ['Metformin hydrochloride'] })).toEqual([
      'substance:reaction',
      'substance:metformin hydrochloride',
      'substance:metformin',
    ]);
  });

  it('by the code of a product whose words hide it', () => {
    expect(medicineOf('Kapsel', { code: coded({ system: 'https://dmd.nhs.uk', code: '318902004' }) })).toEqual([
      'class:ace-inhibitors',
      'substance:ramipril',
      'substance:kapsel',
    ]);
  });
});

it('a class is told from a substance of the same name', () => {
  expect([isClass('class:statins'), isClass('substance:statins'), isClass('substance:class:')]).toEqual([
    true,
    false,
    false,
  ]);
});
