import { describe, expect, it } from 'vitest';
import { transitionsOf } from '../../src/record/transitions.ts';
import { didNotAnswer, medicine, sampleRecord, type Said } from '../support/browser/sample-record.ts';

const subject = { reference: 'Patient/1' };
const stay = (id: string, start: string, end?: string, more: object = {}): object => ({
  resourceType: 'Encounter',
  id,
  subject,
  status: end ? 'finished' : 'in-progress',
  class: { code: 'IMP', display: 'inpatient encounter' },
  serviceType: { text: 'Cardiology' },
  period: { start, ...(end && { end }) },
  serviceProvider: { display: 'Ousebridge Royal Infirmary' },
  ...more,
});
const of = (name: string): object => ({ medicationCodeableConcept: { text: name } });
const SURGERY = [
  medicine('r1', '5', { authoredOn: '2026-01-10' }),
  medicine('f1', '40', { authoredOn: '2025-01-05', ...of('Furosemide 40mg tablets') }),
  medicine('b1', '2.5', { authoredOn: '2025-01-05', ...of('Bisoprolol 2.5mg tablets') }),
];
const HOSPITAL = [
  stay('e1', '2026-10-20T09:00:00Z', '2026-10-28T15:00:00Z'),
  medicine('r2', '2.5', { authoredOn: '2026-10-28' }),
  medicine('f2', '40', {
    authoredOn: '2026-10-21',
    status: 'stopped',
    statusReason: { text: 'Kidney injury' },
    ...of('Furosemide 40mg tablets'),
  }),
  medicine('b2', '2.5', { authoredOn: '2026-10-28', ...of('Bisoprolol 2.5mg tablets') }),
  medicine('a2', '5', { authoredOn: '2026-10-27', ...of('Apixaban 5mg tablets') }),
  // Before the stay, and long after it: none of its doing.
  medicine('x1', '1', { authoredOn: '2026-03-01', ...of('Warfarin 1mg tablets') }),
  medicine('x2', '1', { authoredOn: '2026-11-15', ...of('Digoxin 125microgram tablets') }),
];
const transitions = (said: Readonly<Record<string, Said>>) => transitionsOf(sampleRecord(said));

describe('stays, and what changed in them', () => {
  it('are never made up: where nobody recorded one there is none', () => {
    expect(transitions({ surgery: { resources: SURGERY } })).toEqual([]);
  });

  it('say what their own organisation stopped, altered and started, beside what was recorded before', () => {
    const [one] = transitions({ surgery: { resources: SURGERY }, hospital: { resources: HOSPITAL } });
    expect(one).toMatchObject({
      kind: 'discharge',
      organisation: 'Ousebridge Royal Infirmary',
      specialty: 'Cardiology',
    });
    expect(one?.changes.map(({ how, entry, before }) => [how, entry.origin.resource, before?.origin.resource])).toEqual(
      [
        ['stopped', 'MedicationRequest/f2', 'MedicationRequest/f1'],
        ['altered', 'MedicationRequest/r2', 'MedicationRequest/r1'],
        ['started', 'MedicationRequest/a2', undefined],
      ],
    );
    expect(one?.unchanged).toBe(1);
  });

  it('mark what somebody still records differently, by the rules of the record and no other', () => {
    const [one] = transitions({ surgery: { resources: SURGERY }, hospital: { resources: HOSPITAL } });
    expect(one?.changes.map(({ disagrees }) => disagrees)).toEqual([true, true, false]);
  });

  it('mark what is on hold here and still taken elsewhere', () => {
    const held = medicine('r2', '5', { authoredOn: '2026-10-28', status: 'on-hold' });
    const [one] = transitions({
      surgery: { resources: SURGERY },
      hospital: { resources: [stay('e1', '2026-10-20T09:00:00Z', '2026-10-28T15:00:00Z'), held] },
    });
    expect(one?.changes.map(({ how, disagrees }) => [how, disagrees])).toEqual([['held', true]]);
  });

  it('claim nothing of a practice that did not answer: what it takes to be started is only not known from before', () => {
    const [one] = transitions({ surgery: { ended: didNotAnswer }, hospital: { resources: HOSPITAL } });
    expect(one?.changes.map(({ how, before }) => [how, before])).toEqual([
      ['stopped', undefined],
      ['started', undefined],
      ['started', undefined],
      ['started', undefined],
    ]);
  });

  it('count nothing that the practice changed meanwhile as done in hospital, nor what was given on the ward alone', () => {
    const ward = medicine('w1', '5', {
      authoredOn: '2026-10-22',
      category: [{ coding: [{ code: 'inpatient' }] }],
      ...of('Oxycodone 5mg capsules'),
    });
    const own = medicine('g1', '20', { authoredOn: '2026-10-25', ...of('Omeprazole 20mg capsules') });
    const [one] = transitions({
      surgery: { resources: [...SURGERY, own] },
      hospital: { resources: [...HOSPITAL, ward] },
    });
    expect(one?.changes.map(({ entry }) => entry.origin.resource)).not.toContain('MedicationRequest/g1');
    expect(one?.changes.map(({ entry }) => entry.origin.resource)).not.toContain('MedicationRequest/w1');
  });

  it('go on: a stay that has not ended says what has changed so far, and no letter', () => {
    const [one] = transitions({
      surgery: { resources: SURGERY },
      hospital: {
        resources: [stay('e1', '2026-10-20T09:00:00Z'), medicine('r2', '2.5', { authoredOn: '2026-10-28' })],
      },
    });
    expect(one).toMatchObject({ kind: 'admission', letters: [] });
    expect(one?.changes.map(({ how }) => how)).toEqual(['altered']);
  });

  it('step down: a stay that begins elsewhere as another ends says whence', () => {
    const [later, first] = transitions({
      hospital: { resources: [stay('e1', '2026-10-20T09:00:00Z', '2026-10-28T15:00:00Z')] },
      ambulance: {
        resources: [
          stay('e2', '2026-10-28T16:00:00Z', undefined, { serviceProvider: { display: 'Thornby Community Hospital' } }),
        ],
      },
    });
    expect(later).toMatchObject({
      kind: 'step-down',
      organisation: 'Thornby Community Hospital',
      cameFrom: 'Ousebridge Royal Infirmary',
    });
    expect(first?.kind).toBe('discharge');
  });

  it('are the same whatever order the organisations answered in', () => {
    const one = transitions({ surgery: { resources: SURGERY }, hospital: { resources: HOSPITAL } });
    const other = transitions({
      hospital: { resources: [...HOSPITAL].reverse() },
      surgery: { resources: [...SURGERY].reverse() },
    });
    expect(other).toEqual(one);
  });
});
