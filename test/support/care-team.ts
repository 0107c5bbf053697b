import type { Resource } from '../../src/record/resource.ts';
import type { ProfessionalContactEntry } from '../../src/record/sections/professional-contacts.ts';
import { entriesFrom } from './record.ts';

export type Change = { readonly [element: string]: unknown };

export const team = (change: Change = {}): Resource => ({
  resourceType: 'CareTeam',
  id: 't1',
  status: 'active',
  ...change,
});
export const member = (display: string | undefined, role?: string, change: Change = {}): Change => ({
  member: { display },
  ...(role && { role: [{ text: role }] }),
  ...change,
});
export const withMember = (...participant: readonly Change[]): Resource => team({ participant });
/** Its members, or the team where it names nobody, as professional contacts. */
export const contactsOf = (resource: Resource): readonly ProfessionalContactEntry[] =>
  entriesFrom('gp', resource).filter(
    (entry): entry is ProfessionalContactEntry => entry.section === 'professional-contacts',
  );
export const contactOf = (resource: Resource): ProfessionalContactEntry => {
  const [entry] = contactsOf(resource);
  if (!entry) throw new Error('expected an entry');
  return entry;
};
