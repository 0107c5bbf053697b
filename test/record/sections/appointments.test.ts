import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { appointments, type AppointmentEntry } from '../../../src/record/sections/appointments.ts';
import { aPatient, aSource, entriesFrom, entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder } from '../../support/section.ts';

function appointment(change: { readonly [element: string]: unknown } = {}): Resource {
  return {
    resourceType: 'Appointment',
    id: 'a1',
    status: 'booked',
    start: '2026-12-01T09:00:00Z',
    end: '2026-12-01T09:20:00Z',
    specialty: [{ text: 'Cardiology' }],
    participant: [
      { actor: { reference: 'Patient/p', display: 'Alex Example' } },
      { actor: { reference: 'Practitioner/d', display: 'Dr Ada Heart' } },
      { actor: { reference: 'Location/l', display: 'Clinic 4' } },
    ],
    ...change,
  };
}

const read = (change: { readonly [element: string]: unknown } = {}): AppointmentEntry =>
  entryFrom<AppointmentEntry>(appointment(change));

describe('an appointment', () => {
  it('without a time and without a purpose is unread', () => {
    const bare = appointment({ start: undefined, end: undefined, specialty: undefined });
    expect(readResources([bare], 'gp' as SourceId).unread[0]?.element).toBe('Appointment.start');
  });

  it('cancelled, or not attended, did not happen', () => {
    expect(read({ status: 'cancelled', cancelationReason: { text: 'Clinic closed' } })).toMatchObject({
      state: 'negated',
      cautions: ['cancelled'],
      cancelledBecause: 'Clinic closed',
    });
    expect(read({ status: 'noshow' }).state).toBe('negated');
  });

  it('without a status is unknown, never booked', () => {
    expect(read({ status: undefined }).state).toBe('unknown');
  });

  it('only proposed is unconfirmed', () => {
    expect(read({ status: 'proposed' })).toMatchObject({ state: 'planned', cautions: ['unconfirmed'] });
  });

  it('that the person declined is unconfirmed', () => {
    const participant = [{ actor: { reference: 'Patient/p' }, status: 'declined' }];
    expect(read({ participant }).cautions).toEqual(['unconfirmed']);
    expect(read({ participant: [{ actor: { display: 'Dr Ada' }, status: 'declined' }] }).cautions).toEqual([]);
  });

  it('says with whom, where and what for, and the patient is not among the people', () => {
    expect(read()).toMatchObject({
      title: 'Cardiology',
      with: ['Dr Ada Heart'],
      location: 'Clinic 4',
      date: '2026-12-01T09:00:00Z',
    });
  });

  it('is never titled by its place, which may have to be hidden', () => {
    expect(read({ specialty: undefined }).title).toBe('Appointment');
  });

  it('that was over when its source last touched it is past', () => {
    expect(read({ meta: { lastUpdated: '2026-12-02T00:00:00Z' } }).state).toBe('past');
  });

  const at = (now: string, change: { readonly [element: string]: unknown } = {}) => {
    const source = aSource('gp');
    const entries = entriesFrom('gp', appointment(change));
    return buildRecord({
      patient: aPatient(),
      sources: [source],
      statuses: new Map(),
      entries,
      unread: [],
      nowMs: Date.parse(now),
    }).sections.find((view) => view.id === 'appointments')?.facts[0]?.entries[0].state;
  };

  it('left at "booked" is past once the record is built after its end', () => {
    expect(at('2026-11-30T00:00:00Z')).toBe('planned');
    expect(at('2026-12-03T00:00:00Z')).toBe('past');
  });

  it('without an end is past when its day is, and not before', () => {
    expect(at('2026-12-01T20:00:00Z', { end: undefined })).toBe('planned');
    expect(at('2026-12-02T01:00:00Z', { end: undefined })).toBe('past');
  });

  it('that is waited for is not past because the time asked for is', () => {
    const requestedPeriod = [{ start: '2026-01-01', end: '2026-02-01' }];
    const waiting = { status: 'waitlist', start: undefined, end: undefined, requestedPeriod };
    expect(at('2026-11-22T00:00:00Z', waiting)).toBe('planned');
    expect(read(waiting)).toMatchObject({ wanted: { start: '2026-01-01', end: '2026-02-01' } });
  });

  it('comes in the order in which it will happen, and what is over comes last', () => {
    const facts = [
      read({ status: 'fulfilled', start: '2026-10-01' }),
      read({ start: '2027-01-01' }),
      read({ start: '2026-12-01' }),
    ].map((entry) => ({
      key: entry.id as never,
      section: entry.section,
      entries: [entry] as [AppointmentEntry],
    }));
    const order = [...facts].sort((a, b) => appointments.compare?.(a, b) ?? 0).map((fact) => fact.entries[0].date);
    expect(order).toEqual(['2026-12-01', '2027-01-01', '2026-10-01']);
  });

  it('is one with another by its booking number or its kind and minute, and all that matters', () => {
    const identifier = [{ system: 'https://book.example/id', value: '7' }];
    const keyOf = (change: { readonly [element: string]: unknown }, source: string): string =>
      appointments.factKey(entryFrom<AppointmentEntry>(appointment(change), source));
    expect(keyOf({}, 'a')).toBe(keyOf({}, 'b'));
    const day = { start: '2026-12-01' };
    expect(keyOf(day, 'a')).not.toBe(keyOf(day, 'b'));
    expect(keyOf({ ...day, identifier }, 'a')).toBe(keyOf({ ...day, identifier }, 'b'));
    expect(keyOf({}, 'a')).not.toBe(keyOf({ status: 'cancelled' }, 'b'));
    expect(keyOf({ identifier }, 'a')).toBe(keyOf({ identifier }, 'b'));
    expect(keyOf({ identifier }, 'a')).not.toBe(keyOf({ identifier, start: '2026-12-01T10:00:00Z' }, 'b'));
  });
});

describe('an appointment, in full', () => {
  const full = appointment({
    status: 'waitlist',
    serviceCategory: [{ text: 'Medicine' }],
    serviceType: [{ text: 'Echo' }, { text: 'ECG' }, {}, { text: 'Echo' }],
    appointmentType: { text: 'Follow-up' },
    reasonCode: [{ text: 'Murmur' }, {}],
    reasonReference: [{ display: 'Aortic stenosis' }, {}],
    description: 'Heart scan',
    comment: 'Bring letter',
    note: [{ text: 'Rang twice' }],
    patientInstruction: 'Come fasting',
    requestedPeriod: [{ start: '2026-11-01' }],
    identifier: [{ system: 'urn:x', value: '7' }],
    participant: [
      { actor: { reference: 'Patient/p', display: 'Alex' }, status: 'accepted' },
      { actor: { reference: 'Practitioner/d', display: 'Dr Ada Heart' } },
      { actor: { reference: 'Practitioner/e', display: 'Dr Elsewhere' }, status: 'declined' },
      { actor: { reference: 'Location/l', display: 'Clinic 4' }, status: 'tentative' },
      { actor: { reference: 'Location/m', display: 'Room 2' } },
      { actor: { reference: 'Location/n', display: 'Room 9' }, status: 'declined' },
    ],
  });

  it('shows all that is said, and nobody and no place that will not be there', () => {
    expect(entryFrom(full)).toEqual({
      id: 'gp/Appointment/a1',
      section: 'appointments',
      origin: { source: 'gp', resource: 'Appointment/a1' },
      cautions: ['unconfirmed'],
      labels: [],
      notes: ['Bring letter', 'Rang twice'],
      links: [],
      title: 'Echo, ECG',
      state: 'planned',
      statusAsRecorded: 'waitlist',
      date: '2026-12-01T09:00:00Z',
      period: { start: '2026-12-01T09:00:00Z', end: '2026-12-01T09:20:00Z' },
      specialty: 'Cardiology',
      service: 'Echo, ECG',
      type: 'Follow-up',
      reasons: ['Murmur', 'Aortic stenosis'],
      with: ['Dr Ada Heart'],
      location: 'Clinic 4, Room 2',
      instructions: 'Come fasting',
      businessId: 'urn:x|7',
    });
  });

  it('says no more than it was told', () => {
    expect(entryFrom({ resourceType: 'Appointment', id: 'a1', start: '2026-12-01' })).toEqual({
      id: 'gp/Appointment/a1',
      section: 'appointments',
      origin: { source: 'gp', resource: 'Appointment/a1' },
      cautions: [],
      labels: [],
      notes: [],
      links: [],
      title: 'Appointment',
      state: 'unknown',
      date: '2026-12-01',
      period: { start: '2026-12-01' },
      reasons: [],
      with: [],
    });
  });

  it('is named by what it is for: the service, its kind, the specialty, the type, the words, the reason', () => {
    const named = (change: object): string => read({ specialty: undefined, ...change }).title;
    const reason = { reasonCode: [{ text: 'Murmur' }] };
    const words = { description: 'Heart scan', ...reason };
    const typed = { appointmentType: { text: 'Follow-up' }, ...words };
    const special = { specialty: [{ text: 'Cardiology' }], ...typed };
    const category = { serviceCategory: [{ text: 'Medicine' }], ...special };
    expect(named(reason)).toBe('Murmur');
    expect(named(words)).toBe('Heart scan');
    expect(named(typed)).toBe('Follow-up');
    expect(named(special)).toBe('Cardiology');
    expect(named(category)).toBe('Medicine');
    expect(named({ serviceType: [{ text: 'Echo' }], ...category })).toBe('Echo');
  });

  it.each([
    ['proposed', 'planned', ['unconfirmed']],
    ['pending', 'planned', ['unconfirmed']],
    ['booked', 'planned', []],
    ['waitlist', 'planned', ['unconfirmed']],
    ['arrived', 'current', []],
    ['checked-in', 'current', []],
    ['fulfilled', 'past', []],
    ['cancelled', 'negated', ['cancelled']],
    ['noshow', 'negated', []],
    ['entered-in-error', 'in-error', []],
  ])('that is %s is %s', (status, state, cautions) => {
    expect(read({ status })).toMatchObject({ state, cautions });
  });

  it.each(['serviceType', 'specialty', 'appointmentType'])('says where words and code of its %s differ', (name) => {
    const concept = { text: 'Echo', coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Colonoscopy' }] };
    expect(read({ [name]: name === 'appointmentType' ? concept : [concept] }).cautions).toEqual(['text-differs']);
  });

  it.each(['tentative', 'needs-action'])('is unconfirmed where the person’s own answer is %s', (status) => {
    const participant = [{ actor: { reference: 'Patient/p' }, status }];
    expect(read({ participant }).cautions).toEqual(['unconfirmed']);
    expect(read({ participant: [{ status }] }).cautions).toEqual([]);
  });

  it('stands under its heading, and no two of them disagree', () => {
    expect(appointments).toMatchObject({ heading: 'Future appointments', groupedBy: 'identifier', window: null });
    expect(appointments.conflicts([])).toEqual([]);
  });

  it('keeps the time asked for only while it has no time of its own', () => {
    const requestedPeriod = [{ start: '2026-11-01' }];
    expect(read({ requestedPeriod })).not.toHaveProperty('wanted');
    expect(read({ requestedPeriod, start: undefined, end: undefined })).not.toHaveProperty('period');
    expect(read()).not.toHaveProperty('wanted');
  });

  it('that is over by its own end is past, and by its beginning where it has none', () => {
    const touched = { meta: { lastUpdated: '2026-12-01T09:10:00Z' } };
    expect(read(touched).state).toBe('planned');
    expect(read({ ...touched, end: undefined }).state).toBe('past');
  });
});

describe('one line for several appointments', () => {
  const two = (change: { readonly [element: string]: unknown }, other = {}): number =>
    linesOf(appointments, [appointment(other)], [appointment({ id: 'a2', ...change })]).length;

  it('is made of one kind at one minute, where neither names another place, type or end', () => {
    const place = (display: string) => ({ participant: [{ actor: { reference: 'Location/x', display } }] });
    expect(two({})).toBe(1);
    expect(two({ participant: undefined, end: undefined })).toBe(1);
    expect(two({ appointmentType: { text: 'FOLLOW-UP' } }, { appointmentType: { text: 'Follow-up' } })).toBe(1);
    expect(two(place('Clinic 4'))).toBe(1);
    expect(two(place('Clinic 5'))).toBe(2);
    expect(two({ appointmentType: { text: 'New' } }, { appointmentType: { text: 'Follow-up' } })).toBe(2);
    expect(two({ end: '2026-12-01T10:00:00Z' })).toBe(2);
    expect(two({ specialty: [{ text: 'Dermatology' }] })).toBe(2);
  });

  it('is never made of those without a time', () => {
    const waiting = { start: undefined, end: undefined, identifier: [{ system: 'urn:x', value: '7' }] };
    expect(two(waiting, waiting)).toBe(2);
  });
});

describe('the order of appointments', () => {
  it('is the next first, then those in doubt and undated, then what is over, the newest first', () => {
    const each = [
      { id: '1', status: 'booked', start: '2027-02-01', end: undefined, specialty: [{ text: 'Booked later' }] },
      { id: '2', status: 'arrived', start: '2026-11-22', end: undefined, specialty: [{ text: 'Arrived' }] },
      { id: '3', status: 'waitlist', start: undefined, end: undefined, specialty: [{ text: 'Waiting' }] },
      { id: '4', status: undefined, start: '2027-03-01', end: undefined, specialty: [{ text: 'Unknown later' }] },
      { id: '5', status: undefined, start: '2027-01-01', end: undefined, specialty: [{ text: 'Unknown' }] },
      { id: '6', status: 'fulfilled', start: '2026-05-01', end: undefined, specialty: [{ text: 'Over' }] },
      { id: '7', status: 'fulfilled', start: '2026-06-01', end: undefined, specialty: [{ text: 'Over later' }] },
      { id: '8', status: 'noshow', start: '2026-05-15', end: undefined, specialty: [{ text: 'Missed' }] },
    ];
    expect(listedInAnyOrder(appointments, each.map(appointment))).toEqual([
      ['Arrived', 'Booked later', 'Waiting', 'Unknown later', 'Unknown', 'Over later', 'Missed', 'Over'],
    ]);
  });

  it.each([
    ['booked', 'past'],
    ['arrived', 'past'],
    [undefined, 'past'],
    ['noshow', 'negated'],
    ['entered-in-error', 'in-error'],
  ])('ends of itself for one that is %s', (status, state) => {
    const entry = read({ status, end: undefined });
    expect(appointments.stateAt?.(entry, Date.UTC(2026, 11, 2, 1))).toBe(state);
    expect(appointments.stateAt?.(read({ status }), Date.UTC(2026, 11, 2, 1))).toBe(read({ status }).state);
  });
});
