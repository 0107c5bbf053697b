// Proves src/record/sections/professional-contacts.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { professionalContacts } from '../../../src/record/sections/professional-contacts.ts';
import { contactOf as one, member, team, withMember, type Change } from '../../support/care-team.ts';
import { conflictsOf } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, standingsInOrder } from '../../support/section.ts';

describe('professional contacts as a section', () => {
  it('are shown whatever their age', () => {
    expect(professionalContacts).toMatchObject({
      id: 'professional-contacts',
      heading: 'Professional contacts',
      groupedBy: 'person',
      reads: ['CareTeam'],
      window: null,
    });
  });

  it('begin with the key worker, then who is involved, each by name', () => {
    const all = [
      team({
        id: '1',
        participant: [
          member('zoe', 'Nurse'),
          member('Adam', 'Nurse'),
          member('Yusuf', 'Key worker'),
          member('Ben', 'Key worker'),
        ],
      }),
      team({ id: '2', status: 'inactive', participant: [member('Past', 'Nurse'), member('Past key', 'Key worker')] }),
      team({ id: '3', status: 'proposed', participant: [member('Soon', 'Nurse'), member('Soon key', 'Key worker')] }),
    ];
    expect(listedInAnyOrder(professionalContacts, all)).toEqual([
      ['Ben', 'Yusuf', 'Adam', 'zoe', 'Soon key', 'Soon', 'Past key', 'Past'],
    ]);
    const since = (display: string, start: string): Change => member(display, 'Nurse', { period: { start } });
    const named = withMember(
      since('Zoe Abbot', '2026-03-01'),
      since('Adam Young', '2026-01-01'),
      since('Mia Clay', '2026-02-01'),
    );
    expect(listedInAnyOrder(professionalContacts, [named])).toEqual([['Adam Young', 'Mia Clay', 'Zoe Abbot']]);
    expect(standingsInOrder(professionalContacts, one(withMember(member('Jo'))))).toEqual([
      'current, planned = unknown, in-error = negated = past',
    ]);
  });
});

describe('one line for several records of a colleague', () => {
  const lines = (...teams: readonly Resource[]): number =>
    linesOf(
      professionalContacts,
      teams.slice(0, 1),
      teams.slice(1).map((resource, id) => ({ ...resource, id: `${id}` })),
    ).length;
  const jo = (change: Change = {}, participant: Change = {}): Resource =>
    team({ participant: [{ ...member('Jo Field'), ...participant }], ...change });
  const at = (value: string | undefined): Resource =>
    team({
      contained: [
        {
          resourceType: 'Practitioner',
          id: 'p',
          name: [{ text: 'Jo Field' }],
          telecom: value ? [{ system: 'phone', value }] : [],
        },
      ],
      participant: [{ member: { reference: '#p' } }],
    });

  it.each([
    ['the roles', jo(), jo({}, { role: [{ text: 'Nurse' }] }), jo({}, { role: [{ text: 'Matron' }] })],
    ['the team', jo(), jo({ name: 'North' }), jo({ name: 'South' })],
    [
      'the organisation',
      jo(),
      jo({ managingOrganization: [{ display: 'North' }] }),
      jo({ managingOrganization: [{ display: 'South' }] }),
    ],
    ['the start', jo(), jo({ period: { start: '2025-01-01' } }), jo({ period: { start: '2026-01-01' } })],
    ['the number', at(undefined), at('01632 960001'), at('01632 960002')],
  ])('is made of one that leaves out %s, while the others tell only one', (_what, silent, told, toldToo) => {
    expect(lines(silent, told)).toBe(1);
    expect(lines(silent, told, toldToo)).toBe(3);
  });

  it('is made of the same words in other capitals and another order, and of a name with and without its title', () => {
    const told = jo(
      { name: 'North team', managingOrganization: [{ display: 'The trust' }] },
      { role: [{ text: 'Nurse' }, { text: 'Matron' }] },
    );
    const shouted = jo(
      { name: 'NORTH TEAM', managingOrganization: [{ display: 'THE TRUST' }] },
      { member: { display: 'FIELD, Jo (Ms)' }, role: [{ text: 'MATRON' }, { text: 'NURSE' }] },
    );
    expect(lines(told, shouted)).toBe(1);
    const names = professionalContacts.identity?.(one(jo()))?.names() ?? [];
    expect(names.map(({ reason }) => reason)).toEqual(['person']);
  });

  it('is not made of roles that look alike when written one behind the other', () => {
    const roles = (...texts: readonly string[]): Resource => jo({}, { role: texts.map((text) => ({ text })) });
    expect(lines(roles('Lead', 'Nurse,acting'), roles('Lead,nurse', 'acting'))).toBe(2);
  });

  it.each([
    ['a key worker and who is none', jo({}, { role: [{ text: 'Key worker' }] }), jo()],
    ['one who is involved and one who has left', jo(), jo({ status: 'inactive' })],
    ['two ends', jo({ period: { end: '2027-01-01' } }), jo({ period: { end: '2027-06-01' } })],
    ['two people', jo(), withMember(member('Sam Field'))],
    [
      'two posts that nobody is named in',
      withMember(member(undefined, 'Nurse')),
      withMember(member(undefined, 'Nurse')),
    ],
    ['two teams that name nobody', team({ name: 'North' }), team({ name: 'North' })],
  ])('is not made of %s', (_what, a, b) => {
    expect(lines(a, b)).toBe(2);
  });
});

describe('two key workers', () => {
  const key = (display: string, change: Change = {}): Resource =>
    team({ participant: [member(display, 'Key worker')], ...change });
  const kinds = (gp: Resource, mh: Resource): readonly string[] =>
    conflictsOf({ gp: [gp], mh: [mh] }).map(({ kind }) => kind);

  it('are shown against each other while both stand, as far as is known', () => {
    expect(kinds(key('Jo Field'), key('Sam Hill'))).toEqual(['key-workers-differ']);
    expect(kinds(key('Jo Field'), key('Sam Hill', { status: undefined }))).toEqual(['key-workers-differ']);
    const [conflict] = conflictsOf({ gp: [key('Jo Field')], mh: [key('Sam Hill')] });
    expect(conflict).toMatchObject({
      section: 'professional-contacts',
      sides: ['gp/CareTeam/t1#1', 'mh/CareTeam/t1#1'],
    });
  });

  it.each(['inactive', 'proposed', 'entered-in-error'])('are none where the team of one is %s', (status) => {
    expect(kinds(key('Jo Field'), key('Sam Hill', { status }))).toEqual([]);
  });

  it('are none where one is no key worker, or there is only one', () => {
    expect(kinds(key('Jo Field'), withMember(member('Sam Hill', 'Nurse')))).toEqual([]);
    expect(kinds(key('Jo Field'), key('Ms Jo Field'))).toEqual([]);
    expect(professionalContacts.conflicts([])).toEqual([]);
  });
});
