// Proves src/record/sections/professional-contacts.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { ProfessionalContactEntry } from '../../../src/record/sections/professional-contacts.ts';
import type { SourceId } from '../../../src/record/source.ts';
import {
  contactOf as one,
  contactsOf as read,
  member,
  team,
  withMember,
  type Change,
} from '../../support/care-team.ts';
import { entriesFrom } from '../../support/record.ts';

const PHONE = [{ system: 'phone', value: '01632 960001' }];
const NOTHING_ELSE = {
  section: 'professional-contacts',
  reasons: [],
  telecom: [],
  cautions: [],
  labels: [],
  notes: [],
  links: [],
};

describe('a professional contact, in full', () => {
  it('shows all that is recorded of a member, and nothing besides', () => {
    const role = {
      text: 'Community matron',
      coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Nurse' }],
    };
    const resource = team({
      name: 'Virtual ward',
      meta: { versionId: '3' },
      managingOrganization: [{ display: 'The trust' }],
      period: { start: '2025-01-01' },
      reasonCode: [{ text: 'Housebound' }, { text: 'Frailty' }],
      reasonReference: [{ display: 'Frailty' }, { display: 'Falls' }],
      participant: [
        {
          role: [role, { text: 'Key worker' }],
          member: { display: 'Jo Field' },
          onBehalfOf: { display: 'The hospice' },
          period: { start: '2026-01-01', end: '2026-12-31' },
        },
      ],
    });
    expect(read(resource)).toEqual([
      {
        ...NOTHING_ELSE,
        id: 'gp/CareTeam/t1#1',
        origin: { source: 'gp', resource: 'CareTeam/t1', version: '3' },
        kind: 'member',
        title: 'Jo Field',
        name: 'Jo Field',
        roles: ['Community matron', 'Key worker'],
        keyWorker: true,
        state: 'current',
        statusAsRecorded: 'active',
        date: '2026-01-01',
        period: { start: '2026-01-01', end: '2026-12-31' },
        team: 'Virtual ward',
        organisation: 'The hospice',
        reasons: ['Housebound', 'Frailty', 'Falls'],
        cautions: ['text-differs'],
      },
    ]);
  });

  it('of which only the name or only the post is recorded says nothing else', () => {
    const bare = { resourceType: 'CareTeam', id: 't1' };
    const origin = { source: 'gp', resource: 'CareTeam/t1' };
    const unknown = {
      ...NOTHING_ELSE,
      origin,
      id: 'gp/CareTeam/t1#1',
      kind: 'member',
      keyWorker: false,
      state: 'unknown',
    };
    expect(read({ ...bare, participant: [member('Jo Field')] })).toEqual([
      { ...unknown, title: 'Jo Field', name: 'Jo Field', roles: [] },
    ]);
    expect(read({ ...bare, participant: [member(undefined, 'District nurse')] })).toEqual([
      { ...unknown, title: 'District nurse', roles: ['District nurse'] },
    ]);
  });

  it('shows all that is recorded of a team that names nobody, and nothing besides', () => {
    const resource = team({
      name: 'Virtual ward',
      category: [{ text: 'Community team' }],
      managingOrganization: [{ display: 'The trust' }],
      telecom: PHONE,
      period: { start: '2025-01-01' },
    });
    expect(read(resource)).toEqual([
      {
        ...NOTHING_ELSE,
        id: 'gp/CareTeam/t1',
        origin: { source: 'gp', resource: 'CareTeam/t1' },
        kind: 'team',
        title: 'Virtual ward',
        roles: [],
        keyWorker: false,
        state: 'current',
        statusAsRecorded: 'active',
        date: '2025-01-01',
        period: { start: '2025-01-01' },
        team: 'Virtual ward',
        organisation: 'The trust',
        telecom: PHONE,
      },
    ]);
  });

  it('that is a team is called by its name, else by its kind, else by who runs it', () => {
    const category = [{ text: 'Community team' }];
    const managingOrganization = [{ display: 'The trust' }];
    expect(one(team({ name: 'Virtual ward', category, managingOrganization })).title).toBe('Virtual ward');
    expect(one(team({ category, managingOrganization })).title).toBe('Community team');
    expect(one(team({ managingOrganization })).title).toBe('The trust');
    expect(one(team({ managingOrganization }))).not.toHaveProperty('team');
  });

  it.each([
    ['proposed', 'planned', ['unconfirmed']],
    ['active', 'current', []],
    ['suspended', 'current', []],
    ['inactive', 'past', []],
    ['entered-in-error', 'in-error', []],
    ['unheard-of', 'unknown', ['not-interpretable']],
  ])('of a team with status %s is %s', (status, state, cautions) => {
    expect(one(team({ status, participant: [member('Jo')] }))).toMatchObject({ state, cautions });
  });

  it('begins and ends with the team where nothing is said of the member', () => {
    const period = { start: '2020-01-01', end: '2021-01-01' };
    const meta = { lastUpdated: '2022-01-01T00:00:00Z' };
    expect(one(team({ period, meta, participant: [member('Jo')] }))).toMatchObject({
      period,
      date: '2020-01-01',
      state: 'past',
    });
    expect(
      one(team({ period, meta, participant: [member('Jo', 'Nurse', { period: { start: '2020-06-01' } })] })).state,
    ).toBe('current');
  });
});

describe('members of a team', () => {
  it('are each an entry, counted from the first, and those that cannot be named are counted as unread', () => {
    const reading = readResources([withMember(member('Jo'), {}, member('Sam'))], 'gp' as SourceId);
    expect(reading.entries.map(({ id, title }) => [id, title])).toEqual([
      ['gp/CareTeam/t1#1', 'Jo'],
      ['gp/CareTeam/t1#3', 'Sam'],
    ]);
    expect(reading.unread).toMatchObject([{ reason: 'must-have-missing', element: 'CareTeam.participant' }]);
    expect(readResources([withMember(member('Jo'), member('Sam'))], 'gp' as SourceId).unread).toEqual([]);
  });

  it('are not the patient, who is not counted as unread either', () => {
    const patient = { member: { reference: 'Patient/p', display: 'Alex' } };
    expect(readResources([withMember(patient, member('Jo'))], 'gp' as SourceId)).toMatchObject({
      entries: [{ title: 'Jo', id: 'gp/CareTeam/t1#1' }],
      unread: [],
    });
  });

  it.each([
    'Key worker',
    'Keyworker',
    'Key-worker',
    'Lead professional',
    'Named nurse',
    'Named worker',
    'Named social worker',
    'Named professional',
    'Allocated worker',
    'Allocated social worker',
    'CPA care co-ordinator',
    'CPA care coordinator',
  ])('are asked first with the role “%s”', (role) => {
    expect(one(withMember(member('Jo', role))).keyWorker).toBe(true);
  });

  it('are asked first by what their code means too, and not for another role', () => {
    const coded = { coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Key worker' }], text: 'CC' };
    expect(one(withMember({ member: { display: 'Jo' }, role: [{ text: 'Nurse' }, coded] })).keyWorker).toBe(true);
    expect(one(withMember(member('Jo', 'Social worker'))).keyWorker).toBe(false);
    expect(one(withMember(member('Jo', 'Turkey worker'))).keyWorker).toBe(false);
  });
});

describe('who stands behind a post', () => {
  const PERSON = {
    resourceType: 'Practitioner',
    id: 'p',
    name: [{ text: 'Dr Ada Heart' }],
    telecom: [{ system: 'email', value: 'ada@x.example' }],
  };
  const post = (change: Change = {}): Resource => ({
    resourceType: 'PractitionerRole',
    id: 'r',
    practitioner: { reference: 'Practitioner/p' },
    ...change,
  });
  const told = (role: Resource | undefined, participant: Change, change: Change = {}): ProfessionalContactEntry => {
    const resources = [PERSON, ...(role ? [role] : []), team({ participant: [participant], ...change })];
    const entry = entriesFrom('gp', ...resources).find(({ section }) => section === 'professional-contacts');
    return entry as ProfessionalContactEntry;
  };
  const TO_POST = { member: { reference: 'PractitionerRole/r', display: 'Cardiology consultant' } };

  it('is the person whom the post names, else what the team calls it', () => {
    expect(told(post(), TO_POST).name).toBe('Dr Ada Heart');
    expect(told(post({ practitioner: undefined }), TO_POST).name).toBe('Cardiology consultant');
    expect(told(undefined, { member: { reference: 'Practitioner/p' } }).name).toBe('Dr Ada Heart');
    expect(told(undefined, { member: { reference: 'Practitioner/p', display: 'Ada' } }).name).toBe('Ada');
  });

  it('is reached as the post and as the person, each way once told', () => {
    expect(told(post({ telecom: PHONE }), TO_POST).telecom).toEqual([
      ...PHONE,
      { system: 'email', value: 'ada@x.example' },
    ]);
    expect(told(undefined, { member: { reference: 'Practitioner/p' } }).telecom).toEqual([
      { system: 'email', value: 'ada@x.example' },
    ]);
  });

  it('has the roles that the team gives and those of the post, each once', () => {
    const coded = post({ code: [{ text: 'Consultant' }, { text: 'Key worker' }] });
    expect(told(coded, { ...TO_POST, role: [{ text: 'Consultant' }, { text: 'Chair' }] })).toMatchObject({
      roles: ['Consultant', 'Chair', 'Key worker'],
      keyWorker: true,
    });
  });

  it('works for whom the team says, else the post, else who runs the team', () => {
    const at = post({ organization: { display: 'The hospital' } });
    const managed = { managingOrganization: [{ display: 'The trust' }] };
    expect(told(at, { ...TO_POST, onBehalfOf: { display: 'The hospice' } }, managed).organisation).toBe('The hospice');
    expect(told(at, TO_POST, managed).organisation).toBe('The hospital');
    expect(told(post(), TO_POST, managed).organisation).toBe('The trust');
    expect(told(post(), TO_POST)).not.toHaveProperty('organisation');
  });
});
