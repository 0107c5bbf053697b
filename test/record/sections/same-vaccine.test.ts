// Proves src/record/sections/vaccinations.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { vaccinations, type VaccinationEntry } from '../../../src/record/sections/vaccinations.ts';
import { entryFrom } from '../../support/record.ts';
import { linesOf } from '../../support/section.ts';

const PROCEDURE = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure';

function vaccination(change: object = {}): Resource {
  return {
    resourceType: 'Immunization',
    id: 'v1',
    status: 'completed',
    vaccineCode: { coding: [{ system: 'https://dmd.nhs.uk', code: '39114911000001105', display: 'Vaxzevria' }] },
    occurrenceDateTime: '2021-07-20',
    protocolApplied: [{ doseNumberPositiveInt: 1 }],
    site: { text: 'Left arm' },
    lotNumber: 'AB12',
    ...change,
  };
}

type Silence = readonly [what: string, silent: object, told: object, toldToo: object];

describe('one line for several records of one injection', () => {
  const lines = (one: object, other: object, ...more: readonly object[]): number =>
    linesOf(
      vaccinations,
      [vaccination({ ...one })],
      [other, ...more].map((change, id) => vaccination({ id, ...change })),
    ).length;

  const silences: readonly Silence[] = [
    ['the dose', { protocolApplied: undefined }, { protocolApplied: [{ doseNumberPositiveInt: 2 }] }, {}],
    ['the batch', { lotNumber: undefined }, { lotNumber: 'CD34' }, {}],
    ['the site', { site: undefined }, { site: { text: 'Right arm' } }, {}],
    ['the route', { route: undefined }, { route: { text: 'Oral' } }, { route: { text: 'Nasal' } }],
    [
      'the amount',
      { doseQuantity: undefined },
      { doseQuantity: { value: 0.5, unit: 'mL' } },
      { doseQuantity: { value: 0.3, unit: 'mL' } },
    ],
    [
      'the reason',
      { reasonCode: undefined },
      { reasonCode: [{ text: 'Travel' }] },
      { reasonCode: [{ text: 'Over 65' }] },
    ],
  ];
  it.each(silences)(
    'is made of one that leaves out %s, while the others tell only one',
    (_what, silent, told, toldToo) => {
      expect(lines(silent, told)).toBe(1);
      expect(lines(silent, told, toldToo)).toBe(3);
    },
  );

  it('is made of words in other capitals, and of reasons in another order', () => {
    const reasons = (...texts: readonly string[]): object => ({ reasonCode: texts.map((text) => ({ text })) });
    expect(lines({ lotNumber: 'ab12', site: { text: 'LEFT ARM' } }, {})).toBe(1);
    expect(lines(reasons('Travel', 'Over 65'), reasons('over 65', 'travel'))).toBe(1);
    expect(lines(reasons('ab', 'c'), reasons('a', 'bc'))).toBe(2);
  });

  it('is never made of two without a day, of one given and one refused, or of full and less than full strength', () => {
    expect(lines({ occurrenceDateTime: undefined }, { occurrenceDateTime: undefined })).toBe(2);
    expect(lines({ occurrenceDateTime: '2021-07' }, { occurrenceDateTime: '2021-07' })).toBe(2);
    expect(lines({}, { status: 'not-done' })).toBe(2);
    expect(lines({}, { isSubpotent: true })).toBe(2);
  });

  it('is made of a product and the words for its vaccine', () => {
    const flu = { coding: [{ system: 'https://dmd.nhs.uk', code: '1', display: 'Fluenz influenza vaccine' }] };
    expect(lines({ vaccineCode: flu }, { vaccineCode: { text: 'Flu vaccination' } })).toBe(1);
  });

  const named = (text: string): object => ({ vaccineCode: { text } });
  it.each([
    ['Influenza vaccine', 'Flu jab'],
    ['COVID-19 vaccine', 'Comirnaty'],
    ['SARS-CoV-2 vaccine', 'Severe acute respiratory syndrome coronavirus 2 vaccination'],
    ['COVID-19 vaccine', 'Spikevax'],
    ['COVID vaccination', 'Vaxzevria'],
    ['Comirnaty', 'Comirnaty Omicron XBB'],
    ['RSV vaccine', 'Abrysvo'],
    ['Respiratory syncytial virus vaccination', 'RSV'],
    ['Shingles vaccine', 'Zoster vaccination'],
    ['Shingles vaccine', 'Shingrix'],
    ['Herpes zoster vaccine', 'Zostavax'],
    ['Shingles (varicella zoster) vaccine', 'Shingles vaccine'],
    ['PPV23', 'Pneumovax'],
    ['PPV 23', 'Pneumococcal polysaccharide vaccine'],
    ['PCV13', 'Prevenar 13'],
    ['PCV 13', 'Prevenar13'],
    ['MMR', 'Measles, mumps and rubella vaccine'],
    ['Measles mumps rubella', 'Priorix'],
    ['M-M-RVAXPRO', 'Measles, mumps, rubella'],
    ['HPV', 'Gardasil'],
    ['Human papilloma virus vaccination', 'Human papillomavirus vaccine'],
    ['Rotavirus', 'Rotarix'],
    ['Typhoid vaccine', 'TYPHOID VACCINE'],
  ])('is made of the names of one vaccine: %s and %s', (one, other) => {
    expect(lines(named(one), named(other))).toBe(1);
  });

  it.each([
    ['Flu vaccine', 'Flu and COVID vaccine'],
    ['Flu vaccine', 'Haemophilus influenzae type b influenza vaccine'],
    ['Flu vaccine', 'Hib and flu'],
    ['Flu vaccine', 'Combined flu vaccine'],
    ['Flu vaccine', 'RSV and flu vaccine'],
    ['COVID vaccine', 'COVID and influenza vaccine'],
    ['PPV23', 'PCV13'],
    ['Shingles vaccine', 'Chickenpox vaccine'],
    ['Shingles vaccine', 'Flu, shingles'],
    ['Flu vaccine', 'Flu, shingles'],
    ['Combined flu vaccine', 'Combined travel vaccine'],
    ['Typhoid vaccine', 'Yellow fever vaccine'],
    ['Flu vaccine', 'Swine flu vaccine'],
    ['Influenza vaccine', 'Pandemic influenza vaccine'],
    ['Flu vaccine', 'Influenza A (H1N1) vaccine'],
    ['Flu vaccine', 'Avian influenza vaccine'],
    ['Flu vaccine', 'Bird flu vaccine'],
    ['Flu vaccine', 'Influenza H5N1 vaccine'],
    ['Flu vaccine', 'Influenza H5N8 vaccine'],
    ['Shingles vaccine', 'Varicella zoster vaccine'],
    ['Shingles vaccine', 'Varicella-zoster vaccine'],
    ['MMR vaccine', 'Measles, mumps, rubella and varicella vaccine'],
    ['MMR vaccine', 'MMR and chickenpox vaccine'],
    ['MMR vaccine', 'Chickenpox and MMR vaccine'],
    ['MMR vaccine', 'Priorix-Tetra'],
    ['MMR vaccine', 'MMRV vaccine'],
    ['Pneumovax', 'Pneumococcal polysaccharide conjugate vaccine'],
    ['HPV vaccine', 'Hepatitis B vaccine'],
  ])('is not made of vaccines of two kinds, or of one and several: %s and %s', (one, other) => {
    expect(lines(named(one), named(other))).toBe(2);
  });

  it.each([
    ['Spikevax', 'Comirnaty', 'COVID-19 vaccine'],
    ['Comirnaty', 'Vaxzevria', 'COVID-19 vaccine'],
    ['Shingrix', 'Zostavax', 'Shingles vaccine'],
    ['Priorix', 'M-M-RVAXPRO', 'MMR vaccine'],
  ])('is never made of two products of one kind, %s and %s, and then not of %s with either', (one, other, kind) => {
    expect(lines(named(one), named(other))).toBe(2);
    expect(lines(named(one), named(other), named(kind))).toBe(3);
  });

  it('is told by the procedure too where the product’s words name no vaccine', () => {
    const extension = [{ url: PROCEDURE, valueCodeableConcept: { text: 'Administration of influenza vaccine' } }];
    expect(lines({ vaccineCode: { text: 'Fluad Tetra' }, extension }, named('Flu vaccine'))).toBe(1);
    expect(lines({ vaccineCode: { text: 'Fluad Tetra' } }, named('Flu vaccine'))).toBe(2);
  });

  it('is made by the codes of HL7 where no other is sent, and never of two products', () => {
    const cvx = (code: string, display: string): object => ({
      vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code, display }] },
    });
    expect(lines(cvx('140', 'Influenza, seasonal'), cvx('140', 'Seasonal injection'))).toBe(1);
    expect(lines(cvx('140', 'Influenza, seasonal'), cvx('150', 'Influenza, seasonal'))).toBe(2);
  });

  it('is not made by a code that its own words contradict', () => {
    const coded = { system: 'https://dmd.nhs.uk', code: '1', display: 'Shingrix vaccine' };
    const contradicted = { vaccineCode: { text: 'Typhoid injection', coding: [coded] } };
    expect(lines(contradicted, { vaccineCode: { coding: [coded] } })).toBe(2);
    expect(lines(contradicted, { vaccineCode: { text: 'Rabies injection', coding: [coded] } })).toBe(2);
    expect(lines(contradicted, { vaccineCode: { text: 'TYPHOID injection', coding: [coded] } })).toBe(1);
  });

  it('says that it is made by the concept', () => {
    const names = vaccinations.identity?.(entryFrom<VaccinationEntry>(vaccination()))?.names() ?? [];
    expect(new Set(names.map(({ reason }) => reason))).toEqual(new Set(['concept']));
  });
});

describe('a record that speaks of a vaccine and of no injection', () => {
  const lines = (one: string, other: string): number =>
    linesOf(
      vaccinations,
      [vaccination({ vaccineCode: { text: one } })],
      [vaccination({ id: 'v2', vaccineCode: { text: other } })],
    ).length;

  it.each([
    'Flu vaccination invitation sent',
    'Invited for flu vaccination',
    'Flu vaccination reminder',
    'Reminded of flu vaccination',
    'Flu vaccine offered',
    'Offer of flu vaccine',
    'Flu vaccination due',
    'Flu vaccination overdue',
    'Eligible for flu vaccination',
    'Eligibility for flu vaccination',
    'Consent for flu vaccination',
    'Consented to flu vaccination',
    'Flu vaccination advised',
    'Flu vaccination advice',
    'Advised to have flu vaccination',
    'Flu vaccination declined',
    'Flu vaccination refused',
    'Refusal of flu vaccination',
    'Flu vaccination deferred',
    'Flu vaccination deferral',
    'Flu vaccination contraindicated',
    'Flu vaccination contra-indicated',
    'Contraindication to flu vaccination',
    'Flu vaccination not given',
    'No flu vaccination',
    'Never had flu vaccination',
    'Unable to give flu vaccine',
    'Flu vaccination DNA',
    'Flu vaccination cancelled',
    'Cancellation of flu vaccination',
    'Flu vaccine given elsewhere',
    'Previous flu vaccination',
    'Previously had flu vaccine',
    'History of flu vaccination',
    'Reaction to flu vaccine',
    'Adverse event after flu vaccine',
    'Side effects of flu vaccine',
    'Side effect of flu vaccine',
    'Allergy to flu vaccine',
    'Allergic to flu vaccine',
    'Flu vaccination status',
    'Flu antibody',
    'Flu antibodies',
    'Flu titre',
    'Flu immunity',
    'Flu immunoglobulin',
    'Flu immuno globulins',
    'Flu vaccine requested',
    'Flu vaccine ordered',
    'Flu vaccination booked',
    'Flu vaccination planned',
  ])('is no copy of one: %s', (text) => {
    expect(lines(text, 'Influenza vaccination given')).toBe(2);
  });

  it('is none where such words are only a part of others', () => {
    for (const text of ['Flu vaccine nobly given', 'Flu vaccine, dual dose', 'Flu vaccine given by Mr Nott'])
      expect(lines(text, 'Influenza vaccination given')).toBe(1);
  });

  it('leaves two wordings of one injection as they were', () => {
    expect(lines('Flu vaccine', 'Influenza vaccination given')).toBe(1);
  });
});
