import { describe, expect, it } from 'vitest';
import { readBusinessId } from '../../../src/record/fhir/identifier.ts';

const of = (...identifier: readonly object[]) => readBusinessId({ resourceType: 'Encounter', id: 'e1', identifier });
const NUMBER = { system: 'https://x.example', value: '1' };

describe('the number that two systems share', () => {
  it.each([
    ['no number at all'],
    ['one without a system', { value: '1' }],
    ['one whose system is a word', { system: 'local', value: '1' }],
    ['one whose system only holds an address', { system: 'our own at https://x.example', value: '1' }],
    ['that of the person', { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
    ['one that is no longer used', { ...NUMBER, use: 'old' }],
    ['one that is used until there is another', { ...NUMBER, use: 'temp' }],
    ['one without a value', { system: 'https://x.example' }],
  ])('is not %s', (_what, ...identifiers) => {
    expect(of(...(identifiers as object[]))).toBeUndefined();
  });

  it('is system and value', () => {
    expect(of(NUMBER)).toBe('https://x.example|1');
    expect(of({ system: 'URN:OID:2.16.840', value: '1', use: 'official' })).toBe('URN:OID:2.16.840|1');
  });

  it('is the first that counts, the one of a document before others', () => {
    expect(of({ value: '0' }, { ...NUMBER, use: 'old' }, NUMBER, { ...NUMBER, value: '2' })).toBe(
      'https://x.example|1',
    );
    const masterIdentifier = { system: 'urn:ietf:rfc:3986', value: 'urn:oid:1' };
    expect(readBusinessId({ resourceType: 'DocumentReference', masterIdentifier, identifier: [NUMBER] })).toBe(
      'urn:ietf:rfc:3986|urn:oid:1',
    );
  });
});
