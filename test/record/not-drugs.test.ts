import { describe, expect, it } from 'vitest';
import { DRUG_CLASSES } from '../../src/record/drug-classes.ts';
import { normaliseWords } from '../../src/record/fhir/coding.ts';
import { NOT_DRUGS } from '../../src/record/not-drugs.ts';
import { isClass, isNoDrug, substancesOfAllergy } from '../../src/record/substances.ts';

describe('what can be no drug', () => {
  it('is this list, word by word, until a clinician signs another', () => {
    expect([...NOT_DRUGS]).toEqual([
      'food',
      'foods',
      'peanut',
      'peanuts',
      'nut',
      'nuts',
      'tree nut',
      'tree nuts',
      'almond',
      'almonds',
      'brazil nut',
      'brazil nuts',
      'cashew',
      'cashews',
      'cashew nut',
      'cashew nuts',
      'hazelnut',
      'hazelnuts',
      'pecan',
      'pecans',
      'pecan nut',
      'pecan nuts',
      'pistachio',
      'pistachios',
      'pistachio nut',
      'pistachio nuts',
      'walnut',
      'walnuts',
      'egg',
      'eggs',
      'egg protein',
      'egg white',
      'egg yolk',
      'milk',
      'cows milk',
      'dairy',
      'fish',
      'shellfish',
      'crustacean',
      'crustaceans',
      'crab',
      'lobster',
      'prawn',
      'prawns',
      'mollusc',
      'molluscs',
      'celery',
      'lupin',
      'mustard',
      'cat',
      'cats',
      'cat dander',
      'cat fur',
      'cat hair',
      'dog',
      'dogs',
      'dog dander',
      'dog fur',
      'dog hair',
      'animal dander',
      'animal fur',
      'animal hair',
      'dust mite',
      'dust mites',
      'house dust',
      'house dust mite',
      'house dust mites',
      'pollen',
      'birch pollen',
      'grass pollen',
      'tree pollen',
      'weed pollen',
      'bee sting',
      'bee stings',
      'wasp sting',
      'wasp stings',
      '91935009 (http://snomed.info/sct)',
      '762952008 (http://snomed.info/sct)',
      '256349002 (http://snomed.info/sct)',
      '91930004 (http://snomed.info/sct)',
      '102263004 (http://snomed.info/sct)',
    ]);
  });

  it.each([...NOT_DRUGS])('is of no class of drugs, and as it is compared: %s', (title) => {
    expect([...substancesOfAllergy({ title })].filter(isClass)).toEqual([]);
    expect(normaliseWords(title)).toBe(title);
    expect(isNoDrug({ title }, [])).toBe(true);
  });

  it('holds no word by which a class of drugs is known', () => {
    const known = new Set(Object.values(DRUG_CLASSES).flatMap(({ words }) => words));
    expect([...NOT_DRUGS].filter((word) => known.has(word))).toEqual([]);
  });
});
