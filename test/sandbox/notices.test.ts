import { beforeEach, describe, expect, it } from 'vitest';
import { openFhirStore, type FhirStore } from '../../sandbox/eprs/fhir-store.ts';
import { HAPPENINGS, makeHappen, parseHappening, type Happening } from '../../sandbox/eprs/notices/happen.ts';
import { notificationOf, readSubscription } from '../../sandbox/eprs/notices/subscription.ts';
import { runSearch } from '../../sandbox/eprs/search.ts';
import { readNotification } from '../../launcher/handovers/read-notification.ts';
import { readCareEvents } from '../../src/record/care-events.ts';
import { readStayLetters } from '../../src/record/care-transitions.ts';
import type { Resource } from '../../src/record/resource.ts';

const NOW = Date.parse('2026-11-22T09:00:00.000Z');
let store: FhirStore;
let filed: Resource[];

beforeEach(() => {
  filed = [];
  store = openFhirStore([
    { resourceType: 'Patient', id: 'p1' },
    { resourceType: 'CarePlan', id: 'c1', status: 'active', subject: { reference: 'Patient/p1' } },
  ]);
  store.onPut((resource) => filed.push(resource));
});

const happen = (what: Happening, at = NOW): Resource =>
  makeHappen(what, { store, ods: 'XB101', name: 'Infirmary', patientId: 'p1' }, at);
const kinds = (resource: Resource): readonly string[] => readCareEvents(resource).events.map(({ kind }) => kind);

describe('what can be made to happen', () => {
  it('is nothing of another name, and nothing that has no beginning', () => {
    expect(() => parseHappening('miracle')).toThrow(/these can/);
    expect(() => happen('transfer')).toThrow(/admitted/);
    expect(() => happen('package-ended')).toThrow(/package/);
    expect(() => happen('letter')).toThrow(/stay/);
  });

  it.each<[Happening, readonly Happening[], readonly string[]]>([
    ['admission', [], ['admission']],
    ['discharge', ['admission'], ['discharge']],
    ['discharge-without-letter', [], ['discharge']],
    ['transfer', ['admission'], ['admission', 'transfer']],
    ['conveyance', [], ['conveyance']],
    ['attendance', [], ['attendance']],
    ['critical-result', [], ['result-of-concern']],
    ['package-started', [], ['package-started']],
    ['package-ended', ['package-started'], ['package-ended']],
    ['plan-changed', [], ['plan-changed']],
    ['discharge-in-error', ['discharge'], []],
  ])('%s is read as such by the launcher', (what, before, expected) => {
    before.forEach((one, index) => happen(one, NOW - (before.length - index) * 1_000));
    expect(kinds(happen(what))).toEqual(expected);
  });

  it('ends the stay that was begun, and files a letter that names it', () => {
    const stay = happen('admission');
    const ended = happen('discharge', NOW + 1_000);
    expect(ended.id).toBe(stay.id);
    expect(ended['meta']).toMatchObject({ versionId: '2' });
    expect(filed.flatMap(readStayLetters)).toMatchObject([{ stay: `Encounter/${String(stay.id)}`, summary: true }]);
    expect(HAPPENINGS).toContain('letter');
  });
});

describe('a search by what has changed', () => {
  it('is left out by an EPR that does not know it, and refused when it is not an instant', () => {
    happen('conveyance');
    const asked = new URLSearchParams({ patient: 'p1', _lastUpdated: 'ge2030-01-01T00:00:00Z' });
    expect(runSearch(store, 'Encounter', asked).matches).toHaveLength(1);
    expect(runSearch(store, 'Encounter', asked).understood.has('_lastUpdated')).toBe(false);
    const wrong = new URLSearchParams({ patient: 'p1', _lastUpdated: 'lately' });
    expect(() => runSearch(store, 'Encounter', wrong, { byChange: true })).toThrow();
  });

  it('finds what was filed since then and nothing before', () => {
    happen('conveyance', NOW);
    happen('conveyance', NOW + 60_000);
    const asked = new URLSearchParams({ patient: 'p1', _lastUpdated: `ge${new Date(NOW + 1_000).toISOString()}` });
    expect(runSearch(store, 'Encounter', asked, { byChange: true }).matches).toHaveLength(1);
  });
});

describe('a Subscription', () => {
  const BACKPORT = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';
  const limits = { topic: 'https://epr.example/SubscriptionTopic/care', tellOnly: 'https://corridor.example/notify/' };
  const asked = (channel: object = {}, more: object = {}): object => ({
    resourceType: 'Subscription',
    criteria: limits.topic,
    end: '2026-12-31T00:00:00Z',
    _criteria: {
      extension: [{ url: `${BACKPORT}/backport-filter-criteria`, valueString: 'Encounter?patient=Patient/p1' }],
    },
    channel: {
      type: 'rest-hook',
      endpoint: 'https://corridor.example/notify/w1',
      _payload: { extension: [{ url: `${BACKPORT}/backport-payload-content`, valueCode: 'empty' }] },
      header: ['Authorization: Bearer not-a-real-secret'],
      ...channel,
    },
    ...more,
  });

  it.each<[string, object]>([
    ['to tell somebody who is not registered', asked({ endpoint: 'https://elsewhere.example/' })],
    ['by another channel', asked({ type: 'websocket' })],
    ['of another topic', asked({}, { criteria: 'https://epr.example/SubscriptionTopic/other' })],
    ['of every patient', asked({}, { _criteria: {} })],
    ['with the content of what happened', asked({ _payload: {} })],
    ['without an end', asked({}, { end: undefined })],
    ['that is none', { resourceType: 'Patient' }],
  ])('is refused %s', (_name, body) => {
    expect(() => readSubscription(body, 's1', limits)).toThrow();
  });

  it('is taken on with its secret, and what it is told by is read by the launcher', () => {
    const taken = readSubscription(asked(), 's1', limits);
    expect(taken).toMatchObject({
      patientId: 'p1',
      headers: [['Authorization', 'Bearer not-a-real-secret']],
      endsAtMs: Date.parse('2026-12-31T00:00:00Z'),
    });
    const told = { type: 'event-notification', count: 2, events: [{ number: 2, at: '2026-11-22T09:00:00Z' }] } as const;
    const bundle = notificationOf(taken, 'https://epr.example/fhir', told);
    expect(readNotification(bundle)).toMatchObject({ subscription: 's1', topic: limits.topic, count: 2, events: [2] });
    expect(JSON.stringify(bundle)).not.toContain('p1');
  });
});
