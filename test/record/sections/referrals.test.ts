import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { referrals, type ReferralEntry } from '../../../src/record/sections/referrals.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';
import { listedInAnyOrder, readBy, standingsInOrder } from '../../support/section.ts';

type Change = { readonly [element: string]: unknown };

function request(change: Change = {}): Resource {
  return {
    resourceType: 'ServiceRequest',
    id: 's1',
    status: 'active',
    intent: 'order',
    code: { text: 'Cardiology referral' },
    authoredOn: '2026-11-01',
    requester: { display: 'Dr A Sharma' },
    performer: [{ display: 'Heart failure clinic' }],
    ...change,
  };
}

function task(change: Change = {}): Resource {
  return {
    resourceType: 'Task',
    id: 't1',
    status: 'accepted',
    intent: 'order',
    focus: { reference: 'ServiceRequest/s1' },
    owner: { display: 'Heart failure clinic' },
    authoredOn: '2026-11-03',
    ...change,
  };
}

const read = (change: Change = {}, source = 'gp'): ReferralEntry => entryFrom<ReferralEntry>(request(change), source);

describe('a referral', () => {
  it('for nothing is unread', () => {
    const nothing = request({ code: undefined });
    expect(readResources([nothing], 'gp' as SourceId).unread[0]?.element).toBe('ServiceRequest.code');
  });

  it('that must not be made is negated, whatever its status, and says so', () => {
    expect(read({ doNotPerform: true })).toMatchObject({ state: 'negated', prohibited: true });
    expect(read({ doNotPerform: true, status: 'completed' }).state).toBe('negated');
    expect(read({ doNotPerform: true, status: 'entered-in-error' }).state).toBe('in-error');
    expect(read().prohibited).toBeUndefined();
  });

  it.each([
    ['draft', 'planned', ['preliminary']],
    ['active', 'planned', []],
    ['on-hold', 'planned', []],
    ['revoked', 'negated', ['cancelled']],
    ['completed', 'past', []],
    ['entered-in-error', 'in-error', []],
    ['unknown', 'unknown', []],
    [undefined, 'unknown', []],
  ])('with status %s is %s', (status, state, cautions) => {
    expect(read({ status })).toMatchObject({ state, cautions });
  });

  it('that is only proposed is not taken for one that was made', () => {
    expect(read({ intent: 'proposal' }).cautions).toContain('unconfirmed');
  });

  it('is not said by whom it is addressed to', () => {
    expect(read({ requester: undefined }).origin.by).toBeUndefined();
    expect(read().origin.by).toBe('Dr A Sharma');
  });

  it('says date, referrer, type, reason, to whom and how urgently', () => {
    expect(
      read({
        category: [{ text: 'Outpatient referral' }],
        reasonCode: [{ text: 'Heart failure' }],
        performerType: { text: 'Cardiology' },
        priority: 'urgent',
      }),
    ).toMatchObject({
      section: 'referrals',
      kind: 'referral',
      date: '2026-11-01',
      referrer: 'Dr A Sharma',
      types: ['Outpatient referral'],
      reasons: ['Heart failure'],
      referredTo: ['Heart failure clinic', 'Cardiology'],
      priority: 'urgent',
    });
  });

  it.each([
    [{ coding: [{ system: 'http://loinc.org', code: '24331-1', display: 'Lipid panel' }] }, 'investigation-results'],
    [{ text: 'CT head' }, 'investigation-results'],
    [{ text: 'Referral for ultrasound-guided injection' }, 'referrals'],
    [{ text: 'Physiotherapy' }, 'referrals'],
  ])('of %j without a category stands under %s', (code, section) => {
    expect(read({ code }).section).toBe(section);
  });

  it('is neither a test that was asked for nor a package of care', () => {
    expect(read({ category: [{ text: 'Laboratory' }] }).section).toBe('investigation-results');
    const runs = { category: [{ text: 'Home care' }], occurrencePeriod: { start: '2026-11-05' } };
    expect(read(runs).section).toBe('services-and-care');
    expect(read({ category: [{ text: 'Social care referral' }] })).toMatchObject({
      section: 'referrals',
      socialCare: true,
    });
  });

  it('is one with another only by its number, and when whom, when and standing agree', () => {
    const identifier = [{ system: 'https://fhir.nhs.uk/Id/UBRN', value: '000000070000' }];
    const key = (change: Change, source: string): string => referrals.factKey(read(change, source));
    expect(key({}, 'a')).not.toBe(key({}, 'b'));
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, status: 'completed' }, 'b'));
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, performer: [{ display: 'Another clinic' }] }, 'b'));
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, doNotPerform: true }, 'b'));
    expect(key({ identifier }, 'a')).toBe(key({ identifier }, 'b'));
  });
});

describe('referrals, in full', () => {
  it('show all that is recorded, and nothing besides', () => {
    const full = read({
      identifier: [{ system: 'https://ers.example/ubrn', value: 'U-1' }],
      category: [{ text: 'Outpatient' }],
      reasonCode: [{ text: 'Breathless' }, { text: 'Breathless' }],
      reasonReference: [{ display: 'Heart failure' }],
      performerType: [{ text: 'Cardiology' }],
      locationReference: [{ display: 'East wing' }],
      priority: 'urgent',
      occurrenceDateTime: '2026-12-01',
      patientInstruction: 'Bring your tablets',
      note: [{ text: 'Needs an interpreter' }],
      encounter: { reference: 'Encounter/7' },
    });
    expect(full).toEqual({
      id: 'gp/ServiceRequest/s1',
      section: 'referrals',
      origin: { source: 'gp', resource: 'ServiceRequest/s1', by: 'Dr A Sharma' },
      kind: 'referral',
      title: 'Cardiology referral',
      code: { text: 'Cardiology referral', codings: [] },
      state: 'planned',
      statusAsRecorded: 'active',
      date: '2026-11-01',
      wanted: '2026-12-01',
      referrer: 'Dr A Sharma',
      types: ['Outpatient'],
      reasons: ['Breathless', 'Heart failure'],
      referredTo: ['Heart failure clinic', 'Cardiology', 'East wing'],
      priority: 'urgent',
      progress: [],
      socialCare: false,
      businessId: 'https://ers.example/ubrn|U-1',
      cautions: [],
      labels: [],
      notes: ['Bring your tablets', 'Needs an interpreter'],
      links: [{ rel: 'encounter', to: 'Encounter/7' }],
    });
  });

  it('of which only what is asked is recorded say nothing else', () => {
    expect(entryFrom({ resourceType: 'ServiceRequest', id: 's1', code: { text: 'Podiatry' } })).toEqual({
      id: 'gp/ServiceRequest/s1',
      section: 'referrals',
      origin: { source: 'gp', resource: 'ServiceRequest/s1' },
      kind: 'referral',
      title: 'Podiatry',
      code: { text: 'Podiatry', codings: [] },
      state: 'unknown',
      types: [],
      reasons: [],
      referredTo: [],
      progress: [],
      socialCare: false,
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('are called by the reason, the kind of clinic or the kind of referral where nothing else is said', () => {
    const reasonCode = [{ text: 'Breathless' }];
    const performerType = [{ text: 'Cardiology' }];
    const category = [{ text: 'Outpatient' }];
    const bare = (change: Change): string => read({ code: undefined, ...change }).title;
    expect(bare({ reasonCode, performerType, category })).toBe('Breathless');
    expect(bare({ performerType, category })).toBe('Cardiology');
    expect(bare({ category })).toBe('Outpatient');
  });

  it('are dated by when they are wanted where nobody says when they were made', () => {
    expect(read({ authoredOn: undefined, occurrenceDateTime: '2026-12-01' }).date).toBe('2026-12-01');
  });

  it.each([
    ['draft', ['preliminary']],
    ['revoked', ['cancelled']],
    ['active', []],
  ])('that are %s have their doubts', (status, cautions) => {
    expect(read({ status }).cautions).toEqual(cautions);
  });

  it('say where words and code differ', () => {
    const code = {
      text: 'Cardiology referral',
      coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Podiatry' }],
    };
    expect(read({ code }).cautions).toEqual(['text-differs']);
  });

  it('of the council are told apart', () => {
    expect(read({ category: [{ text: 'Social care' }] }).socialCare).toBe(true);
  });

  it('have a window of two years, and those of two organisations do not disagree', () => {
    expect(referrals).toMatchObject({
      id: 'referrals',
      heading: 'Referral details',
      groupedBy: 'identifier',
      reads: ['ServiceRequest', 'Task'],
      window: { months: 24 },
    });
    expect(referrals.conflicts([])).toEqual([]);
  });

  it('leave tests and packages of care to others', () => {
    expect(readBy(referrals, request({ category: [{ text: 'Laboratory' }] }))).toBeNull();
    const care = { category: [{ text: 'Care package' }], occurrencePeriod: { start: '2026-01-01' } };
    expect(readBy(referrals, request(care))).toBeNull();
    expect(readBy(referrals, task({ focus: { reference: 'CarePlan/1' } }))).toBeNull();
  });

  it('have what is still to happen first, then what is under way, not known, over and called off; of each the newest', () => {
    const listing: readonly (readonly [title: string, change: Change])[] = [
      ['To come, new', { authoredOn: '2026-02-01' }],
      ['To come, old', { authoredOn: '2026-01-01' }],
      ['Not known', { status: undefined, authoredOn: '2026-03-01' }],
      ['Over', { status: 'completed', authoredOn: '2026-04-01' }],
      ['Called off', { status: 'revoked', authoredOn: '2026-05-01' }],
    ];
    const resources = listing.map(([text, change], id) => request({ id: `${id}`, ...change, code: { text } }));
    expect(listedInAnyOrder(referrals, resources)).toEqual([listing.map(([title]) => title)]);
    expect(standingsInOrder(referrals, read())).toEqual(['planned, current, unknown, past, negated, in-error']);
  });
});

describe('one line for two referrals', () => {
  const numbered = { identifier: [{ system: 'https://ers.example/ubrn', value: 'U-1' }], priority: 'routine' };
  const key = (change: Change): string => referrals.factKey(read({ ...numbered, ...change }));

  it('is made of the same one in other capitals and another order', () => {
    const clinics = (...names: readonly string[]): Change => ({ performer: names.map((display) => ({ display })) });
    expect(key({ id: 's2', code: { text: 'CARDIOLOGY REFERRAL' } })).toBe(key({}));
    expect(key(clinics('A clinic', 'B clinic'))).toBe(key(clinics('b clinic', 'a clinic')));
  });

  it.each([
    ['number', { identifier: [{ system: 'https://ers.example/ubrn', value: 'U-2' }] }],
    ['standing', { status: 'completed' }],
    ['day', { authoredOn: '2026-11-02' }],
    ['words', { code: { text: 'Cardiology advice' } }],
    ['clinic', { performer: [{ display: 'Rapid access clinic' }] }],
    ['urgency', { priority: 'urgent' }],
  ])('is not made where they differ in %s', (_what, change) => {
    expect(key(change)).not.toBe(key({}));
  });

  it('is not made of two without a number, nor of one called off and one forbidden', () => {
    expect(referrals.factKey(read())).not.toBe(referrals.factKey(read({ id: 's2' })));
    expect(key({ status: 'revoked' })).not.toBe(key({ doNotPerform: true }));
  });
});
