import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { EndOfLifeEntry } from '../../../src/record/sections/end-of-life-care.ts';
import { aPatient, aSource, conflictKinds, entriesFrom } from '../../support/record.ts';

const SCT = 'http://snomed.info/sct';
const NOT_FOR_CPR = {
  coding: [{ system: SCT, code: '450476008', display: 'Not for attempted cardiopulmonary resuscitation' }],
};
const FOR_CPR = { text: 'For attempted CPR' };
const CPR = { coding: [{ system: SCT, code: '89666000', display: 'Cardiopulmonary resuscitation' }] };

const order = (change: object = {}): Resource => ({
  resourceType: 'ServiceRequest',
  id: '1',
  status: 'active',
  intent: 'order',
  code: NOT_FOR_CPR,
  authoredOn: '2026-10-01',
  ...change,
});
const procedure = (change: object = {}): Resource => ({
  resourceType: 'Procedure',
  id: '1',
  status: 'completed',
  code: { text: 'DNACPR decision made' },
  performedDateTime: '2026-10-01',
  ...change,
});
const plan = (change: object = {}): Resource => ({
  resourceType: 'CarePlan',
  id: '1',
  status: 'active',
  intent: 'plan',
  title: 'Heart failure plan',
  activity: [
    { detail: { status: 'in-progress', description: 'Weigh daily' } },
    { detail: { status: 'in-progress', description: 'Not for CPR', code: NOT_FOR_CPR } },
  ],
  ...change,
});
const goal = (change: object = {}): Resource => ({
  resourceType: 'Goal',
  id: '1',
  lifecycleStatus: 'active',
  description: { text: 'Comfort at home; not for CPR' },
  startDate: '2026-10-01',
  ...change,
});
const letter = (change: object = {}): Resource => ({
  resourceType: 'DocumentReference',
  id: '1',
  status: 'current',
  type: { text: 'Clinical letter' },
  content: [{ attachment: { contentType: 'application/pdf', title: 'ReSPECT_form_signed.pdf' } }],
  ...change,
});
const observation = (change: object): Resource => ({
  resourceType: 'Observation',
  id: '1',
  status: 'final',
  code: { text: 'DNACPR' },
  effectiveDateTime: '2026-10-01',
  ...change,
});
const condition = (text: string): Resource => ({
  resourceType: 'Condition',
  id: '1',
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text },
});
const LONG_NOTE = `Seen on the ward round with her son. ${'Discussed at length. '.repeat(8)}Not for resuscitation.`;

const endOfLife = (resource: Resource): readonly EndOfLifeEntry[] =>
  entriesFrom('gp', resource).filter((entry): entry is EndOfLifeEntry => entry.section === 'end-of-life-care');

describe('a decision on resuscitation kept as something else', () => {
  it.each([
    ['an order', order()],
    ['an order in its detail', order({ code: { text: 'Treatment limits' }, orderDetail: [NOT_FOR_CPR] })],
    ['an order not to do it', order({ code: CPR, doNotPerform: true })],
    ['an order not to do it in words', order({ code: { text: 'CPR' }, doNotPerform: true })],
    ['an order not to attempt it in words', order({ code: { text: 'Attempt resuscitation' }, doNotPerform: true })],
    ['a plan titled with it', plan({ title: 'Not for resuscitation', activity: [] })],
    ['a plan described by it', plan({ title: 'Care plan', description: 'Not for resus', activity: [] })],
    ['an activity that must not be done', plan({ activity: [{ detail: { description: 'CPR', doNotPerform: true } }] })],
    ['a problem in words', { ...condition('Not for resuscitation'), onsetDateTime: '2026-10-01' }],
    ['an answer in words', observation({ code: { text: 'Escalation' }, valueString: 'Not for resuscitation' })],
    ['a procedure', procedure()],
    ['an activity of a plan', plan()],
    ['the name of a plan', plan({ title: 'DNACPR', activity: [] })],
    ['a goal', goal()],
    ['a scan named for it', letter({ content: [{ attachment: { title: 'DNACPR form.pdf' } }] })],
    ['a form of that type', letter({ type: { text: 'DNACPR form' }, content: [] })],
  ])('is shown with what was decided: %s', (_what, resource) => {
    expect(endOfLife(resource)).toMatchObject([
      { kind: 'resuscitation', decision: 'do-not-attempt-resuscitation', state: 'current' },
    ]);
  });

  it.each([
    ['a scanned form', letter()],
    ['a form named in the description', letter({ description: 'ReSPECT, second version', content: [] })],
    [
      'a composition',
      { resourceType: 'Composition', id: '1', status: 'final', title: 'ReSPECT form', date: '2026-10-01' },
    ],
    ['a plan', plan({ title: 'ReSPECT plan', activity: [] })],
    ['an advance care plan', plan({ title: 'Advance care plan', activity: [] })],
  ])('is shown as a form to be opened, with nothing derived from its name: %s', (_what, resource) => {
    const entries = endOfLife(resource);
    expect(entries).toMatchObject([{ state: 'current' }]);
    expect(entries[0]).not.toHaveProperty('decision');
  });

  it('stays under its own heading too, where it is one line of more', () => {
    const headings = (resource: Resource) => entriesFrom('gp', resource).map(({ section }) => section);
    expect(headings(plan())).toEqual(['care-plans', 'end-of-life-care']);
    expect(headings(goal())).toEqual(['care-plans', 'end-of-life-care']);
    expect(headings(letter())).toEqual(['documents', 'end-of-life-care']);
    expect(headings(order())).toEqual(['end-of-life-care']);
  });

  it('can be opened where the form is a scan', () => {
    expect(endOfLife(letter())).toMatchObject([{ reference: 'DocumentReference/1' }]);
  });

  it.each([
    ['an order that was revoked', order({ status: 'revoked' }), 'past'],
    ['an order that was carried out, whatever that means', order({ status: 'completed' }), 'unknown'],
    ['a draft', order({ status: 'draft' }), 'planned'],
    ['a decision not made', procedure({ status: 'not-done' }), 'negated'],
    ['a plan that is over', plan({ status: 'completed' }), 'past'],
    ['a goal given up', goal({ lifecycleStatus: 'cancelled' }), 'past'],
    ['a form that was replaced', letter({ status: 'superseded' }), 'past'],
    ['a form withdrawn', letter({ docStatus: 'entered-in-error' }), 'in-error'],
  ])('stands as its source says: %s', (_what, resource, state) => {
    expect(endOfLife(resource)).toMatchObject([{ state }]);
  });

  it.each([
    ['a referral to talk about it', order({ code: { text: 'Referral to discuss DNACPR' } })],
    ['a talk about it', procedure({ code: { text: 'Discussion about DNACPR with family' } })],
    ['an order of "not for CPR" that must not be done', order({ doNotPerform: true })],
    ['an order that escalates in full', order({ code: { text: 'Full escalation' } })],
    ['a problem that only limits care', condition('Not for full escalation')],
    ['an activity of that kind', plan({ activity: [{ detail: { description: 'Not for CPR', doNotPerform: true } }] })],
  ])('is shown without a decision where it leaves doubt: %s', (_what, resource) => {
    const entries = endOfLife(resource);
    expect(entries).toHaveLength(1);
    expect(entries[0]?.cautions).toContain('source-unclear');
    expect(entries[0]).not.toHaveProperty('decision');
  });

  it.each([
    ['resuscitation that was given', procedure({ code: CPR })],
    ['a course that was asked for', order({ code: { text: 'CPR training for carers' } })],
    ['a letter that treats somebody with respect', letter({ description: 'Treated with respect', content: [] })],
    ['any other goal', goal({ description: { text: 'Walk to the shop' } })],
    ['any other plan', plan({ activity: [] })],
    ['an order not to do something else', order({ code: { text: 'Blood pressure on left arm' }, doNotPerform: true })],
    ['a plan to be resuscitated in words of another kind', plan({ title: 'Fluid resuscitation', activity: [] })],
    ['a note that mentions it among much else', observation({ code: { text: 'Note' }, valueString: LONG_NOTE })],
  ])('is not seen where there is none: %s', (_what, resource) => {
    expect(endOfLife(resource)).toEqual([]);
  });
});

describe('a record that says there is no DNACPR', () => {
  const HERE = { gp: [order()] };

  it.each([
    ['an answer of no', observation({ valueBoolean: false })],
    ['an answer in words', observation({ valueString: 'No' })],
    ['a problem in words', observation({ code: { text: 'No DNACPR in place' } })],
    ['one taken back', observation({ code: { text: 'DNACPR rescinded' } })],
    ['one for attempting it', observation({ code: FOR_CPR })],
    ['a problem of full escalation', condition('Full escalation')],
    ['a plan for full escalation', plan({ title: 'For full escalation', activity: [] })],
    ['an order for full escalation', order({ code: { text: 'Full escalation of care' } })],
    ['one that was not made', procedure({ status: 'not-done' })],
  ])('differs from a DNACPR at another organisation: %s', (_what, there) => {
    expect(conflictKinds({ ...HERE, hospital: [there] })).toEqual(['resuscitation-decisions-differ']);
  });

  it.each([
    ['escalation is full but for it', condition('Full escalation, excluding CPR')],
    ['escalation is refused', condition('Not for full escalation')],
    ['nobody was asked', observation({ dataAbsentReason: { coding: [{ code: 'not-asked' }] } })],
    ['it is not known', observation({ valueString: 'Not known' })],
    ['it was withdrawn', observation({ status: 'entered-in-error', valueBoolean: false })],
  ])('does not differ where %s', (_what, there) => {
    expect(conflictKinds({ ...HERE, hospital: [there] })).toEqual([]);
  });

  it('does not differ from what the same source decided later, and does from what it decided before', () => {
    const no = (day: string): Resource => ({
      ...observation({ valueBoolean: false, effectiveDateTime: day }),
      id: '2',
    });
    expect(conflictKinds({ gp: [order(), no('2020-01-01')] })).toEqual([]);
    expect(conflictKinds({ gp: [order(), no('2026-11-01')] })).toEqual(['resuscitation-decisions-differ']);
  });

  it('is one disagreement with every side, however many organisations have their say', () => {
    const sources = {
      gp: order(),
      hospital: observation({ valueBoolean: false }),
      hospice: observation({ code: FOR_CPR }),
    };
    const record = buildRecord({
      patient: aPatient(),
      sources: Object.keys(sources).map((id) => aSource(id)),
      statuses: new Map(),
      entries: Object.entries(sources).flatMap(([source, resource]) => entriesFrom(source, resource)),
      unread: [],
      nowMs: Date.UTC(2026, 10, 22),
    });
    expect(record.conflicts.map(({ sides }) => sides.length)).toEqual([3]);
  });
});
