import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Entry } from '../../../src/record/entry.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { gpPractice, type GpPracticeEntry } from '../../../src/record/sections/gp-practice.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { aPatient, aSource, answered } from '../../support/record.ts';
import { readBy } from '../../support/section.ts';

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';

type Change = { readonly [element: string]: unknown };

const practice = (value: string, display?: string): object => ({
  type: 'Organization',
  identifier: { system: ODS, value },
  ...(display && { display }),
});

function patient(generalPractitioner: unknown, change: Change = {}): Resource {
  return { resourceType: 'Patient', id: 'p', name: [{ family: 'Example' }], generalPractitioner, ...change };
}

const read = (resources: readonly Resource[], source = 'gp'): GpPracticeEntry[] =>
  readResources(resources, source as SourceId).entries.filter(
    (entry): entry is GpPracticeEntry => entry.section === 'gp-practice',
  );
const one = (generalPractitioner: unknown, change: Change = {}, source = 'gp'): GpPracticeEntry | undefined =>
  read([patient(generalPractitioner, change)], source)[0];

function conflictKinds(...entries: readonly Entry[]): readonly string[] {
  return recordOf(entries).conflicts.map(({ kind }) => kind);
}

function recordOf(entries: readonly Entry[], restricted = false) {
  const ids = [...new Set(entries.map(({ origin }) => origin.source))];
  return buildRecord({
    patient: aPatient(restricted ? { restricted: true } : {}),
    sources: ids.map((id) => aSource(id)),
    statuses: new Map(ids.map((id) => [id, answered()])),
    entries,
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
}

describe('the GP practice', () => {
  it('is not there where nobody is named, or only by a reference that leads nowhere', () => {
    expect(read([patient(undefined)])).toEqual([]);
    expect(read([patient([{ reference: 'Organization/elsewhere' }])])).toEqual([]);
  });

  it('of a person whose whereabouts are restricted is never read', () => {
    const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }];
    const restricted = patient([practice('X1', 'Surgery')], { meta: { security } });
    expect(readResources([restricted], 'gp' as SourceId).entries.map(({ section }) => section)).toEqual([
      'demographics',
    ]);
  });

  it('is dropped at every source where any other marks the whereabouts as restricted', () => {
    const entries = read([patient([practice('X1', 'Surgery')])]);
    const facts = recordOf(entries, true).sections.find(({ id }) => id === 'gp-practice')?.facts;
    expect(facts).toEqual([]);
  });

  it('never takes a resource id for the code of a practice', () => {
    const organisation = { resourceType: 'Organization', id: 'X1', name: 'Surgery' };
    const [entry] = read([organisation, patient([{ reference: 'Organization/X1' }])]);
    expect(entry).toMatchObject({ title: 'Surgery', kind: 'practice' });
    expect(entry?.practiceCode).toBeUndefined();
  });

  it('has its code and name from the reference or from the Organization behind it', () => {
    expect(one([practice('x1', 'Surgery')])).toMatchObject({ title: 'Surgery', practiceCode: 'X1', state: 'current' });
    const organisation = {
      resourceType: 'Organization',
      id: 'o',
      name: 'Surgery',
      identifier: [{ system: ODS, value: 'X1' }],
      telecom: [{ system: 'phone', value: '01632 960000' }],
    };
    expect(read([organisation, patient([{ reference: 'Organization/o' }])])[0]).toMatchObject({
      practiceCode: 'X1',
      telecom: [{ value: '01632 960000' }],
    });
  });

  it('with only a code is called by it', () => {
    expect(one([practice('X1')])?.title).toBe('X1');
  });

  it('names its doctors, and a doctor alone is no practice', () => {
    const doctor = { reference: 'Practitioner/d', display: 'Dr A Sharma' };
    expect(one([practice('X1', 'Surgery'), doctor])).toMatchObject({
      title: 'Surgery',
      practitioners: ['Dr A Sharma'],
    });
    expect(one([doctor])).toMatchObject({ title: 'Dr A Sharma', kind: 'practitioner' });
  });

  it('is that of the post a doctor is named in', () => {
    const role = {
      resourceType: 'PractitionerRole',
      id: 'r',
      practitioner: { display: 'Dr A Sharma' },
      organization: practice('X1', 'Surgery'),
    };
    expect(read([role, patient([{ reference: 'PractitionerRole/r' }])])[0]).toMatchObject({
      title: 'Surgery',
      practiceCode: 'X1',
      practitioners: ['Dr A Sharma'],
    });
  });

  it('of a registration that has ended, or of a Patient no longer in use, is past', () => {
    expect(one([practice('X1', 'Surgery')], { active: false })?.state).toBe('past');
    const details = {
      url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-RegistrationDetails-1',
      extension: [{ url: 'registrationPeriod', valuePeriod: { start: '2010-01-01', end: '2011-06-30' } }],
    };
    const meta = { lastUpdated: '2011-07-01T09:00:00Z' };
    expect(one([practice('X1', 'Surgery')], { extension: [details], meta })).toMatchObject({ state: 'past' });
  });
});

describe('two practices', () => {
  const registered = (type: string): object => ({
    url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-RegistrationDetails-1',
    extension: [{ url: 'registrationType', valueCodeableConcept: { text: type } }],
  });
  const at = (source: string, ref: object, change: Change = {}): readonly Entry[] =>
    read([patient([ref], change)], source);

  it('do not disagree where one is ended, temporary, or only a doctor’s name', () => {
    const here = at('a', practice('X1', 'Surgery'));
    expect(conflictKinds(...here, ...at('b', practice('X2', 'Other'), { active: false }))).toEqual([]);
    expect(
      conflictKinds(...here, ...at('b', practice('X2', 'Other'), { extension: [registered('Temporary')] })),
    ).toEqual([]);
    expect(conflictKinds(...here, ...at('b', { display: 'Dr Somebody' }))).toEqual([]);
  });

  it('do not disagree where the registration with one has ended, which is past and not the person’s practice', () => {
    const former = {
      type: 'Organization',
      identifier: { system: ODS, value: 'X2', period: { start: '2010-01-01', end: '2015-01-01' } },
      display: 'Other',
    };
    const entries = [...at('a', practice('X1', 'Surgery')), ...at('b', former)];
    expect(conflictKinds(...entries)).toEqual([]);
    const facts = recordOf(entries).sections.find(({ id }) => id === 'gp-practice')?.facts ?? [];
    expect(facts.map(({ entries: [entry] }) => [entry.title, entry.state, entry.period?.end])).toEqual([
      ['Surgery', 'current', undefined],
      ['Other', 'past', '2015-01-01'],
    ]);
    const [person] = readResources([patient([former])], 'b' as SourceId).entries;
    expect(person).toMatchObject({ section: 'demographics', practice: [] });
  });

  it('do not disagree where only the spelling of one code’s name does', () => {
    expect(conflictKinds(...at('a', practice('X1', 'Surgery')), ...at('b', practice('X1', 'THE SURGERY')))).toEqual([]);
  });

  it('named by two sources are a disagreement that shows both', () => {
    const entries = [...at('a', practice('X1', 'Surgery')), ...at('b', practice('X2', 'Other'))];
    const [conflict, ...more] = recordOf(entries).conflicts;
    expect(more).toEqual([]);
    expect(conflict).toMatchObject({ kind: 'practices-differ', section: 'gp-practice' });
    expect([...(conflict?.sides ?? [])].sort()).toEqual(entries.map(({ id }) => id).sort());
  });

  it('are one line by their code', () => {
    const [a] = at('a', practice('X1', 'Surgery')) as GpPracticeEntry[];
    const [b] = at('b', practice('X1', 'SURGERY')) as GpPracticeEntry[];
    const [c] = at('c', practice('X2', 'Surgery')) as GpPracticeEntry[];
    if (!a || !b || !c) throw new Error('expected three entries');
    expect(gpPractice.factKey(a)).toBe(gpPractice.factKey(b));
    expect(gpPractice.factKey(a)).not.toBe(gpPractice.factKey(c));
  });
});

const DETAILS = 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-RegistrationDetails-1';
const withDetails = (...extension: readonly object[]): Change => ({ extension: [{ url: DETAILS, extension }] });
const ofType = (text: string): Change => withDetails({ url: 'registrationType', valueCodeableConcept: { text } });

describe('what is said of a practice', () => {
  it('is all that the Patient says, without remarks', () => {
    const meta = { lastUpdated: '2026-01-01T00:00:00Z' };
    const registrationPeriod = { url: 'registrationPeriod', valuePeriod: { start: '2010-01-01' } };
    const change = { ...withDetails(registrationPeriod), note: [{ text: 'Of the person' }], meta };
    expect(one([practice('X1', 'Surgery')], change)).toEqual({
      id: 'gp/Patient/p#practice-1',
      section: 'gp-practice',
      origin: { source: 'gp', resource: 'Patient/p', lastUpdated: '2026-01-01T00:00:00Z' },
      title: 'Surgery',
      kind: 'practice',
      practiceCode: 'X1',
      practitioners: [],
      telecom: [],
      state: 'current',
      date: '2010-01-01',
      period: { start: '2010-01-01' },
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it.each([
    ['i', 'past'],
    ['inactive', 'past'],
    ['a', 'current'],
  ])('is by a registration of status %s: %s', (code, state) => {
    const change = withDetails({ url: 'registrationStatus', valueCodeableConcept: { coding: [{ code }] } });
    expect(one([practice('X1', 'Surgery')], change)?.state).toBe(state);
  });

  it('is the registration under its short name too', () => {
    const type = { url: 'registrationType', valueCodeableConcept: { text: 'Regular' } };
    const extension = [{ url: 'registrationDetails', extension: [type] }];
    expect(one([practice('X1', 'Surgery')], { extension })?.registration).toBe('Regular');
  });

  it('is no practice where the source does not say what it names, nor one that is a doctor alone', () => {
    expect(one([{ display: 'Somebody' }])).toMatchObject({ kind: 'unsaid', practitioners: [], telecom: [] });
    expect(one([{ reference: 'PractitionerRole/r', display: 'Dr A' }])).toMatchObject({
      kind: 'practitioner',
      practitioners: [],
      telecom: [],
    });
    expect(one([{ identifier: { system: ODS, value: 'X1' } }])?.kind).toBe('practice');
    const came = (resource: Resource) =>
      read([resource, patient([{ reference: `urn:uuid:${String(resource.id)}` }])])[0]?.kind;
    expect(came({ resourceType: 'Organization', id: 'o', name: 'Surgery' })).toBe('practice');
    expect(came({ resourceType: 'Practitioner', id: 'd', name: [{ text: 'Dr A' }] })).toBe('practitioner');
    expect(came({ resourceType: 'Location', id: 'l', name: 'Surgery' })).toBe('unsaid');
  });

  it('is a doctor alone where the post is at no practice, and nothing where it names nobody', () => {
    const role = { resourceType: 'PractitionerRole', id: 'r' };
    const ref = { reference: 'PractitionerRole/r' };
    const said = (post: object, reference: object = ref) => read([{ ...role, ...post }, patient([reference])]);
    expect(said({})).toEqual([]);
    const doctor = { kind: 'practitioner', practitioners: [], telecom: [] };
    expect(said({ practitioner: { display: 'Dr A' } }, { ...ref, display: 'Dr B' })).toMatchObject([
      { ...doctor, title: 'Dr A' },
    ]);
    expect(said({}, { ...ref, display: 'Dr B' })).toMatchObject([{ ...doctor, title: 'Dr B' }]);
    expect(said({ organization: practice('X1') })).toMatchObject([
      { title: 'X1', kind: 'practice', practiceCode: 'X1', practitioners: [] },
    ]);
  });

  it('gives each of several practices and doctors a line, for nobody says whose doctor it is', () => {
    const doctor = { reference: 'Practitioner/d', display: 'Dr A Sharma' };
    const lines = read([patient([practice('X1', 'Surgery'), {}, practice('X2', 'Other'), doctor])]);
    expect(lines.map(({ id, title, practitioners }) => [id, title, practitioners])).toEqual([
      ['gp/Patient/p#practice-1', 'Surgery', []],
      ['gp/Patient/p#practice-2', 'Other', []],
      ['gp/Patient/p#practice-3', 'Dr A Sharma', []],
    ]);
  });

  it('has a key by the doctors in any order and by the kind of registration', () => {
    const doctors = ['Dr A', 'Dr B'].map((display) => ({ reference: `Practitioner/${display.at(-1)}`, display }));
    const key = (refs: readonly object[], change: Change = {}): string => {
      const entry = one([practice('X1', 'Surgery'), ...refs], change);
      if (!entry) throw new Error('expected an entry');
      return gpPractice.factKey(entry);
    };
    expect(key(doctors)).toBe(key([...doctors].reverse()));
    expect(key(doctors)).not.toBe(key([]));
    expect(key([], ofType('Regular'))).toBe(key([], ofType('REGULAR')));
    expect(key([], ofType('Regular'))).not.toBe(key([]));
    expect(key([], ofType('Regular'))).not.toBe(key([], ofType('Temporary')));
  });

  it('stands before one that is over', () => {
    const line = (change: Change) => {
      const entry = one([practice('X1', 'Surgery')], change);
      if (!entry) throw new Error('expected an entry');
      return { key: 'x' as never, section: entry.section, entries: [entry] as const };
    };
    const [now, over] = [line({}), line({ active: false })];
    const order = (a: typeof now, b: typeof now) => gpPractice.compare?.(a, b);
    expect([order(now, over), order(over, now), order(now, now), order(over, over)]).toEqual([-1, 1, 0, 0]);
  });

  it('is a heading of its own, read from a Patient', () => {
    expect(readBy(gpPractice, patient([practice('X1', 'Surgery')]))).toBeNull();
    const { id, heading, groupedBy, reads } = gpPractice;
    expect([id, heading, groupedBy, reads]).toEqual(['gp-practice', 'GP practice', 'concept', ['Patient']]);
  });
});

describe('practices told by name', () => {
  const named = (source: string, display: string) => read([patient([{ type: 'Organization', display }])], source);
  const byCode = (source: string, value: string, display: string) =>
    read([patient([practice(value, display)])], source);

  it.each([
    ['both names are one', named('a', 'Surgery'), named('b', 'SURGERY')],
    ['one has a code besides', byCode('a', 'X1', 'Surgery'), named('b', 'Surgery')],
  ])('do not disagree where %s', (_, a, b) => {
    expect(conflictKinds(...a, ...b)).toEqual([]);
    expect(conflictKinds(...b, ...a)).toEqual([]);
  });

  it('disagree where two codes do, though a third source knows the name alone', () => {
    const all = [...byCode('a', 'X1', 'Surgery'), ...named('b', 'Surgery'), ...byCode('c', 'X2', 'Surgery')];
    expect(conflictKinds(...all)).toEqual(['practices-differ']);
  });

  it.each(['Walk-in', 'Walk in patient', 'Walkin', 'Temporary', 'Private', 'Immediately necessary'])(
    'do not disagree where one is registered as %s',
    (text) => {
      const type = { url: 'registrationType', valueCodeableConcept: { text } };
      const extension = [{ url: 'registrationDetails', extension: [type] }];
      const beside = read([patient([practice('X2', 'Centre')], { extension })], 'b');
      expect(conflictKinds(...byCode('a', 'X1', 'Surgery'), ...beside)).toEqual([]);
    },
  );

  it.each([
    ['both names differ', named('a', 'Surgery'), named('b', 'Other')],
    ['one has a code besides and the names differ', byCode('a', 'X1', 'Surgery'), named('b', 'Other')],
    ['one name has two codes', byCode('a', 'X1', 'Surgery'), byCode('b', 'X2', 'Surgery')],
  ])('disagree where %s', (_, a, b) => {
    expect(conflictKinds(...a, ...b)).toEqual(['practices-differ']);
    expect(conflictKinds(...b, ...a)).toEqual(['practices-differ']);
  });
});
