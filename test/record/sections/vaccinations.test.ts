import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { vaccinations, type VaccinationEntry } from '../../../src/record/sections/vaccinations.ts';
import { entryFrom } from '../../support/record.ts';

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

  it('that was not done is negated, with its reason', () => {
    expect(read({ status: 'not-done', statusReason: { text: 'Declined' } })).toMatchObject({
      state: 'negated',
      reasons: ['Declined'],
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
    const url = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure';
    expect(read({ extension: [{ url, valueCodeableConcept: { text } }] }).state).toBe('negated');
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
        url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure',
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
});
