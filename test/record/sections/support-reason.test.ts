import { describe, expect, it } from 'vitest';
import { supportReason, type SupportReasonEntry } from '../../../src/record/sections/support-reason.ts';
import { entryFrom } from '../../support/record.ts';

type Change = { readonly [element: string]: unknown };

const reason = (change: Change = {}) => ({
  resourceType: 'Condition',
  id: 'c',
  category: [{ text: 'Primary support reason' }],
  code: { text: 'Physical support: personal care' },
  clinicalStatus: { coding: [{ code: 'active' }] },
  onsetDateTime: '2023-06-20',
  ...change,
});
const read = (change: Change = {}, source = 'council'): SupportReasonEntry =>
  entryFrom<SupportReasonEntry>(reason(change), source);

describe('the primary support reason', () => {
  it('that gives only its heading has no value', () => {
    const heading = { resourceType: 'Observation', id: 'o', status: 'final', code: { text: 'Primary support reason' } };
    expect(entryFrom(heading).cautions).toEqual(['value-missing']);
  });

  it.each([
    ['refuted', 'negated'],
    ['entered-in-error', 'in-error'],
    ['confirmed', 'current'],
  ])('of verification %s is %s', (code, state) => {
    expect(read({ verificationStatus: { coding: [{ code }] } })).toMatchObject({ section: 'support-reason', state });
  });

  it('that is only provisional says so', () => {
    expect(read({ verificationStatus: { coding: [{ code: 'provisional' }] } }).cautions).toContain('unconfirmed');
  });

  it('is not called the main one where the source says that it is not', () => {
    const url = 'https://fhir.yhcr.nhs.uk/StructureDefinition/Extension-Interweave-SocialCarePrimarySupportReason';
    expect(read({ extension: [{ url, valueBoolean: false }] }).primary).toBe(false);
    expect(read({ category: [{ text: 'Support reason' }] }).primary).toBeUndefined();
    expect(read().primary).toBe(true);
  });

  it('that has ended is past with both its dates', () => {
    const ended = { clinicalStatus: { coding: [{ code: 'resolved' }] }, abatementDateTime: '2024-01-01' };
    expect(read(ended)).toMatchObject({ state: 'past', period: { start: '2023-06-20', end: '2024-01-01' } });
  });

  it('is the value of an Observation', () => {
    const value = {
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      code: { text: 'Primary support reason' },
      valueCodeableConcept: { text: 'Memory and cognition' },
      effectiveDateTime: '2026-01-01',
    };
    expect(entryFrom(value)).toMatchObject({ title: 'Memory and cognition', state: 'current', date: '2026-01-01' });
  });

  it('is one with another council’s only by its number, weight and dates', () => {
    const identifier = [{ system: 'https://c.example', value: '1' }];
    const key = (change: Change, source: string): string => supportReason.factKey(read(change, source));
    expect(key({}, 'a')).not.toBe(key({}, 'b'));
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, onsetDateTime: '2025' }, 'b'));
    expect(key({ identifier }, 'a')).toBe(key({ identifier }, 'b'));
  });
});
