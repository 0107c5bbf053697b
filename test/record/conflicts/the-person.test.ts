// Proves src/record/sections/allergies.ts, src/record/sections/medicine-doses.ts, src/record/sections/demographics.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/record/entry.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { at, conflictsIn, kinds } from '../../support/conflicts.ts';
import { aPatient } from '../../support/record.ts';

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

  it('differs between those who say it, and is nothing to who says less', () => {
    const silent = { name: [{ text: 'Alex' }], birthDate: undefined, gender: undefined };
    const sides = conflictsIn([
      ...at('gp', patient('1', {})),
      ...at('hospital', patient('2', { birthDate: '1948-04-13', gender: undefined })),
      ...at('council', patient('3', silent)),
    ]).map(({ section, sides: named }) => [section, ...[...named].sort()]);
    expect(sides).toEqual([['demographics', 'gp/Patient/1', 'hospital/Patient/2']]);
  });

  it('differs in several things at once, with everybody who says one of them', () => {
    const [found, ...others] = conflictsIn([
      ...at('gp', patient('1', { gender: undefined })),
      ...at('hospital', patient('2', { birthDate: '1948-04-13', gender: 'male' })),
      ...at('council', patient('3', { birthDate: undefined })),
    ]);
    expect(others).toEqual([]);
    expect(found?.sides).toHaveLength(3);
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

  it('is said by a practice that closed her registration for it', () => {
    const closed = patient('1', { deceasedDateTime: '2026-10-01', active: false });
    const both = ['deceased-here-alive-there: gp/Patient/1 hospital/Patient/2'];
    expect(found(...at('gp', closed), ...at('hospital', patient('2')))).toEqual(both);
    expect(conflictsIn([...at('gp', closed), ...at('hospital', patient('2'))])).toMatchObject([
      { kind: 'deceased-here-alive-there' },
    ]);
    expect(conflictsIn([...at('gp', closed), ...at('hospital', patient('2', { active: false }))])).toEqual([]);
    const lives = patient('2', { deceasedBoolean: false });
    expect(conflictsIn([...at('gp', closed), ...at('hospital', lives)])).toHaveLength(1);
    expect(conflictsIn([...at('gp', patient('1')), ...at('hospital', lives)])).toEqual([]);
  });

  it('is said by a record that is in use, though it may be of somebody else', () => {
    const tied = patient('1', { deceasedBoolean: true, link: [{ type: 'refer', other: { reference: 'Patient/9' } }] });
    expect(conflictsIn([...at('gp', tied), ...at('hospital', patient('2'))])).toHaveLength(1);
  });

  it('is not said by a record that was replaced, for that may be of somebody else', () => {
    const replaced = patient('1', {
      deceasedBoolean: true,
      link: [{ type: 'replaced-by', other: { reference: 'Patient/9' } }],
    });
    expect(conflictsIn([...at('gp', replaced), ...at('hospital', patient('2'))])).toEqual([]);
  });

  it('is none for the living', () => {
    expect(conflictsIn(at('gp', patient('1')))).toEqual([]);
  });

  it('counts no entry that is over', () => {
    expect(found(...at('gp', patient('1', { active: false })))).toEqual([]);
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
