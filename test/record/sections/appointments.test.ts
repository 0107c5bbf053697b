import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { appointments, type AppointmentEntry } from '../../../src/record/sections/appointments.ts';
import { aPatient, aSource, entriesFrom, entryFrom } from '../../support/record.ts';

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
