import { describe, expect, it } from 'vitest';
import { unitNames, unitsEver } from '../../../src/record/fhir/unit-names.ts';
import type { Resource } from '../../../src/record/resource.ts';

const CLINIC = { display: 'Sexual Health Clinic' };
const NAME = 'sexual health clinic';
const item = (change: object): Resource => ({ resourceType: 'Condition', id: 'c', ...change });
const encounter = (change: object): Resource => ({ resourceType: 'Encounter', id: 'e', ...change });

describe('the units that an item names', () => {
  it.each([
    ['its service', { serviceType: { text: 'Sexual Health Clinic' } }],
    ['one of several services', { serviceType: [{ text: 'Other' }, { text: 'Sexual Health Clinic' }] }],
    ['who provides it', { serviceProvider: CLINIC }],
    ['its specialty', { specialty: [{ coding: [{ display: 'Sexual Health Clinic' }] }] }],
    ['its department', { department: CLINIC }],
    ['who keeps it', { custodian: CLINIC }],
    ['who is asked to act', { performerType: { coding: [{ code: 'Sexual Health Clinic' }] } }],
    ['where a document was written', { context: { practiceSetting: { text: 'Sexual Health Clinic' } } }],
    ['the kind of place a document was written in', { context: { facilityType: { text: 'Sexual Health Clinic' } } }],
    ['a code by itself', { specialty: { code: 'Sexual Health Clinic' } }],
    ['a number of it', { custodian: { identifier: { value: 'Sexual Health Clinic' } } }],
    [
      'what comes inside it',
      {
        custodian: { reference: '#o' },
        contained: [{ resourceType: 'Organization', id: 'o', name: 'Sexual Health Clinic' }],
      },
    ],
  ])('may be %s', (_what, change) => {
    expect(unitNames(item(change))).toContain(NAME);
    expect(unitsEver(encounter(change))).toContain(NAME);
  });

  it('are told in small letters, by each of their words and codes, and each once', () => {
    const serviceType = {
      text: 'Clinic 7',
      coding: [
        { code: 'GUM', display: 'Genito-urinary medicine' },
        { code: 'gum', display: 'Clinic 7' },
      ],
    };
    const serviceProvider = { display: 'CLINIC 7', identifier: { value: 'RX1' } };
    expect(unitNames(item({ serviceType, serviceProvider }))).toEqual([
      'clinic 7',
      'genito-urinary medicine',
      'gum',
      'rx1',
    ]);
    expect(unitNames(item({ specialty: { code: 'GUM', display: 'Clinic' } }))).toEqual(['clinic', 'gum']);
  });

  it('are none of what is inside it and is not referred to', () => {
    const contained = [{ resourceType: 'Organization', id: 'o', name: 'Cardiology' }, { name: 'Ward 7' }];
    expect(unitNames(item({ contained, custodian: { reference: '#p', display: 'Clinic' } }))).toEqual(['clinic']);
    expect(unitNames(item({ contained, custodian: { display: 'Clinic' } }))).toEqual(['clinic']);
  });

  it('are none where nothing is named', () => {
    expect(unitNames(item({}))).toEqual([]);
    expect(unitNames(item({ custodian: 'Clinic', specialty: [{}, null], context: [], code: { text: 'x' } }))).toEqual(
      [],
    );
    expect(unitsEver(encounter({}))).toEqual([]);
  });
});

describe('the wards of an encounter', () => {
  const location = [
    { location: { display: 'Ward 7' } },
    { status: 'active', location: { display: 'Ward 8' } },
    { status: 'completed', location: { display: 'Ward 9' } },
  ];

  it('are where it is now: none that was left', () => {
    expect(unitNames(encounter({ location }))).toEqual(['ward 7', 'ward 8']);
  });

  it('are all that it ever was in, with what kind of encounter it was, for what was made in it', () => {
    expect(unitsEver(encounter({ location, type: [{ text: 'Clinic visit' }] }))).toEqual([
      'ward 7',
      'ward 8',
      'ward 9',
      'clinic visit',
    ]);
  });

  it('are no units of anything else, and its kind is no place it is in', () => {
    expect(unitNames(item({ location }))).toEqual([]);
    expect(unitNames(encounter({ type: [{ text: 'Clinic visit' }] }))).toEqual([]);
  });
});
