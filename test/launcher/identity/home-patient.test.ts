import { describe, expect, it } from 'vitest';
import { readHomePatient } from '../../../launcher/identity/home-patient.ts';
import type { Resource } from '../../../src/record/resource.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const SYSTEM = 'https://fhir.nhs.uk/Id/nhs-number';
const VERIFICATION = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus';
const number = (value: string, more: object = {}) => ({ system: SYSTEM, value, ...more });
const verified = (code: string) => ({
  extension: [{ url: VERIFICATION, valueCodeableConcept: { coding: [{ code }] } }],
});

function patient(changes: Record<string, unknown> = {}): Resource {
  return {
    resourceType: 'Patient',
    id: 'p1',
    identifier: [number('9990000018')],
    name: [{ use: 'official', family: 'Example', given: ['Edna', 'May'], prefix: ['Mrs'] }],
    birthDate: '1941-03-02',
    gender: 'female',
    address: [{ use: 'home', postalCode: 'ZZ99 1AA' }],
    ...changes,
  };
}

const read = (changes: Record<string, unknown>) => readHomePatient(patient(changes), NOW);

describe('a Patient of whom other organisations can’t be asked', () => {
  it.each([
    ['53 has no identifier', { identifier: undefined }, 'patient.no_nhs_number'],
    ['53 has only an old number', { identifier: [number('9990000018', { use: 'old' })] }, 'patient.no_nhs_number'],
    [
      '53 has a number whose time has ended',
      { identifier: [number('9990000018', { period: { end: '2020-01-01' } })] },
      'patient.no_nhs_number',
    ],
    [
      '53 has a number that is not verified',
      { identifier: [number('9990000018', verified('02'))] },
      'patient.no_nhs_number',
    ],
    [
      '53 has a number of another system',
      { identifier: [{ system: 'https://hospital.example/mrn', value: '9990000018' }] },
      'patient.no_nhs_number',
    ],
    ['54 has a wrong check digit', { identifier: [number('9990000019')] }, 'patient.nhs_invalid'],
    ['54 has nine digits', { identifier: [number('999000001')] }, 'patient.nhs_invalid'],
    ['54 has eleven digits', { identifier: [number('99900000188')] }, 'patient.nhs_invalid'],
    ['54 has letters', { identifier: [number('999000001B')] }, 'patient.nhs_invalid'],
    ['54 has full-width digits', { identifier: [number('９９９００００１８')] }, 'patient.nhs_invalid'],
    ['54 has a check digit of ten', { identifier: [number('9990000004')] }, 'patient.nhs_invalid'],
    ['54 has zeros only', { identifier: [number('0000000000')] }, 'patient.nhs_invalid'],
    ['54 has ones only', { identifier: [number('1111111111')] }, 'patient.nhs_invalid'],
    ['55 has two numbers', { identifier: [number('9990000018'), number('9990000026')] }, 'patient.ambiguous'],
    [
      '55 has a right and a wrong number',
      { identifier: [number('9990000018'), number('9990000027')] },
      'patient.ambiguous',
    ],
    ['has no birth date', { birthDate: undefined }, 'patient.demographics_missing'],
    ['has a year of birth only', { birthDate: '1941' }, 'patient.demographics_missing'],
    ['has a birth date that does not exist', { birthDate: '1941-02-30' }, 'patient.demographics_missing'],
    ['has no family name', { name: [{ given: ['Edna'] }] }, 'patient.demographics_missing'],
    [
      'has old names only',
      { name: [{ use: 'old', family: 'Before', given: ['Edna'] }] },
      'patient.demographics_missing',
    ],
    ['56 is not active', { active: false }, 'patient.unreadable'],
    ['52 is not a Patient', { resourceType: 'OperationOutcome' }, 'patient.unreadable'],
  ])('%s', (_title, changes, refused) => {
    const { unnumbered, ...judged } = read(changes) as { unnumbered?: object };
    expect(judged).toEqual({ refused });
    // Only who has no number at all may be looked for; never one whose numbers contradict each other.
    expect(unnumbered !== undefined).toBe(refused === 'patient.no_nhs_number');
  });
});

describe('a Patient as ours', () => {
  it('is read from the official name, with spaces in the number forgiven', () => {
    const names = [
      { use: 'nickname', family: 'Eddie', given: ['E'] },
      { use: 'official', family: 'Example', given: ['Edna', 'May'], prefix: ['Mrs'] },
    ];
    expect(read({ identifier: [number('999 000 0018', verified('01'))], name: names })).toEqual({
      patient: {
        nhsNumber: '9990000018',
        family: 'Example',
        given: 'Edna May',
        prefix: 'Mrs',
        birthDate: '1941-03-02',
        gender: 'female',
        postcode: 'ZZ99 1AA',
      },
    });
  });

  it('loses what could turn round the words of the banner or hide in them', () => {
    const name = [
      { use: 'official', family: '\u202eExample', given: ['A\u200bnn\u202c'], prefix: ['M\u0000rs'] },
      { use: 'old', family: 'Bef\u2066ore' },
    ];
    const address = [{ use: 'home', postalCode: '\u202eZZ99 1AA' }];
    expect(read({ name, address, gender: '\u202efemale' })).toMatchObject({
      patient: {
        family: 'Example',
        given: 'Ann',
        prefix: 'M\ufffdrs',
        formerFamilies: ['Before'],
        postcode: 'ZZ99 1AA',
        gender: 'female',
      },
    });
    expect(read({ name: [{ family: '\u202e\u200b', given: ['Ann'] }] })).toEqual({
      refused: 'patient.demographics_missing',
    });
  });

  it('has a name of a length that leaves room for the number, and shows that it was cut', () => {
    const name = [{ use: 'official', family: 'E'.repeat(10_000), given: ['Ann'] }];
    expect(read({ name })).toMatchObject({ patient: { family: `${'E'.repeat(199)}…` } });
  });

  it('keeps former family names for matching', () => {
    const names = [
      { use: 'official', family: 'Thornton', given: ['P'] },
      { use: 'maiden', family: 'Nair' },
      { use: 'old', family: 'Thornton' },
    ];
    expect(read({ name: names })).toMatchObject({ patient: { family: 'Thornton', formerFamilies: ['Nair'] } });
  });

  it('55 the same number twice is one number', () => {
    expect(read({ identifier: [number('9990000018'), number('999-000-0018')] })).toMatchObject({
      patient: { nhsNumber: '9990000018' },
    });
  });

  it('56 says that they have died', () => {
    expect(read({ deceasedDateTime: '2026-01-05' })).toMatchObject({ patient: { deceased: '2026-01-05' } });
    expect(read({ deceasedBoolean: true })).toMatchObject({ patient: { deceased: true } });
    expect(read({ deceasedBoolean: false })).not.toHaveProperty('patient.deceased');
  });

  it('says that they have died where the day cannot be read, or only a notice of the death is held', () => {
    const notice = {
      url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DeathNotificationStatus',
      extension: [{ url: 'deathNotificationStatus', valueCodeableConcept: { coding: [{ code: '2' }] } }],
    };
    expect(read({ deceasedDateTime: 'January' })).toMatchObject({ patient: { deceased: true } });
    expect(read({ extension: [notice] })).toMatchObject({ patient: { deceased: true } });
  });

  it('does not let anybody die in the year that stands for never', () => {
    expect(read({ deceasedDateTime: '9999-12-31' })).not.toHaveProperty('patient.deceased');
  });

  it('a restricted person’s whereabouts are left behind', () => {
    const restricted = read({
      meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
    });
    expect(restricted).toMatchObject({ patient: { restricted: true } });
    expect(restricted).not.toHaveProperty('patient.postcode');
  });
});
