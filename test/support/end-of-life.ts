import type { Resource } from '../../src/record/resource.ts';
import type { EndOfLifeEntry } from '../../src/record/sections/end-of-life-care.ts';
import { entryFrom } from './record.ts';

export type Change = { readonly [element: string]: unknown };

export const SCT = 'http://snomed.info/sct';
export const NOT_FOR_CPR = { coding: [{ system: SCT, code: '450476008', display: 'Not for attempted CPR' }] };
export const readDecision = (kept: Resource): EndOfLifeEntry =>
  entryFrom<EndOfLifeEntry>(kept, 'gp', 'end-of-life-care');
export const resource = (resourceType: string, change: Change = {}): Resource => ({ resourceType, id: '1', ...change });
export const flag = (change: Change = {}): Resource =>
  resource('Flag', { status: 'active', code: NOT_FOR_CPR, ...change });
export const consent = (change: Change = {}): Resource =>
  resource('Consent', {
    status: 'active',
    scope: { coding: [{ code: 'adr' }] },
    category: [{ text: 'Advance statement' }],
    ...change,
  });
export const form = (change: Change = {}): Resource =>
  resource('DocumentReference', { status: 'current', type: { text: 'ReSPECT form' }, ...change });
