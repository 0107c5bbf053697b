import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Fact } from '../../src/record/fact.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { ReferralEntry } from '../../src/record/sections/referrals.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const request = (change: object = {}): Resource => ({
  resourceType: 'ServiceRequest',
  id: 'r1',
  status: 'active',
  intent: 'order',
  code: { text: 'Cardiology referral' },
  authoredOn: '2026-10-01',
  ...change,
});
const task = (change: object = {}): Resource => ({
  resourceType: 'Task',
  id: 't1',
  status: 'rejected',
  intent: 'order',
  focus: { reference: 'ServiceRequest/r1' },
  authoredOn: '2026-10-01',
  lastModified: '2026-10-12',
  statusReason: { text: 'No ECG was sent' },
  ...change,
});

function recordOf(said: { readonly [source: string]: readonly Resource[] }): PatientRecord {
  return buildRecord({
    patient: aPatient(),
    sources: Object.keys(said).map((id) => aSource(id)),
    statuses: new Map(),
    entries: Object.entries(said).flatMap(([source, resources]) => entriesFrom(source, ...resources)),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
}

function referrals(said: { readonly [source: string]: readonly Resource[] }): readonly Fact<ReferralEntry>[] {
  return (recordOf(said).sections.find(({ id }) => id === 'referrals')?.facts ?? []) as readonly Fact<ReferralEntry>[];
}

function sectionsOf(resources: readonly Resource[]): readonly string[] {
  return recordOf({ gp: resources }).sections.flatMap(({ facts }) =>
    facts.flatMap(({ entries }) => entries.map(({ section }) => section)),
  );
}

const shapes = (facts: readonly Fact<ReferralEntry>[]): readonly (readonly string[])[] =>
  facts.map(({ entries }) => entries.map(({ kind, state }) => `${kind} ${state}`));

describe('a referral whose Task was refused', () => {
  it.each([
    ['by its focus', task()],
    ['by what it was made for', task({ focus: undefined, basedOn: [{ reference: 'ServiceRequest/r1' }] })],
    ['called off', task({ status: 'cancelled' })],
    ['failed', task({ status: 'failed' })],
  ])('is one line with it, and no longer waits: %s', (_how, refused) => {
    expect(shapes(referrals({ gp: [request(), refused] }))).toEqual([['progress negated', 'referral negated']]);
  });

  it('takes nothing else of the same request with it: neither what lies inside it nor what it decides', () => {
    const fasting = { resourceType: 'Observation', id: 'o', status: 'final', code: { text: 'Fasting status' } };
    const asked = request({ contained: [fasting], code: { text: 'Cardiology referral, not for resuscitation' } });
    const all = (...resources: readonly Resource[]): readonly string[] =>
      sectionsOf(resources).filter((section) => section !== 'referrals');
    expect(all(asked)).toEqual(['end-of-life-care', 'examination-findings']);
    expect(all(asked, task())).toEqual(all(asked));
  });

  it('keeps its own status beside it, and the day and the reason of the refusal', () => {
    const [fact] = referrals({ gp: [request(), task()] });
    const [refusal, referral] = fact?.entries ?? [];
    expect(referral).toMatchObject({ statusAsRecorded: 'active', cautions: ['cancelled'], date: '2026-10-01' });
    expect(refusal).toMatchObject({ statusAsRecorded: 'rejected', date: '2026-10-12', progress: ['No ECG was sent'] });
  });

  it('waits again where a later Task was accepted, and where the refusal is of an older one', () => {
    const later = task({ id: 't2', status: 'accepted', lastModified: '2026-10-20' });
    expect(shapes(referrals({ gp: [request(), task(), later] }))).toEqual([
      ['progress planned', 'progress negated', 'referral planned'],
    ]);
    expect(shapes(referrals({ gp: [request(), task({ lastModified: '2026-09-01' })] }))[0]).toContain(
      'referral planned',
    );
  });

  it('is left as it is where the Task was withdrawn, cannot be interpreted, or is of another source', () => {
    const waits = [['referral planned']];
    expect(shapes(referrals({ gp: [request(), task({ status: 'entered-in-error' })] }))).toEqual(waits);
    const strange = task({ modifierExtension: [{ url: 'https://example.org/x', valueBoolean: true }] });
    expect(shapes(referrals({ gp: [request(), strange] })).flat()).toContain('referral planned');
    expect(shapes(referrals({ gp: [request()], hospital: [task()] })).flat()).toContain('referral planned');
  });

  it('is the same whatever arrived first', () => {
    expect(referrals({ gp: [task(), request()] })).toEqual(referrals({ gp: [request(), task()] }));
  });
});

describe('a Task whose referral did not come', () => {
  it('is a line of its own', () => {
    expect(shapes(referrals({ gp: [task({ description: 'Cardiology referral' })] }))).toEqual([['progress negated']]);
  });
});
