import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import type { AllergyEntry } from '../../../src/record/sections/allergies.ts';
import { conflictKinds, entryFrom } from '../../support/record.ts';

const allergy = (text: string, change: object = {}): Resource => ({
  resourceType: 'AllergyIntolerance',
  id: '1',
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text },
  ...change,
});
const read = (text: string): AllergyEntry => entryFrom<AllergyEntry>(allergy(text));
const medicine = (name: string): Resource => ({
  resourceType: 'MedicationStatement',
  id: 'm',
  status: 'active',
  medicationCodeableConcept: { text: name },
});

describe('an allergy named behind a denial', () => {
  it.each([
    ['no known drug allergies; penicillin'],
    ['No known allergies, penicillin'],
    ['No known drug allergies. Penicillin'],
    ['No known drug allergies (penicillin)'],
    ['No known drug allergies - penicillin'],
    ['No known drug allergies penicillin'],
    ['No known allergies to drugs, penicillin'],
    ['No known allergy to eggs; penicillin'],
    ['None known; penicillin'],
    ['NKDA; penicillin'],
    ['Nil known, penicillin'],
    ['Nil known penicillin'],
    ['Nil of note, penicillin'],
    ['Patient denies any allergies; penicillin'],
  ])('is never hidden by it, and is in doubt: %s', (text) => {
    expect(read(text)).toMatchObject({ statement: 'allergy', title: text, state: 'current' });
    expect(read(text).cautions).toContain('source-unclear');
    expect(conflictKinds({ gp: [allergy(text)], hospital: [medicine('Amoxicillin 500mg capsules')] })).toContain(
      'allergy-and-medicine',
    );
  });

  it('clashes with a medicine of no class too', () => {
    const said = { gp: [allergy('No known drug allergies; nitrofurantoin')], hospital: [medicine('Nitrofurantoin')] };
    expect(conflictKinds(said)).toContain('allergy-and-medicine');
  });

  it('is not read under the code for none known either', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '409137002', display: 'No known drug allergy' }];
    const code = { text: 'No known drug allergies; penicillin', coding };
    expect(entryFrom<AllergyEntry>(allergy('', { code })).statement).toBe('allergy');
  });

  it.each([['No penicillin allergy'], ['No latex']])('stays in doubt where "no" may forbid it: %s', (text) => {
    expect(read(text)).toMatchObject({ statement: 'allergy', cautions: ['source-unclear'] });
  });
});

describe('words for there being no allergy', () => {
  it('are in no doubt where they say that nobody asked', () => {
    expect(read('No information about allergies')).toMatchObject({ statement: 'not-asked', cautions: [] });
  });

  it.each([
    ['Denies any allergy', 'anything'],
    ['Patient denies allergies', 'anything'],
    ['Denies drug allergies', 'medication'],
    ['Denies any known food allergy', 'food'],
    ['Denies penicillin allergy', 'one-thing'],
    ['Does not have any allergies', 'anything'],
    ['Not allergic to anything', 'anything'],
    ['Nothing known', 'anything'],
    ['Has no known drug allergies', 'medication'],
    ['No known allergy to eggs, nuts or milk', 'one-thing'],
    ['No known allergies, confirmed with patient 12/10/2026', 'one-thing'],
    ['No known drug, food or environmental allergies', 'one-thing'],
  ])('is none known and no allergy to a thing called that: %s', (text, noneOf) => {
    expect(read(text)).toMatchObject({ statement: 'none-known', noneOf, cautions: [] });
  });

  it.each([
    ['Nil of note'],
    ['None reported'],
    ['Nothing significant'],
    ['No significant allergies'],
    ['No allergies of note'],
  ])('is no agent and in doubt where something may have been left out: %s', (text) => {
    expect(read(text)).toMatchObject({ statement: 'none-known', noneOf: 'anything', cautions: ['source-unclear'] });
  });
});
