// Proves src/record/fhir/death.ts, with the other tests that say so.
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, readCareEvents, type CareEvents } from '../../../src/record/care-events.ts';
import type { Resource } from '../../../src/record/resource.ts';

const [START, END] = ['2026-11-01T10:00:00Z', '2026-11-05T15:00:00Z'];
const METHOD = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeMethodEngland';
const DESTINATION = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeDestinationEngland';
const SNOMED = 'http://snomed.info/sct';

const encounter = (code: string, more: object = {}): Resource => ({
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { code },
  subject: { reference: 'Patient/p1' },
  period: { start: START, end: END },
  ...more,
});
const to = (dischargeDisposition: object): object => ({ hospitalization: { dischargeDisposition } });
const coded = (system: string, code: string): object => ({ coding: [{ system, code }] });
const method = (valueCodeableConcept: object): object => ({
  extension: [
    { url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DischargeMethod', valueCodeableConcept },
  ],
});
const told = (resource: Resource): CareEvents => readCareEvents(resource);
const kinds = (resource: Resource): readonly string[] => told(resource).events.map(({ kind }) => kind);

describe('a stay that ended in death', () => {
  it.each<[how: string, more: object]>([
    ['the code of HL7', to({ coding: [{ code: 'exp' }] })],
    ['the destination of the NHS Data Dictionary, without its words', to(coded(DESTINATION, '79'))],
    ['the method of the NHS Data Dictionary, where the destination stands', to(coded(METHOD, '4'))],
    ['the method in its extension at the stay', { hospitalization: method(coded(METHOD, '4')) }],
    ['the method in its extension at the contact', method(coded(METHOD, '4'))],
    ['the mortuary, by its code', to(coded(SNOMED, '305398007'))],
    ['the words “Died”', to({ text: 'Died' })],
    ['the words “Death in hospital”', to({ text: 'Death in hospital' })],
    ['the words “Expired”', to({ text: 'Expired' })],
    ['the words “Patient has died”', to({ text: 'Patient has died' })],
    [
      'the words “Not applicable: patient died or stillbirth”',
      to({ text: 'Not applicable: patient died or stillbirth' }),
    ],
    ['the words “Patient died”', to({ text: 'Patient died' })],
    ['the words “Patient expired”', to({ text: 'Patient expired' })],
    ['the words “Pt passed away on ward”', to({ text: 'Pt passed away on ward' })],
    ['the words “Passed away”', to({ text: 'Passed away' })],
    ['the words “Discharged - died”', to({ text: 'Discharged - died' })],
    ['the words “Outcome: death”', to({ text: 'Outcome: death' })],
    [
      'the disposition of HL7 version 2, without its words',
      to(coded('http://terminology.hl7.org/CodeSystem/v2-0112', '20')),
    ],
    ['the words “Taken to mortuary”', to({ text: 'Taken to mortuary' })],
    ['the words “Taken to the mortuary”', to({ text: 'Taken to the mortuary' })],
    ['the words “Mortuary”', to({ text: 'Mortuary' })],
  ])('is never told as a discharge: by %s', (_how, more) => {
    expect(told(encounter('IMP', more)).events).toEqual([
      {
        kind: 'death',
        identity: 'Patient/p1|death',
        resource: 'Encounter/e1',
        happened: END,
        sections: ['admissions', 'discharges', 'encounters'],
      },
    ]);
  });

  it.each<[what: string, more: object]>([
    ['the same number of another list', to(coded('https://hospital.example/wards', '4'))],
    ['another method of leaving', to(coded(METHOD, '1'))],
    ['another destination', to(coded(DESTINATION, '19'))],
    ['the number of a destination among methods', to(coded(METHOD, '79'))],
    ['another place, by its code', to(coded(SNOMED, '306689006'))],
    ['words that only begin alike', to({ text: 'Deathwatch Cottage' })],
    ['the death of somebody else', to({ text: 'Home, wife died' })],
    ['a street of that name', to({ text: 'Mortuary Road care home' })],
    ['a house behind one', to({ text: 'House behind the mortuary' })],
    ['another disposition of HL7 version 2', to(coded('http://terminology.hl7.org/CodeSystem/v2-0112', '01'))],
    ['a code without its list', to({ coding: [{ code: '79' }] })],
    ['words without a code', to({ coding: [{ system: DESTINATION, display: 'Home' }] })],
    ['nothing at all', {}],
  ])('is none by %s', (_what, more) => {
    expect(kinds(encounter('IMP', more))).toEqual(['discharge']);
  });

  it('is told by each way in which HL7 version 2 says that somebody expired', () => {
    for (const code of ['20', '40', '41', '42'])
      expect(kinds(encounter('IMP', to(coded('http://terminology.hl7.org/CodeSystem/v2-0112', code))))).toEqual([
        'death',
      ]);
    expect(kinds(encounter('IMP', to({ text: 'Discharge: died' })))).toEqual(['death']);
  });

  it('is told once, under the person, and under the stay where it names nobody', () => {
    for (const reference of ['Patient/p1', 'https://epr.example/fhir/Patient/p1'])
      expect(told(encounter('IMP', { ...to({ text: 'Died' }), subject: { reference } })).events[0]?.identity).toBe(
        'Patient/p1|death',
      );
    for (const subject of [
      undefined,
      { reference: 'urn:uuid:1' },
      { reference: 'NotPatient/p1' },
      { reference: 'Patient/p1/x' },
    ])
      expect(told(encounter('IMP', { ...to({ text: 'Died' }), subject })).events[0]?.identity).toBe(
        'Encounter/e1|death',
      );
  });

  it('is not said of a stay that goes on', () => {
    expect(kinds(encounter('IMP', { status: 'in-progress', ...to({ text: 'Died' }) }))).toEqual(['admission']);
  });

  it('is told of the emergency department too, be it called an admission to the mortuary', () => {
    for (const disposition of [
      { text: 'Admission to the mortuary' },
      coded(SNOMED, '75004002'),
      coded(SNOMED, '63238001'),
    ])
      expect(told(encounter('EMER', to(disposition))).events).toEqual([
        {
          kind: 'death',
          identity: 'Patient/p1|death',
          resource: 'Encounter/e1',
          happened: END,
          sections: ['encounters'],
        },
      ]);
  });
});

describe('when something happened', () => {
  it('is its end where that is known, and else its beginning; and nothing where neither is', () => {
    const attended = (period: object | undefined) => told(encounter('EMER', { period })).events;
    expect(attended({ start: START })).toMatchObject([
      { kind: 'attendance', happened: START, sections: ['encounters'] },
    ]);
    expect(attended(undefined)[0]).not.toHaveProperty('happened');
    const taken = (period: object | undefined) =>
      told(encounter('FLD', { period, hospitalization: { destination: { display: 'Infirmary' } } })).events;
    expect(taken({ start: START, end: END })).toMatchObject([
      { kind: 'conveyance', happened: END, identity: 'Encounter/e1|conveyance', sections: ['encounters'] },
    ]);
    expect(taken({ start: START })).toMatchObject([{ happened: START }]);
    expect(taken(undefined)[0]).not.toHaveProperty('happened');
    expect(told(encounter('IMP', { period: undefined })).events).toEqual([
      {
        kind: 'discharge',
        identity: 'Encounter/e1|discharge',
        resource: 'Encounter/e1',
        sections: ['admissions', 'discharges', 'encounters'],
      },
    ]);
    expect(told(encounter('IMP', { period: undefined, status: 'in-progress' })).events[0]).not.toHaveProperty(
      'happened',
    );
    expect(told(encounter('IMP', { ...to({ text: 'Died' }), period: undefined })).events[0]).not.toHaveProperty(
      'happened',
    );
  });

  it.each(['arrived', 'triaged', 'in-progress', 'onleave'])('of a stay that is %s is its beginning', (status) => {
    expect(told(encounter('IMP', { status })).events).toMatchObject([{ kind: 'admission', happened: START }]);
  });

  it('is whatever names the place that an ambulance went to', () => {
    for (const destination of [{ reference: 'Location/1' }, { display: 'Infirmary' }, { identifier: { value: 'R1' } }])
      expect(kinds(encounter('FLD', { hospitalization: { destination } }))).toEqual(['conveyance']);
    for (const destination of [{}, undefined, 'Infirmary'])
      expect(kinds(encounter('FLD', { hospitalization: { destination } }))).toEqual([]);
  });

  it('is an admission by its words alone where no class is known, in whichever of its types', () => {
    const typed = (...type: readonly object[]) => told(encounter('?', { status: 'in-progress', type }));
    expect(typed({ text: 'Inpatient stay' })).toEqual({
      events: [
        {
          kind: 'admission',
          identity: 'Encounter/e1|admission',
          resource: 'Encounter/e1',
          happened: START,
          sections: ['admissions', 'discharges', 'encounters'],
        },
      ],
      withdrawn: false,
    });
    expect(typed({ text: 'Cardiology' }, {}, { text: 'Admission' }).events).toHaveLength(1);
    expect(typed({}).events).toEqual([]);
    expect(typed({ text: 'Cardiology review' }).events).toEqual([]);
    expect(told(encounter('IMP')).withdrawn).toBe(false);
  });

  it('is no admission by its words where it is a contact of another kind', () => {
    expect(kinds(encounter('AMB', { type: [{ text: 'Review' }, { text: 'after discharge' }] }))).toEqual([]);
  });
});

describe('a person', () => {
  const person = (more: object): CareEvents => told({ resourceType: 'Patient', id: 'p1', ...more });

  it('has died on the day that is recorded, or without one', () => {
    expect(person({ deceasedDateTime: '2026-11-05' })).toEqual({
      events: [
        {
          kind: 'death',
          identity: 'Patient/p1|death',
          resource: 'Patient/p1',
          happened: '2026-11-05',
          sections: ['demographics'],
        },
      ],
      withdrawn: false,
    });
    const { events } = person({ deceasedBoolean: true });
    expect(events).toMatchObject([{ kind: 'death', sections: ['demographics'] }]);
    expect(events[0]).not.toHaveProperty('happened');
  });

  it('has died by a notice of the death alone, and by one that the rest contradicts nothing is known', () => {
    const notice = (code: string): object => ({
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DeathNotificationStatus',
          extension: [{ url: 'deathNotificationStatus', valueCodeableConcept: { coding: [{ code }] } }],
        },
      ],
    });
    expect(person(notice('1')).events).toMatchObject([{ kind: 'death' }]);
    expect(person({ ...notice('U'), deceasedDateTime: '2026-11-05' })).toEqual({ events: [], withdrawn: false });
    expect(person({ ...notice('2'), deceasedBoolean: false })).toEqual({ events: [], withdrawn: false });
  });

  it('of whom nothing is said is neither dead nor said to be alive', () => {
    expect(person({})).toEqual({ events: [], withdrawn: false });
  });
});

describe('a result of concern', () => {
  const result = (code: string | undefined, more: object = {}): Resource => ({
    resourceType: 'Observation',
    id: 'o1',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    interpretation: [{ coding: [{ ...(code && { code }) }], text: 'High' }],
    issued: '2026-11-20T08:00:00Z',
    effectiveDateTime: '2026-11-19T08:00:00Z',
    ...more,
  });

  it.each(['HH', 'LL', 'AA', 'hh'])('is one that the laboratory calls critical: %s', (code) => {
    expect(told(result(code)).events).toEqual([
      {
        kind: 'result-of-concern',
        identity: 'Observation/o1|result-of-concern',
        resource: 'Observation/o1',
        happened: '2026-11-20T08:00:00Z',
        sections: ['investigation-results'],
      },
    ]);
  });

  it('is none of which nothing is said but a word, and is one by what is said besides', () => {
    expect(kinds(result('HH', { interpretation: [{}, { text: 'Critical' }] }))).toEqual([]);
    expect(kinds(result('HH', { interpretation: [{}, { coding: [{ display: 'x' }, { code: 'LL' }] }] }))).toEqual([
      'result-of-concern',
    ]);
  });

  it.each(['H', 'L', 'A', 'N', undefined])('is none that it calls something else: %s', (code) => {
    expect(kinds(result(code))).toEqual([]);
  });

  it.each(['preliminary', 'final', 'amended', 'corrected'])('is reported: %s', (status) => {
    expect(kinds(result('HH', { status }))).toEqual(['result-of-concern']);
  });

  it('is not yet reported where it is only asked for, and taken back where it was called off', () => {
    for (const status of ['registered', 'unknown', undefined])
      expect(told(result('HH', { status }))).toEqual({ events: [], withdrawn: false });
    expect(told(result('HH', { status: 'cancelled' }))).toEqual({ events: [], withdrawn: true });
  });

  it('is of the day on which it was measured where it was issued on none', () => {
    expect(told(result('HH', { issued: undefined })).events).toMatchObject([{ happened: '2026-11-19T08:00:00Z' }]);
  });
});

describe('packages and plans', () => {
  const care = (status: string | undefined, more: object = {}): Resource => ({
    resourceType: 'EpisodeOfCare',
    id: 'k1',
    period: { start: '2026-01-01', end: '2026-11-01' },
    status,
    ...more,
  });

  it('a package begins and ends on its days, and is taken back where it was an error or called off', () => {
    const common = { resource: 'EpisodeOfCare/k1', sections: ['services-and-care'] };
    expect(told(care('active')).events).toMatchObject([{ ...common, happened: '2026-01-01' }]);
    expect(told(care('finished')).events).toMatchObject([{ ...common, happened: '2026-11-01' }]);
    expect(told(care('active', { period: undefined })).events[0]).not.toHaveProperty('happened');
    expect(told(care('finished', { period: undefined })).events[0]).not.toHaveProperty('happened');
    for (const status of ['entered-in-error', 'cancelled'])
      expect(told(care(status))).toEqual({ events: [], withdrawn: true });
    for (const status of ['waitlist', 'onhold', undefined])
      expect(told(care(status))).toEqual({ events: [], withdrawn: false });
  });

  const plan = (status: string | undefined, meta?: object): Resource => ({
    resourceType: 'CarePlan',
    id: 'c1',
    status,
    ...(meta && { meta }),
  });

  it.each(['active', 'on-hold', 'revoked', 'completed'])('a plan that is %s is a change of it', (status) => {
    expect(told(plan(status, { versionId: '7', lastUpdated: '2026-11-20T10:00:00Z' })).events).toEqual([
      {
        kind: 'plan-changed',
        identity: 'CarePlan/c1|plan-changed|7',
        resource: 'CarePlan/c1',
        happened: '2026-11-20T10:00:00Z',
        sections: EVENT_TYPES['CarePlan'],
      },
    ]);
  });

  it('a plan whose source counts no versions is another each time it was changed', () => {
    const identity = (meta?: object): string | undefined => told(plan('active', meta)).events[0]?.identity;
    expect(identity({ lastUpdated: '2026-11-20T10:00:00Z' })).toBe('CarePlan/c1|plan-changed|2026-11-20T10:00:00Z');
    expect(identity()).toBe('CarePlan/c1|plan-changed|');
    expect(told(plan(undefined))).toEqual({ events: [], withdrawn: false });
  });
});

describe('what is looked through', () => {
  it('is read by its own kind alone, whatever a type is called', () => {
    for (const resourceType of ['toString', 'constructor', 'DocumentReference'])
      expect(told({ resourceType, id: 'x' })).toEqual({ events: [], withdrawn: false });
  });

  it('stands under the headings that it would have in the record', () => {
    expect(EVENT_TYPES).toEqual({
      Encounter: ['encounters', 'admissions', 'discharges'],
      Patient: ['demographics'],
      Observation: ['investigation-results'],
      EpisodeOfCare: ['services-and-care'],
      CarePlan: ['care-plans', 'services-and-care', 'contingency-plans', 'supporting-plans'],
      DocumentReference: ['documents', 'discharges'],
    });
  });
});
