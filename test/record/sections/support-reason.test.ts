import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import { supportReason, type SupportReasonEntry } from '../../../src/record/sections/support-reason.ts';
import type { SourceId } from '../../../src/record/source.ts';
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

  it.each(['unconfirmed', 'provisional', 'differential'])('that is only %s says so', (code) => {
    expect(read({ verificationStatus: { coding: [{ code }] } }).cautions).toEqual(['unconfirmed']);
  });

  it('that the source keeps back under its heading says once that it is missing', () => {
    const coding = [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' }];
    expect(read({ code: { coding, text: 'Primary support reason' } }).cautions).toEqual(['value-missing']);
  });

  it('is in no doubt where it is confirmed, or nothing is said of that', () => {
    expect(read({ verificationStatus: { coding: [{ code: 'confirmed' }] } }).cautions).toEqual([]);
    expect(read().cautions).toEqual([]);
  });

  it('is the council’s, and without a code is unread', () => {
    expect(read().socialCare).toBe(true);
    const { unread, entries } = readResources([reason({ code: undefined })], 'council' as SourceId);
    expect(entries).toEqual([]);
    expect(unread).toMatchObject([{ element: 'Condition.code' }]);
  });

  it('is the main one by any of its categories, and not by one that says more', () => {
    const categories = (...texts: readonly string[]) => read({ category: texts.map((text) => ({ text })) });
    expect(categories('Support reason', 'Primary support reason').primary).toBe(true);
    expect(categories('Support reason')).not.toHaveProperty('primary');
    for (const text of ['Not a primary support reason', 'Primary support reason, former']) {
      expect(categories('Support reason', text).primary).toBeUndefined();
    }
  });

  it('runs as long as the council says, whatever the days of the record', () => {
    const url = 'https://fhir.yhcr.nhs.uk/StructureDefinition/Extension-Interweave-SocialCareSupportReasonPeriod';
    const valuePeriod = { start: '2022-01-01', end: '2022-12-31' };
    expect(read({ extension: [{ url, valuePeriod }] }).period).toEqual(valuePeriod);
  });

  it('is the text of an Observation, and then has its value', () => {
    const code = { text: 'Primary support reason' };
    const said = { resourceType: 'Observation', id: 'o', status: 'final', code, valueString: 'Memory and cognition' };
    expect(entryFrom(said)).toMatchObject({ title: 'Memory and cognition', cautions: [] });
  });

  it('comes as the main one that stands, others that stand, those of which nobody knows, and then the ended', () => {
    const standing = (code: string) => ({ clinicalStatus: { coding: [{ code }] } });
    const other = { category: [{ text: 'Support reason' }] };
    const changes = [
      {},
      other,
      { ...standing('planned') },
      { ...standing('other'), ...other },
      { ...standing('resolved') },
      { ...standing('resolved'), ...other },
    ];
    const lines = changes.map((change, at) => {
      const entry = read(change);
      return { key: String(at) as never, section: entry.section, entries: [entry] as const };
    });
    const order = (list: typeof lines) =>
      [...list].sort((a, b) => supportReason.compare?.(a, b) ?? 0).map(({ key }) => key);
    expect(order([...lines].reverse())).toEqual(lines.map(({ key }) => key));
  });

  it('is a heading of its own, in which nothing disagrees', () => {
    const { id, heading, groupedBy } = supportReason;
    expect([id, heading, groupedBy]).toEqual(['support-reason', 'Primary support reason', 'identifier']);
    expect(supportReason.conflicts([])).toEqual([]);
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
    const uncoded = { ...value, code: undefined, category: [{ text: 'Support reason' }] };
    expect(entryFrom(uncoded)).toMatchObject({ title: 'Memory and cognition', cautions: [] });
  });

  it('is one with another council’s only by its number, weight and dates', () => {
    const identifier = [{ system: 'https://c.example', value: '1' }];
    const key = (change: Change, source: string): string => supportReason.factKey(read(change, source));
    expect(key({}, 'a')).not.toBe(key({}, 'b'));
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, onsetDateTime: '2025' }, 'b'));
    expect(key({ identifier }, 'a')).toBe(key({ identifier }, 'b'));
    const undated = { identifier, onsetDateTime: undefined };
    expect(key(undated, 'a')).toBe(key(undated, 'b'));
  });
});
