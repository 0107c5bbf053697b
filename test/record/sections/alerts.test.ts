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
    category: [{ text: 'Risk to patient' }],
    code: { text: 'Falls' },
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
    expect(read(flag({ code: undefined, category }))).toMatchObject({ title: 'Access to the home', kind: 'alert' });
  });

  it.each([
    ['Safeguarding', 'Adult concern', 'safeguarding'],
    ['Risk to patient', 'Looked after child', 'safeguarding'],
    ['Reasonable adjustment', 'Needs a longer appointment', 'individual-requirements'],
    ['Clinical', 'Not for attempted CPR', 'end-of-life-care'],
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

  it.each([
    ['Risk to staff', 'Dangerous dog', 'risk-to-staff'],
    ['Risk to other', 'Known to be abusive', 'risk-to-others'],
    ['Risk to patient', 'Falls', 'risk-to-patient'],
    ['Clinical', 'Self-harm', 'risk-to-patient'],
    ['Clinical', 'Violent', 'risk-to-staff'],
    ['Clinical', 'Steroid card', 'alert'],
  ])('of category %s and code %s is %s', (category, text, kind) => {
    expect(read(flag({ category: [{ text: category }], code: { text } })).kind).toBe(kind);
  });
});

describe('a risk assessment', () => {
  const risk = (change: object): Resource => ({ resourceType: 'RiskAssessment', id: '1', status: 'final', ...change });

  it('is unread when it says nothing', () => {
    expect(readResources([risk({})], 'gp' as SourceId).unread).toMatchObject([{ reason: 'must-have-missing' }]);
  });

  it('shows outcome and likelihood as recorded, and calculates nothing', () => {
    const prediction = [
      { outcome: { text: 'Fall' }, qualitativeRisk: { text: 'high' } },
      { outcome: { text: 'Stroke' }, probabilityDecimal: '12.0' },
    ];
    expect(
      read(
        risk({
          code: { text: 'Falls assessment' },
          prediction,
          mitigation: 'Bed rails',
          occurrenceDateTime: '2026-03-01',
        }),
      ),
    ).toMatchObject({
      title: 'Falls assessment',
      kind: 'risk-to-patient',
      predictions: ['Fall: high', 'Stroke: 12.0%'],
      mitigation: 'Bed rails',
      date: '2026-03-01',
    });
  });

  it.each([
    ['preliminary', 'current', ['preliminary']],
    ['amended', 'current', ['amended']],
    ['cancelled', 'past', ['cancelled']],
    ['entered-in-error', 'in-error', []],
    [undefined, 'unknown', []],
  ])('with status %s is %s', (status, state, cautions) => {
    expect(read(risk({ status, code: { text: 'Falls assessment' } }))).toMatchObject({ state, cautions });
  });
});

describe('one line for several alerts', () => {
  it('is made of the same alert, whenever each organisation raised it', () => {
    expect(keyOf({ period: { start: '2025-01-01' } })).toBe(keyOf());
  });

  it.each([
    ['kind', { category: [{ text: 'Risk to staff' }] }],
    ['standing', { status: 'inactive' }],
    ['words', { code: { text: 'Falls from bed' } }],
    ['last day', { period: { start: '2026-01-01', end: '2027-01-01' } }],
  ])('is not made where they differ in %s', (_what, change) => {
    expect(keyOf(change)).not.toBe(keyOf());
  });
});
