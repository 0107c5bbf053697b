import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { localAuthority, type LocalAuthorityEntry } from '../../../src/record/sections/local-authority.ts';
import type { SourceId } from '../../../src/record/source.ts';

const COUNCIL = {
  display: 'Ousebridge City Council',
  identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'XB401' },
};

function team(change: { readonly [element: string]: unknown } = {}): Resource {
  return {
    resourceType: 'CareTeam',
    id: 't',
    status: 'active',
    name: 'Older people north',
    participant: [{ member: { display: 'Ms Sam Social' } }],
    managingOrganization: [COUNCIL],
    telecom: [{ system: 'phone', value: '01632 960115' }],
    period: { start: '2023-06-20' },
    ...change,
  };
}

const read = (change: { readonly [element: string]: unknown } = {}, source = 'council'): LocalAuthorityEntry[] =>
  readResources([team(change)], source as SourceId).entries.filter(
    (entry): entry is LocalAuthorityEntry => entry.section === 'local-authority',
  );

describe('the local authority', () => {
  it('is never a health trust that runs a team of social workers', () => {
    expect(read({ name: 'Social work team', managingOrganization: [{ display: 'Ouse Valley Trust' }] })).toEqual([]);
  });

  it('is not there for a team that is nobody’s and of no social care', () => {
    expect(read({ managingOrganization: undefined })).toEqual([]);
  });

  it('has code, name, team and contact, and does not claim that a member said so', () => {
    const [entry] = read();
    expect(entry).toMatchObject({
      title: 'Ousebridge City Council',
      localAuthority: 'Ousebridge City Council',
      authorityCode: 'XB401',
      team: 'Older people north',
      telecom: [{ value: '01632 960115' }],
      state: 'current',
      date: '2023-06-20',
    });
    expect(entry?.origin.by).toBeUndefined();
  });

  it('is told by a team of social care that names nobody above it', () => {
    expect(read({ name: 'Adult social care, north', managingOrganization: undefined })[0]).toMatchObject({
      title: 'Adult social care, north',
    });
  });

  it.each([
    ['inactive', 'past'],
    ['entered-in-error', 'in-error'],
    [undefined, 'unknown'],
  ])('of a team with status %s is %s', (status, state) => {
    expect(read({ status })[0]?.state).toBe(state);
  });

  it('is one line with another only where team and telephone agree', () => {
    const key = (change: { readonly [element: string]: unknown }, source: string): string => {
      const [entry] = read(change, source);
      if (!entry) throw new Error('expected an entry');
      return localAuthority.factKey(entry);
    };
    expect(key({}, 'a')).not.toBe(key({ telecom: [{ value: '01632 960999' }] }, 'b'));
    expect(key({}, 'a')).not.toBe(key({ name: 'Older people south' }, 'b'));
    expect(key({}, 'a')).toBe(key({}, 'b'));
  });
});
