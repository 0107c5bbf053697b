// Proves src/record/sections/allergies.ts, src/record/sections/no-allergy.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import type { AllergyEntry } from '../../../src/record/sections/allergies.ts';
import { denialWords, namedBehindDenial, namedByNo } from '../../../src/record/sections/denied-allergy.ts';
import { isUnclear, noneOf, statementOf } from '../../../src/record/sections/no-allergy.ts';
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

describe('an allergy named behind words that nobody asked', () => {
  it.each([
    'Not asked; penicillin',
    'Not recorded: penicillin anaphylaxis',
    'Not on file. Penicillin allergy',
    'Unable to obtain history. ?penicillin',
    'Unknown - penicillin',
    'Not known, penicillin',
    'Unknown (patient confused; penicillin)',
  ])('is never hidden by them, and is in doubt: %s', (text) => {
    expect(read(text)).toMatchObject({ statement: 'allergy', cautions: ['source-unclear'] });
    expect(conflictKinds({ gp: [allergy(text)], hospital: [medicine('Amoxicillin 500mg capsules')] })).toContain(
      'allergy-and-medicine',
    );
    const code = { text, coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] };
    expect(entryFrom<AllergyEntry>(allergy('', { code })).statement).toBe('allergy');
  });

  it.each(['Unknown, aspirin', 'Not asked; peas', 'Not recorded: biscuits'])(
    'is no reason by the beginning or the end of its name: %s',
    (text) => {
      expect(read(text).statement).toBe('allergy');
    },
  );

  it('clashes with a medicine of no class too', () => {
    const said = { gp: [allergy('Not asked; nitrofurantoin')], hospital: [medicine('Nitrofurantoin')] };
    expect(conflictKinds(said)).toContain('allergy-and-medicine');
  });

  it.each([
    'Unknown - patient confused',
    'Unknown (patient unconscious)',
    'Unknown: unable to ask',
    'Not known, too unwell to answer',
    'Not asked; language barrier, no interpreter available',
    'Not asked. Not recorded by the ward',
    'Unable to obtain history: intubated',
  ])('is none where only the reason is named: %s', (text) => {
    expect(read(text)).toMatchObject({ statement: 'not-asked', cautions: [] });
  });
});

describe('words for there being no allergy', () => {
  it.each([
    ['Drug allergies: none', 'medication'],
    ['Medication allergy - nil known', 'medication'],
    ['Known drug allergies none known', 'medication'],
    ['Food allergy status: none', 'food'],
    ['Food allergies:none', 'food'],
    ['Allergies: none', 'anything'],
    ['Allergies:none known', 'anything'],
    ['Allergies none known', 'anything'],
  ])('go no further than the kind in their heading: %s', (text, noneOf) => {
    expect(read(text)).toMatchObject({ statement: 'none-known', noneOf, cautions: [] });
  });

  it.each([
    'Penicillin and food allergies: none',
    'Food allergies: none but egg',
    'Drug allergies: nil known penicillin',
  ])('deny no kind where the words name more: %s', (text) => {
    expect(read(text).statement).toBe('allergy');
  });

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

const GENERAL = { system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' };
const coded = (text: string, coding: object = GENERAL): AllergyEntry =>
  entryFrom<AllergyEntry>(allergy('', { code: { text, coding: [coding] } }));

describe('what is named behind a denial', () => {
  it.each([
    ['No known drug allergies - penicillin', ['penicillin']],
    ['No known drug allergies / penicillin', ['penicillin']],
    ['No known drug allergies/penicillin', ['penicillin']],
    ['No known drug allergies-penicillin', ['penicillin']],
    ['None known/penicillin', ['penicillin']],
    ['None penicillin', ['penicillin']],
    ['NKDA excepting penicillin', ['penicillin']],
    ['NKDA except penicillin', ['penicillin']],
    ['NKDA apart from penicillin', ['penicillin']],
    ['NKDA; penicillin, latex', ['penicillin', 'latex']],
    ['NKDA; noted penicillin', ['noted penicillin']],
    ['NKDA; penicillin*', ['penicillin*']],
    ['NKDA; *penicillin', ['*penicillin']],
    ['NKDA; penicillin ( rash )', ['penicillin', 'rash']],
    ['No known drug allergies; penicillin unknown reaction', ['penicillin unknown reaction']],
    ['No known drug allergies; penicillin reaction unknown', ['penicillin reaction unknown']],
    ['NKDA, penicillin severity not known', ['penicillin severity not known']],
    ['NKDA, allergic to penicillin not tested', ['allergic to penicillin not tested']],
    ['NKDA; penicillin unknown brand', ['penicillin unknown brand']],
    ['NKDA, penicillin detail unknown', ['penicillin detail unknown']],
    ['NKDA, penicillin effect unknown', ['penicillin effect unknown']],
    ['NKDA, penicillin symptom unknown', ['penicillin symptom unknown']],
    ['NKDA, penicillin symptoms unknown', ['penicillin symptoms unknown']],
    ['NKDA, rashes of penicillin not known', ['rashes of penicillin not known']],
    ['NKDA, swelling of penicillin not known', ['swelling of penicillin not known']],
    ['NKDA, anaphylaxis of penicillin not known', ['anaphylaxis of penicillin not known']],
    ['NKDA. Penicillin rash not known', ['penicillin rash not known']],
  ])('is told in the source’s words: %s', (text, named) => {
    expect(namedBehindDenial(text)).toEqual(named);
  });

  it.each([
    'No known drug allergies',
    'No known allergies/intolerances',
    'No known drug/food allergies',
    'No known allergies; latex not tested',
    'No known allergies, latex not asked',
    'No known allergies, food allergies not known',
    'No known allergies, latex unknown',
    'No known allergies, reaction unknown',
    'No known drug, food, or environmental allergies',
    'No latex nil nuts',
    'No known allergies, confirmed by Dr Smith',
    'No known allergies confirmed with Dr Özil on 12/10/2026',
    'No known allergies; * confirmed',
    'No known allergies & ** none recorded',
    'Penicillin; no other allergies',
    'Penicillin',
  ])('is nothing where nothing is: %s', (text) => {
    expect(namedBehindDenial(text)).toEqual([]);
  });
});

describe('a thing that "no" stands before', () => {
  it.each([
    ['No penicillin', 'penicillin'],
    ['Nil latex or nuts', 'latex or nuts'],
    ['No penicillin allergy', undefined],
    ['No known latex', undefined],
    ['No adverse reactions', undefined],
    ['No history', undefined],
    ['Nil relevant', undefined],
    ['Nil', undefined],
    ['Penicillin', undefined],
    ['Give no penicillin', undefined],
    ['Nonsteroidals', undefined],
  ])('is named where it is no allergy by its own words: %s', (text, thing) => {
    expect(namedByNo(text)).toBe(thing);
  });
});

describe('a denial', () => {
  it.each([
    ['Not known to have any drug allergies', 'no known drug allergies'],
    ['Patient denies having any known food allergy', 'no known food allergy'],
    ['Does not have any allergies', 'no known allergies'],
    ['Reports no allergies', 'no allergies'],
    ['Not allergic to anything', 'no known allergies'],
    ['Nothing known', 'none known'],
    ['Nothing', 'none known'],
    ['There is nothing known', 'there is nothing known'],
    ['Allergic to nothing', 'allergic to nothing'],
    ['Penicillin', 'penicillin'],
  ])('is put in the form in which denials are written: %s', (text, words) => {
    expect(denialWords(text)).toBe(words);
  });
});

describe('the code for no known allergy', () => {
  it.each(['No penicillin', 'Nil latex'])('does not stand over words that may forbid the thing: %s', (text) => {
    expect(coded(text)).toMatchObject({ statement: 'allergy', state: 'current' });
    expect(coded(text).cautions).toContain('source-unclear');
  });

  it.each(['Not asked', 'Unknown', 'No information', 'Allergies not recorded'])(
    'does not stand over words that say that nobody knows: %s',
    (text) => {
      expect(coded(text).statement).toBe('not-asked');
    },
  );

  it.each([
    'No known allergies',
    'No allergies',
    'No adverse reactions',
    'No history of allergies',
    'No problems',
    'Nil',
    'None',
    'No significant allergies',
    'Nil of note',
    'Nil recorded',
    'Nil relevant',
    'Nil significant',
    'NKDA',
    'No concerns',
    'No issues',
    'No record',
    'No problem',
    'No issue',
    'No concern',
    'No detail',
    'No records',
    'No data',
    'No details',
  ])('stands with words that deny any: %s', (text) => {
    expect(coded(text)).toMatchObject({ statement: 'none-known', noneOf: 'anything' });
  });

  const SNOMED = 'http://snomed.info/sct';
  const IPS = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';

  it.each([
    [SNOMED, '716186003', 'anything'],
    [SNOMED, '160244002', 'anything'],
    [SNOMED, '409137002', 'medication'],
    [SNOMED, '429625007', 'food'],
    [SNOMED, '428607008', 'environment'],
    [SNOMED, '1003774007', 'one-thing'],
    [SNOMED, '428197003', 'one-thing'],
    [IPS, 'no-known-allergies', 'anything'],
    [IPS, 'no-known-medication-allergies', 'medication'],
    [IPS, 'no-known-food-allergies', 'food'],
    [IPS, 'no-known-environmental-allergies', 'environment'],
  ])('says of what there is none: %s %s, %s', (system, code, of) => {
    const agent = { text: 'None recorded', codings: [{ system, code }] };
    expect([statementOf(agent), noneOf(agent), isUnclear(agent)]).toEqual(['none-known', of, false]);
    const foreign = { text: 'Nil confirmed', codings: [{ system: 'urn:x', code }, { code }] };
    expect(noneOf(foreign)).toBe('one-thing');
  });

  it('is another than the one for nobody knowing', () => {
    expect(statementOf({ text: 'Allergies', codings: [{ system: SNOMED, code: '1631000175102' }] })).toBe('not-asked');
    expect(statementOf({ text: 'No facts', codings: [{ system: IPS, code: 'no-allergy-info' }] })).toBe('not-asked');
    expect(statementOf({ text: 'Allergies', codings: [{ system: SNOMED, code: 'constructor' }] })).toBe('allergy');
    expect(noneOf({ text: 'No known environmental allergies', codings: [] })).toBe('environment');
    expect(noneOf({ text: 'No known environment allergy', codings: [] })).toBe('environment');
  });

  it('of one thing stands with the words that name it', () => {
    const latex = { system: 'http://snomed.info/sct', code: '1003774007', display: 'No known latex allergy' };
    expect(coded('No latex', latex)).toMatchObject({ statement: 'none-known', noneOf: 'one-thing' });
  });
});

describe('no wording of a denial', () => {
  const DENIALS = [
    'No known drug allergies',
    'NKDA',
    'NKA',
    'None known',
    'No allergies',
    'Denies drug allergies',
    'Patient denies any allergies',
    'Has no known allergies',
    'Not known to have any allergies',
    'Not allergic to anything',
    'Nothing known',
    'No known allergies or intolerances',
    'No history of allergy',
    'Nil of note',
  ];
  const APART = ['; ', ', ', '. ', ' - ', ' / ', ': ', ' (', ' but ', ' except ', ' + ', ' – ', '\n', ' and ', '? '];
  const TOLD = ['', ' reaction unknown', ' unknown reaction', ' rash', ' 2010', ' details not known', ' cause unknown'];

  it('hides an agent that is named behind it, whatever stands between and is told of it', () => {
    const hidden = DENIALS.flatMap((denial) =>
      APART.flatMap((apart) => TOLD.map((told) => `${denial}${apart}penicillin${told}`)),
    ).filter((text) => statementOf({ text, codings: [] }) !== 'allergy');
    expect(hidden).toEqual([]);
  });
});
