import type { Resource } from '../../src/record/resource.ts';
import type { LegalEntry } from '../../src/record/sections/legal-information.ts';
import { entryFrom } from './record.ts';

export type Change = { readonly [element: string]: unknown };

/** What is read of it under Legal information. */
export const readLegal = (resource: Resource): LegalEntry => entryFrom<LegalEntry>(resource, 'gp', 'legal-information');
export const LPA = 'Lasting power of attorney: health and welfare';
export const DOLS = 'Deprivation of liberty: standard authorisation';
export const ADRT = 'Advance decision to refuse treatment';

export const consent = (text: string, change: Change = {}): Resource => ({
  resourceType: 'Consent',
  id: '1',
  status: 'active',
  category: [{ text }],
  ...change,
});
export const finding = (text: string, change: Change = {}): Resource => ({
  resourceType: 'Observation',
  id: '1',
  status: 'final',
  code: { text },
  ...change,
});
export const paper = (change: Change = {}): Resource => ({
  resourceType: 'DocumentReference',
  id: 'd',
  status: 'current',
  type: { text: ADRT },
  ...change,
});
