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

const UKCORE = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-';
const ROLE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';
const V2 = 'http://terminology.hl7.org/CodeSystem/v2-0131';
const coded = (code: string, system?: string) => [{ text: 'x', coding: [{ code, ...(system && { system }) }] }];

describe('what a contact is to the person', () => {
  const PARTS = ['nextOfKin', 'emergencyContact', 'parentalResponsibility'] as const;
  const names = { nextOfKin: 'NextOfKin', emergencyContact: 'EmergencyContact' } as const;

  it.each(PARTS)('is not %s by the extension of another part, nor by one that says no', (part) => {
    const url = `${UKCORE}${part === 'parentalResponsibility' ? 'ParentalResponsibility' : names[part]}`;
    expect(read({ extension: [{ url, valueBoolean: false }] })[part]).toBe(false);
    expect(read({ extension: [{ url: `${UKCORE}Other`, valueBoolean: true }] })[part]).toBe(false);
    expect(read({ extension: [{ url, valueBoolean: true }] })[part]).toBe(true);
  });

  it('is not read from a code of no list, of another list, or of another part', () => {
    const other = 'http://hl7.org/fhir/administrative-gender';
    expect([read({ relationship: coded('N') }).nextOfKin, read({ relationship: coded('N', other) }).nextOfKin]).toEqual(
      [false, false],
    );
    expect(read({ relationship: coded('C') }).emergencyContact).toBe(false);
    expect(read({ relationship: coded('N', V2) }).emergencyContact).toBe(false);
    expect(read({ relationship: coded('C', V2) }).nextOfKin).toBe(false);
    expect(read({ relationship: [{ text: 'x', coding: [{ system: V2 }] }] })).toMatchObject({ nextOfKin: false });
  });

  it.each([
    ['n', V2, 'nextOfKin'],
    ['NOK', ROLE, 'nextOfKin'],
    ['next-of-kin', 'https://x.example/contactrole', 'nextOfKin'],
    ['C', V2, 'emergencyContact'],
    ['EP', V2, 'emergencyContact'],
    ['ECON', ROLE, 'emergencyContact'],
  ] as const)('is read from the code %s of %s', (code, system, part) => {
    expect(read({ relationship: coded(code, system) })[part]).toBe(true);
  });

  it('is told by any of several relationships', () => {
    const both = [{ text: 'Wife' }, { text: 'Next of kin' }];
    expect(read({ relationship: both })).toMatchObject({ relationships: ['Wife', 'Next of kin'], nextOfKin: true });
  });

  it.each([
    ['Lack of parental responsibility', 'parentalResponsibility', false],
    ['Father lacks parental responsibility', 'parentalResponsibility', false],
    ['Father: isn’t next of kin', 'nextOfKin', false],
    ['Isnt next of kin', 'nextOfKin', false],
    ['Next of kin:none', 'nextOfKin', false],
    ['Next of kin -none', 'nextOfKin', false],
    ['Next of kin; no others', 'nextOfKin', true],
    ['Carer: no; next of kin: yes', 'nextOfKin', true],
  ] as const)('is taken back by the words beside it alone: %s', (text, part, expected) => {
    expect(read({ relationship: [{ text }] })[part]).toBe(expected);
  });
});

describe('a record of a contact', () => {
  it('has nothing that its source does not say', () => {
    expect(read({ active: undefined })).toEqual({
      id: 'gp/RelatedPerson/rp1',
      section: 'personal-contacts',
      origin: { source: 'gp', resource: 'RelatedPerson/rp1' },
      title: 'Joy Example',
      name: 'Joy Example',
      relationships: ['wife'],
      state: 'unknown',
      nextOfKin: false,
      emergencyContact: false,
      parentalResponsibility: false,
      carer: false,
      telecom: [{ system: 'phone', value: '01632 960002' }],
      languages: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('keeps its standing, its time, gender, languages and when to call', () => {
    const full = {
      gender: 'female',
      period: { start: '2020-01-01', end: '2031-01-01' },
      communication: [{ language: { text: 'Welsh' } }, {}, { language: { text: 'English' } }],
      extension: [{ url: `${UKCORE}ContactRank`, valuePositiveInt: 2 }],
    };
    expect(read(full)).toMatchObject({
      state: 'current',
      statusAsRecorded: 'active',
      date: '2020-01-01',
      period: { start: '2020-01-01', end: '2031-01-01' },
      gender: 'female',
      languages: ['Welsh', 'English'],
      rank: 2,
    });
    expect(read({ active: false }).statusAsRecorded).toBe('inactive');
  });

  it('takes its time from the extension where it has no other, and has none that is no number to call by', () => {
    const extension = [{ url: `${UKCORE}EffectivePeriod`, valuePeriod: { start: '2019-05-01' } }];
    expect(read({ extension }).period).toEqual({ start: '2019-05-01' });
    expect(read({ extension, period: { start: '2020-01-01' } }).period).toEqual({ start: '2020-01-01' });
    for (const valuePositiveInt of [0, -1, '1']) {
      expect(read({ extension: [{ url: `${UKCORE}ContactRank`, valuePositiveInt }] })).not.toHaveProperty('rank');
    }
  });

  it('without a name is called by the relationship, and is a line of its own', () => {
    const nameless = read({ name: undefined, relationship: [{ text: 'Neighbour' }] });
    expect(nameless.title).toBe('Neighbour');
    expect(nameless).not.toHaveProperty('name');
    expect(personalContacts.identity?.(nameless)).toBeUndefined();
    expect(personalContacts.factKey(nameless)).not.toBe(
      personalContacts.factKey(read({ id: 'rp2', name: undefined, relationship: [{ text: 'Neighbour' }] })),
    );
  });

  it.each([
    ['one is over', { active: false }],
    ['the relationship differs', { relationship: [{ text: 'Daughter' }] }],
    ['there is another relationship besides', { relationship: [{ text: 'wife' }, { text: 'Neighbour' }] }],
    ['its standing is not said', { active: undefined }],
    ['it is since another day', { period: { start: '2020-01-01' } }],
    ['she is next of kin', { relationship: [{ text: 'wife' }, { text: 'Next of kin' }] }],
  ])('has a key of its own where %s', (_, change) => {
    expect(personalContacts.factKey(read(change, 'b'))).not.toBe(personalContacts.factKey(read({}, 'b')));
  });

  it('has one identity whatever the order and the number of its relationships, and those that are parts played', () => {
    const details = (...texts: readonly string[]) =>
      personalContacts
        .identity?.(read({ relationship: texts.map((text) => ({ text })) }))
        ?.details?.()
        .at(0);
    expect(details('Wife', 'Neighbour')).toBe('neighbour,wife');
    expect(details('Neighbour', 'WIFE', 'wife')).toBe('neighbour,wife');
    expect(details('Wife', 'Next of kin', 'Main carer', 'Emergency contact')).toBe('wife');
    expect(details('Carer')).toBeUndefined();
    expect(details('Young carer')).toBe('young carer');
    expect(details('Carer at night')).toBe('carer at night');
  });

  it('says in its identity that it is over, which one that stands does not', () => {
    const base = (change: object) => personalContacts.identity?.(read({ ...change }))?.base;
    expect(base({ active: false })).not.toBe(base({}));
    expect(base({ active: undefined })).toBe(base({}));
    expect(personalContacts.identity?.(read())?.names()).toMatchObject([{ reason: 'person' }]);
    expect(personalContacts.identity?.(read())?.details?.()).toContain('current');
    expect(personalContacts.identity?.(read({ active: undefined }))?.details?.()).not.toContain('unknown');
    const kin = personalContacts.identity?.(read({ relationship: [{ text: 'Next of kin' }] }))?.details?.();
    expect(kin?.slice(-4)).toEqual(['yes', undefined, undefined, undefined]);
  });

  it('is a heading of its own that people stand together under', () => {
    const { id, heading, groupedBy } = personalContacts;
    expect([id, heading, groupedBy]).toEqual(['personal-contacts', 'Personal contacts', 'person']);
  });
});

describe('whom to call first', () => {
  const rank = (valuePositiveInt: number) => ({ extension: [{ url: `${UKCORE}ContactRank`, valuePositiveInt }] });
  const line = (...changes: readonly object[]) => {
    const [first = read(), ...others] = changes.map((change) => read({ ...change }));
    return { key: first.id as never, section: first.section, entries: [first, ...others] as const };
  };
  const emergency = { relationship: [{ text: 'Emergency contact' }] };
  const kin = { relationship: [{ text: 'Next of kin' }] };
  const order = (a: ReturnType<typeof line>, b: ReturnType<typeof line>): number =>
    Math.sign(personalContacts.compare?.(a, b) ?? 0);

  it.each([
    ['one who stands before the one to call first of the past', line({}), line({ ...rank(1), active: false })],
    ['the second in order before an emergency contact', line(rank(2)), line(emergency)],
    ['the thousandth and later before an emergency contact', line(rank(5000)), line(emergency)],
    ['the first in order before the second', line(rank(1)), line(rank(2))],
    ['by the first of the orders in several records', line({}, rank(3), rank(1)), line(rank(2))],
    ['an emergency contact before the next of kin', line(emergency), line(kin)],
    ['an emergency contact by any record', line({}, emergency), line(kin)],
    ['the next of kin before others', line(kin), line({})],
    ['the next of kin by any record', line({}, kin), line({})],
  ])('is %s', (_, first, second) => {
    expect(order(first, second)).toBe(-1);
    expect(order(second, first)).toBe(1);
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

  it('have what the Patient says of each, but not its remarks, and no other thing', () => {
    const [, solicitors] = entriesFrom('gp', {
      ...patient,
      note: [{ text: 'Of the patient' }],
      contact: [
        {},
        {
          relationship: [{ text: 'Attorney' }],
          period: { start: '2020-01-01' },
          organization: { display: 'Old solicitors' },
        },
      ],
    });
    expect(solicitors).toEqual({
      id: 'gp/Patient/p1#contact-2',
      section: 'personal-contacts',
      origin: { source: 'gp', resource: 'Patient/p1' },
      title: 'Old solicitors',
      relationships: ['Attorney'],
      organisation: 'Old solicitors',
      state: 'current',
      date: '2020-01-01',
      period: { start: '2020-01-01' },
      nextOfKin: false,
      emergencyContact: false,
      parentalResponsibility: false,
      carer: false,
      telecom: [],
      languages: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
    const [, kim] = entriesFrom('gp', patient);
    for (const absent of ['organisation', 'period', 'date', 'gender']) expect(kim).not.toHaveProperty(absent);
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
