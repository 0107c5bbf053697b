import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { alerts, type AlertEntry } from '../../../src/record/sections/alerts.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

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

  it('has no date where its period has none', () => {
    expect(read(flag({ period: undefined }))).not.toHaveProperty('date');
  });
});

describe('one line for several alerts', () => {
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
