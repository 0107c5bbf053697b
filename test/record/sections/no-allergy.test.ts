// Proves src/record/sections/allergies.ts, src/record/sections/denied-allergy.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Coded } from '../../../src/record/fhir/coding.ts';
import { isUnclear, noneOf, statementOf } from '../../../src/record/sections/no-allergy.ts';

const SNOMED = 'http://snomed.info/sct';
const agent = (text: string, code?: string): Coded => ({
  text,
  codings: code === undefined ? [] : [{ system: SNOMED, code }],
});

describe('a denial that says itself what it leaves out', () => {
  it.each([
    ...['No known allergies but penicillin', 'No known drug allergies except penicillin', 'NKDA excepting penicillin'],
    ...[
      'NKA apart from penicillin',
      'None other than penicillin',
      'Nil aside from penicillin',
      'No allergies however penicillin',
    ],
    ...['None known although penicillin', 'No known allergies ? penicillin', 'No known allergies ?penicillin'],
    ...['No known allergies. Rash with penicillin', 'No known allergies; rashes with penicillin'],
    ...['No known allergies: anaphylaxis with penicillin', 'No known allergies, anaphylactic to penicillin'],
    ...['No known allergies (allergic to penicillin)', 'No known allergies – reacts to penicillin'],
    ...['No known allergies — reacted to penicillin', 'No known allergies - swelling with penicillin'],
    ...[
      'No known allergies, lips swollen by penicillin',
      'No known allergies, penicillin itch',
      'NKDA, penicillin itching',
    ],
    ...['No known allergies, urticaria', 'No known allergies, urticarial after penicillin', 'No known allergies,hives'],
    ...['No known allergies, vomit with penicillin', 'No known allergies, vomiting with penicillin'],
    ...[
      'No known allergies, nausea',
      'No known allergies, penicillin causes wheeze',
      'NKDA, wheeze caused by penicillin',
    ],
    ...['NKDA, penicillin causing wheeze', 'NKDA, lactose intolerant', 'NKDA, reaction to penicillin'],
    ...['NKDA, sensitive to penicillin', 'NKDA, sensitivity to penicillin', 'NKDA, intolerance to penicillin'],
  ])('is an allergy, and in no doubt: %s', (text) => {
    expect(statementOf(agent(text))).toBe('allergy');
    expect(statementOf(agent(text, '716186003'))).toBe('allergy');
    expect(isUnclear(agent(text))).toBe(false);
  });

  it.each([
    ...[
      'No known allergies',
      'No allergies',
      'No known drug allergies',
      'No drug allergies',
      'No medication allergies',
    ],
    ...['No food allergies', 'No known food allergies', 'Nil known', 'NKA', 'NKDA', 'None', 'None known', 'Nil'],
    'None known to date',
  ])('leaves nothing out and is in no doubt: %s', (text) => {
    expect(statementOf(agent(text))).toBe('none-known');
    expect(isUnclear(agent(text))).toBe(false);
  });

  it.each([
    'No penicillin',
    'Nil latex',
    'No known drug allergies; penicillin',
    'Nil of note',
    'No significant allergies',
  ])('leaves doubt: %s', (text) => {
    expect(isUnclear(agent(text))).toBe(true);
  });

  it('leaves no doubt where its code says what it means', () => {
    expect(isUnclear(agent('Nil of note', '716186003'))).toBe(false);
    expect(isUnclear(agent('Penicillin'))).toBe(false);
  });

  it.each([
    'Nonoxinol',
    'Nkanga root',
    'Nilotinib',
    'Piccolino nil',
    'Casino known',
    'Nka root',
    'Nkda root',
    'None such',
    'Nil by mouth',
  ])('is not meant by the beginning or the end of another word: %s', (text) => {
    expect(statementOf(agent(text))).toBe('allergy');
  });
});

describe('words that nobody asked, or nobody knows', () => {
  it.each([
    ...['Not asked', 'No information', 'Not on file', 'Not recorded', 'Unable to obtain', 'Unknown', 'Not known'],
    ...[
      'Unknown allergy',
      'Unknown allergies',
      'Unknown status',
      'Unknown allergy status',
      'Not known allergies status',
    ],
    ...['Allergy unknown', 'Allergies not known', 'Allergy status unknown', 'Allergies not recorded'],
    ...['Allergies: unknown', 'Allergies:unknown', 'Allergy status: not known', 'Drug allergy status - not recorded'],
  ])('are no allergy and no denial: %s', (text) => {
    expect(statementOf(agent(text))).toBe('not-asked');
  });

  it.each([
    'Unknown antibiotic',
    'Penicillin allergy unknown to her',
    'Food allergy unknown',
    'Allergy unknown antibiotic',
  ])('are not meant by “%s”', (text) => {
    expect(statementOf(agent(text))).toBe('allergy');
  });
});

describe('how far a denial goes', () => {
  it.each([
    ['NKA', 'anything'],
    ['None', 'anything'],
    ['None known', 'anything'],
    ['Nil', 'anything'],
    ['Nil known', 'anything'],
    ['No allergy', 'anything'],
    ['No allergies', 'anything'],
    ['No known allergy', 'anything'],
    ['Nil known allergies', 'anything'],
    ['No known allergies or intolerances', 'anything'],
    ['No allergies or adverse reactions', 'anything'],
    ['No known adverse reactions', 'anything'],
    ['NKDA', 'medication'],
    ['No known drug allergies', 'medication'],
    ['No food allergies', 'food'],
    ['No known environmental allergies', 'environment'],
    ['No known latex allergy', 'one-thing'],
    ['No known allergies to latex', 'one-thing'],
    ['Almost no known allergies', 'one-thing'],
    ['No known adverse reactions to latex', 'one-thing'],
    ['Nka root', 'one-thing'],
  ])('is told by its own words: %s', (text, of) => {
    expect(noneOf(agent(text))).toBe(of);
  });

  it.each([
    ['716186003', 'anything'],
    ['409137002', 'medication'],
    ['429625007', 'food'],
    ['428607008', 'environment'],
    ['1003774007', 'one-thing'],
  ])('is told by its code first: %s', (code, of) => {
    expect(noneOf(agent('None known', code))).toBe(of);
    expect(noneOf({ text: 'None known', codings: [{ code }] })).toBe('anything');
  });
});

describe('an allergy in words that deny or doubt it', () => {
  const of = (text: string) => ({ text, codings: [] });

  it.each([
    'Not allergic to penicillin',
    'Not known to be allergic to aspirin',
    'Penicillin allergy excluded',
    'Penicillin allergy - delabelled 2024',
    'Penicillin allergy de-labeled',
    'Patient is not allergic to penicillin',
  ])('is none of that one thing, and says nothing of any other: %s', (text) => {
    expect([statementOf(of(text)), noneOf(of(text)), isUnclear(of(text))]).toEqual(['none-known', 'one-thing', false]);
  });

  it.each([
    '?penicillin',
    'Possible penicillin allergy',
    'Family history of penicillin allergy',
    'Mother allergic to penicillin',
    'Tolerates penicillin',
    'Penicillin - tolerated amoxicillin since',
    'Penicillin allergy resolved',
    'Penicillin allergy ruled out, amoxicillin rash',
    'Penicillin challenge negative',
    'Mother not allergic to penicillin',
    'Latex, penicillin allergy excluded',
    'Latex allergy confirmed. Penicillin allergy excluded',
    'Egg allergy: none',
    'Egg allergy:none',
    'Egg allergies: no',
    'Milk intolerances: nil',
    'Milk sensitivity – none',
    'Latex sensitivities - none',
    'Egg reaction: none',
    'Egg reactions: none',
    'Penicillin intolerance - nil known',
    'Tolerating penicillin',
    'Penicillin allergy, de-labelled in clinic',
    'Penicillin allergy, delabeled in clinic',
    'Possible penicillin allergy, none before but rash',
  ])('stands as one, and says that it is unclear: %s', (text) => {
    expect([statementOf(of(text)), isUnclear(of(text))]).toEqual(['allergy', true]);
  });

  it.each([
    'Not allergic to penicillin but rash with amoxicillin',
    'Not allergic to eggs only chicken',
    'Allergy to penicillin: no details',
    'Penicillin tolerance poor',
    'Not allergic to penicillin - reacts to trimethoprim',
    'Not allergic to penicillin/rash with trimethoprim',
    'Not allergic to penicillin and allergic to latex',
    'Not allergic to penicillin - rashes with latex',
    'Not allergic to penicillin - anaphylaxis with latex',
    'Egg allergy: no eggs since 2010',
    'Not allergic to penicillin however latex',
    'Not allergic to penicillin although anaphylaxis to cefalexin',
    'Not allergic to penicillin, latex',
    'Not allergic to penicillin. Latex',
    'Does not tolerate codeine',
    'Unable to tolerate statins',
    'Allergy to penicillin',
  ])('stands plainly where the words name one: %s', (text) => {
    expect([statementOf(of(text)), isUnclear(of(text))]).toEqual(['allergy', false]);
  });

  it('is no doubt where it is said not to be tolerated', () => {
    expect(['Morphine not tolerated', 'Poorly tolerated metformin'].map((text) => isUnclear(of(text)))).toEqual([
      false,
      false,
    ]);
  });

  it.each([
    ['Adverse reaction to No Known Allergies', 'anything'],
    ['Allergies: none known', 'anything'],
    ['Allergies - nil', 'anything'],
    ['Allergies: NKDA', 'medication'],
  ])('is none where the heading is written with it: %s', (text, none) => {
    expect([statementOf(of(text)), noneOf(of(text))]).toEqual(['none-known', none]);
  });

  it('names one behind such a heading too', () => {
    expect(statementOf(of('Allergies: none known except nuts'))).toBe('allergy');
    expect(statementOf(of('Allergies: no nuts'))).toBe('allergy');
    expect(statementOf(of('Drug allergy status not known'))).toBe('not-asked');
  });
});
