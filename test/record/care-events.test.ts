import { describe, expect, it } from 'vitest';
import { readCareEvents } from '../../src/record/care-events.ts';
import { readPracticeCodes, readStayLetters } from '../../src/record/care-transitions.ts';
import type { Resource } from '../../src/record/resource.ts';

const stay = (more: object): Resource => ({
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
  subject: { reference: 'Patient/p1' },
  period: { start: '2026-11-01T10:00:00Z', end: '2026-11-05T15:00:00Z' },
  ...more,
});

const attendance = (more: object, dischargeDisposition?: object): Resource =>
  stay({
    class: { code: 'EMER' },
    ...(dischargeDisposition && { hospitalization: { dischargeDisposition } }),
    ...more,
  });

const kinds = (resource: Resource): readonly string[] => readCareEvents(resource).events.map(({ kind }) => kind);

describe('what is no event of somebody’s care', () => {
  it.each([
    ['a stay that is only planned', stay({ status: 'planned' })],
    ['a stay whose status nobody knows', stay({ status: 'unknown' })],
    ['a stay without any status', stay({ status: undefined })],
    ['a visit to a clinic', stay({ class: { code: 'AMB' } })],
    ['an attendance at an emergency department that is not over', attendance({ status: 'in-progress' })],
    ['one that led to a bed, by its code', attendance({}, { coding: [{ code: '306706006' }] })],
    ['one that led to a bed, by its words', attendance({}, { text: 'Admitted to acute medical unit' })],
    ['one that led to another hospital', attendance({}, { text: 'Transferred to Leeds' })],
    ['a call that an ambulance left without taking anybody', stay({ class: { code: 'FLD' } })],
    ['a type that nobody looks through', { resourceType: 'Flag', id: 'f1', status: 'active' }],
    ['a resource without an id', stay({ id: undefined })],
    ['a death in a year that stands for never', patient({ deceasedDateTime: '9999-12-31' })],
    ['a result that is only high', result({ interpretation: [{ coding: [{ code: 'H' }] }] })],
    ['a result of which the laboratory says nothing', result({})],
    ['a critical observation at the bedside', result({ ...critical, category: bedside })],
    ['a plan that is still a draft', { resourceType: 'CarePlan', id: 'c1', status: 'draft' }],
    ['a package that is only planned', { resourceType: 'EpisodeOfCare', id: 'k1', status: 'planned' }],
  ] satisfies readonly (readonly [string, Resource])[])('%s', (_name, resource) => {
    expect(readCareEvents(resource)).toEqual({ events: [], withdrawn: false });
  });

  it.each([
    ['a stay entered in error', stay({ status: 'entered-in-error' })],
    ['a stay that was cancelled', stay({ status: 'cancelled' })],
    ['a person said to be alive', patient({ deceasedBoolean: false })],
    ['a result entered in error', result({ ...critical, status: 'entered-in-error' })],
    ['a plan entered in error', { resourceType: 'CarePlan', id: 'c1', status: 'entered-in-error' }],
  ] satisfies readonly (readonly [string, Resource])[])('%s takes back what was said before', (_name, resource) => {
    expect(readCareEvents(resource)).toEqual({ events: [], withdrawn: true });
  });
});

describe('events of somebody’s care', () => {
  it('are an admission while a stay is under way, and a discharge once it is over', () => {
    expect(readCareEvents(stay({ status: 'in-progress', period: { start: '2026-11-01' } })).events).toMatchObject([
      { kind: 'admission', identity: 'Encounter/e1|admission', happened: '2026-11-01', resource: 'Encounter/e1' },
    ]);
    expect(readCareEvents(stay({})).events).toMatchObject([
      { kind: 'discharge', identity: 'Encounter/e1|discharge', happened: '2026-11-05T15:00:00Z' },
    ]);
  });

  it('stay the same event when the source corrects its time', () => {
    const corrected = stay({ period: { start: '2026-11-01T10:00:00Z', end: '2026-11-05T15:20:00Z' } });
    expect(readCareEvents(corrected).events[0]?.identity).toBe(readCareEvents(stay({})).events[0]?.identity);
  });

  it('are one death, whether the stay says that it ended in it or the person’s own entry does', () => {
    const died = stay({ hospitalization: { dischargeDisposition: { coding: [{ code: 'exp', display: 'Expired' }] } } });
    const [told] = readCareEvents(died).events;
    const [own] = readCareEvents(patient({ deceasedDateTime: '2026-11-05' })).events;
    expect(told).toMatchObject({ kind: 'death', identity: 'Patient/p1|death' });
    expect(own?.identity).toBe(told?.identity);
  });

  it('are a transfer for each move to another place, and none for a bed that was only kept', () => {
    const place = (name: string, start: string, status?: string): object => ({
      location: { reference: `Location/${name}` },
      period: { start },
      ...(status && { status }),
    });
    const location = [
      place('assessment', '2026-11-01T10:00:00Z'),
      place('ward', '2026-11-01T18:00:00Z'),
      place('theatre', '2026-11-02T09:00:00Z', 'reserved'),
      place('ward', '2026-11-02T12:00:00Z'),
      place('assessment', '2026-11-03T12:00:00Z'),
    ];
    const { events } = readCareEvents(stay({ status: 'in-progress', location }));
    expect(events.filter(({ kind }) => kind === 'transfer').map(({ identity }) => identity)).toEqual([
      'Encounter/e1|transfer|Location/ward|1',
      'Encounter/e1|transfer|Location/assessment|1',
    ]);
  });

  it('are a step-down when acute care goes over into care that is not', () => {
    const history = [
      { class: { code: 'ACUTE' }, period: { start: '2026-11-01', end: '2026-11-03' } },
      { class: { code: 'NONAC' }, period: { start: '2026-11-03T09:00:00Z' } },
    ];
    const down = stay({ status: 'in-progress', class: { code: 'NONAC' }, classHistory: history });
    expect(readCareEvents(down).events[1]).toMatchObject({ kind: 'step-down', happened: '2026-11-03T09:00:00Z' });
  });

  it.each([
    ['home', { coding: [{ system: 'http://snomed.info/sct', code: '306689006' }] }],
    ['home by their own wish', { text: 'Left, not admitted: declined admission' }],
    ['somewhere that nobody wrote down', undefined],
  ])('are the end of an attendance at an emergency department that sent somebody %s', (_where, disposition) => {
    expect(readCareEvents(attendance({}, disposition)).events).toMatchObject([
      { kind: 'attendance', identity: 'Encounter/e1|attendance', happened: '2026-11-05T15:00:00Z' },
    ]);
  });

  it('are a death, and no attendance that ended, where somebody died in the emergency department', () => {
    expect(kinds(attendance({}, { coding: [{ code: 'exp' }] }))).toEqual(['death']);
  });

  it('are a conveyance when an ambulance has taken somebody somewhere', () => {
    const conveyed = stay({ class: { code: 'FLD' }, hospitalization: { destination: { display: 'Infirmary' } } });
    expect(kinds(conveyed)).toEqual(['conveyance']);
  });

  it('are a critical result by the laboratory’s own word, in a part of it too', () => {
    expect(kinds(result(critical))).toEqual(['result-of-concern']);
    expect(kinds(result({ component: [critical] }))).toEqual(['result-of-concern']);
  });

  it('are a package that began, one that ended, and each new version of a plan', () => {
    const care = { resourceType: 'EpisodeOfCare', id: 'k1', period: { start: '2026-01-01', end: '2026-11-01' } };
    expect(kinds({ ...care, status: 'active' })).toEqual(['package-started']);
    expect(kinds({ ...care, status: 'finished' })).toEqual(['package-ended']);
    const plan = (versionId: string): Resource => ({
      resourceType: 'CarePlan',
      id: 'c1',
      status: 'active',
      meta: { versionId, lastUpdated: '2026-11-20T10:00:00Z' },
    });
    expect(readCareEvents(plan('1')).events[0]?.identity).toBe('CarePlan/c1|plan-changed|1');
    expect(readCareEvents(plan('2')).events[0]?.identity).toBe('CarePlan/c1|plan-changed|2');
  });
});

describe('the letter of a stay', () => {
  const letter = {
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    type: { coding: [{ system: 'http://snomed.info/sct', code: '373942005' }] },
    context: { encounter: [{ reference: 'Encounter/e1' }] },
  };

  it('is none when it was withdrawn, or names no stay', () => {
    expect(readStayLetters({ ...letter, status: 'entered-in-error' })).toEqual([]);
    expect(readStayLetters({ ...letter, context: {} })).toEqual([]);
  });

  it('is found by the stay it names, and known for the summary of it', () => {
    expect(readStayLetters(letter)).toEqual([{ stay: 'Encounter/e1', letter: 'DocumentReference/d1', summary: true }]);
  });
});

describe('the registered practice', () => {
  it('is read from the national code and never from the id of a resource', () => {
    const ods = 'https://fhir.nhs.uk/Id/ods-organization-code';
    expect(readPracticeCodes(patient({ generalPractitioner: [{ reference: 'Organization/XB001' }] }))).toEqual([]);
    expect(
      readPracticeCodes(patient({ generalPractitioner: [{ identifier: { system: ods, value: 'xb001' } }] })),
    ).toEqual(['XB001']);
  });
});

function patient(more: object): Resource {
  return { resourceType: 'Patient', id: 'p1', ...more };
}

function result(more: object): Resource {
  const category = [{ coding: [{ code: 'laboratory' }] }];
  return { resourceType: 'Observation', id: 'o1', status: 'final', category, issued: '2026-11-20T08:00:00Z', ...more };
}

const critical = { interpretation: [{ coding: [{ code: 'HH', display: 'Critical high' }] }] } as const;
const bedside = [{ coding: [{ code: 'vital-signs' }] }] as const;
