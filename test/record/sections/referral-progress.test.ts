// Proves src/record/sections/referrals.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { referrals, type ReferralEntry } from '../../../src/record/sections/referrals.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entriesFrom } from '../../support/record.ts';
import { readBy } from '../../support/section.ts';

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

describe('the progress of a referral', () => {
  it('of a test, or of something that is no request, is not told here', () => {
    const test = request({ category: [{ text: 'Laboratory' }] });
    expect(entriesFrom('gp', test, task()).filter(({ section }) => section === 'referrals')).toEqual([]);
    const other = readResources([task({ focus: { reference: 'Appointment/a' } })], 'gp' as SourceId);
    expect(other).toMatchObject({ entries: [], unread: [{ reason: 'type-not-read' }] });
  });

  it.each([
    ['rejected', 'negated', ['cancelled']],
    ['failed', 'negated', ['cancelled']],
    ['cancelled', 'negated', ['cancelled']],
    ['requested', 'planned', []],
    ['in-progress', 'current', []],
    ['completed', 'past', []],
    ['entered-in-error', 'in-error', []],
  ])('with status %s is %s', (status, state, cautions) => {
    const entry = entriesFrom('gp', request(), task({ status })).find(({ id }) => id.includes('Task'));
    expect(entry).toMatchObject({ state, cautions });
  });

  it('is named by what was asked, leads to it, and is no second referral', () => {
    const [, entry] = entriesFrom(
      'gp',
      request(),
      task({ statusReason: { text: 'Seen elsewhere' } }),
    ) as ReferralEntry[];
    expect(entry).toMatchObject({
      kind: 'progress',
      title: 'Cardiology referral',
      progress: ['Seen elsewhere'],
      links: [{ rel: 'request', to: 'ServiceRequest/s1' }],
    });
  });
});

describe('the progress of a referral, in full', () => {
  const told = (change: Change, ...others: readonly Resource[]): ReferralEntry | undefined =>
    (entriesFrom('gp', ...others, task(change)) as readonly ReferralEntry[]).find(({ kind }) => kind === 'progress');

  it('shows all that is recorded, and nothing besides', () => {
    const full = {
      lastModified: '2026-11-10',
      requester: { display: 'Dr A Sharma' },
      description: 'Triage',
      priority: 'urgent',
      performerType: [{ text: 'Cardiology' }],
      reasonCode: { text: 'Breathless' },
      businessStatus: { text: 'Accepted by clinic' },
      statusReason: { text: 'Meets criteria' },
      note: [{ text: 'Phone first' }],
    };
    expect(told(full, request())).toEqual({
      id: 'gp/Task/t1',
      section: 'referrals',
      origin: { source: 'gp', resource: 'Task/t1', by: 'Dr A Sharma' },
      kind: 'progress',
      title: 'Cardiology referral',
      code: { text: 'Cardiology referral', codings: [] },
      state: 'planned',
      statusAsRecorded: 'accepted',
      date: '2026-11-10',
      referrer: 'Dr A Sharma',
      types: [],
      reasons: ['Breathless'],
      referredTo: ['Heart failure clinic', 'Cardiology'],
      priority: 'urgent',
      progress: ['Accepted by clinic', 'Meets criteria'],
      socialCare: false,
      cautions: [],
      labels: [],
      notes: ['Triage', 'Phone first'],
      links: [{ rel: 'request', to: 'ServiceRequest/s1' }],
    });
  });

  it.each([
    ['draft', 'planned', ['preliminary']],
    ['requested', 'planned', []],
    ['received', 'planned', []],
    ['accepted', 'planned', []],
    ['ready', 'planned', []],
    ['in-progress', 'current', []],
    ['on-hold', 'current', []],
    ['rejected', 'negated', ['cancelled']],
    ['cancelled', 'negated', ['cancelled']],
    ['failed', 'negated', ['cancelled']],
    ['completed', 'past', []],
    ['entered-in-error', 'in-error', []],
  ])('that is %s stands as %s, with its doubts', (status, state, cautions) => {
    expect(told({ status }, request())).toMatchObject({ state, cautions });
  });

  it('is called by the request, then its name, then the description, then the kind of task', () => {
    const focus = { reference: 'ServiceRequest/elsewhere', display: 'Podiatry' };
    expect(told({ focus, description: 'Triage' })).toMatchObject({ title: 'Podiatry', notes: ['Triage'] });
    const nameless = { focus: { reference: 'ServiceRequest/elsewhere' }, code: { text: 'Fulfil referral' } };
    expect(told({ ...nameless, description: 'Triage' })).toMatchObject({ title: 'Triage', notes: [] });
    expect(told(nameless)).toMatchObject({ title: 'Fulfil referral', notes: [] });
  });

  it('has the codes of what was asked, and none where only words are known', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '183519002', display: 'Referral to cardiology' }];
    expect(told({}, request({ code: { coding } }))?.code).toEqual({ text: 'Referral to cardiology', codings: coding });
    const focus = { reference: 'ServiceRequest/elsewhere', display: 'Podiatry' };
    expect(told({ focus })?.code).toEqual({ text: 'Podiatry', codings: [] });
  });

  it('that says of nothing is unread', () => {
    expect(readBy(referrals, task({ focus: { reference: 'ServiceRequest/elsewhere' } }))).toMatchObject({
      entries: [],
      unread: [{ element: 'Task.focus' }],
    });
  });

  it('has no reason, no owner and no progress where none is said', () => {
    expect(told({ owner: undefined }, request())).toMatchObject({
      reasons: [],
      referredTo: [],
      progress: [],
      date: '2026-11-03',
    });
  });
});
