// Proves src/record/sections/legal-kinds.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Entry } from '../../../src/record/entry.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { legalInformation, type LegalEntry } from '../../../src/record/sections/legal-information.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { conflictKinds, entriesFrom, entryFrom } from '../../support/record.ts';

const LPA = 'Lasting power of attorney: health and welfare';
const read = (resource: Resource): LegalEntry => entryFrom<LegalEntry>(resource, 'gp', 'legal-information');

function consent(text: string, change: object = {}): Resource {
  return {
    resourceType: 'Consent',
    id: '1',
    status: 'active',
    scope: { coding: [{ code: 'adr' }] },
    category: [{ text }],
    dateTime: '2022-10-04',
    ...change,
  };
}

const holder = (display: string): object => ({
  provision: { type: 'permit', actor: [{ role: { coding: [{ code: 'HPOWATT' }] }, reference: { display } }] },
});

const finding = (text: string, change: object = {}): Resource => ({
  resourceType: 'Observation',
  id: '1',
  status: 'final',
  code: { text },
  effectiveDateTime: '2026-05-01',
  ...change,
});

describe('what is not legal information', () => {
  it('is a decision about resuscitation, on whatever form', () => {
    const cpr = {
      provision: {
        type: 'deny',
        code: [{ coding: [{ system: 'http://snomed.info/sct', code: '450476008', display: 'Not for attempted CPR' }] }],
      },
    };
    expect(entryFrom(consent('Advance decision to refuse treatment', cpr)).section).toBe('end-of-life-care');
  });

  it('is a consent to sharing', () => {
    const sharing = consent('Lasting power of attorney agrees to sharing', {
      scope: { coding: [{ code: 'patient-privacy' }] },
    });
    expect(entriesFrom('gp', sharing)).toEqual([]);
  });

  it.each(['Caesarean section', 'Respiratory capacity', 'Deputy head teacher'])('is %s', (text) => {
    expect(entryFrom(finding(text)).section).not.toBe('legal-information');
  });
});

describe('words that turn it round', () => {
  it.each([
    ['No lasting power of attorney', 'negated'],
    ['Does not have lasting power of attorney', 'negated'],
    ['Deprivation of liberty safeguards not authorised', 'negated'],
    ['Not detained under the Mental Health Act', 'negated'],
    ['Lasting power of attorney revoked', 'past'],
    ['Deprivation of liberty authorisation expired', 'past'],
    ['No longer detained under the Mental Health Act', 'past'],
    ['Detained under section 3 of the Mental Health Act', 'current'],
  ])('%s is %s', (text, state) => {
    expect(read(finding(text)).state).toBe(state);
  });

  it.each([
    ['Advance decision to refuse treatment: life support to be withdrawn', 'current'],
    ['Advance decision to refuse treatment: blood products refused', 'current'],
    ['Mental capacity: no longer has capacity to decide on discharge', 'current'],
    ['Lack of mental capacity', 'current'],
  ])('are not those that speak of the treatment or of what was found: %s', (text, state) => {
    expect(read(finding(text)).state).toBe(state);
  });

  it('count in a value as in a title', () => {
    expect(read(finding('Lasting power of attorney', { valueBoolean: false }))).toMatchObject({
      state: 'negated',
      value: 'No',
    });
    expect(read(finding('Deprivation of liberty', { valueString: 'Refused' })).state).toBe('negated');
  });

  it('never make more of a record than its status does', () => {
    expect(read(consent(LPA, { status: 'entered-in-error' })).state).toBe('in-error');
    expect(read(consent(LPA, { status: 'rejected' })).state).toBe('negated');
    expect(read(consent(LPA, { status: 'proposed' })).state).toBe('planned');
    expect(read(consent(LPA, { status: undefined })).state).toBe('unknown');
  });
});

describe('a lasting power of attorney', () => {
  it('says who holds it, for what, and where the paper is', () => {
    const change = {
      ...holder('Mrs Helen Marsh'),
      sourceReference: { reference: 'DocumentReference/9', display: 'Scanned at the practice' },
    };
    expect(read(consent(LPA, change))).toMatchObject({
      kind: 'lpa',
      powers: ['health-and-welfare'],
      holders: ['Mrs Helen Marsh'],
      documentLocation: 'Scanned at the practice',
      reference: 'DocumentReference/9',
      date: '2022-10-04',
    });
  });

  it('for property alone gives no say in care', () => {
    expect(read(consent('Lasting power of attorney: property and financial affairs')).powers).toEqual([
      'property-and-affairs',
    ]);
  });

  it('of which only the relative is written down is taken from there, and the relative stays', () => {
    const relative = {
      resourceType: 'RelatedPerson',
      id: '1',
      active: true,
      name: [{ given: ['Helen'], family: 'Marsh' }],
      relationship: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
              code: 'HPOWATT',
              display: 'healthcare power of attorney',
            },
          ],
        },
      ],
    };
    const entries: readonly Entry[] = entriesFrom('gp', relative);
    expect(entries.map(({ section }) => section).sort()).toEqual(['legal-information', 'personal-contacts']);
    expect(read(relative)).toMatchObject({ kind: 'lpa', holders: ['Helen Marsh'], powers: ['health-and-welfare'] });
  });
});

describe('a standing that ends by law', () => {
  it('is over on its day, where an advance decision is only looked at again', () => {
    const until = { provision: { period: { start: '2026-01-01', end: '2026-06-30' } } };
    expect(read(consent('Deprivation of Liberty Safeguards: standard authorisation', until))).toMatchObject({
      kind: 'dols',
      period: { end: '2026-06-30' },
    });
    const decision = read(consent('Advance decision to refuse treatment', until));
    expect(decision).toMatchObject({ kind: 'adrt', reviewDate: '2026-06-30' });
    expect(decision.period).not.toHaveProperty('end');
  });

  it('is taken from an admission, and informal is none', () => {
    const admission = (text: string, status: string): Resource => ({
      resourceType: 'Encounter',
      id: '1',
      status,
      class: { code: 'IMP' },
      period: { start: '2026-10-01' },
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-LegalStatus',
          extension: [
            { url: 'legalStatusClassification', valueCodeableConcept: { coding: [{ code: '03', display: text }] } },
          ],
        },
      ],
    });
    const legal = (text: string, status = 'in-progress') =>
      entriesFrom('mh', admission(text, status)).filter(({ section }) => section === 'legal-information');
    expect(legal('Informal')).toEqual([]);
    expect(legal('Formally detained under Mental Health Act Section 3')).toMatchObject([
      { state: 'current', kind: 'mha' },
    ]);
    expect(legal('Formally detained under Mental Health Act Section 3', 'finished')).toMatchObject([{ state: 'past' }]);
  });
});

describe('a paper', () => {
  const paper = (change: object): Resource => ({
    resourceType: 'DocumentReference',
    id: 'd',
    status: 'current',
    type: { text: 'Advance decision to refuse treatment' },
    ...change,
  });

  it('that only speaks of one stays a document', () => {
    expect(
      entryFrom(
        paper({ type: { text: 'Clinic letter' }, description: 'Clinic letter: discussed lasting power of attorney' }),
      ).section,
    ).toBe('documents');
  });

  it('is opened by its own type and id', () => {
    expect(read(paper({ content: [{ attachment: { url: 'https://evil.example/a.pdf' } }] }))).toMatchObject({
      kind: 'adrt',
      reference: 'DocumentReference/d',
    });
    expect(
      JSON.stringify(read(paper({ content: [{ attachment: { url: 'https://evil.example/a.pdf' } }] }))),
    ).not.toContain('evil');
  });
});

describe('one line for several records of it', () => {
  const key = (change: object): string =>
    legalInformation.factKey(read(consent(LPA, { ...holder('Helen Marsh'), ...change })));

  it('is made of the same words, day and holder', () => {
    expect(key({ id: '2' })).toBe(key({}));
  });

  it.each([
    ['holder', holder('Joe Marsh')],
    ['day', { dateTime: '2023-01-01' }],
    ['standing', { status: 'inactive' }],
  ])('is not made where they differ in %s', (_what, change) => {
    expect(key(change)).not.toBe(key({}));
  });

  it('is not made without a date', () => {
    expect(key({ id: '2', dateTime: undefined })).not.toBe(key({ id: '3', dateTime: undefined }));
  });
});

describe('legal information that differs', () => {
  it('is no disagreement for one attorney written in two ways, or for another power', () => {
    expect(
      conflictKinds({ gp: [consent(LPA, holder('Mrs Helen Marsh'))], hospital: [consent(LPA, holder('Helen Marsh'))] }),
    ).toEqual([]);
    const property = consent('Lasting power of attorney: property and financial affairs', holder('Joe Marsh'));
    expect(conflictKinds({ gp: [consent(LPA, holder('Helen Marsh'))], hospital: [property] })).toEqual([]);
  });

  it('is one where two records name different attorneys', () => {
    expect(
      conflictKinds({ gp: [consent(LPA, holder('Helen Marsh'))], hospital: [consent(LPA, holder('Joe Marsh'))] }),
    ).toEqual(['legal-information-differs']);
  });

  it('is one where somebody is detained here and not there', () => {
    const detained = finding('Detained under section 3 of the Mental Health Act');
    expect(conflictKinds({ gp: [detained], mh: [finding('Not detained under the Mental Health Act')] })).toEqual([
      'legal-information-differs',
    ]);
  });
});

describe('a resource that says nothing', () => {
  it('is not legal information', () => {
    expect(readResources([{ resourceType: 'Consent', id: '1', status: 'active' }], 'gp' as SourceId).entries).toEqual(
      [],
    );
  });
});
