import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { referrals, type ReferralEntry } from '../../../src/record/sections/referrals.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entriesFrom, entryFrom } from '../../support/record.ts';

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
