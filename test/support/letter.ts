import type { Resource } from '../../src/record/resource.ts';
import type { DocumentEntry } from '../../src/record/sections/documents.ts';
import { entryFrom } from './record.ts';

export type Change = { readonly [element: string]: unknown };

export const readDocument = (resource: Resource): DocumentEntry =>
  entryFrom<DocumentEntry>(resource, 'gp', 'documents');
export const letter = (change: Change = {}): Resource => ({
  resourceType: 'DocumentReference',
  id: 'd1',
  status: 'current',
  type: { text: 'Clinic letter' },
  ...change,
});
export const composition = (change: Change = {}): Resource => ({
  resourceType: 'Composition',
  id: 'c1',
  status: 'final',
  title: 'Clinic letter',
  ...change,
});
export const files = (...attachments: readonly Change[]): Change => ({
  content: attachments.map((attachment) => ({ attachment })),
});
/** Two hashes of the form that FHIR asks for. */
export const HASH = '2jmj7l5rSw0yVb/vlWAYkK/YBwk=';
export const OTHER_HASH = `A${HASH.slice(1)}`;
export const NUMBER = { masterIdentifier: { system: 'urn:ietf:rfc:3986', value: 'urn:oid:1.2.3' } };
