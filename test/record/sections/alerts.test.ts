// Proves src/record/sections/flag-statement.ts, src/record/sections/which-flag.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { alerts, type AlertEntry } from '../../../src/record/sections/alerts.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, readBy, standingsInOrder } from '../../support/section.ts';

function flag(change: object = {}): Resource {
  return {
    resourceType: 'Flag',
    id: '1',
    status: 'active',
    category: [{ text: 'Clinical' }],
    code: { text: 'Steroid card' },
    period: { start: '2026-01-01' },
    ...change,
  };
}

const read = (resource: Resource): AlertEntry => entryFrom<AlertEntry>(resource);
const keyOf = (change: object = {}): string => alerts.factKey(read(flag(change)));

describe('an alert', () => {
  it('is unread, and counted, when nothing says of what', () => {
    expect(readResources([flag({ code: undefined, category: undefined })], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'Flag.code' }],
    });
  });

  it('that has only a category is still shown', () => {
    const category = [{ coding: [{ code: 'access', display: 'Access to the home' }] }];
    expect(read(flag({ code: undefined, category }))).toMatchObject({ title: 'Access to the home', section: 'alerts' });
  });

  it.each([
    ['Safeguarding', 'Adult concern', 'safeguarding'],
    ['Risk to patient', 'Looked after child', 'safeguarding'],
    ['Reasonable adjustment', 'Needs a longer appointment', 'individual-requirements'],
    ['Clinical', 'Not for attempted CPR', 'end-of-life-care'],
    ['Risk to staff', 'Dangerous dog', 'risks'],
    ['Clinical', 'Steroid card', 'alerts'],
    ['Legal', 'Deprivation of Liberty Safeguards authorisation', 'legal-information'],
  ])('of category %s and code %s has its home in %s', (category, text, section) => {
    expect(read(flag({ category: [{ text: category }], code: { text } })).section).toBe(section);
  });

  it.each([
    ['active', 'current'],
    ['inactive', 'past'],
    ['entered-in-error', 'in-error'],
    [undefined, 'unknown'],
    ['other', 'unknown'],
  ])('with status %s is %s', (status, state) => {
    expect(read(flag({ status }))).toMatchObject({ state });
  });

  it.each([
    'No alerts',
    'No known alerts',
    'Nil alerts recorded',
    'No current warnings',
    'No warning',
    'No alert',
    'No flag',
    'No flags held',
    'None',
    'None known',
  ])('that says there is none warns of nothing: %s', (text) => {
    expect(read(flag({ code: { text } })).state).toBe('negated');
    expect(read(flag({ code: { text }, status: 'entered-in-error' })).state).toBe('in-error');
  });

  it.each([
    'No alerts by telephone, write',
    'Key holder: none known',
    'Responds to no alerts',
    'No blood products',
    'None of the usual antibiotics',
  ])('that only begins so stands: %s', (text) => {
    expect(read(flag({ code: { text } })).state).toBe('current');
  });

  it('has no date where its period has none', () => {
    expect(read(flag({ period: undefined }))).not.toHaveProperty('date');
  });
});

describe('an alert, in full', () => {
  const PRIORITY = 'http://hl7.org/fhir/StructureDefinition/flag-priority';
  const DETAIL = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

  it('shows all that is recorded of it, and nothing besides', () => {
    const recorded = flag({
      category: [
        { text: 'Clinical' },
        { coding: [{ system: 'https://x.example/kind', code: 'k', display: 'Medicines' }] },
      ],
      code: {
        text: 'Steroid card',
        coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Steroid card' }],
      },
      author: { display: 'Dr A. Example' },
      extension: [
        { url: PRIORITY, valueCodeableConcept: { text: 'High priority' } },
        { url: DETAIL, valueReference: { display: 'Addison’s disease' } },
      ],
      encounter: { reference: 'Encounter/7' },
    });
    expect(read(recorded)).toEqual({
      id: 'gp/Flag/1',
      section: 'alerts',
      origin: { source: 'gp', resource: 'Flag/1', by: 'Dr A. Example' },
      title: 'Steroid card',
      code: {
        text: 'Steroid card',
        codings: [{ system: 'http://snomed.info/sct', code: '1', display: 'Steroid card' }],
      },
      state: 'current',
      statusAsRecorded: 'active',
      date: '2026-01-01',
      period: { start: '2026-01-01' },
      categories: ['Clinical', 'Medicines'],
      severity: 'High priority',
      basis: ['Addison’s disease'],
      cautions: [],
      labels: [],
      notes: [],
      links: [{ rel: 'encounter', to: 'Encounter/7' }],
    });
  });

  it('of which only the words are recorded says nothing else', () => {
    expect(read({ resourceType: 'Flag', id: '1', code: { text: 'Steroid card' } })).toEqual({
      id: 'gp/Flag/1',
      section: 'alerts',
      origin: { source: 'gp', resource: 'Flag/1' },
      title: 'Steroid card',
      code: { text: 'Steroid card', codings: [] },
      state: 'unknown',
      categories: [],
      basis: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('of which only the end is known is dated by it', () => {
    expect(read(flag({ period: { end: '2026-03-01' } }))).toMatchObject({ date: '2026-03-01' });
  });

  it('says where its words and its code differ', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '1', display: 'Latex allergy' }];
    expect(read(flag({ code: { text: 'Steroid card', coding } })).cautions).toEqual(['text-differs']);
  });

  it('whose end had passed when its source last changed it is over, whatever its status', () => {
    const ended = { period: { start: '2025-01-01', end: '2025-02-01' }, meta: { lastUpdated: '2026-01-01T00:00:00Z' } };
    expect(read(flag(ended)).state).toBe('past');
  });
});

describe('alerts', () => {
  it('have no window: an alert stands until it is taken away, and one organisation’s is no quarrel with another', () => {
    expect(alerts).toMatchObject({
      id: 'alerts',
      heading: 'Alerts',
      groupedBy: 'concept',
      reads: ['Flag'],
      window: null,
    });
    expect(alerts.conflicts([])).toEqual([]);
  });

  it.each([
    ['Safeguarding', 'Adult concern'],
    ['Reasonable adjustment', 'Needs a longer appointment'],
    ['Clinical', 'Not for attempted CPR'],
    ['Risk to staff', 'Dangerous dog'],
    ['Legal', 'Deprivation of Liberty Safeguards authorisation'],
  ])('are not what has another home: %s, %s', (category, text) => {
    expect(readBy(alerts, flag({ category: [{ text: category }], code: { text } }))).toBeNull();
  });

  it('have what stands first, then what may stand, and what has ended', () => {
    const listing: readonly (readonly [title: string, change: object])[] = [
      ['Stands', { period: { start: '2020-01-01' } }],
      ['Not said', { status: undefined, period: { start: '2021-01-01' } }],
      ['Ended', { status: 'inactive', period: { start: '2026-02-01' } }],
    ];
    const resources = listing.map(([text, change], id) => flag({ id: `${id}`, ...change, code: { text } }));
    expect(listedInAnyOrder(alerts, resources)).toEqual([['Stands', 'Not said', 'Ended']]);
    expect(standingsInOrder(alerts, read(flag()))).toEqual(['current, unknown, planned, in-error = negated = past']);
  });
});

describe('one line for several alerts', () => {
  it('is made of an ended one only with the same first and last day', () => {
    const ended = (start: string, end: string): string => keyOf({ status: 'inactive', period: { start, end } });
    expect(ended('2025-01-01', '2025-02-01')).toBe(ended('2025-01-01', '2025-02-01'));
    expect(ended('2025-01-01', '2025-02-01')).not.toBe(ended('2025-01-02', '2025-02-01'));
    expect(ended('2025-01-01', '2025-02-01')).not.toBe(ended('2025-01-01', '2025-02-02'));
    expect(keyOf({ status: 'inactive', period: undefined })).not.toBe(ended('2025-01-01', '2025-02-01'));
  });

  it('is made of one without days and one that has its first, while both stand', () => {
    expect(keyOf({ period: undefined })).toBe(keyOf());
  });

  it('is made of the same doubts, and never of one that cannot be understood', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '1', display: 'Latex allergy' }];
    const plain = flag({ code: { coding } });
    expect(linesOf(alerts, [plain], [plain])).toHaveLength(1);
    expect(keyOf({ code: { coding }, implicitRules: 'https://x.example/rules' })).not.toBe(keyOf({ code: { coding } }));
  });

  it('is made of the same alert, whenever each organisation raised it', () => {
    expect(keyOf({ period: { start: '2025-01-01' } })).toBe(keyOf());
  });

  it.each([
    ['standing', { status: 'inactive' }],
    ['words', { code: { text: 'Latex allergy card' } }],
    ['last day', { period: { start: '2026-01-01', end: '2027-01-01' } }],
  ])('is not made where they differ in %s', (_what, change) => {
    expect(keyOf(change)).not.toBe(keyOf());
  });
});
