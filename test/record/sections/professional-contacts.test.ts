import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/record/fact.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import {
  professionalContacts,
  type ProfessionalContactEntry,
} from '../../../src/record/sections/professional-contacts.ts';
import { entriesFrom } from '../../support/record.ts';

function team(change: { readonly [element: string]: unknown } = {}): Resource {
  return {
    resourceType: 'CareTeam',
    id: 't1',
    status: 'active',
    name: 'Older people team',
    managingOrganization: [{ display: 'The council' }],
    participant: [member('Ms Sam Social', 'Key worker')],
    ...change,
  };
}

function member(
  name: string,
  role: string,
  change: { readonly [element: string]: unknown } = {},
): { readonly [element: string]: unknown } {
  return { role: [{ text: role }], member: { display: name }, ...change };
}

const read = (resource: Resource, source = 'council'): ProfessionalContactEntry[] =>
  entriesFrom(source, resource).filter(
    (entry): entry is ProfessionalContactEntry => entry.section === 'professional-contacts',
  );
const one = (resource: Resource, source = 'council'): ProfessionalContactEntry =>
  read(resource, source)[0] as ProfessionalContactEntry;

function facts(...entries: readonly ProfessionalContactEntry[]): Fact<ProfessionalContactEntry>[] {
  return entries.map((entry) => ({
    key: professionalContacts.factKey(entry) as never,
    section: entry.section,
    entries: [entry],
  }));
}

describe('professional contacts', () => {
  it('of a team that names nobody and nothing are unread', () => {
    const reading = readResources([{ resourceType: 'CareTeam', id: 't' }], 'council' as SourceId);
    expect(reading).toMatchObject({ entries: [], unread: [{ element: 'CareTeam.participant' }] });
  });

  it('show the team when its members cannot be named, and count what was missed', () => {
    const reading = readResources(
      [team({ participant: [{ member: { reference: 'Practitioner/gone' } }] })],
      'council' as SourceId,
    );
    expect(reading.entries[0]).toMatchObject({ kind: 'team', title: 'Older people team' });
    expect(reading.unread).toHaveLength(1);
  });

  it('never list the patient, and do not claim that members wrote the record', () => {
    const [entry, ...others] = read(
      team({
        participant: [{ member: { reference: 'Patient/p', display: 'Alex' } }, member('Ms Sam Social', 'Key worker')],
      }),
    );
    expect(others).toEqual([]);
    expect(entry?.origin.by).toBeUndefined();
  });

  it('say name, role, team, organisation and whether key worker', () => {
    expect(one(team())).toMatchObject({
      id: 'council/CareTeam/t1#1',
      name: 'Ms Sam Social',
      roles: ['Key worker'],
      keyWorker: true,
      team: 'Older people team',
      organisation: 'The council',
      state: 'current',
    });
  });

  it('take no co-ordinator of an office for a key worker', () => {
    expect(one(team({ participant: [member('Jo', 'Care co-ordinator')] })).keyWorker).toBe(false);
  });

  it('find telephone, role and organisation behind a PractitionerRole', () => {
    const resources = [
      { resourceType: 'Practitioner', id: 'p', name: [{ text: 'Dr Ada Heart' }] },
      {
        resourceType: 'PractitionerRole',
        id: 'r',
        practitioner: { reference: 'Practitioner/p' },
        organization: { display: 'The hospital' },
        code: [{ text: 'Consultant' }],
        telecom: [{ system: 'phone', value: '01632 960001' }],
      },
      team({ managingOrganization: [], participant: [{ member: { reference: 'PractitionerRole/r' } }] }),
    ];
    expect(entriesFrom('h', ...resources)[0]).toMatchObject({
      name: 'Dr Ada Heart',
      roles: ['Consultant'],
      organisation: 'The hospital',
      telecom: [{ system: 'phone', value: '01632 960001' }],
    });
  });

  it('that have ended are past; without a status unknown', () => {
    const ended = member('Jo', 'Nurse', { period: { end: '2020-01-01' } });
    expect(one(team({ participant: [ended], meta: { lastUpdated: '2021-01-01T00:00:00Z' } })).state).toBe('past');
    expect(one(team({ status: undefined })).state).toBe('unknown');
  });

  it('are one person in two records only when nothing differs', () => {
    const key = (change: { readonly [element: string]: unknown }, source: string): string =>
      professionalContacts.factKey(one(team(change), source));
    expect(key({}, 'a')).toBe(key({}, 'b'));
    expect(key({}, 'a')).not.toBe(key({ participant: [member('Ms Sam Social', 'Nurse')] }, 'b'));
    expect(key({}, 'a')).not.toBe(key({ status: 'inactive' }, 'b'));
  });

  it('show two key workers side by side', () => {
    const [conflict] = professionalContacts.conflicts(
      facts(one(team()), one(team({ participant: [member('Lee Other', 'Key worker')] }), 'mh')),
    );
    expect(conflict).toMatchObject({
      kind: 'key-workers-differ',
      sides: ['council/CareTeam/t1#1', 'mh/CareTeam/t1#1'],
    });
  });

  it('see no dispute in one key worker written two ways, nor with one who has left', () => {
    const same = one(team({ participant: [member('SOCIAL, Sam (Ms)', 'Key worker')] }), 'mh');
    const withPost = one(team({ participant: [member('Sam Social, Social worker', 'Key worker')] }), 'mh');
    expect(professionalContacts.conflicts(facts(one(team()), withPost))).toEqual([]);
    const left = one(team({ status: 'inactive', participant: [member('Lee Other', 'Key worker')] }), 'mh');
    expect(professionalContacts.conflicts(facts(one(team()), same))).toEqual([]);
    expect(professionalContacts.conflicts(facts(one(team()), left))).toEqual([]);
  });

  it('start with the key worker', () => {
    const [a, b] = facts(...read(team({ participant: [member('Abe', 'Nurse'), member('Zoe', 'Key worker')] })));
    expect(a && b && professionalContacts.compare?.(a, b)).toBeGreaterThan(0);
  });
});
