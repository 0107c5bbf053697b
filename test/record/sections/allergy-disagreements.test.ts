// Proves src/record/sections/allergies.ts, src/record/sections/allergy-conflicts.ts, src/record/substances.ts, src/record/not-drugs.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Conflict } from '../../../src/record/fact.ts';
import type { PatientRecord } from '../../../src/record/patient-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { allergies, type AllergyEntry } from '../../../src/record/sections/allergies.ts';
import { allergyConflicts } from '../../../src/record/sections/allergy-conflicts.ts';
import { aPatient, aSource, conflictKinds, entriesFrom } from '../../support/record.ts';

const REFUTED = { verificationStatus: { coding: [{ code: 'refuted' }] } };

function allergy(text: string, change: object = {}): Resource {
  return {
    resourceType: 'AllergyIntolerance',
    id: text.toLowerCase().replace(/[^a-z]+/g, '-'),
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { text },
    ...change,
  };
}

type Said = { readonly [source: string]: readonly Resource[] };

function recordOf(said: Said): PatientRecord {
  return buildRecord({
    patient: aPatient(),
    sources: Object.keys(said).map((id) => aSource(id)),
    statuses: new Map(),
    entries: Object.entries(said).flatMap(([source, resources]) => entriesFrom(source, ...resources)),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
}

/** What the section itself says against its facts: of what kind, about which allergies, about which substances. */
function disagreements(said: Said): readonly object[] {
  const facts = recordOf(said).sections.find(({ id }) => id === 'allergies')?.facts ?? [];
  const titles = new Map(facts.map(({ key, entries: [first] }) => [key, first.title]));
  return allergyConflicts(facts as never).map((conflict: Conflict) => ({
    kind: conflict.kind,
    section: conflict.section,
    about: conflict.facts.map((key) => titles.get(key)).sort(),
    ...(conflict.subjects && { subjects: [...conflict.subjects].sort() }),
  }));
}

describe('an allergy here, and none known there', () => {
  const none = (text: string): Resource => allergy(text);
  const penicillin = (category: readonly string[], change: object = {}): Resource =>
    allergy('Penicillin', { category, ...change });
  const disputed = (denial: string, known: Resource): boolean =>
    disagreements({ gp: [none(denial)], hospital: [known] }).length > 0;

  it.each([
    ['No known allergies', ['food'], true],
    ['No known allergies', [], true],
    ['No known drug allergies', ['medication'], true],
    ['No known drug allergies', ['biologic'], true],
    ['No known drug allergies', ['food', 'medication'], true],
    ['No known drug allergies', [], true],
    ['No known drug allergies', ['food'], false],
    ['No known food allergies', ['food'], true],
    ['No known food allergies', ['biologic'], false],
    ['No known food allergies', ['medication'], false],
    ['No known latex allergy', [], false],
  ])('%s against one of category %j: %s', (denial, category, expected) => {
    expect(disputed(denial, penicillin(category))).toBe(expected);
  });

  it('says nothing against an intolerance, nor against what is over, ruled out or not asked', () => {
    expect(disputed('No known allergies', penicillin([], { type: 'intolerance' }))).toBe(false);
    expect(disputed('No known allergies', penicillin([], { clinicalStatus: { coding: [{ code: 'resolved' }] } }))).toBe(
      false,
    );
    expect(disputed('Not asked', penicillin([]))).toBe(false);
    expect(disagreements({ gp: [none('No known allergies')], hospital: [penicillin([], REFUTED)] })).toEqual([]);
  });

  it('names every allergy that is denied, every record that denies one of them, and no other', () => {
    const said = {
      gp: [none('No known drug allergies'), none('No known food allergies')],
      hospital: [penicillin(['medication']), allergy('Codeine', { category: ['medication'] })],
      hub: [none('No known allergies')],
      council: [allergy('Cats', { category: ['environment'] })],
    };
    expect(disagreements(said)).toEqual([
      {
        kind: 'allergy-and-no-known-allergies',
        section: 'allergies',
        about: ['Cats', 'Codeine', 'No known allergies', 'No known drug allergies', 'Penicillin'],
      },
    ]);
    expect(disagreements({ gp: said.gp, hospital: said.hospital })).toMatchObject([
      { about: ['Codeine', 'No known drug allergies', 'Penicillin'] },
    ]);
  });

  it('is one where any record of the line has the category that is denied', () => {
    const said = {
      gp: [none('No known drug allergies')],
      hospital: [penicillin(['food'])],
      hub: [penicillin(['medication'])],
    };
    expect(disagreements(said)).toHaveLength(1);
  });
});

describe('no known drug allergies here, and there an allergy that nobody gave a category', () => {
  const SNOMED = 'http://snomed.info/sct';
  const between = (known: Resource, denial = 'NKDA'): readonly string[] =>
    conflictKinds({ gp: [allergy(denial)], hospital: [known] });
  const coded = (code: string, change: object = {}): Resource =>
    allergy('coded', { code: { coding: [{ system: SNOMED, code, ...change }] } });

  it.each([
    'Peanut',
    'Allergy to peanuts',
    'Anaphylaxis to peanut',
    'Nut allergy',
    'EGGS',
    'Cow’s milk',
    "Cow's milk",
    'Shellfish (substance)',
    'Cat dander',
    'Dogs',
    'House dust mite',
    'Grass pollen allergy',
    'Wasp sting',
    'Food allergy',
  ])('do not disagree where it can be no drug: %s', (text) => {
    expect(between(allergy(text))).toEqual([]);
    expect(between(allergy(text), 'No known drug allergies')).toEqual([]);
  });

  it.each([
    'Penicillin',
    'Latex',
    'Soya',
    'Gelatin',
    'Sulphites',
    'Arachis oil',
    'Lactose',
    'Wheat',
    'Sesame',
    'Horse',
    'Blue plasters',
    'Nut flavoured cough mixture',
    'Peanut and penicillin',
    'Peanut, penicillin',
    'Peanut / amoxicillin',
    '?Peanut',
    'Egg-grown influenza vaccine',
    'Fish oil capsules',
    'Milk of magnesia',
    'Unknown antibiotic',
    'Drug allergy',
    'Anaphylaxis',
  ])('disagree where it may be one, or nobody can know: %s', (text) => {
    expect(between(allergy(text))).toEqual(['allergy-and-no-known-allergies']);
  });

  it.each(['91935009', '762952008', '256349002', '91930004', '102263004'])(
    'do not disagree where its code alone tells of a food: %s',
    (code) => {
      expect(between(coded(code))).toEqual([]);
    },
  );

  it.each([
    ['a code that nobody here knows', coded('123456')],
    ['the code of a drug', coded('373270004')],
    ['latex, by its code', coded('111088007')],
    ['the words of a drug, over the code of a food', coded('91935009', { display: 'Allergy to penicillin' })],
    [
      'a number of another code system',
      allergy('x', { code: { coding: [{ system: 'https://x.example', code: '91935009' }] } }),
    ],
    [
      'a food in words, under the code of a drug',
      allergy('x', { code: { text: 'Peanut', coding: [{ system: SNOMED, code: '373270004' }] } }),
    ],
    [
      'a food in words, under that of a product',
      allergy('x', { code: { text: 'Egg', coding: [{ system: 'https://dmd.nhs.uk', code: '1' }] } }),
    ],
    [
      'a food that its code calls what may be in a drug',
      allergy('x', { code: { text: 'Peanut', coding: [{ code: '1', display: 'Latex' }] } }),
    ],
    [
      'a food that its code calls a drug',
      allergy('x', { code: { text: 'Peanut', coding: [{ code: '1', display: 'Penicillin' }] } }),
    ],
    [
      'a food, and a reaction to a drug',
      allergy('Food allergy', { reaction: [{ substance: { text: 'Amoxicillin' } }] }),
    ],
    ['a food, with a note of a drug', allergy('Peanut', { note: [{ text: 'Rash with amoxicillin too' }] })],
    [
      'a food, and a drug in what is told of the reaction',
      allergy('Peanut', { reaction: [{ manifestation: [{ text: 'Rash' }], description: 'After Penicillin V' }] }),
    ],
  ])('disagree over %s', (_what, known) => {
    expect(between(known)).toEqual(['allergy-and-no-known-allergies']);
  });

  it('do not disagree over a reaction to a food, whatever is told of it besides', () => {
    const reaction = [
      { substance: { text: 'Walnuts' }, manifestation: [{ text: 'Swelling' }], description: 'At school' },
    ];
    expect(between(allergy('Food allergy', { reaction, note: [{ text: 'Carries two pens' }] }))).toEqual([]);
  });

  it('is heard as its source filed it, where it did', () => {
    expect(between(allergy('Peanut', { category: ['medication'] }))).toEqual(['allergy-and-no-known-allergies']);
    expect(between(allergy('Latex', { category: ['environment'] }))).toEqual([]);
  });

  it('leave the denial of all allergies, or of another kind, as it was', () => {
    expect(between(allergy('Peanut'), 'No known allergies')).toEqual(['allergy-and-no-known-allergies']);
    expect(between(allergy('Peanut'), 'No known food allergies')).toEqual(['allergy-and-no-known-allergies']);
  });
});

describe('an allergy here that is ruled out there', () => {
  it('is a disagreement about its class, where it has one, else about its agent', () => {
    const ruledOut = (known: string, refuted: string): readonly object[] =>
      disagreements({ gp: [allergy(known)], hospital: [allergy(refuted, REFUTED)] });
    expect(ruledOut('Penicillin', 'Penicillin')).toEqual([
      {
        kind: 'allergy-refuted-elsewhere',
        section: 'allergies',
        about: ['Penicillin', 'Penicillin'],
        subjects: ['allergy:class:penicillins'],
      },
    ]);
    expect(ruledOut('Blue plasters', 'Blue plasters')).toMatchObject([{ about: ['Blue plasters', 'Blue plasters'] }]);
    expect(ruledOut('Codeine', 'Penicillin')).toEqual([]);
  });

  it('is none where what is known there is that there is none', () => {
    expect(
      disagreements({ gp: [allergy('No known allergies')], hospital: [allergy('No known allergies', REFUTED)] }),
    ).toEqual([]);
  });
});

describe('one allergy, grave here and mild there', () => {
  const here = allergy('Penicillin', { criticality: 'high' });
  const mildly = (...severities: readonly string[]): Resource =>
    allergy('Penicillin', {
      reaction: severities.map((severity) => ({ manifestation: [{ text: 'Rash' }], severity })),
    });

  it('is a disagreement about its class', () => {
    expect(disagreements({ gp: [here], hospital: [mildly('mild')] })).toEqual([
      {
        kind: 'allergy-severities-differ',
        section: 'allergies',
        about: ['Penicillin'],
        subjects: ['allergy:class:penicillins'],
      },
    ]);
  });

  it('is one where any reaction was mild and none was grave', () => {
    expect(disagreements({ gp: [here], hospital: [mildly('moderate', 'mild')] })).toHaveLength(1);
    expect(disagreements({ gp: [here], hospital: [mildly('moderate')] })).toEqual([]);
    expect(disagreements({ gp: [here], hospital: [allergy('Penicillin', { criticality: 'low' })] })).toHaveLength(1);
    expect(disagreements({ gp: [here], hospital: [allergy('Penicillin')] })).toEqual([]);
  });

  it('is none where it no longer stands in any of them', () => {
    const over = { clinicalStatus: { coding: [{ code: 'resolved' }] } };
    expect(disagreements({ gp: [{ ...here, ...over }], hospital: [{ ...mildly('mild'), ...over }] })).toEqual([]);
  });
});

describe('the key of an allergy', () => {
  const keyOf = (change: object): string => {
    const [entry] = entriesFrom('gp', allergy('Penicillin', change));
    return allergies.factKey(entry as AllergyEntry);
  };

  it('is the same for what is said to be an allergy and what nothing is said of', () => {
    expect(keyOf({ type: 'allergy' })).toBe(keyOf({}));
    expect(keyOf({ type: 'intolerance' })).not.toBe(keyOf({}));
  });
});

describe('a denial that names one thing', () => {
  const between = (here: string, there: string): readonly string[] =>
    conflictKinds({ gp: [allergy(here)], hospital: [allergy(there)] });

  it.each([
    ['Latex', 'No known latex allergy'],
    ['Latex allergy', 'Latex allergy excluded'],
    ['Allergy to peanut', 'No allergy to peanut'],
    ['Penicillin', 'Not allergic to penicillin'],
  ])('disagrees with that allergy elsewhere: %s and %s', (here, there) => {
    expect(between(here, there)).toEqual(['allergy-refuted-elsewhere']);
    expect(between(there, here)).toEqual(['allergy-refuted-elsewhere']);
  });

  it.each([
    ['Peanut', 'No known latex allergy'],
    ['Codeine', 'Not allergic to penicillin'],
  ])('says nothing of any other: %s and %s', (here, there) => {
    expect(between(here, there)).toEqual([]);
  });
});
