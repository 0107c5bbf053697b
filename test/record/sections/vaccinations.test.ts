// Proves src/record/sections/same-vaccine.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { vaccinations, type VaccinationEntry } from '../../../src/record/sections/vaccinations.ts';
import { entryFrom } from '../../support/record.ts';

const PROCEDURE = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure';

function vaccination(change: { readonly [element: string]: unknown } = {}): Resource {
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

const read = (change: { readonly [element: string]: unknown } = {}, source = 'gp'): VaccinationEntry =>
  entryFrom<VaccinationEntry>(vaccination(change), source);
const key = (change: { readonly [element: string]: unknown } = {}, source = 'gp'): string =>
  vaccinations.factKey(read(change, source));

describe('a vaccination', () => {
  it('without a vaccine is unread', () => {
    expect(readResources([vaccination({ vaccineCode: undefined })], 'gp' as SourceId).unread[0]?.element).toBe(
      'Immunization.vaccineCode',
    );
  });

  it('that was not done is negated, and why it was not given stands apart from what it was for', () => {
    const statusReason = { text: 'Declined' };
    const reasonCode = [{ text: 'Travel' }, { text: 'Outbreak' }];
    const both = read({ status: 'not-done', statusReason, reasonCode });
    expect(both).toMatchObject({ state: 'negated', whyNotGiven: 'Declined', reasons: ['Travel', 'Outbreak'] });
    expect(read({ status: 'not-done', statusReason })).toMatchObject({ whyNotGiven: 'Declined', reasons: [] });
    expect(read({ status: 'not-done', reasonCode })).not.toHaveProperty('whyNotGiven');
  });

  it('keeps the code of why it was not given where nobody put it in words, and all where there are several', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
    expect(read({ status: 'not-done', statusReason: { coding: [{ system, code: 'PATOBJ' }] } })).toMatchObject({
      whyNotGiven: `PATOBJ (${system})`,
    });
    expect(read({ status: 'not-done', statusReason: [{ text: 'Fever' }, {}, { text: 'No consent' }] })).toMatchObject({
      whyNotGiven: 'Fever, No consent',
    });
  });

  it.each([
    [
      {
        coding: [
          { system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code: 'no-immunization-info' },
        ],
      },
      'not-asked',
      'unknown',
    ],
    [
      {
        coding: [
          { system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code: 'no-known-immunizations' },
        ],
      },
      'none-known',
      'negated',
    ],
    [{ text: 'No known vaccinations' }, 'none-known', 'negated'],
    [{ text: 'Not known' }, 'not-asked', 'unknown'],
  ])('is not what is called %j, though it be completed', (vaccineCode, statement, state) => {
    expect(read({ vaccineCode })).toMatchObject({ statement, state });
  });

  it.each([
    'Influenza vaccination declined',
    'MMR vaccine contraindicated',
    'First COVID-19 vaccination not given',
    'Pneumococcal vaccination: no consent',
    'HPV vaccination: did not attend',
  ])('called “%s” was not given, though it be completed', (text) => {
    expect(read({ vaccineCode: { text } }).state).toBe('negated');
    expect(read({ extension: [{ url: PROCEDURE, valueCodeableConcept: { text } }] }).state).toBe('negated');
  });

  it('without a status is unknown, and without a date undated', () => {
    const entry = read({ status: undefined, occurrenceDateTime: undefined, occurrenceString: 'as a child' });
    expect(entry).toMatchObject({ state: 'unknown', notes: ['as a child'] });
    expect(entry.date).toBeUndefined();
  });

  it('that was under strength is not shown as plain fact', () => {
    expect(read({ isSubpotent: true })).toMatchObject({ subpotent: true, cautions: ['value-unsuitable'] });
  });

  it('shows dose, site, batch, maker and procedure as recorded', () => {
    const extension = [
      {
        url: PROCEDURE,
        valueCodeableConcept: { text: 'First dose' },
      },
    ];
    expect(read({ extension, manufacturer: { display: 'Maker' } })).toMatchObject({
      doseNumber: '1',
      site: 'Left arm',
      batch: 'AB12',
      manufacturer: 'Maker',
      procedure: 'First dose',
      state: 'current',
    });
  });

  it.each([
    ['another day', { occurrenceDateTime: '2021-07-21' }],
    ['another dose', { protocolApplied: [{ doseNumberPositiveInt: 2 }] }],
    ['another batch', { lotNumber: 'CD34' }],
    ['another site', { site: { text: 'Right arm' } }],
    ['not done', { status: 'not-done' }],
    ['only the month', { occurrenceDateTime: '2021-07' }],
    ['no product code', { vaccineCode: { text: 'Vaxzevria' } }],
  ])('stays apart by %s', (_why, change) => {
    expect(key(change, 'hub')).not.toBe(key());
  });

  it('coded only by the vaccine codes of HL7 is one too, on one day', () => {
    const cvx = (code: string): object => ({ coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code }] });
    expect(key({ vaccineCode: cvx('140') }, 'hub')).toBe(key({ vaccineCode: cvx('140') }));
    expect(key({ vaccineCode: cvx('140') }, 'hub')).not.toBe(key({ vaccineCode: cvx('113') }));
  });

  it('told by the practice and by the place that gave it is one', () => {
    expect(key({ id: '99', occurrenceDateTime: '2021-07-20T10:00:00Z' }, 'hub')).toBe(key());
  });

  it('shows all that is recorded of it, and nothing besides', () => {
    const recorded = read({
      extension: [{ url: PROCEDURE, valueCodeableConcept: { text: 'First dose' } }],
      protocolApplied: [{ targetDisease: [{ text: 'COVID-19' }, {}] }, { doseNumberString: 'first' }],
      doseQuantity: { value: 0.5, unit: 'mL' },
      route: { text: 'Intramuscular' },
      expirationDate: '2021-12-31',
      primarySource: false,
      location: { display: 'The hub' },
      manufacturer: { display: 'Maker' },
      performer: [{ actor: { display: 'Nurse B. Example' } }],
      reasonCode: [{ text: 'Over 65' }, {}],
      reaction: [{ detail: { display: 'Sore arm' } }, {}],
      note: [{ text: 'Observed for 15 minutes' }],
    });
    expect(recorded).toEqual({
      id: 'gp/Immunization/v1',
      section: 'vaccinations',
      origin: { source: 'gp', resource: 'Immunization/v1', by: 'Nurse B. Example' },
      title: 'Vaxzevria',
      code: {
        text: 'Vaxzevria',
        codings: [{ system: 'https://dmd.nhs.uk', code: '39114911000001105', display: 'Vaxzevria' }],
      },
      statement: 'vaccination',
      procedure: 'First dose',
      state: 'current',
      statusAsRecorded: 'completed',
      date: '2021-07-20',
      doseNumber: 'first',
      doseQuantity: '0.5 mL',
      diseases: ['COVID-19'],
      site: 'Left arm',
      route: 'Intramuscular',
      batch: 'AB12',
      expires: '2021-12-31',
      manufacturer: 'Maker',
      location: 'The hub',
      firstHand: false,
      reasons: ['Over 65'],
      reactions: ['Sore arm'],
      cautions: [],
      labels: [],
      notes: ['Observed for 15 minutes'],
      links: [],
    });
  });

  it('of which only the vaccine is recorded says nothing else', () => {
    const bare: Resource = { resourceType: 'Immunization', id: 'v1', vaccineCode: { text: 'MMR' } };
    expect(entryFrom(bare)).toEqual({
      id: 'gp/Immunization/v1',
      section: 'vaccinations',
      origin: { source: 'gp', resource: 'Immunization/v1' },
      title: 'MMR',
      code: { text: 'MMR', codings: [] },
      statement: 'vaccination',
      state: 'unknown',
      diseases: [],
      reasons: [],
      reactions: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('is named by its procedure where no vaccine is named', () => {
    const extension = [{ url: PROCEDURE, valueCodeableConcept: { text: 'First dose' } }];
    expect(read({ vaccineCode: undefined, extension })).toMatchObject({ title: 'First dose', procedure: 'First dose' });
  });

  it('of no date keeps the time it is told by, before other notes', () => {
    const told = read({ occurrenceDateTime: undefined, occurrenceString: 'as a child', note: [{ text: 'Card lost' }] });
    expect(told).toMatchObject({ occurrenceText: 'as a child', notes: ['as a child', 'Card lost'] });
  });

  it('says whether its source gave it, where that is said with yes or no', () => {
    expect(read({ primarySource: true }).firstHand).toBe(true);
    expect(read({ primarySource: 'yes' })).not.toHaveProperty('firstHand');
  });

  it('that was withdrawn is in error, though it be called not given', () => {
    const text = 'Influenza vaccination declined';
    expect(read({ status: 'entered-in-error', vaccineCode: { text } }).state).toBe('in-error');
    expect(read({ status: 'entered-in-error', vaccineCode: { text: 'No known vaccinations' } }).state).toBe('in-error');
  });

  it.each(['No known immunisations', 'No known immunization', 'No vaccines'])(
    '“%s” is the word for there being none',
    (text) => {
      expect(read({ vaccineCode: { text } })).toMatchObject({ statement: 'none-known', state: 'negated' });
    },
  );
});

describe('vaccinations', () => {
  it('have no window: those of childhood count', () => {
    expect(vaccinations).toMatchObject({
      id: 'vaccinations',
      heading: 'Vaccinations',
      groupedBy: 'concept',
      reads: ['Immunization'],
      window: null,
    });
    expect(vaccinations.conflicts([])).toEqual([]);
  });
});

describe('a vaccination that was asked for', () => {
  const state = (text: string, status = 'completed') => read({ vaccineCode: { text }, status }).state;

  it.each([
    'Flu vaccination invitation sent',
    'MMR reminder',
    'Booster due',
    'Consent given for MMR',
    'Eligible for shingles vaccine',
  ])('is not known to have been given, though its own act is completed: %s', (text) => {
    expect(state(text)).toBe('unknown');
    expect(state(text, 'not-done')).toBe('negated');
  });

  it.each(['MMR', 'Hepatitis A vaccine given due to travel', 'Flu vaccination, consent obtained'])(
    'was given: %s',
    (text) => {
      expect(state(text)).toBe('current');
    },
  );
});
