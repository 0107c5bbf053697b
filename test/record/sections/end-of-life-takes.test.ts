// Proves src/record/sections/end-of-life-care.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { EndOfLifeEntry } from '../../../src/record/sections/end-of-life-care.ts';
import type { SourceId } from '../../../src/record/source.ts';
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

describe('a decision that is one activity of a plan', () => {
  const decided = (activity: string | undefined, status = 'active') =>
    endOfLife(plan({ status, activity: [{ detail: { status: activity, description: 'Not for CPR' } }] }))[0];

  it.each([
    ['active', 'stopped', 'past', 'stopped'],
    ['active', 'completed', 'unknown', 'completed'],
    ['active', 'on-hold', 'unknown', 'on-hold'],
    ['active', 'unknown', 'unknown', 'unknown'],
    ['active', 'in-progress', 'current', 'active'],
    ['active', 'scheduled', 'current', 'active'],
    ['active', 'not-started', 'current', 'active'],
    ['active', undefined, 'current', 'active'],
    ['draft', 'stopped', 'past', 'stopped'],
    ['unknown', 'stopped', 'past', 'stopped'],
    ['draft', 'in-progress', 'planned', 'draft'],
    ['completed', 'unknown', 'past', 'unknown'],
    ['entered-in-error', 'stopped', 'in-error', 'stopped'],
  ])('of a plan that is %s and itself %s is %s', (status, activity, state, statusAsRecorded) => {
    expect(decided(activity, status)).toMatchObject({ state, statusAsRecorded });
  });

  it('is over with the request that it is, whatever the plan', () => {
    const request = (status: string): Resource => order({ status, intent: 'plan' });
    const planned = plan({ activity: [{ reference: { reference: 'ServiceRequest/1', display: 'Not for CPR' } }] });
    const standing = (status: string) =>
      entriesFrom('gp', planned, request(status)).find(({ id }) => id.includes('CarePlan/1#cpr'))?.state;
    expect(standing('active')).toBe('current');
    expect(standing('revoked')).toBe('past');
    expect(standing('draft')).toBe('planned');
  });

  it('is not shown where it was cancelled, and has the number of its place in the plan', () => {
    expect(decided('cancelled')).toBeUndefined();
    expect(endOfLife(plan()).map(({ id }) => id)).toEqual(['gp/CarePlan/1#cpr-2']);
  });

  it('shows what came of it, and nothing that the plan says of another', () => {
    const detail = { status: 'in-progress', description: 'Not for CPR' };
    const activity = [{ detail, progress: [{ text: 'Agreed with her son' }] }];
    expect(endOfLife(plan({ activity, period: { start: '2026-10-01' }, note: [{ text: 'Plan' }] }))).toEqual([
      {
        id: 'gp/CarePlan/1#cpr-1',
        section: 'end-of-life-care',
        origin: { source: 'gp', resource: 'CarePlan/1' },
        cautions: [],
        labels: [],
        notes: ['Agreed with her son'],
        links: [],
        title: 'Not for CPR',
        state: 'current',
        statusAsRecorded: 'active',
        date: '2026-10-01',
        period: { start: '2026-10-01' },
        kind: 'resuscitation',
        decision: 'do-not-attempt-resuscitation',
        attachments: [],
      },
    ]);
  });

  it.each([
    ['of another thing that must not be done', { description: 'Blood pressure on left arm', doNotPerform: true }],
    ['of CPR that is to be done', { description: 'CPR' }],
  ])('is none %s', (_, detail) => {
    expect(endOfLife(plan({ activity: [{ detail }] }))).toEqual([]);
  });
});

describe('what other headings hold for the end of life, in full', () => {
  const shown = { section: 'end-of-life-care', cautions: [], labels: [], notes: [], links: [], attachments: [] };
  const CODED = { coding: [{ system: SCT, code: '736373009', display: 'End of life care plan' }], text: 'End of life' };

  it('is a plan by its name, or by its category in words or by code', () => {
    expect(endOfLife(plan({ title: 'ReSPECT plan', activity: [], created: '2026-09-01' }))).toEqual([
      {
        ...shown,
        id: 'gp/CarePlan/1#plan',
        origin: { source: 'gp', resource: 'CarePlan/1' },
        title: 'ReSPECT plan',
        state: 'current',
        statusAsRecorded: 'active',
        date: '2026-09-01',
        dateIs: 'recorded',
        kind: 'plan',
      },
    ]);
    const filed = (category: object) => endOfLife(plan({ title: 'Plan', activity: [], category: [category] }))[0];
    expect(filed({ text: 'ReSPECT' })).toMatchObject({ title: 'ReSPECT', kind: 'plan' });
    expect(filed({ text: 'DNACPR' })).toMatchObject({ title: 'DNACPR', kind: 'resuscitation' });
    expect(filed({ ...NOT_FOR_CPR, text: 'Cynllun' })).toMatchObject({ title: 'Cynllun', kind: 'resuscitation' });
    expect(filed({ ...CODED, text: 'Cynllun' })).toMatchObject({ title: 'Cynllun', kind: 'plan', cautions: [] });
    expect(filed({ text: 'Asthma' })).toBeUndefined();
    const two = endOfLife(plan({ title: 'DNACPR', activity: [], category: [{ text: 'Asthma' }] }))[0];
    expect(two).toMatchObject({ title: 'DNACPR', kind: 'resuscitation' });
  });

  it('is a goal, dated by its start, else by its status', () => {
    expect(endOfLife(goal({ description: NOT_FOR_CPR }))).toEqual([
      {
        ...shown,
        id: 'gp/Goal/1#cpr',
        origin: { source: 'gp', resource: 'Goal/1' },
        title: 'Not for attempted cardiopulmonary resuscitation',
        code: { text: NOT_FOR_CPR.coding[0]?.display, codings: NOT_FOR_CPR.coding },
        state: 'current',
        statusAsRecorded: 'active',
        date: '2026-10-01',
        kind: 'resuscitation',
        decision: 'do-not-attempt-resuscitation',
      },
    ]);
    const later = endOfLife(goal({ startDate: undefined, statusDate: '2026-09-01' }))[0];
    expect(later).toMatchObject({ date: '2026-09-01', dateIs: 'recorded' });
    expect(endOfLife(goal())[0]).not.toHaveProperty('code');
  });

  it('is a document, with what can be opened', () => {
    expect(endOfLife(letter({ date: '2026-09-01' }))).toEqual([
      {
        ...shown,
        id: 'gp/DocumentReference/1#end-of-life',
        origin: { source: 'gp', resource: 'DocumentReference/1' },
        title: 'ReSPECT_form_signed.pdf',
        state: 'current',
        statusAsRecorded: 'current',
        date: '2026-09-01',
        dateIs: 'recorded',
        kind: 'plan',
        reference: 'DocumentReference/1',
        links: [{ rel: 'document', to: 'DocumentReference/1' }],
        attachments: [expect.objectContaining({ title: 'ReSPECT_form_signed.pdf' })],
      },
    ]);
    const named = (change: object) => endOfLife(letter({ content: [], ...change }))[0]?.title;
    expect(named({ type: { text: 'ReSPECT form' } })).toBe('ReSPECT form');
    expect(named({ category: [{ text: 'ReSPECT form' }] })).toBe('ReSPECT form');
    expect(named({})).toBeUndefined();
    expect(endOfLife(letter({ docStatus: 'preliminary' }))[0]?.cautions).toEqual(['preliminary']);
    expect(endOfLife(letter({ docStatus: 'final' }))[0]?.cautions).toEqual([]);
  });

  it('is a document by the code of its type or category, whatever its words', () => {
    const coded = { coding: [{ system: SCT, code: '736366004' }], text: 'Anticipatory papers' };
    const filed = { type: { text: 'Clinical letter' }, content: [] };
    expect(endOfLife(letter({ ...filed, category: [coded] }))).toHaveLength(1);
    const written = { resourceType: 'Composition', id: '1', status: 'final', title: 'Papers', date: '2026-10-01' };
    expect(endOfLife({ ...written, type: coded })[0]?.title).toBe('Anticipatory papers');
    expect(endOfLife({ ...written, category: [coded] })[0]?.title).toBe('Anticipatory papers');
    const { entries, unread } = readResources([letter(filed)], 'gp' as SourceId);
    expect(entries.map(({ section }) => section)).toEqual(['documents']);
    expect(unread).toEqual([]);
  });

  it.each([
    ['preliminary', 'planned', ['preliminary']],
    ['final', 'current', []],
    ['amended', 'current', []],
    ['entered-in-error', 'in-error', []],
  ])('is a composition that is %s', (status, state, cautions) => {
    const form = { resourceType: 'Composition', id: '1', status, title: 'ReSPECT form', date: '2026-10-01' };
    expect(endOfLife(form)).toMatchObject([{ state, cautions, statusAsRecorded: status }]);
  });

  it('is a talk about it, with the day on which it took place', () => {
    const talk = procedure({ code: { ...CPR, text: 'Discussion about DNACPR' } });
    expect(endOfLife(talk)).toMatchObject([
      { id: 'gp/Procedure/1#cpr', date: '2026-10-01', cautions: expect.arrayContaining(['source-unclear']) as unknown },
    ]);
    const asked = endOfLife(order({ code: { text: 'Referral to discuss DNACPR' } }))[0];
    expect(asked).toMatchObject({ date: '2026-10-01', title: 'Referral to discuss DNACPR', state: 'current' });
    expect(asked).not.toHaveProperty('dateIs');
  });

  it('is the part of an assessment, named by the whole, with every part', () => {
    const part = (text: string, value: string) => ({ code: { text }, valueCodeableConcept: { text: value } });
    const panel = (component: readonly object[], change: object = {}): Resource =>
      observation({ code: { text: 'Treatment escalation' }, component, note: [{ text: 'Seen at home' }], ...change });
    const yes = part('DNACPR in place', 'Yes');
    expect(endOfLife(panel([part('Skin', 'Dry'), yes]))).toEqual([
      {
        ...shown,
        id: 'gp/Observation/1#cpr',
        origin: { source: 'gp', resource: 'Observation/1' },
        title: 'Treatment escalation',
        state: 'current',
        statusAsRecorded: 'final',
        date: '2026-10-01',
        kind: 'resuscitation',
        decision: 'do-not-attempt-resuscitation',
        notes: ['Seen at home', 'Skin: Dry', 'DNACPR in place: Yes'],
      },
    ]);
    const unsure = endOfLife(panel([part('DNACPR in place', 'Not yet discussed')]))[0];
    expect(unsure?.cautions).toEqual(['source-unclear']);
    expect(unsure).not.toHaveProperty('decision');
    // A doubt of the whole is one of its decision too.
    const strange = { modifierExtension: [{ url: 'https://x.example/not', valueBoolean: true }] };
    expect(endOfLife(panel([yes], strange))[0]).toMatchObject({
      decision: 'do-not-attempt-resuscitation',
      cautions: ['not-interpretable'],
    });
    expect(endOfLife(panel([part('Skin', 'Dry')]))).toEqual([]);
    expect(endOfLife(panel([yes], { category: [{ coding: [{ code: 'vital-signs' }] }] }))).toEqual([]);
    expect(endOfLife(panel([yes], { status: 'cancelled' }))[0]?.state).toBe('past');
  });

  it.each<readonly [string, Resource, string]>([
    [
      'a goal',
      { resourceType: 'Goal', id: '1', lifecycleStatus: 'active', description: { text: 'Walk' } },
      'care-plans',
    ],
    ['a document about the person', letter({ type: { text: 'About me' } }), 'about-me'],
    ['a procedure', procedure({ code: { text: 'Appendectomy' } }), 'procedures'],
    [
      'an assessment',
      observation({ code: { text: 'Skin check' }, component: [{ code: { text: 'Skin' }, valueString: 'Dry' }] }),
      'examination-findings',
    ],
  ])('is nothing of %s that is about something else', (_what, resource, section) => {
    expect(readResources([resource], 'gp' as SourceId)).toMatchObject({ entries: [{ section }], unread: [] });
  });

  it('is a part of an assessment that is called nothing', () => {
    const component = [{ code: { text: 'DNACPR in place' }, valueBoolean: true }];
    expect(endOfLife(observation({ code: undefined, component }))).toMatchObject([
      { title: 'DNACPR in place', decision: 'do-not-attempt-resuscitation' },
    ]);
  });

  it('is an answer that has no question', () => {
    const said = observation({ code: undefined, valueString: 'Not for resuscitation' });
    expect(endOfLife(said)).toMatchObject([
      { title: 'Not for resuscitation', decision: 'do-not-attempt-resuscitation', state: 'current' },
    ]);
  });

  it('is dated by when it was so before when it was written down', () => {
    const dated = (change: object) => {
      const { date, dateIs } = endOfLife(plan({ title: 'ReSPECT', activity: [], ...change }))[0] ?? {};
      return [date, dateIs];
    };
    const issued = { issued: '2026-01-01' };
    const filed = { date: '2026-02-01', ...issued };
    const changed = { statusDate: '2026-03-01', ...filed };
    const created = { created: '2026-04-01', ...changed };
    expect(dated({})).toEqual([undefined, undefined]);
    expect(dated(issued)).toEqual(['2026-01-01', 'recorded']);
    expect(dated(filed)).toEqual(['2026-02-01', 'recorded']);
    expect(dated(changed)).toEqual(['2026-03-01', 'recorded']);
    expect(dated(created)).toEqual(['2026-04-01', 'recorded']);
    const authored = { authoredOn: '2026-05-01', ...created };
    const observed = { effectiveDateTime: '2026-06-01', ...authored };
    const done = { performedDateTime: '2026-07-01', ...observed };
    const started = { startDate: '2026-08-01', ...done };
    expect(dated(authored)).toEqual(['2026-05-01', undefined]);
    expect(dated(observed)).toEqual(['2026-06-01', undefined]);
    expect(dated(done)).toEqual(['2026-07-01', undefined]);
    expect(dated(started)).toEqual(['2026-08-01', undefined]);
    expect(dated({ period: { start: '2026-09-01' }, ...started })).toEqual(['2026-09-01', undefined]);
  });

  it('is doubted where words and code differ', () => {
    const differs = { text: 'Not for CPR', coding: [{ system: SCT, code: '1', display: 'Walk to the shop' }] };
    expect(endOfLife(goal({ description: differs }))[0]?.cautions).toContain('text-differs');
  });
});
