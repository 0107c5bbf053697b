import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { personalContacts, type PersonalContactEntry } from '../../../src/record/sections/personal-contacts.ts';
import { aPatient, aSource, entriesFrom, entryFrom } from '../../support/record.ts';

function wife(change: { readonly [element: string]: unknown } = {}): Resource {
  return {
    resourceType: 'RelatedPerson',
    id: 'rp1',
    active: true,
    name: [{ family: 'Example', given: ['Joy'] }],
    relationship: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'WIFE', display: 'wife' }] },
    ],
    telecom: [{ system: 'phone', value: '01632 960002' }],
    address: [{ line: ['1 Secret Lane'] }],
    ...change,
  };
}

const read = (change: { readonly [element: string]: unknown } = {}, source = 'gp'): PersonalContactEntry =>
  entryFrom<PersonalContactEntry>(wife(change), source);

describe('a personal contact', () => {
  it('without a name or relationship is unread', () => {
    expect(
      readResources([wife({ name: undefined, relationship: undefined })], 'gp' as SourceId).unread[0]?.element,
    ).toBe('RelatedPerson.name');
  });

  it('is not next of kin because she is the wife', () => {
    expect(read()).toMatchObject({
      name: 'Joy Example',
      relationships: ['wife'],
      nextOfKin: false,
      emergencyContact: false,
    });
  });

  it('is next of kin, carer or emergency contact when the source says so', () => {
    const kin = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0131', code: 'N' }] }];
    expect(read({ relationship: kin }).nextOfKin).toBe(true);
    expect(read({ relationship: [{ text: 'Unpaid carer' }] }).carer).toBe(true);
    expect(read({ relationship: [{ text: 'Emergency contact' }] }).emergencyContact).toBe(true);
  });

  it.each([
    ['Father, no parental responsibility', 'parentalResponsibility'],
    ['Father without parental responsibility', 'parentalResponsibility'],
    ['Father (does not have parental responsibility)', 'parentalResponsibility'],
    ['Mother, lost her parental responsibility', 'parentalResponsibility'],
    ['Parental responsibility: no', 'parentalResponsibility'],
    ['Parental responsibility removed by the court', 'parentalResponsibility'],
    ['Parental responsibility unknown', 'parentalResponsibility'],
    ['Not next of kin', 'nextOfKin'],
    ['Former next of kin', 'nextOfKin'],
    ["Isn't next of kin", 'nextOfKin'],
    ['Next-of-kin: none', 'nextOfKin'],
    ['Not an emergency contact', 'emergencyContact'],
    ['Ex-carer', 'carer'],
    ['Former carer', 'carer'],
    ['Not a caregiver', 'carer'],
  ] as const)('is not what its words deny: %s', (text, part) => {
    expect(read({ relationship: [{ text }] })[part]).toBe(false);
    expect(read({ relationship: [{ text: 'Uncle', coding: [{ display: text }] }] })[part]).toBe(false);
  });

  it.each([
    ['Father with parental responsibility', 'parentalResponsibility'],
    ['Parental responsibility: yes', 'parentalResponsibility'],
    ['Not a carer, parental responsibility', 'parentalResponsibility'],
    ['Not a carer but next of kin', 'nextOfKin'],
    ['No. 1 next of kin', 'nextOfKin'],
    ['Next of kin', 'nextOfKin'],
    ['Not married; emergency contact', 'emergencyContact'],
    ['Main carer', 'carer'],
    ['Care giver', 'carer'],
    ['Carer, not next of kin', 'carer'],
  ] as const)('is what its words say, whatever else they deny: %s', (text, part) => {
    expect(read({ relationship: [{ text }] })[part]).toBe(true);
  });

  it('has no address, which may be the person’s own', () => {
    expect(JSON.stringify(read())).not.toContain('Secret Lane');
  });

  it('without a status is unknown; no longer in use is past', () => {
    expect(read({ active: undefined }).state).toBe('unknown');
    expect(read({ active: false }).state).toBe('past');
  });

  it('of a person whose whereabouts are restricted cannot be telephoned', () => {
    const restricted = aPatient({ restricted: true });
    const parts = { patient: restricted, sources: [aSource('gp')], statuses: new Map(), unread: [], nowMs: 0 };
    const record = buildRecord({ ...parts, entries: entriesFrom('gp', wife()) });
    expect(JSON.stringify(record)).not.toContain('960002');
  });

  it('is one line for many records only while nothing differs', () => {
    const key = (change: { readonly [element: string]: unknown }, source: string): string =>
      personalContacts.factKey(read(change, source));
    expect(key({}, 'a')).toBe(key({ telecom: [{ system: 'phone', value: '(01632) 960002' }] }, 'b'));
    expect(key({}, 'a')).not.toBe(key({ telecom: [{ system: 'phone', value: '01632 960003' }] }, 'b'));
    expect(key({}, 'a')).not.toBe(key({ active: false }, 'b'));
  });
});

describe('the contacts inside a Patient', () => {
  const patient = {
    resourceType: 'Patient',
    id: 'p1',
    name: [{ family: 'Example', given: ['Alex'] }],
    contact: [
      {
        relationship: [{ text: 'Daughter' }],
        name: { given: ['Kim'], family: 'Example' },
        extension: [
          { url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ContactRank', valuePositiveInt: 1 },
        ],
      },
      { period: { end: '2020-01-01' }, organization: { display: 'Old solicitors' } },
      {},
    ],
  };

  it('are personal contacts, while demographics keeps the Patient', () => {
    const entries = entriesFrom('gp', { ...patient, meta: { lastUpdated: '2026-01-01T00:00:00Z' } });
    expect(entries.map((entry) => [entry.section, entry.id, entry.state])).toEqual([
      ['demographics', 'gp/Patient/p1', 'current'],
      ['personal-contacts', 'gp/Patient/p1#contact-1', 'current'],
      ['personal-contacts', 'gp/Patient/p1#contact-2', 'past'],
    ]);
  });

  it('are past where the Patient was replaced or is no longer in use', () => {
    const contacts = (change: object) =>
      entriesFrom('gp', { ...patient, ...change }).filter(({ section }) => section === 'personal-contacts');
    expect(contacts({ link: [{ type: 'replaced-by' }] }).map(({ state }) => state)).toEqual(['past', 'past']);
    expect(contacts({ active: false }).map(({ state }) => state)).toEqual(['past', 'past']);
  });

  it('come in the order in which they are to be called', () => {
    const [, first] = entriesFrom('gp', patient) as PersonalContactEntry[];
    expect(first).toMatchObject({ title: 'Kim Example', rank: 1 });
    const facts = [read(), first as PersonalContactEntry].map((entry) => ({
      key: entry.id as never,
      section: entry.section,
      entries: [entry] as [PersonalContactEntry],
    }));
    expect([...facts].sort((a, b) => personalContacts.compare?.(a, b) ?? 0)[0]?.entries[0].title).toBe('Kim Example');
  });
});
