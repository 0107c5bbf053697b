// Proves src/record/sections/admissions.ts, src/record/sections/discharges.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { admissions, type AdmissionEntry } from '../../../src/record/sections/admissions.ts';
import { discharges, type DischargeEntry } from '../../../src/record/sections/discharges.ts';
import { aPatient, aSource, entriesFrom } from '../../support/record.ts';
import { legal, stay, summary, type Change } from '../../support/stay.ts';

const sectionsOf = (resource: Resource): readonly string[] => entriesFrom('hospital', resource).map((e) => e.section);
const admission = (change: Change = {}, source = 'hospital'): AdmissionEntry | undefined =>
  entriesFrom(source, stay(change)).find((entry): entry is AdmissionEntry => entry.section === 'admissions');
const discharge = (resource: Resource = stay(), source = 'hospital'): DischargeEntry | undefined =>
  entriesFrom(source, resource).find((entry): entry is DischargeEntry => entry.section === 'discharges');

describe('a stay in hospital', () => {
  it('never vanishes from the contacts, and has one line under each of three headings', () => {
    expect(sectionsOf(stay())).toEqual(['encounters', 'admissions', 'discharges']);
    expect(new Set(entriesFrom('hospital', stay()).map(({ id }) => id)).size).toBe(3);
  });

  it('that was withdrawn is said so once, by the contact', () => {
    expect(sectionsOf(stay({ status: 'entered-in-error' }))).toEqual(['encounters']);
  });

  it('that was cancelled was no stay, and had no discharge', () => {
    expect(sectionsOf(stay({ status: 'cancelled', hospitalization: undefined, period: undefined }))).toEqual([
      'encounters',
      'admissions',
    ]);
    expect(admission({ status: 'cancelled' })).toMatchObject({ state: 'negated', cautions: ['cancelled'] });
  });

  it.each([
    ['a clinic', { class: { code: 'AMB' }, type: [{ text: 'Outpatient clinic' }] }],
    ['an attendance', { class: { code: 'EMER' }, type: [{ text: 'Emergency department attendance' }] }],
    ['a visit to avoid one', { class: undefined, type: [{ text: 'Admission avoidance visit' }] }],
    ['a clinic before one', { class: undefined, type: [{ text: 'Pre-admission clinic' }] }],
    ['a finished pre-admission', { class: { code: 'PRENC' } }],
  ])('is not made of %s', (_what, change) => {
    expect(sectionsOf(stay(change))).toEqual(['encounters']);
  });

  it('is known by its words where no class is given', () => {
    expect(admission({ class: undefined })).toMatchObject({ title: 'Emergency admission' });
  });
});

describe('admission details', () => {
  it.each([
    ['planned', 'planned'],
    ['in-progress', 'current'],
    ['finished', 'past'],
    ['unknown', 'unknown'],
    [undefined, 'unknown'],
  ])('of status %s are %s', (status, state) => {
    expect(admission({ status })?.state).toBe(state);
  });

  it('that were planned are never taken for a stay because their days have passed', () => {
    const entries = entriesFrom('hospital', stay({ status: 'planned' }));
    const record = buildRecord({
      patient: aPatient(),
      sources: [aSource('hospital')],
      statuses: new Map(),
      entries,
      unread: [],
      nowMs: Date.UTC(2026, 10, 22),
    });
    const states = record.sections.flatMap(({ facts }) => facts.map(({ entries: [entry] }) => entry.state));
    expect(states).toEqual(['planned', 'planned']);
  });

  it('wait where a pre-admission is planned, with or without a date', () => {
    expect(admission({ status: 'planned', class: { code: 'PRENC' }, period: undefined })).toMatchObject({
      state: 'planned',
    });
  });

  it('name whence without the definition that NHS codes carry', () => {
    const text = 'Usual place of residence unless listed below, for example, a private dwelling';
    expect(admission({ hospitalization: { admitSource: { text } } })?.from).toBe('Usual place of residence');
  });

  it('say date, organisation with its code, specialty, reason, source and legal status', () => {
    const extension = [legal('Admission', 'Detained under section 2'), legal('Discharge', 'Informal')];
    const entry = admission({ extension });
    expect(entry).toMatchObject({
      date: '2026-10-25T11:20:00Z',
      provider: 'Royal Infirmary',
      providerCode: 'XB101',
      specialty: 'Cardiology',
      reasons: ['Heart failure'],
      from: 'Emergency department',
      legalStatus: ['Admission: Detained under section 2'],
    });
    expect(JSON.stringify(entry)).not.toContain('Hidden Street');
  });

  it('are one with another’s by number or minute, and only while the legal status agrees', () => {
    const identifier = [{ system: 'https://x.example/spell', value: '9' }];
    const key = (change: Change, source: string): string => {
      const entry = admission(change, source);
      if (!entry) throw new Error('expected an entry');
      return admissions.factKey(entry);
    };
    const day = { period: { start: '2026-10-25', end: '2026-10-30' } };
    expect(key(day, 'a')).not.toBe(key(day, 'b'));
    expect(key({}, 'a')).not.toBe(key({ serviceType: { text: 'Nephrology' } }, 'b'));
    expect(key({}, 'a')).toBe(key({}, 'b'));
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, extension: [legal('Admission', 'Section 2')] }, 'b'));
    expect(key({ identifier }, 'a')).toBe(key({ identifier }, 'b'));
  });
});

describe('discharge details', () => {
  it('are none while nothing is said of how a stay is to end, nor of one that has not begun', () => {
    const open = { status: 'in-progress', period: { start: '2026-11-20' }, hospitalization: undefined };
    expect(discharge(stay(open))).toBeUndefined();
    expect(discharge(stay({ status: 'planned' }))).toBeUndefined();
  });

  it('of a stay that goes on are only foreseen', () => {
    const open = stay({ status: 'in-progress', period: { start: '2026-11-20', end: '2026-11-28' } });
    expect(discharge(open)).toMatchObject({ state: 'planned', expected: true, date: '2026-11-28' });
  });

  it('of a finished stay without an end have no date', () => {
    const entry = discharge(stay({ period: { start: '2026-10-25' }, hospitalization: undefined }));
    expect(entry).toMatchObject({ state: 'past' });
    expect(entry?.date).toBeUndefined();
  });

  it('say date, organisation, specialty, destination and the legal status on leaving', () => {
    const extension = [legal('Admission', 'Detained'), legal('Discharge', 'Informal')];
    expect(discharge(stay({ extension }))).toMatchObject({
      kind: 'discharge',
      date: '2026-10-30T15:45:00Z',
      providerCode: 'XB101',
      specialty: 'Cardiology',
      to: 'Usual place of residence',
      legalStatus: ['Discharge: Informal'],
    });
  });

  it('are not told a second time by the summary of a stay the source tells of itself', () => {
    const linked = summary({ context: { encounter: [{ reference: 'Encounter/e1' }] } });
    expect(sectionsOf(linked)).toEqual(['documents']);
  });

  it.each([
    ['withdrawn', { status: 'entered-in-error' }],
    ['withdrawn as a text', { docStatus: 'entered-in-error' }],
    ['replaced', { status: 'superseded' }],
    ['of a clinic', { type: { text: 'Clinic letter' }, description: 'Cardiology clinic' }],
  ])('are not told by a letter that is %s', (_what, change) => {
    expect(sectionsOf(summary(change))).toEqual(['documents']);
  });

  it('are told by a summary alone, whose date is not the day of leaving', () => {
    expect(discharge(summary())).toMatchObject({
      kind: 'summary',
      date: '2026-10-31T09:00:00Z',
      dateIs: 'recorded',
      reference: 'DocumentReference/d1',
    });
    const left = discharge(summary({ context: { period: { start: '2026-10-25', end: '2026-10-30' } } }));
    expect(left).toMatchObject({ date: '2026-10-30' });
    expect(left?.dateIs).toBeUndefined();
  });

  it('are one with another’s by number or minute, and only while the destination agrees', () => {
    const identifier = [{ system: 'https://x.example/spell', value: '9' }];
    const key = (change: Change, source: string): string => {
      const entry = discharge(stay(change), source);
      if (!entry) throw new Error('expected an entry');
      return discharges.factKey(entry);
    };
    const died = { hospitalization: { dischargeDisposition: { text: 'Patient died' } } };
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, ...died }, 'b'));
    const day = { period: { start: '2026-10-25', end: '2026-10-30' } };
    expect(key(day, 'a')).not.toBe(key(day, 'b'));
    expect(key({}, 'a')).toBe(key({}, 'b'));
    expect(key({ identifier }, 'a')).toBe(key({ identifier }, 'b'));
  });
});
