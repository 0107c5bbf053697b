import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import type { LegalEntry } from '../../../src/record/sections/legal-information.ts';
import { entriesFrom } from '../../support/record.ts';

const legalIn = (resource: Resource): readonly LegalEntry[] =>
  entriesFrom('gp', resource).filter((entry): entry is LegalEntry => entry.section === 'legal-information');

describe('a relative who is attorney or deputy', () => {
  const relative = (relationship: unknown, change: object = {}): Resource => ({
    resourceType: 'RelatedPerson',
    id: '1',
    active: true,
    name: [{ given: ['Helen'], family: 'Marsh' }],
    relationship,
    ...change,
  });
  const role = (text: string, change: object = {}): LegalEntry | undefined => legalIn(relative([{ text }], change))[0];

  it('is none without a name, or by being a daughter alone', () => {
    expect(legalIn(relative([{ text: 'Attorney' }], { name: undefined }))).toEqual([]);
    expect(legalIn(relative([{ text: 'Daughter' }]))).toEqual([]);
    expect(legalIn(relative(undefined))).toEqual([]);
  });

  it('is shown with all that is said of it, and nothing besides', () => {
    const roles = [{ text: 'Daughter' }, { text: 'LPA for health' }, { text: 'Attorney, property' }];
    const entry = legalIn(relative(roles, { period: { start: '2024-01-01' } }));
    expect(entry).toEqual([
      {
        id: 'gp/RelatedPerson/1#legal',
        section: 'legal-information',
        origin: { source: 'gp', resource: 'RelatedPerson/1' },
        cautions: [],
        labels: [],
        notes: [],
        links: [],
        title: 'LPA for health',
        code: { text: 'LPA for health', codings: [] },
        state: 'current',
        date: '2024-01-01',
        period: { start: '2024-01-01' },
        kind: 'lpa',
        powers: ['health-and-welfare', 'property-and-affairs'],
        holders: ['Helen Marsh'],
        attachments: [],
      },
    ]);
    expect(role('Attorney')).not.toHaveProperty('date');
    expect(role('Attorney')).not.toHaveProperty('period');
  });

  it.each([
    ['Court-appointed deputy', 'deputy'],
    ['Deputy', 'deputy'],
    ['Deputyship for property', undefined],
    ['Attorney', 'lpa'],
  ])('by the words “%s” is: %s', (text, kind) => {
    expect(role(text)?.kind).toBe(kind);
  });

  it.each([
    [{ active: true }, 'current'],
    [{ active: false }, 'past'],
    [{ active: undefined }, 'unknown'],
    [{ period: { end: '2020-01-01' }, meta: { lastUpdated: '2021-01-01' } }, 'past'],
  ])('stands as the relative does: %j', (change, state) => {
    expect(role('Attorney', change)?.state).toBe(state);
  });

  it.each([
    ['Lasting power of attorney (revoked)', 'past'],
    ['LPA - revoked', 'past'],
    ['LPA – expired', 'past'],
    ['LPA, ended', 'past'],
    ['LPA: revoked', 'past'],
    ['LPA has been revoked', 'past'],
    ['Former attorney', 'past'],
    ['Solicitor, no LPA', 'negated'],
    ['Not attorney', 'negated'],
    ['Does not have power of attorney', 'negated'],
  ])('is not whom to ask where the words take it back: %s', (text, state) => {
    expect(role(text)?.state).toBe(state);
  });

  it('is doubted where words and code differ', () => {
    const coding = [{ system: 'urn:x', code: 'HPOWATT', display: 'Neighbour' }];
    expect(legalIn(relative([{ text: 'Attorney', coding }]))[0]?.cautions).toEqual(['text-differs']);
  });
});

describe('a standing under the Mental Health Act on an admission', () => {
  const held = (...texts: readonly (string | undefined)[]) => ({
    extension: texts.map((text) => ({
      url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-LegalStatus',
      extension: text === undefined ? [] : [{ url: 'legalStatusClassification', valueCodeableConcept: { text } }],
    })),
  });
  const admission = (status: string | undefined, change: object): Resource => ({
    resourceType: 'Encounter',
    id: 'e',
    ...(status !== undefined && { status }),
    class: { code: 'IMP' },
    ...change,
  });

  it.each(['Informal', 'Not applicable', 'Not formally detained', 'Voluntary', 'Not known'])(
    'restricts nobody who is %s',
    (text) => {
      expect(legalIn(admission('in-progress', held(text)))).toEqual([]);
    },
  );

  it('is shown with all that is said of it, and nothing besides', () => {
    const period = { start: '2026-10-01' };
    expect(legalIn(admission('in-progress', { ...held(undefined, 'Section 3'), period }))).toEqual([
      {
        id: 'gp/Encounter/e#legal-2',
        section: 'legal-information',
        origin: { source: 'gp', resource: 'Encounter/e' },
        cautions: [],
        labels: [],
        notes: [],
        links: [],
        title: 'Section 3',
        code: { text: 'Section 3', codings: [] },
        state: 'current',
        statusAsRecorded: 'in-progress',
        date: '2026-10-01',
        period,
        kind: 'mha',
        powers: [],
        holders: [],
        attachments: [],
      },
    ]);
    const bare = legalIn(admission(undefined, held('No longer informal')))[0];
    expect(bare).toMatchObject({ title: 'No longer informal', state: 'unknown' });
    for (const absent of ['statusAsRecorded', 'date', 'period']) expect(bare).not.toHaveProperty(absent);
  });

  it.each([
    ['in-progress', 'current'],
    ['onleave', 'current'],
    ['finished', 'past'],
    ['cancelled', 'past'],
    ['planned', 'unknown'],
    ['entered-in-error', 'in-error'],
  ])('of one that is %s is %s', (status, state) => {
    expect(legalIn(admission(status, held('Section 3')))[0]?.state).toBe(state);
  });

  it('is doubted where words and code differ', () => {
    const valueCodeableConcept = { text: 'Section 3', coding: [{ system: 'urn:x', code: '02', display: 'Informal' }] };
    const [outer] = held('x').extension;
    const extension = [{ ...outer, extension: [{ url: 'legalStatusClassification', valueCodeableConcept }] }];
    expect(legalIn(admission('in-progress', { extension }))[0]?.cautions).toEqual(['text-differs']);
  });
});
