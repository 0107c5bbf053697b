import { describe, expect, it } from 'vitest';
import { absenceIn, agrees, isMasked, saysNone } from '../../../src/record/fhir/absent-unknown.ts';
import { DATA_ABSENT, type Coding } from '../../../src/record/fhir/coding.ts';

const IPS = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';
const OLD_IPS = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown';
const [TERMINOLOGY = '', FHIR = ''] = DATA_ABSENT;
const named = (text: string, ...codings: readonly Coding[]) => ({ text, codings });

describe('a concept that says why there is none', () => {
  it.each([
    [IPS, 'no-known-problems', 'No known problems', 'none-known'],
    [OLD_IPS, 'no-known-allergies', 'No known allergies', 'none-known'],
    [IPS, 'no-problem-info', 'No information about problems', 'not-asked'],
    [IPS, 'no-known-problems', 'no-known-problems (http://x)', 'none-known'],
    [IPS, 'no-known-medications', 'Not on any medication', 'none-known'],
    [IPS, 'no-known-medications', 'Denies taking any', 'none-known'],
    [TERMINOLOGY, 'unknown', 'Unknown', 'not-asked'],
    [FHIR, 'not-asked', 'Not asked', 'not-asked'],
    [TERMINOLOGY, 'temp-unknown', 'Temporarily unknown', 'not-asked'],
    [TERMINOLOGY, 'temp-unknown', 'temp-unknown (http://x)', 'not-asked'],
    [TERMINOLOGY, 'masked', 'Masked', undefined],
  ])('says so by its code in that system: %s %s', (system, code, text, said) => {
    expect(absenceIn(named(text, { system, code }))).toBe(said);
  });

  it('says nothing by a code without its system, nor in another', () => {
    expect(absenceIn(named('No known problems', { code: 'no-known-problems' }))).toBeUndefined();
    expect(absenceIn(named('No known problems', { system: 'x', code: 'no-known-problems' }))).toBeUndefined();
    expect(absenceIn(named('No known problems', { system: IPS }))).toBeUndefined();
  });

  it('is found behind another code', () => {
    const asked = named('Not asked', { system: 'x', code: '1' }, { system: TERMINOLOGY, code: 'not-asked' });
    expect(absenceIn(asked)).toBe('not-asked');
  });

  it.each([
    'Not asked',
    'No information',
    'No information available',
    'Unknown',
    'Not known',
    'Not on file',
    'Not recorded',
    'None recorded',
    'NK',
    'N/K',
    'N/A',
    'Not applicable',
  ])('says so in words and nothing besides: %s', (text) => {
    expect(absenceIn(named(text))).toBe('not-asked');
    expect(absenceIn(named(`${text} asthma`))).toBeUndefined();
    expect(absenceIn(named(`Asthma ${text}`))).toBeUndefined();
  });
});

describe('a mark that a form was filled with', () => {
  it.each(['-', '--', '?', '???', '.'])('names nothing: %s', (text) => {
    expect(absenceIn(named(text))).toBe('not-asked');
  });
});

describe('words under the code for none', () => {
  it.each([
    'Penicillin',
    'Not tolerated: penicillin',
    'Not to have penicillin',
    'Never give penicillin',
    'Nonsteroidals',
    'Asthma of unknown cause',
    'Nothing but penicillin',
  ])('are not covered by it where they say that there is one: %s', (text) => {
    const coded = named(text, { system: IPS, code: 'no-known-allergies' });
    expect(agrees(coded, 'no-known-allergies')).toBe(false);
    expect(absenceIn(coded)).toBeUndefined();
  });

  it.each([
    'No known allergies',
    'Nil',
    'None',
    'Not known',
    'Not aware of any',
    'Not a number',
    'Not allergic to anything',
    'Not applicable',
    'Not any',
    'Not available',
    'Not currently',
    'Not documented',
    'Not given',
    'Not on any',
    'Not performed',
    'Not permitted',
    'Not prescribed any',
    'Not recorded',
    'Not specified',
    'Not stated',
    'Not taking any',
    'Not asked',
    'NKA',
    'NKDA',
    'NK',
    'N/K',
    'Unknown',
    'Unable to obtain',
    'Denies any',
    'Denied',
    'Information not there',
    'Masked',
    'Absent',
    'Asked but declined',
    'Temporarily unknown',
    'Error',
    'Unsupported',
    'Allergies not known',
    'Allergies unknown',
    'Allergies not asked',
    'Allergies not available',
    'Allergies: none',
  ])('stand with it: %s', (text) => {
    expect(agrees(named(text), 'no-known-allergies')).toBe(true);
  });
});

describe('what is kept back', () => {
  it('is said to be there by both systems, and by no other code', () => {
    expect(isMasked(named('Masked', { system: TERMINOLOGY, code: 'masked' }))).toBe(true);
    expect(isMasked(named('Masked', { code: '1' }, { system: FHIR, code: 'masked' }))).toBe(true);
    expect(isMasked(named('Unknown', { system: TERMINOLOGY, code: 'unknown' }))).toBe(false);
    expect(isMasked(named('Masked', { system: 'x', code: 'masked' }))).toBe(false);
    expect(isMasked(named('Masked', { code: 'masked' }))).toBe(false);
    expect(isMasked(named('Masked'))).toBe(false);
  });
});

describe('a heading that is denied', () => {
  const kind = /\bproblems?\b/;
  it.each([
    ['None', true],
    ['Nil', true],
    ['None known', true],
    ['Nil known', true],
    ['No known problems', true],
    ['No problems', true],
    ['Nil current significant problems', true],
    ['No regular active problems', true],
    ['None of the problems', false],
    ['Known problems: none', false],
    ['No asthma', false],
    ['Not problems', false],
    ['Nilotinib problems', false],
    ['Problems', false],
    ['Casino problems', false],
  ])('is denied by these words or not: %s', (text, denied) => {
    expect(saysNone(named(text), kind)).toBe(denied);
  });
});
