import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import {
  isAttorney,
  legalConcepts,
  legalKind,
  legalKindOf,
  powersIn,
  standingInWords,
  type LegalKind,
} from '../../../src/record/sections/legal-kinds.ts';

const said = (text: string, ...displays: readonly (string | undefined)[]) => ({
  text,
  codings: displays.map((display) => ({ code: '1', ...(display !== undefined && { display }) })),
});

describe('what legal information is about', () => {
  it.each<[LegalKind, ...string[]]>([
    [
      'lpa',
      'Lasting power of attorney',
      'Enduring power of attorney',
      'Power of attorney',
      'LPA',
      'Attorney for health',
    ],
    ['lpa', 'Attorney for property'],
    [
      'deputy',
      'Court-appointed deputy',
      'Court appointed deputy',
      'Deputy for welfare',
      'Deputy appointed',
      'Deputyship',
    ],
    ['deputy', 'Court of Protection'],
    ['dols', 'Deprivation of liberty', 'DoLS', 'Liberty protection safeguard', 'Liberty protection safeguards'],
    ['mha', 'Mental Health Act', 'MHA section 3', 'MHA status', 'MHA 1983', 'Community treatment order'],
    ['mha', 'Guardianship order', 'Detained under section 2', 'Sectioned under the Mental Health Act'],
    ['mha', 'Liable to be detained under section 3', 'Section 117 aftercare'],
    ['adrt', 'Advance decision to refuse treatment', 'Advance decision', 'ADRT', 'Living will', 'Advance directive'],
    ['capacity', 'Mental Capacity Act', 'Assessment of capacity', 'Assessment of mental capacity', 'Lack of capacity'],
    [
      'capacity',
      'Lacks capacity',
      'Lacks mental capacity',
      'Has capacity',
      'Mental capacity',
      'Best interest decision',
    ],
    ['capacity', 'Best interests decision', 'Best interests meeting', 'Independent mental capacity advocate', 'IMCA'],
  ])('is told by its words: %s in %s', (kind, ...texts) => {
    for (const text of texts) expect([text, legalKind([said(text)])]).toEqual([text, kind]);
  });

  it('is told by what a code is called, and by any of several concepts', () => {
    expect(legalKind([said('Papers'), said('Document', undefined, 'Living will')])).toBe('adrt');
    expect(legalKind([said('Letter')])).toBeUndefined();
    expect(legalKind([])).toBeUndefined();
  });

  it('is none where it is about resuscitation', () => {
    expect(legalKind([said('Advance decision'), said('DNACPR')])).toBeUndefined();
    expect(legalKind([said('DNACPR')])).toBeUndefined();
  });
});

describe('what an attorney may decide', () => {
  it.each([
    ['LPA for health', ['health-and-welfare']],
    ['LPA for healthcare', ['health-and-welfare']],
    ['LPA for welfare', ['health-and-welfare']],
    ['LPA for property', ['property-and-affairs']],
    ['LPA, financial', ['property-and-affairs']],
    ['LPA for finances', ['property-and-affairs']],
    ['LPA for affairs', ['property-and-affairs']],
    ['LPA for health and finance', ['health-and-welfare', 'property-and-affairs']],
    ['LPA', []],
  ])('is told by the words: %s', (text, powers) => {
    expect(powersIn([said(text)])).toEqual(powers);
  });

  it('is told by every concept, and no word is made of two', () => {
    expect(powersIn([said('LPA', 'Property'), said('Health')])).toEqual(['health-and-welfare', 'property-and-affairs']);
    expect(powersIn([said('LPA heal'), said('th')])).toEqual([]);
  });

  it.each(['POWATT', 'HPOWATT', 'DPOWATT'])('is asked of whoever has the role %s', (code) => {
    expect(isAttorney({ text: 'Merch', codings: [{ display: 'Merch' }, { code }] })).toBe(true);
    expect(isAttorney({ text: 'Merch', codings: [{ code: 'DAU' }, {}] })).toBe(false);
  });

  it.each(['Power of attorney', 'Attorney', 'LPA', 'Deputy'])('is asked of whoever is called %s', (text) => {
    expect(isAttorney(said(text))).toBe(true);
    expect(isAttorney(said('Relative', text))).toBe(true);
    expect(isAttorney(said(`${text}ish`))).toBe(false);
  });
});

describe('words that turn it round', () => {
  it.each<[LegalKind, string, 'negated' | 'past' | undefined]>([
    ['lpa', 'No lasting power of attorney', 'negated'],
    ['lpa', 'LPA revoked', 'past'],
    ['lpa', 'LPA (revoked)', 'past'],
    ['lpa', 'LPA refused', undefined],
    ['dols', 'DoLS application refused', 'negated'],
    ['dols', 'DoLS not authorised', 'negated'],
    ['dols', 'DoLS request declined', 'negated'],
    ['mha', 'Section 3 application rejected', 'negated'],
    ['mha', 'Refused tea while detained', undefined],
    ['mha', 'Discharged from section', 'past'],
    ['capacity', 'No longer subject to an order', undefined],
    ['capacity', 'Capacity not in place', undefined],
    ['adrt', 'Advance decision: blood refused', undefined],
  ])('are believed of %s: %s', (kind, text, standing) => {
    expect(standingInWords([text], kind)).toBe(standing);
    expect(standingInWords(['Recorded', text], kind)).toBe(standing);
  });
});

describe('where each type says it', () => {
  const CAPACITY = [{ text: 'Mental capacity' }];
  const resource = (resourceType: string, change: object): Resource => ({ resourceType, id: '1', ...change });

  it.each<[string, object]>([
    ['Consent', { category: CAPACITY }],
    ['Consent', { provision: { code: CAPACITY } }],
    ['Consent', { policyRule: CAPACITY[0] }],
    ['DocumentReference', { type: CAPACITY[0] }],
    ['DocumentReference', { category: CAPACITY }],
    ['Flag', { code: CAPACITY[0] }],
    ['Flag', { category: CAPACITY }],
    ['Observation', { code: CAPACITY[0] }],
    ['Observation', { valueCodeableConcept: CAPACITY[0] }],
  ])('is %s by %j', (type, change) => {
    expect(legalConcepts(resource(type, change)).map(({ text }) => text)).toEqual(['Mental capacity']);
    expect(legalKindOf(resource(type, change))).toBe('capacity');
  });

  it.each<[string, object]>([
    ['Consent', { code: CAPACITY[0], valueCodeableConcept: CAPACITY[0] }],
    ['DocumentReference', { code: CAPACITY[0] }],
    ['Flag', { valueCodeableConcept: CAPACITY[0] }],
    ['Observation', { category: CAPACITY }],
    ['Consent', { category: CAPACITY, scope: { coding: [{ code: 'patient-privacy' }] } }],
    ['Observation', { code: CAPACITY[0], valueQuantity: { value: 3 } }],
    ['Observation', { code: CAPACITY[0], category: [{ coding: [{ code: 'laboratory' }] }] }],
  ])('is not %s by %j', (type, change) => {
    expect(legalKindOf(resource(type, change))).toBeUndefined();
  });

  it('is a Consent of another scope', () => {
    const scope = { coding: [{ code: 'treatment' }] };
    expect(legalKindOf(resource('Consent', { category: CAPACITY, scope }))).toBe('capacity');
  });

  it.each([
    ['Lasting power of attorney, scanned', 'lpa'],
    ['LPA scan', 'lpa'],
    ['Enduring power of attorney', 'lpa'],
    ['Deprivation of liberty order', 'dols'],
    ['DoLS form', 'dols'],
    ['Advance decision to refuse blood', 'adrt'],
    ['ADRT', 'adrt'],
    ['Court of Protection order', 'deputy'],
    ['Letter about her LPA', undefined],
    ['Advance decision', undefined],
  ])('is a paper by the beginning of its name: %s', (description, kind) => {
    const type = { text: 'Document' };
    expect(legalKindOf(resource('DocumentReference', { type, description }))).toBe(kind);
    expect(legalKindOf(resource('Flag', { code: type, description }))).toBeUndefined();
    expect(legalKindOf(resource('DocumentReference', { type: CAPACITY[0], description }))).toBe('capacity');
  });
});
