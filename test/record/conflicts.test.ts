import { describe, expect, it } from 'vitest';
import { CONFLICT_RULES } from '../../src/record/conflict-rules.ts';
import { THERAPY_CLASSES } from '../../src/record/therapy-classes.ts';
import { cy } from '../../src/words/cy.ts';
import { enGB } from '../../src/words/en-GB.ts';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import type { Conflict, ConflictKind } from '../../src/record/fact.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Resource } from '../../src/record/resource.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';
import { worstFirst } from '../../src/record/worst-first.ts';

function conflictsIn(entries: readonly Entry[], patient: Patient = aPatient()): readonly Conflict[] {
  const sources = ['gp', 'hospital', 'council'].map((id) => aSource(id));
  return buildRecord({ patient, sources, statuses: new Map(), entries, unread: [], nowMs: Date.UTC(2026, 10, 22) })
    .conflicts;
}

function kinds(...entries: readonly (readonly Entry[])[]): readonly ConflictKind[] {
  return conflictsIn(entries.flat()).map(({ kind }) => kind);
}

const allergy = (text: string, change: object = {}): Resource => ({
  resourceType: 'AllergyIntolerance',
  id: text,
  clinicalStatus: { coding: [{ code: 'active' }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  code: { text },
  ...change,
});

const medicine = (text: string, directions: string, change: object = {}): Resource => ({
  resourceType: 'MedicationRequest',
  id: `${text} ${directions}`,
  status: 'active',
  intent: 'order',
  authoredOn: '2026-10-01',
  medicationCodeableConcept: { text },
  dosageInstruction: [{ text: directions }],
  ...change,
});

const at = (source: string, ...resources: readonly Resource[]): readonly Entry[] => entriesFrom(source, ...resources);

describe('an allergy against a medicine', () => {
  it.each([
    ['refuted', { verificationStatus: { coding: [{ code: 'refuted' }] } }],
    ['resolved', { clinicalStatus: { coding: [{ code: 'resolved' }] } }],
    ['withdrawn', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } }],
  ])('is none when the allergy is %s', (_what, change) => {
    expect(
      kinds(
        at('gp', allergy('Penicillin', change)),
        at('hospital', medicine('Amoxicillin 500mg capsules', 'one daily')),
      ),
    ).toEqual([]);
  });

  it('is none when the medicine is past, or of another class', () => {
    expect(
      kinds(
        at('gp', allergy('Penicillin')),
        at('hospital', medicine('Amoxicillin 500mg capsules', 'one daily', { status: 'completed' })),
      ),
    ).toEqual([]);
    expect(
      kinds(at('gp', allergy('Penicillin')), at('hospital', medicine('Doxycycline 100mg capsules', 'one daily'))),
    ).toEqual([]);
    expect(
      kinds(at('gp', allergy('Penicillin')), at('hospital', medicine('Penicillamine 250mg tablets', 'one daily'))),
    ).toEqual([]);
  });

  it.each([
    ['Penicillin', 'Amoxicillin 500mg capsules'],
    ['Allergy to penicillin', 'Co-amoxiclav 500mg/125mg tablets'],
    ['Penicillin-class antibacterial', 'Flucloxacillin 500mg capsules'],
    ['Amoxicillin allergy', 'Phenoxymethylpenicillin 250mg tablets'],
    ['Ibuprofen', 'Aspirin 75mg dispersible tablets'],
    ['NSAIDs', 'Naproxen 250mg tablets'],
    ['Sulfonamide', 'Co-trimoxazole 80mg/400mg tablets'],
    ['Trimethoprim', 'Co-trimoxazole 80mg/400mg tablets'],
    ['Codeine', 'Oramorph 10mg/5ml oral solution'],
    ['Lisinopril', 'Ramipril 5mg capsules'],
    ['Paracetamol', 'Co-codamol 30mg/500mg tablets'],
    ['Chlorphenamine', 'Chlorphenamine 4mg tablets'],
    ['Allergy to spironolactone', 'Spironolactone 25mg tablets'],
  ])('is seen for %s against %s, at different organisations', (agent, drug) => {
    expect(kinds(at('gp', allergy(agent)), at('hospital', medicine(drug, 'one daily')))).toEqual([
      'allergy-and-medicine',
    ]);
  });

  it('is seen by code where the words are in another tongue', () => {
    const coded = allergy('Alergia', {
      code: { text: 'Alergia', coding: [{ system: 'http://snomed.info/sct', code: '91936005' }] },
    });
    expect(kinds(at('gp', coded), at('hospital', medicine('Amoxicillin 500mg capsules', 'one daily')))).toEqual([
      'allergy-and-medicine',
    ]);
  });

  it('is seen by the code of the product where its words hide the substance', () => {
    const coded = medicine('One red capsule', 'one daily', {
      medicationCodeableConcept: { text: 'Kapsel', coding: [{ system: 'https://dmd.nhs.uk', code: '318902004' }] },
    });
    expect(kinds(at('gp', allergy('Lisinopril')), at('hospital', coded))).toEqual(['allergy-and-medicine']);
    expect(
      kinds(at('gp', allergy('Lisinopril')), at('hospital', medicine('Tritace 5mg capsules', 'one daily'))),
    ).toEqual(['allergy-and-medicine']);
  });

  it('is seen at one organisation alone, and when either standing is not known', () => {
    expect(
      kinds(
        at(
          'gp',
          allergy('Penicillin', { clinicalStatus: undefined }),
          medicine('Amoxicillin 500mg capsules', 'one daily', { status: undefined }),
        ),
      ),
    ).toEqual(['allergy-and-medicine']);
  });

  it('is seen where the medicine is only planned, and never for one that is not to be given', () => {
    const planned = medicine('Amoxicillin 500mg capsules', 'one daily', { status: 'draft' });
    expect(kinds(at('gp', allergy('Penicillin')), at('hospital', planned))).toEqual(['allergy-and-medicine']);
    const forbidden = medicine('Amoxicillin 500mg capsules', 'one daily', { doNotPerform: true });
    expect(kinds(at('gp', allergy('Penicillin')), at('hospital', forbidden))).toEqual([]);
  });

  it('is not seen for a handing over of unknown standing, and is for one that stands', () => {
    const dispensed = (status: string): Resource => ({
      resourceType: 'MedicationDispense',
      id: '1',
      status,
      medicationCodeableConcept: { text: 'Amoxicillin 500mg capsules' },
    });
    expect(kinds(at('gp', allergy('Penicillin')), at('pharmacy', dispensed('unknown')))).toEqual([]);
    expect(kinds(at('gp', allergy('Penicillin')), at('pharmacy', dispensed('preparation')))).toEqual([
      'allergy-and-medicine',
    ]);
  });

  it('is not seen for a denial: no known penicillin allergy, no amoxicillin', () => {
    expect(
      kinds(
        at('gp', allergy('No known penicillin allergy')),
        at('hospital', medicine('Amoxicillin 500mg capsules', 'one daily')),
      ),
    ).toEqual([]);
  });

  it('is one where class and substance are both the same', () => {
    const found = conflictsIn([
      ...at('gp', allergy('Amoxicillin')),
      ...at('hospital', medicine('Amoxicillin 500mg capsules', 'one daily')),
    ]);
    expect(found.map(({ kind, section }) => `${kind} in ${section}`)).toEqual(['allergy-and-medicine in allergies']);
  });

  it('is one for each class, and for a substance of no class by itself', () => {
    const found = conflictsIn([
      ...at('gp', allergy('Penicillin'), allergy('Chlorphenamine'), allergy('Lisinopril')),
      ...at(
        'hospital',
        medicine('Amoxicillin 500mg capsules', 'one daily'),
        medicine('Chlorphenamine 4mg tablets', 'one daily'),
      ),
    ]);
    expect(found.map(({ kind, sides }) => `${kind} ${sides.length}`)).toEqual([
      'allergy-and-medicine 2',
      'allergy-and-medicine 2',
    ]);
  });

  it('is one disagreement with all sides, however many records say it, and stands in both sections', () => {
    const entries = [
      ...at('gp', allergy('Penicillin'), medicine('Amoxicillin 250mg capsules', 'one daily')),
      ...at('hospital', allergy('Allergy to penicillin'), medicine('Amoxicillin 500mg capsules', 'one daily')),
    ];
    const found = conflictsIn(entries).filter(({ kind }) => kind === 'allergy-and-medicine');
    expect(found).toHaveLength(1);
    expect(found[0]?.sides).toHaveLength(4);
    expect(conflictsIn([...entries].reverse())).toEqual(conflictsIn(entries));
  });
});

describe('allergies that disagree', () => {
  const none = (code: string, text: string): Resource =>
    allergy(text, { code: { text, coding: [{ system: 'http://snomed.info/sct', code }] } });

  it('do not when one source knows of no drug allergy and another of a food', () => {
    expect(
      kinds(
        at('gp', none('409137002', 'No known drug allergy')),
        at('hospital', allergy('Peanut', { category: ['food'] })),
      ),
    ).toEqual([]);
  });

  it('do not when what is denied is one thing and what is recorded another', () => {
    expect(kinds(at('gp', allergy('No known latex allergy')), at('hospital', allergy('Penicillin')))).toEqual([]);
  });

  it('do not when one source was never asked', () => {
    expect(kinds(at('gp', allergy('Not asked')), at('hospital', allergy('Penicillin')))).toEqual([]);
  });

  it('do not when an intolerance stands beside no known drug allergy', () => {
    expect(
      kinds(
        at('gp', none('409137002', 'No known drug allergy')),
        at('hospital', allergy('Gliclazide', { type: 'intolerance' })),
      ),
    ).toEqual([]);
  });

  it('do when one source knows of none and another of one', () => {
    expect(
      kinds(at('gp', none('716186003', 'No known allergy')), at('hospital', allergy('Peanut', { category: ['food'] }))),
    ).toEqual(['allergy-and-no-known-allergies']);
    expect(kinds(at('gp', none('409137002', 'No known drug allergy')), at('hospital', allergy('Penicillin')))).toEqual([
      'allergy-and-no-known-allergies',
    ]);
  });

  it('do when one source rules out what stands in another, under another name of its class', () => {
    const refuted = allergy('Amoxicillin', { verificationStatus: { coding: [{ code: 'refuted' }] } });
    expect(kinds(at('gp', allergy('Penicillin')), at('hospital', refuted))).toEqual(['allergy-refuted-elsewhere']);
  });
});

describe('two doses', () => {
  it.each([
    [
      'the same dose in other words',
      medicine('Ramipril 5mg capsules', 'One capsule once a day'),
      medicine('Ramipril 5mg capsules', 'Take one daily'),
    ],
    [
      '5 mg as one capsule or two',
      medicine('Ramipril 5mg capsules', 'One capsule once a day'),
      medicine('Ramipril 2.5mg capsules', 'Two capsules once a day'),
    ],
    [
      'another medicine',
      medicine('Ramipril 5mg capsules', 'one daily'),
      medicine('Bisoprolol 2.5mg tablets', 'one daily'),
    ],
    [
      'a dose that is not recorded',
      medicine('Ramipril 5mg capsules', 'one daily'),
      medicine('Ramipril', 'as directed'),
    ],
    [
      '1000 micrograms and 1 mg',
      medicine('Lorazepam 1mg tablets', '1 mg at night'),
      medicine('Lorazepam 1mg tablets', '1000 micrograms at night'),
    ],
    [
      '5 ml of 10 mg in 5 ml, and 10 mg',
      medicine('Morphine 10mg/5ml oral solution', '5 ml twice a day'),
      medicine('Morphine 10mg/5ml oral solution', '10 mg twice a day'),
    ],
    [
      'the same units of a strength that one leaves out',
      medicine('Insulin glargine 100units/ml solution for injection', '10 units at night'),
      medicine('Insulin glargine', 'Inject 10 units at night'),
    ],
    [
      'a range and an amount within it',
      medicine('Morphine 10mg/5ml oral solution', '5 to 10 ml twice a day'),
      medicine('Morphine 10mg/5ml oral solution', '5 ml twice a day'),
    ],
  ])('are not seen in %s', (_what, here, there) => {
    expect(kinds(at('gp', here), at('hospital', there))).toEqual([]);
  });

  it('are not seen where each source makes up the dose of the same two strengths', () => {
    const both = [
      medicine('Levothyroxine 25microgram tablets', 'one daily'),
      medicine('Levothyroxine 50microgram tablets', 'one daily'),
    ];
    expect(kinds(at('gp', ...both), at('hospital', ...both))).toEqual([]);
  });

  it.each([
    [
      'the amount',
      medicine('Ramipril 5mg capsules', 'One capsule once a day'),
      medicine('Ramipril 2.5mg capsules', 'One capsule once a day'),
    ],
    [
      'the amount in numbers',
      medicine('Ramipril 5mg capsules', 'x', {
        dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg' } }] }],
      }),
      medicine('Ramipril 2.5mg capsules', 'y', {
        dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 2.5, unit: 'mg' } }] }],
      }),
    ],
    [
      'how often',
      medicine('Bisoprolol 2.5mg tablets', 'One tablet once a day'),
      medicine('Bisoprolol fumarate 2.5mg tablets', 'One tablet twice a day'),
    ],
    [
      'how often, by a week',
      medicine('Methotrexate 2.5mg tablets', 'Four tablets once a week'),
      medicine('Methotrexate 2.5mg tablets', 'Four tablets once a day'),
    ],
    [
      'units written in words',
      medicine('Insulin glargine 100units/ml solution for injection', '10 units at night'),
      medicine('Insulin glargine 100units/ml solution for injection', 'Inject 16 units at night'),
    ],
    [
      'the strength of what is given in units',
      medicine('Insulin glargine 100units/ml solution for injection', '10 units at night'),
      medicine('Insulin glargine 300units/ml solution for injection', '10 units at night'),
    ],
    [
      'milligrams here and millilitres there',
      medicine('Morphine 10mg/5ml oral solution', '10 mg twice a day'),
      medicine('Morphine 10mg/5ml oral solution', '10 ml twice a day'),
    ],
  ])('are seen when two organisations differ in %s', (_what, here, there) => {
    expect(kinds(at('gp', here), at('hospital', there))).toEqual(['two-doses']);
  });
});

describe('a medicine stopped at one organisation', () => {
  const stopped = (date: string | undefined): Resource =>
    medicine('Ramipril 5mg capsules', 'one daily', {
      resourceType: 'MedicationStatement',
      status: 'stopped',
      effectivePeriod: { start: '2019-01-01', ...(date && { end: date }) },
      dosageInstruction: undefined,
    });
  const active = medicine('Ramipril 5mg capsules', 'one daily', { authoredOn: '2024-06-01' });

  it('is no disagreement when the other started it later', () => {
    expect(kinds(at('hospital', stopped('2022-01-01')), at('gp', active))).toEqual([]);
  });

  it('is no disagreement when the same organisation only changed it', () => {
    expect(kinds(at('gp', stopped('2025-01-01'), active))).toEqual([]);
  });

  it('is no disagreement when a course came to its end', () => {
    const finished = medicine('Ramipril 5mg capsules', 'one daily', { status: 'completed' });
    expect(kinds(at('hospital', finished), at('gp', active))).toEqual([]);
  });

  it('is one when the stop is later, or of unknown date', () => {
    expect(kinds(at('hospital', stopped('2025-01-01')), at('gp', active))).toEqual(['stopped-here-active-there']);
    expect(kinds(at('hospital', stopped(undefined)), at('gp', { ...active, authoredOn: undefined }))).toEqual([
      'stopped-here-active-there',
    ]);
  });

  it('is one when the other says not to give it, or that it is not taken', () => {
    const notTaken = { ...stopped(undefined), status: 'not-taken', effectivePeriod: { start: '2026-01-01' } };
    expect(kinds(at('hospital', notTaken), at('gp', active))).toEqual(['stopped-here-active-there']);
    expect(
      kinds(at('hospital', medicine('Ramipril 5mg capsules', 'one daily', { doNotPerform: true })), at('gp', active)),
    ).toEqual(['stopped-here-active-there']);
  });
});

describe('who the person is', () => {
  const patient = (id: string, change: object): Resource => ({
    resourceType: 'Patient',
    id,
    name: [{ family: 'Example', given: ['Alex'] }],
    birthDate: '1948-03-14',
    gender: 'female',
    ...change,
  });

  it('does not differ where one source only says less', () => {
    expect(
      kinds(at('gp', patient('1', {})), at('hospital', patient('2', { birthDate: '1948', gender: 'unknown' }))),
    ).toEqual([]);
  });

  it.each([
    ['birth date', { birthDate: '1948-04-13' }],
    ['family name', { name: [{ family: 'Sample', given: ['Alex'] }] }],
    ['gender', { gender: 'male' }],
    ['year of birth', { birthDate: '1949' }],
  ])('differs in %s', (_what, change) => {
    expect(kinds(at('gp', patient('1', {})), at('hospital', patient('2', change)))).toEqual(['demographics-differ']);
  });

  it('does not differ where somebody moved: each address stands on its own line', () => {
    const home = (postalCode: string): object => ({ address: [{ use: 'home', postalCode }] });
    expect(kinds(at('gp', patient('1', home('ZZ99 3WZ'))), at('hospital', patient('2', home('ZZ99 3VZ'))))).toEqual([]);
  });

  it.each([
    ['an initial', ['Margaret', 'A']],
    ['capitals', ['MARGARET', 'ANNE']],
    ['the order', ['Anne', 'Margaret']],
    ['fewer names', ['Margaret']],
  ])('does not differ by %s of the given names', (_what, given) => {
    const named = (names: readonly string[]): object => ({ name: [{ family: 'Example', given: names }] });
    const [gp, hospital] = [patient('1', named(['Margaret', 'Anne'])), patient('2', named(given))];
    expect(kinds(at('gp', gp), at('hospital', hospital))).toEqual([]);
  });

  it.each([
    ['O’Neill', "O'NEILL"],
    ['Muñoz', 'Munoz'],
    ['Smith-Jones', 'Smith Jones'],
  ])('does not differ where a system could not print %s', (one, other) => {
    const named = (family: string): object => ({ name: [{ family, given: ['Alex'] }] });
    expect(kinds(at('gp', patient('1', named(one))), at('hospital', patient('2', named(other))))).toEqual([]);
  });

  it('is dead here and alive there', () => {
    expect(kinds(at('gp', patient('1', { deceasedDateTime: '2026-01-01' })), at('hospital', patient('2', {})))).toEqual(
      ['deceased-here-alive-there'],
    );
    expect(conflictsIn(at('hospital', patient('2', {})), aPatient({ deceased: true })).map(({ kind }) => kind)).toEqual(
      ['deceased-here-alive-there'],
    );
  });
});

describe('a death the home record knows of', () => {
  const patient = (id: string, change: object = {}): Resource => ({
    resourceType: 'Patient',
    id,
    name: [{ family: 'Example', given: ['Alex'] }],
    birthDate: '1948-03-14',
    ...change,
  });
  const dead = aPatient({ deceased: true });
  const found = (...entries: readonly Entry[]): readonly string[] =>
    conflictsIn(entries, dead).map(({ kind, section, sides }) => {
      expect(section).toBe('demographics');
      return `${kind}: ${sides.join(' ')}`;
    });

  it('is no disagreement where no other organisation holds her, or all know', () => {
    expect(found()).toEqual([]);
    expect(found(...at('gp', patient('1', { deceasedBoolean: true })))).toEqual([]);
  });

  it('is one with every organisation that holds her as alive', () => {
    expect(found(...at('gp', patient('1')), ...at('hospital', patient('2')))).toEqual([
      'deceased-here-alive-there: gp/Patient/1 hospital/Patient/2',
    ]);
  });

  it('is said once where a source knows of it too', () => {
    expect(found(...at('gp', patient('1', { deceasedBoolean: true })), ...at('hospital', patient('2')))).toEqual([
      'deceased-here-alive-there: gp/Patient/1 hospital/Patient/2',
    ]);
  });

  it('is none for the living', () => {
    expect(conflictsIn(at('gp', patient('1')))).toEqual([]);
  });

  it('counts no entry that is over', () => {
    expect(found(...at('gp', patient('1', { active: false })))).toEqual([]);
  });
});

describe('two medicines of one class', () => {
  const active = (text: string, change: object = {}): Resource => medicine(text, 'one daily', change);

  it.each([
    ['one of them stopped', active('Ramipril 5mg capsules'), active('Lisinopril 10mg tablets', { status: 'stopped' })],
    [
      'one of them only planned',
      active('Ramipril 5mg capsules'),
      active('Lisinopril 10mg tablets', { status: 'draft' }),
    ],
    [
      'one of them of unknown standing',
      active('Ramipril 5mg capsules'),
      active('Losartan 50mg tablets', { status: undefined }),
    ],
    ['the same medicine under its brand', active('Ramipril 5mg capsules'), active('Tritace 5mg capsules')],
    ['two strengths of one', active('Bisoprolol 2.5mg tablets'), active('Bisoprolol 1.25mg tablets')],
    ['another class', active('Ramipril 5mg capsules'), active('Amlodipine 5mg tablets')],
    ['one rubbed in', active('Ibuprofen 5% gel'), active('Naproxen 250mg tablets')],
    [
      'two antiplatelets, given on purpose',
      active('Aspirin 75mg dispersible tablets'),
      active('Clopidogrel 75mg tablets'),
    ],
  ])('are no duplicate with %s', (_what, here, there) => {
    expect(kinds(at('gp', here), at('hospital', there))).not.toContain('duplicate-therapy');
  });

  it.each([
    ['Ramipril 5mg capsules', 'Lisinopril 10mg tablets'],
    ['Ramipril 5mg capsules', 'Losartan 50mg tablets'],
    ['Ramipril 5mg capsules', 'Sacubitril 24mg / Valsartan 26mg tablets'],
    ['Apixaban 5mg tablets', 'Warfarin 3mg tablets'],
    ['Eliquis 5mg tablets', 'Rivaroxaban 20mg tablets'],
    ['Atorvastatin 20mg tablets', 'Simvastatin 40mg tablets'],
    ['Omeprazole 20mg gastro-resistant capsules', 'Lansoprazole 30mg gastro-resistant capsules'],
    ['Naproxen 250mg tablets', 'Ibuprofen 400mg tablets'],
    ['Sertraline 50mg tablets', 'Citalopram 20mg tablets'],
    ['Furosemide 40mg tablets', 'Bumetanide 1mg tablets'],
    ['Linagliptin 5mg tablets', 'Sitagliptin 100mg tablets'],
    ['Bisoprolol fumarate 2.5mg tablets', 'Atenolol 50mg tablets'],
  ])('are seen in %s here and %s there', (here, there) => {
    expect(kinds(at('gp', active(here)), at('hospital', active(there)))).toEqual(['duplicate-therapy']);
  });

  it('are one disagreement with every record of the class, with dates, whatever the order', () => {
    const entries = [
      ...at('gp', active('Ramipril 5mg capsules'), active('Candesartan 8mg tablets')),
      ...at('hospital', active('Lisinopril 10mg tablets')),
    ];
    const found = conflictsIn(entries);
    expect(found).toHaveLength(1);
    expect(found[0]?.sides).toHaveLength(3);
    expect(found[0]?.facts).toHaveLength(3);
    expect(conflictsIn([...entries].reverse())[0]?.id).toBe(found[0]?.id);
  });
});

describe('one allergy of two severities', () => {
  const reacted = (severity: string | undefined, change: object = {}): Resource =>
    allergy('Penicillin', { reaction: [{ manifestation: [{ text: 'Rash' }], severity }], ...change });

  it.each([
    ['one says no severity', reacted('severe'), reacted(undefined)],
    ['both are severe', reacted('severe'), reacted('severe')],
    ['mild and moderate', reacted('mild'), reacted('moderate')],
    [
      'one was ruled out',
      reacted('severe'),
      reacted('mild', { verificationStatus: { coding: [{ code: 'refuted' }] } }),
    ],
    ['it is over', reacted('severe', { clinicalStatus: { coding: [{ code: 'resolved' }] } }), reacted('mild')],
  ])('is no disagreement where %s', (_what, here, there) => {
    expect(kinds(at('gp', here), at('hospital', there))).not.toContain('allergy-severities-differ');
  });

  it('is no disagreement of one source with itself: two reactions of two days', () => {
    expect(kinds(at('gp', reacted('severe', { id: '1' }), reacted('mild', { id: '2' })))).toEqual([]);
  });

  it.each([
    ['severe and mild', reacted('severe'), reacted('mild')],
    [
      'high and low criticality',
      allergy('Penicillin', { criticality: 'high' }),
      allergy('Penicillin', { criticality: 'low' }),
    ],
    [
      'anaphylaxis and mild',
      allergy('Penicillin', { reaction: [{ manifestation: [{ text: 'Anaphylaxis' }] }] }),
      reacted('mild', { code: { text: 'Allergy to penicillin' } }),
    ],
  ])('is a disagreement in one line: %s', (_what, here, there) => {
    expect(kinds(at('gp', here), at('hospital', there))).toEqual(['allergy-severities-differ']);
  });
});

describe('two NHS numbers', () => {
  const numbered = (id: string, value: string | undefined, change: object = {}): Resource => ({
    resourceType: 'Patient',
    id,
    name: [{ family: 'Example' }],
    ...(value && { identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value }] }),
    ...change,
  });

  it('are none where one source gives no number, or one that was replaced', () => {
    expect(kinds(at('gp', numbered('1', '9990000018')), at('hospital', numbered('2', undefined)))).toEqual([]);
    expect(
      kinds(at('gp', numbered('1', '9990000018')), at('hospital', numbered('2', '9990000026', { active: false }))),
    ).toEqual([]);
  });

  it('are a disagreement of their own', () => {
    expect(kinds(at('gp', numbered('1', '9990000018')), at('hospital', numbered('2', '9990000026')))).toEqual([
      'nhs-numbers-differ',
    ]);
  });
});

describe('key workers', () => {
  const team = (name: string, role = 'Key worker', change: object = {}): Resource => ({
    resourceType: 'CareTeam',
    id: name,
    status: 'active',
    participant: [{ role: [{ text: role }], member: { display: name } }],
    ...change,
  });

  it('do not differ by a title, by one who is no longer, or by a colleague who is none', () => {
    expect(kinds(at('gp', team('Ms Claire Nolan')), at('council', team('NOLAN, Claire')))).toEqual([]);
    expect(
      kinds(at('gp', team('Claire Nolan')), at('council', team('Ann Other', 'Key worker', { status: 'inactive' }))),
    ).toEqual([]);
    expect(kinds(at('gp', team('Claire Nolan')), at('council', team('Ann Other', 'Care co-ordinator')))).toEqual([]);
  });

  it('differ where two are named', () => {
    expect(kinds(at('gp', team('Claire Nolan')), at('council', team('Grace Mensah')))).toEqual(['key-workers-differ']);
  });
});

describe('resuscitation', () => {
  const decision = (code: string, text: string, change: object = {}): Resource => ({
    resourceType: 'Flag',
    id: code,
    status: 'active',
    code: { coding: [{ system: 'http://snomed.info/sct', code, display: text }] },
    period: { start: '2026-07-20' },
    ...change,
  });
  const notFor = decision('450476008', 'Not for attempted cardiopulmonary resuscitation');
  const wanted = decision('450475007', 'For attempted cardiopulmonary resuscitation');

  it('does not differ where both say the same, or one is over', () => {
    expect(kinds(at('gp', notFor), at('hospital', notFor))).toEqual([]);
    expect(kinds(at('gp', notFor), at('hospital', { ...wanted, status: 'inactive' }))).toEqual([]);
  });

  it('differs where one is for it and one is not', () => {
    expect(kinds(at('gp', notFor), at('hospital', wanted))).toEqual(['resuscitation-decisions-differ']);
  });
});

describe('every rule', () => {
  it('has its reason, its source and its hazard', () => {
    for (const { reason, source, hazard } of Object.values(CONFLICT_RULES)) {
      expect(reason.length).toBeGreaterThan(20);
      expect(source.length).toBeGreaterThan(5);
      expect(hazard).toMatch(/^H\d\d$/);
      // What is recorded is put side by side: no rule tells anybody what to do.
      expect(reason).not.toMatch(/\b(should|must stop|do not give|consider|recommend|advise)\b/i);
    }
    for (const { moieties, source } of THERAPY_CLASSES) {
      expect(moieties.length).toBeGreaterThan(1);
      expect(source).not.toBe('');
    }
  });

  it('has words in every language, which say that it is recorded and nothing more', () => {
    for (const words of [enGB, cy]) {
      expect(Object.keys(words.conflicts.kinds).sort()).toEqual(Object.keys(CONFLICT_RULES).sort());
    }
  });
});

describe('the order of disagreements', () => {
  it('is by identity among those of one kind', () => {
    const [a, b] = ['a', 'b'].map((id): Conflict => ({
      id,
      kind: 'two-doses',
      section: 'medications',
      facts: [],
      sides: [],
    }));
    if (!a || !b) throw new Error('expected two');
    expect(worstFirst(a, b)).toBeLessThan(0);
    expect(worstFirst(b, a)).toBeGreaterThan(0);
    expect(worstFirst(a, { ...a })).toBe(0);
    expect(worstFirst({ ...b, kind: 'allergy-and-medicine' }, a)).toBeLessThan(0);
  });

  it('puts the worst first', () => {
    const found = kinds(
      at('gp', allergy('Penicillin'), allergy('No known allergies'), medicine('Ramipril 5mg capsules', 'one daily')),
      at(
        'hospital',
        medicine('Amoxicillin 500mg capsules', 'one daily'),
        medicine('Ramipril 2.5mg capsules', 'one daily'),
      ),
    );
    expect(found).toEqual(['allergy-and-medicine', 'two-doses', 'allergy-and-no-known-allergies']);
  });
});
