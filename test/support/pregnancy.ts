import type { Resource } from '../../src/record/resource.ts';
import type { PregnancyEntry } from '../../src/record/sections/pregnancy-status.ts';
import { entryFrom } from './record.ts';

export const STATUS = { coding: [{ system: 'http://loinc.org', code: '82810-3', display: 'Pregnancy status' }] };

export const DUE = { coding: [{ system: 'http://loinc.org', code: '11778-8', display: 'Delivery date Estimated' }] };

export function said(change: object = {}): Resource {
  return {
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    code: STATUS,
    effectiveDateTime: '2026-10-01',
    ...change,
  };
}

export const read = (resource: Resource): PregnancyEntry => entryFrom<PregnancyEntry>(resource);

export const text = (words: string): object => ({ valueCodeableConcept: { text: words } });

export const SCT = 'http://snomed.info/sct';

export const LOINC = 'http://loinc.org';

export const coded = (system: string, code: string, words = 'As coded') => ({
  coding: [{ system, code }],
  text: words,
});

export const condition = (code: object, change: object = {}): Resource => ({
  resourceType: 'Condition',
  id: '1',
  code,
  ...change,
});

export const episode = (change: object = {}): Resource => ({
  resourceType: 'EpisodeOfCare',
  id: '1',
  status: 'active',
  type: [{ text: 'Maternity care' }],
  ...change,
});
