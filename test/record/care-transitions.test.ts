import { describe, expect, it } from 'vitest';
import { readPracticeCodes, readStayLetters, readTransitions } from '../../src/record/care-transitions.ts';
import type { Resource } from '../../src/record/resource.ts';

const stay = (more: object): Resource => ({ resourceType: 'Encounter', id: 'e1', ...more });
const at = (reference: string | undefined, start: string | undefined, status?: string, display?: string): object => ({
  location: { ...(reference && { reference }), ...(display && { display }) },
  ...(start && { period: { start } }),
  ...(status && { status }),
});
const moves = (...location: readonly object[]): readonly (readonly (string | undefined)[])[] =>
  readTransitions(stay({ location }), 'Encounter/e1').map(({ identity, happened }) => [identity, happened]);

describe('moves within a stay', () => {
  it('are none to where somebody is, to a bed that is only kept or planned, or to a place of no name or no time', () => {
    const ward = at('Location/a', '2026-11-01T10:00:00Z');
    expect(moves()).toEqual([]);
    expect(moves(ward)).toEqual([]);
    expect(moves(ward, at('Location/a', '2026-11-02T10:00:00Z'))).toEqual([]);
    expect(moves(ward, at('Location/b', '2026-11-02T10:00:00Z', 'planned'))).toEqual([]);
    expect(moves(ward, at('Location/b', '2026-11-02T10:00:00Z', 'reserved'))).toEqual([]);
    expect(moves(ward, at(undefined, '2026-11-02T10:00:00Z'))).toEqual([]);
    expect(moves(ward, at('Location/b', undefined))).toEqual([]);
    expect(moves(ward, { period: { start: '2026-11-02T10:00:00Z' } })).toEqual([]);
  });

  it('are told in the order of time, whatever zone a time is written in and whatever order they came in', () => {
    const [first, second, third] = [
      at('Location/a', '2026-11-01T10:00:00Z'),
      // A quarter of an hour before the next, though its day reads like the one after.
      at('Location/b', '2026-11-02T00:15:00+01:00'),
      at('Location/a', '2026-11-01T23:30:00Z', 'completed'),
    ];
    const told = [
      ['Encounter/e1|transfer|Location/b|1', '2026-11-02T00:15:00+01:00'],
      ['Encounter/e1|transfer|Location/a|1', '2026-11-01T23:30:00Z'],
    ];
    expect(moves(first, second, third)).toEqual(told);
    expect(moves(third, second, first)).toEqual(told);
  });

  it('are counted by the place, so that a corrected minute is not a second move', () => {
    const places = ['a', 'b', 'a', 'b'].map((name, hour) =>
      at(undefined, `2026-11-01T1${String(hour)}:00:00Z`, 'active', name),
    );
    expect(moves(...places).map(([identity]) => identity)).toEqual([
      'Encounter/e1|transfer|b|1',
      'Encounter/e1|transfer|a|1',
      'Encounter/e1|transfer|b|2',
    ]);
    const [event] = readTransitions(stay({ location: places.slice(0, 2) }), 'Encounter/e1');
    expect(event).toMatchObject({ kind: 'transfer', resource: 'Encounter/e1', sections: ['admissions', 'encounters'] });
  });
});

describe('a step down', () => {
  const was = (code: string, period?: object): object => ({ class: { code }, ...(period && { period }) });
  const down = (classHistory: readonly object[], code = 'NONAC') =>
    readTransitions(stay({ class: { code }, classHistory }), 'Encounter/e1');

  it('is none where the care is acute now, or was never said to have been', () => {
    expect(down([was('ACUTE')], 'IMP')).toEqual([]);
    expect(down([])).toEqual([]);
    expect(down([was('AMB'), {}])).toEqual([]);
  });

  it.each(['ACUTE', 'IMP'])('is from acute care, called %s, and happened when care that is not began', (acute) => {
    const history = [was(acute, { start: '2026-11-01', end: '2026-11-03' }), was('NONAC', { start: '2026-11-04' })];
    expect(down(history)).toEqual([
      {
        kind: 'step-down',
        identity: 'Encounter/e1|step-down|1',
        resource: 'Encounter/e1',
        sections: ['admissions', 'encounters'],
        happened: '2026-11-04',
      },
    ]);
  });

  it('happened at the end of the last acute care, where only that is known, and at no time where neither is', () => {
    const acute = [was('IMP', { end: '2026-11-01' }), was('NONAC'), was('ACUTE', { end: '2026-11-03' })];
    expect(down(acute)).toMatchObject([{ identity: 'Encounter/e1|step-down|2', happened: '2026-11-03' }]);
    expect(down([was('ACUTE')])[0]).not.toHaveProperty('happened');
  });

  it('is not told at the time of an earlier one, where the history ends with acute care', () => {
    const earlier = [was('NONAC', { start: '2026-11-02' }), was('ACUTE', { start: '2026-11-04', end: '2026-11-08' })];
    expect(down(earlier)).toMatchObject([{ happened: '2026-11-08' }]);
    expect(down([was('ACUTE', { end: '2026-11-08' }), was('NONAC')])).toMatchObject([{ happened: '2026-11-08' }]);
    const often = ['01', '03', '05'].map((day) => was('IMP', { end: `2026-11-${day}` }));
    expect(down(often)).toMatchObject([{ identity: 'Encounter/e1|step-down|3', happened: '2026-11-05' }]);
    expect(down([...often, was('NONAC', { start: '2026-11-06' }), was('AMB', { start: '2026-11-07' })])).toMatchObject([
      { happened: '2026-11-06' },
    ]);
  });

  it('is the last one, where somebody went back to acute care and down again', () => {
    const history = [was('NONAC', { start: '2026-11-02' }), was('ACUTE'), was('NONAC', { start: '2026-11-09' })];
    expect(down(history)).toMatchObject([{ happened: '2026-11-09' }]);
  });
});

describe('the letters of a stay', () => {
  const letter = (more: object = {}, ...references: readonly string[]): Resource => ({
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    type: { text: 'Clinic letter' },
    context: { encounter: references.map((reference) => ({ reference })) },
    ...more,
  });

  it('are none that were withdrawn, have no name of their own, or are no letters', () => {
    expect(readStayLetters(letter({ docStatus: 'entered-in-error' }, 'Encounter/e1'))).toEqual([]);
    expect(readStayLetters(letter({ status: 'superseded' }, 'Encounter/e1'))).toEqual([]);
    expect(readStayLetters(letter({ id: undefined }, 'Encounter/e1'))).toEqual([]);
    expect(readStayLetters(letter({ resourceType: 'Composition' }, 'Encounter/e1'))).toEqual([]);
  });

  it('are of each stay that they name, wherever its address begins, and of nothing else', () => {
    const names = [
      'Encounter/e1',
      'https://epr.example/fhir/Encounter/e-2.3',
      'NotEncounter/e4',
      'Encounter/e5/x',
      'urn:x',
    ];
    expect(readStayLetters(letter({}, ...names))).toEqual([
      { stay: 'Encounter/e1', letter: 'DocumentReference/d1', summary: false },
      { stay: 'Encounter/e-2.3', letter: 'DocumentReference/d1', summary: false },
    ]);
    expect(readStayLetters(letter({ context: { encounter: [{}] } }))).toEqual([]);
    expect(readStayLetters(letter({ context: undefined }))).toEqual([]);
  });
});

describe('the registered practice', () => {
  const practices = (...identifier: readonly object[]) =>
    readPracticeCodes({ resourceType: 'Patient', generalPractitioner: [{ identifier }] });

  it('is by no other system’s number, and by no system without one', () => {
    expect(practices({ system: 'https://fhir.nhs.uk/Id/ods-site-code', value: 'XB001' })).toEqual([]);
    expect(practices({ system: 'https://fhir.nhs.uk/Id/ods-organization-code-old', value: 'XB001' })).toEqual([]);
    expect(practices({ value: 'XB001' })).toEqual([]);
    expect(practices({ system: 'https://fhir.nhs.uk/Id/ods-organization-code' })).toEqual([]);
    expect(readPracticeCodes({ resourceType: 'Patient' })).toEqual([]);
  });

  it('is by the national code in either spelling', () => {
    for (const name of ['ods-organization-code', 'ods-organisation-code', 'ODS-Organization-Code'])
      expect(practices({ system: `https://fhir.nhs.uk/Id/${name}`, value: 'xb001' })).toEqual(['XB001']);
  });
});
