// Proves src/record/sections/which-section.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { localAuthority, type LocalAuthorityEntry } from '../../../src/record/sections/local-authority.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { conflictsOf } from '../../support/record.ts';
import { readBy } from '../../support/section.ts';

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

const sectionsOf = (change: { readonly [element: string]: unknown } = {}): readonly unknown[] =>
  readResources([team(change)], 'council' as SourceId).entries.map((entry) => entry.section);

describe('the local authority', () => {
  it('is never a health trust that runs a team of social workers', () => {
    expect(read({ name: 'Social work team', managingOrganization: [{ display: 'Ouse Valley Trust' }] })).toEqual([]);
  });

  it('is not there for a team that is nobody’s and of no social care, nor for one without any name', () => {
    expect(sectionsOf({ managingOrganization: undefined })).toEqual(['professional-contacts']);
    expect(sectionsOf({ name: 'Social work team', managingOrganization: [{ display: 'Ouse Valley Trust' }] })).toEqual([
      'professional-contacts',
    ]);
    const social = [{ text: 'Adult social care' }];
    expect(sectionsOf({ name: undefined, category: social, managingOrganization: undefined })).toEqual([
      'professional-contacts',
    ]);
  });

  it('is a heading of its own for ever, leaves the team to its members’ heading, and disagrees with no other', () => {
    expect(localAuthority).toMatchObject({
      id: 'local-authority',
      heading: 'Local authority',
      groupedBy: 'concept',
      reads: ['CareTeam'],
      window: null,
    });
    expect(sectionsOf()).toEqual(['professional-contacts', 'local-authority']);
    expect(readBy(localAuthority, team())).toBeNull();
    const other = { managingOrganization: [{ display: 'Thornby District Council' }] };
    expect(conflictsOf({ county: [team()], district: [team(other)] })).toEqual([]);
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
    expect(entry?.id).toBe('council/CareTeam/t#authority');
  });

  it('shows all that is recorded of it, and nothing besides', () => {
    const full = read({ status: 'proposed', period: { start: '2023-06-20', end: '2030-01-01' } })[0];
    expect(full).toStrictEqual({
      id: 'council/CareTeam/t#authority',
      section: 'local-authority',
      origin: { source: 'council', resource: 'CareTeam/t' },
      cautions: ['unconfirmed'],
      labels: [],
      notes: [],
      links: [],
      title: 'Ousebridge City Council',
      state: 'planned',
      statusAsRecorded: 'proposed',
      date: '2023-06-20',
      period: { start: '2023-06-20', end: '2030-01-01' },
      authorityCode: 'XB401',
      localAuthority: 'Ousebridge City Council',
      team: 'Older people north',
      telecom: [{ system: 'phone', value: '01632 960115' }],
    });
    const little = { status: undefined, period: undefined, telecom: undefined };
    const [bare] = read({ ...little, name: 'Adult social care, north', managingOrganization: undefined });
    expect(bare).toStrictEqual({
      id: 'council/CareTeam/t#authority',
      section: 'local-authority',
      origin: { source: 'council', resource: 'CareTeam/t' },
      cautions: [],
      labels: [],
      notes: [],
      links: [],
      title: 'Adult social care, north',
      state: 'unknown',
      telecom: [],
    });
  });

  it.each(['E06000014', 'E10000023', 'W06000015', 'S12000033', 'N09000003'])(
    'that is told by its national code %s alone is one, and is called by it',
    (value) => {
      const identifier = { system: 'https://fhir.hl7.org.uk/Id/local-authority-code', value };
      expect(read({ managingOrganization: [{ identifier }] })[0]).toMatchObject({
        title: value,
        authorityCode: value,
        team: 'Older people north',
      });
    },
  );

  it('is not told by the code of a hospital, or by one that only begins or ends as a council’s', () => {
    for (const value of ['RCB', 'E54000051', 'E060000141', 'XE06000014']) {
      const identifier = { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value };
      expect(read({ managingOrganization: [{ identifier }] })).toEqual([]);
    }
  });

  it.each([
    'London Borough of Thornby',
    'Royal Borough of Ousebridge',
    'Thornshire County Council',
    'Children’s services',
  ])('may be called %s', (display) => {
    expect(read({ managingOrganization: [{ display }] })[0]?.localAuthority).toBe(display);
  });

  it('is reached as its team is, else as it is itself, else not at all', () => {
    const organisation = {
      resourceType: 'Organization',
      id: 'o',
      name: 'Ousebridge City Council',
      telecom: [{ system: 'phone', value: '01632 960200' }],
    };
    const managingOrganization = [{ reference: '#o' }];
    const reached = (change: object) =>
      read({ contained: [organisation], managingOrganization, ...change })[0]?.telecom.map(({ value }) => value);
    expect(reached({})).toEqual(['01632 960115']);
    expect(reached({ telecom: undefined })).toEqual(['01632 960200']);
    expect(read({ telecom: undefined })[0]?.telecom).toEqual([]);
  });

  it('may stand beside a trust that runs the team with it', () => {
    expect(read({ managingOrganization: [{}, { display: 'Ouse Valley Trust' }, COUNCIL] })[0]?.authorityCode).toBe(
      'XB401',
    );
  });

  it('is told by a team of social care that names nobody above it', () => {
    expect(read({ name: 'Adult social care, north', managingOrganization: undefined })[0]).toMatchObject({
      title: 'Adult social care, north',
    });
    const unnamed = [{ reference: 'Organization/elsewhere' }];
    expect(read({ name: 'Adult social care, north', managingOrganization: unnamed })[0]?.title).toBe(
      'Adult social care, north',
    );
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
    // The code is the authority, however its name is spelt; without one only equal names are one.
    const spelt = { managingOrganization: [{ ...COUNCIL, display: 'Ousebridge Council' }] };
    expect(key(spelt, 'a')).toBe(key({}, 'b'));
    const council = (display: string) => ({ managingOrganization: [{ display }] });
    expect(key(council('Thornby Council'), 'a')).toBe(key(council('THORNBY COUNCIL'), 'b'));
    expect(key(council('Thornby Council'), 'a')).not.toBe(key(council('Ousebridge Council'), 'b'));
    expect(key({ name: 'OLDER PEOPLE NORTH' }, 'a')).toBe(key({}, 'b'));
    const alone = { name: undefined, period: undefined };
    expect(key(alone, 'a')).toBe(key(alone, 'b'));
    expect(key(alone, 'a')).not.toBe(key({ period: undefined }, 'b'));
    // Numbers in any order and however they are spaced.
    const phones = (...values: readonly string[]) => ({ telecom: values.map((value) => ({ value })) });
    expect(key(phones('(01632) 960-115', '07700 900123'), 'a')).toBe(key(phones('07700900123', '01632960115'), 'b'));
    expect(key({ period: { start: '2023-06-21' } }, 'a')).not.toBe(key({}, 'b'));
    expect(key({ period: { start: '2023-06-20', end: '2031' } }, 'a')).not.toBe(key({}, 'b'));
    expect(key({ status: 'proposed' }, 'a')).not.toBe(key({}, 'b'));
  });
});
