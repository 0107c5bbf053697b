// Proves src/record/fhir/death.ts, with the other tests that say so.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { demographics, type DemographicsEntry } from '../../../src/record/sections/demographics.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';

function patient(change: object = {}): Resource {
  return {
    resourceType: 'Patient',
    id: '1',
    identifier: [{ system: NHS, value: '9990000018' }],
    name: [{ use: 'official', family: 'Example', given: ['Alex', 'Jo'], prefix: ['Mrs'] }],
    birthDate: '1948-03-14',
    gender: 'female',
    address: [{ use: 'home', line: ['1 High Street'], city: 'Northcliffe', postalCode: 'ZZ99 3WZ' }],
    telecom: [{ system: 'phone', value: '01632 960000', use: 'home' }],
    generalPractitioner: [{ display: 'Northcliffe Surgery' }],
    ...change,
  };
}

const read = (change: object = {}): DemographicsEntry =>
  entryFrom<DemographicsEntry>(patient(change), 'gp', 'demographics');

describe('a person at one organisation', () => {
  it('is unread when there is neither name nor NHS number', () => {
    expect(readResources([patient({ name: undefined, identifier: undefined })], 'gp' as SourceId).unread).toMatchObject(
      [{ element: 'Patient.name' }],
    );
  });

  it('with only a number is shown by the number', () => {
    expect(read({ name: undefined }).title).toBe('999 000 0018');
  });

  it('has no NHS number where the source’s fails its check, is old, or is of another system', () => {
    for (const identifier of [
      { system: NHS, value: '9990000019' },
      { system: NHS, value: '9990000018', use: 'old' },
      { system: 'urn:x', value: '9990000018' },
    ]) {
      expect(read({ identifier: [identifier] })).not.toHaveProperty('nhsNumber');
    }
  });

  it('is verified by what is said of the number in use, never of an old one', () => {
    const verified = (text: string): object => ({
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
          valueCodeableConcept: { text },
        },
      ],
    });
    const old = { system: NHS, value: '9990000026', use: 'old', ...verified('Number present and verified') };
    const own = { system: NHS, value: '9990000018' };
    const untraced = { system: NHS, value: '999', ...verified('Trace required') };
    expect(read({ identifier: [old, own] })).not.toHaveProperty('nhsNumberStatus');
    expect(read({ identifier: [old, { ...own, ...verified('Traced') }] })).toMatchObject({
      nhsNumber: '9990000018',
      nhsNumberStatus: 'Traced',
    });
    expect(read({ identifier: [untraced, own] })).not.toHaveProperty('nhsNumberStatus');
    expect(read({ identifier: [untraced] }).nhsNumberStatus).toBe('Trace required');
  });

  it.each(['R', 'V', 'REDACTED'])('shows no address, telephone or practice under the label %s', (code) => {
    const entry = read({
      meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code }] },
    });
    expect(entry).toMatchObject({ addresses: [], telecom: [], practice: [] });
    expect(JSON.stringify(entry)).not.toMatch(/northcliffe|zz99|01632/i);
  });

  it('is dead when the source says so, even in a date that cannot be read', () => {
    expect(read({ deceasedDateTime: '2026-01-01' }).deceased).toBe('2026-01-01');
    expect(read({ deceasedDateTime: 'January' }).deceased).toBe(true);
    expect(read({ deceasedBoolean: true }).deceased).toBe(true);
    expect(read({ deceasedBoolean: false }).deceased).toBe(false);
    expect(read()).not.toHaveProperty('deceased');
  });

  const notice = (code: string): object => ({
    extension: [
      {
        url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DeathNotificationStatus',
        extension: [
          {
            url: 'deathNotificationStatus',
            valueCodeableConcept: {
              coding: [{ system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-DeathNotificationStatus', code }],
            },
          },
        ],
      },
    ],
  });

  it.each(['1', '2'])('is dead by a notice of death alone, informal or formal: %s', (code) => {
    expect(read(notice(code))).toMatchObject({ deceased: true, cautions: [] });
    expect(read({ ...notice(code), deceasedDateTime: '2026-01-01' })).toMatchObject({
      deceased: '2026-01-01',
      cautions: [],
    });
    expect(read({ ...notice(code), deceasedDateTime: '9999-12-31' }).deceased).toBe(true);
  });

  it('is in doubt where the notice of death and the rest of the record contradict each other', () => {
    expect(read({ ...notice('2'), deceasedBoolean: false })).toMatchObject({
      deceased: true,
      cautions: ['source-unclear'],
    });
    expect(read({ ...notice('U'), deceasedDateTime: '2026-01-01' })).toMatchObject({
      deceased: '2026-01-01',
      cautions: ['source-unclear'],
    });
  });

  it('is not dead by a notice that was removed, or of a kind nobody knows', () => {
    for (const code of ['U', '9']) {
      expect(read(notice(code))).toMatchObject({ cautions: [] });
      expect(read(notice(code))).not.toHaveProperty('deceased');
    }
    expect(read({ ...notice('U'), deceasedBoolean: false })).toMatchObject({ deceased: false, cautions: [] });
  });

  it('that was replaced or is not in use is past, and marked', () => {
    expect(read({ active: false }).state).toBe('past');
    expect(read({ link: [{ type: 'replaced-by' }] })).toMatchObject({ state: 'past', cautions: ['source-unclear'] });
    expect(read().state).toBe('current');
  });

  it('has its parts', () => {
    expect(read()).toMatchObject({
      title: 'Mrs Alex Jo Example',
      family: 'Example',
      given: 'Alex Jo',
      prefix: 'Mrs',
      nhsNumber: '9990000018',
      birthDate: '1948-03-14',
      addresses: [{ lines: ['1 High Street', 'Northcliffe'], postcode: 'ZZ99 3WZ', use: 'home' }],
      telecom: [{ system: 'phone', value: '01632 960000', use: 'home' }],
      practice: ['Northcliffe Surgery'],
      otherNames: [],
    });
  });

  it('keeps former names apart from the present one', () => {
    const name = [
      { use: 'maiden', family: 'Before' },
      { use: 'usual', family: 'Now' },
    ];
    expect(read({ name })).toMatchObject({ title: 'Now', otherNames: ['Before'] });
  });

  it('has a name besides only where there is a word of it', () => {
    expect(read({ name: [{ use: 'usual', family: 'Now' }, { use: 'old' }, {}] }).otherNames).toEqual([]);
  });

  const base = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-';
  const needed = (...said: readonly unknown[]): object => ({
    extension: said.map((valueBoolean) => ({
      url: `${base}NHSCommunication`,
      extension: [{ valueString: 'first' }, { url: 'interpreterRequired', valueBoolean }],
    })),
  });

  it.each([
    ['it is needed', needed(true), true],
    ['it is not needed', needed(false), false],
    ['it is needed for the second language', needed(false, true), true],
    ['it is needed for the first language', needed(true, false), true],
    ['it is said of the person', { extension: [{ url: `${base}InterpreterRequired`, valueBoolean: true }] }, true],
    ['it is no yes or no', needed('true'), undefined],
    ['another thing is said', { extension: [{ url: `${base}InterpreterRequiredBy`, valueBoolean: true }] }, undefined],
    ['nothing is said', {}, undefined],
  ])('says of an interpreter what its source says: %s', (_, change, expected) => {
    expect(read(change).interpreterNeeded).toBe(expected);
    expect('interpreterNeeded' in read(change)).toBe(expected !== undefined);
  });

  it('says nothing of a death that is neither yes nor no', () => {
    expect(read({ deceasedBoolean: 'false' })).not.toHaveProperty('deceased');
  });

  it('has its languages, her ethnicity and whether she is married', () => {
    const ethnic = (url: string) => ({ extension: [{ url, valueCodeableConcept: { text: 'White British' } }] });
    expect(
      read({
        communication: [{ language: { text: 'Welsh' } }, {}, { language: { text: 'English' } }],
        maritalStatus: { text: 'Widowed' },
        ...ethnic(`${base}EthnicCategory`),
      }),
    ).toMatchObject({ languages: ['Welsh', 'English'], maritalStatus: 'Widowed', ethnicity: 'White British' });
    expect(read(ethnic('urn:x/EthnicCategory')).ethnicity).toBe('White British');
    expect(read(ethnic('urn:x/Religion'))).not.toHaveProperty('ethnicity');
    expect(read()).toMatchObject({ languages: [] });
    expect(read()).not.toHaveProperty('maritalStatus');
  });

  it('has the practice that she is registered with, and none that she left', () => {
    const left = { display: 'Southfield Surgery', identifier: { period: { start: '2001-01-01', end: '2019-06-30' } } };
    const present = { display: 'Northcliffe Surgery', identifier: { period: { start: '2019-07-01' } } };
    expect(read({ generalPractitioner: [left, present] }).practice).toEqual(['Northcliffe Surgery']);
  });
});

describe('a record that is tied to others', () => {
  const tied = (...types: readonly unknown[]): DemographicsEntry =>
    read({ link: types.map((type) => ({ type, other: { reference: 'Patient/9' } })) });

  it.each([['replaces'], ['seealso'], ['replaces', 'seealso']])('is plain fact where it %s another', (...types) => {
    expect(tied(...types)).toMatchObject({ state: 'current', cautions: [] });
  });

  it.each([['refer'], ['seealso', 'refer'], ['something'], [undefined]])('is doubted by “%s”', (...types) => {
    expect(tied(...types)).toMatchObject({ state: 'current', cautions: ['source-unclear'] });
  });

  it('is past and doubted where it was replaced', () => {
    expect(tied('replaced-by')).toMatchObject({ state: 'past', cautions: ['source-unclear'] });
  });

  it('stands under its heading', () => {
    expect(demographics).toMatchObject({ heading: 'Person demographics', groupedBy: 'everything' });
  });
});

describe('one line for several organisations', () => {
  const keyOf = (change: object = {}): string => demographics.factKey(read(change));

  it('is made only where all that is shown agrees', () => {
    expect(keyOf({ id: '2' })).toBe(keyOf());
    expect(keyOf({ telecom: [] })).not.toBe(keyOf());
    expect(keyOf({ birthDate: '1948-03-15' })).not.toBe(keyOf());
    expect(keyOf({ deceasedBoolean: true })).not.toBe(keyOf());
    expect(keyOf({ maritalStatus: { text: 'Widowed' } })).not.toBe(keyOf());
    expect(keyOf({ communication: [{ language: { text: 'Polish' } }] })).not.toBe(keyOf());
    expect(keyOf({ active: false })).not.toBe(keyOf());
    expect(keyOf({ name: [{ family: 'EXAMPLE', given: ['Alex', 'Jo'], prefix: ['MRS'] }] })).toBe(keyOf());
  });
});
