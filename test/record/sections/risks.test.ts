import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { risks, type RiskEntry } from '../../../src/record/sections/risks.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';
import { listedInAnyOrder, readBy, standingsInOrder } from '../../support/section.ts';

type Change = { readonly [element: string]: unknown };

const INTERWEAVE = 'https://fhir.yhcr.nhs.uk/CodeSystem/Interweave-SocialCareFlagCategory-1';
const SNOMED = 'http://snomed.info/sct';

function flag(change: Change = {}): Resource {
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
const assessment = (change: Change = {}): Resource => ({
  resourceType: 'RiskAssessment',
  id: '1',
  status: 'final',
  code: { text: 'Falls assessment' },
  ...change,
});
const read = (resource: Resource): RiskEntry => entryFrom<RiskEntry>(resource);
const keyOf = (change: Change = {}): string => risks.factKey(read(flag(change)));

describe('a risk', () => {
  it.each([
    ['No known risks', 'negated'],
    ['None known', 'negated'],
    ['No current risk identified', 'negated'],
    ['Not at risk of falls', 'negated'],
    ['No longer at risk of falls', 'past'],
    ['No visits alone: risk to staff', 'current'],
    ['No stairs without help: falls', 'current'],
  ])('called “%s” is %s, whatever its status', (text, state) => {
    expect(read(flag({ code: { text } }))).toMatchObject({ section: 'risks', state });
  });

  it.each([
    ['active', 'current'],
    ['inactive', 'past'],
    ['entered-in-error', 'in-error'],
    [undefined, 'unknown'],
  ])('with status %s is %s', (status, state) => {
    expect(read(flag({ status })).state).toBe(state);
  });

  it.each([
    ['RTO', ['risk-to-others']],
    ['RTS', ['risk-to-patient']],
    ['RSO', ['risk-to-others', 'risk-to-patient']],
  ])('of category code %s without a word is to %s', (code, to) => {
    const category = [{ coding: [{ system: INTERWEAVE, code }] }];
    expect(read(flag({ category, code: { text: 'Perygl' } }))).toMatchObject({ section: 'risks', to });
  });

  it.each([
    ['129839007', ['risk-to-patient']],
    ['225444004', ['risk-to-patient']],
    ['389315000', ['risk-to-others']],
  ])('of SNOMED CT code %s is to %s in any language', (code, to) => {
    const coded = { coding: [{ system: SNOMED, code, display: 'Perygl' }] };
    expect(read(flag({ category: undefined, code: coded }))).toMatchObject({ section: 'risks', to });
  });

  it('of another system is not known by the same code', () => {
    const coded = { coding: [{ system: 'https://other.example', code: 'RTO', display: 'Return to office' }] };
    expect(read(flag({ category: undefined, code: coded })).section).toBe('alerts');
  });

  it('is safeguarding where the council’s code says so', () => {
    const category = [{ coding: [{ system: INTERWEAVE, code: 'SGC' }] }];
    expect(read(flag({ category, code: { text: 'Pryder' } })).section).toBe('safeguarding');
  });

  it.each([
    ['Risk to staff', 'Dangerous dog', ['risk-to-staff']],
    ['Risk to patient', 'May strike out: two people to visit', ['risk-to-staff', 'risk-to-patient']],
    ['Risk to other', 'Known to be abusive', ['risk-to-staff', 'risk-to-others']],
    ['Clinical', 'Self-harm', ['risk-to-patient']],
    ['Clinical', 'Risk of infection', ['risk-to-patient']],
    ['Clinical', 'Sets fires: arson', ['risk-to-others']],
  ])('of category %s called %s is to all it is to', (category, text, to) => {
    expect(read(flag({ category: [{ text: category }], code: { text } })).to).toEqual(to);
  });
});

describe('a risk assessment', () => {
  it('is unread when it says nothing', () => {
    const nothing = assessment({ code: undefined });
    expect(readResources([nothing], 'gp' as SourceId).unread).toMatchObject([{ reason: 'must-have-missing' }]);
  });

  it.each([
    ['preliminary', 'current', ['preliminary']],
    ['amended', 'current', ['amended']],
    ['cancelled', 'negated', ['cancelled']],
    ['entered-in-error', 'in-error', []],
    [undefined, 'unknown', []],
  ])('with status %s is %s', (status, state, cautions) => {
    expect(read(assessment({ status }))).toMatchObject({ section: 'risks', state, cautions });
  });

  it('shows outcome and likelihood as recorded, and calculates nothing', () => {
    const prediction = [
      { outcome: { text: 'Fall' }, qualitativeRisk: { text: 'high' } },
      { outcome: { text: 'Stroke' }, probabilityDecimal: '12.0' },
      { outcome: { text: 'Bleed' }, probabilityRange: { low: { value: '2' }, high: { value: '5' } } },
    ];
    expect(read(assessment({ prediction, mitigation: 'Bed rails', occurrenceDateTime: '2026-03-01' }))).toMatchObject({
      title: 'Falls assessment',
      to: ['risk-to-patient'],
      predictions: ['Fall: high', 'Stroke: 12.0%', 'Bleed: 2–5%'],
      mitigation: 'Bed rails',
      date: '2026-03-01',
    });
  });
});

describe('risks, in full', () => {
  it('show all that a flag says, and nothing besides', () => {
    const author = { display: 'Dr A. Example' };
    expect(read(flag({ author }))).toEqual({
      id: 'gp/Flag/1',
      section: 'risks',
      origin: { source: 'gp', resource: 'Flag/1', by: 'Dr A. Example' },
      title: 'Falls',
      code: { text: 'Falls', codings: [] },
      to: ['risk-to-patient'],
      state: 'current',
      statusAsRecorded: 'active',
      date: '2026-01-01',
      period: { start: '2026-01-01' },
      categories: ['Risk to patient'],
      predictions: [],
      basis: [],
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('show all that an assessment says, and nothing besides', () => {
    const full = assessment({
      code: { text: 'Falls assessment', coding: [{ system: SNOMED, code: '1', display: 'Falls assessment' }] },
      occurrencePeriod: { start: '2026-03-01' },
      performer: { display: 'Nurse B. Example' },
      prediction: [{ outcome: { text: 'Fall' }, qualitativeRisk: { text: 'high' }, rationale: 'Fell twice' }],
      mitigation: 'Bed rails',
      reasonCode: [{ text: 'Admitted after a fall' }],
      basis: [{ display: 'Gait' }],
      note: [{ text: 'Repeat weekly' }],
    });
    expect(read(full)).toEqual({
      id: 'gp/RiskAssessment/1',
      section: 'risks',
      origin: { source: 'gp', resource: 'RiskAssessment/1', by: 'Nurse B. Example' },
      title: 'Falls assessment',
      code: {
        text: 'Falls assessment',
        codings: [{ system: SNOMED, code: '1', display: 'Falls assessment' }],
      },
      to: ['risk-to-patient'],
      state: 'current',
      statusAsRecorded: 'final',
      date: '2026-03-01',
      categories: [],
      predictions: ['Fall: high – Fell twice'],
      mitigation: 'Bed rails',
      basis: ['Admitted after a fall', 'Gait'],
      cautions: [],
      labels: [],
      notes: ['Repeat weekly'],
      links: [],
    });
  });

  it('have no window, and one organisation’s are no quarrel with another', () => {
    expect(risks).toMatchObject({
      id: 'risks',
      heading: 'Risks',
      groupedBy: 'concept',
      reads: ['Flag', 'RiskAssessment'],
      window: null,
    });
    expect(risks.conflicts([])).toEqual([]);
  });

  it.each([
    ['an alert', flag({ category: [{ text: 'Clinical' }], code: { text: 'Steroid card' } })],
    ['safeguarding', flag({ category: [{ text: 'Safeguarding' }] })],
    ['a decision on resuscitation', flag({ code: { text: 'Not for attempted CPR' } })],
    ['how likely a disease is', assessment({ code: { text: 'CHA2DS2-VASc' } })],
  ])('are not %s', (_what, resource) => {
    expect(readBy(risks, resource)).toBeNull();
  });

  it('have what stands first, and of that the person’s own before those of staff and of others', () => {
    const listing: readonly (readonly [title: string, change: Change])[] = [
      ['Falls', { period: { start: '2019-01-01' } }],
      ['Dangerous dog', { period: { start: '2020-01-01' }, category: [{ text: 'Risk to staff' }] }],
      ['Arson', { period: { start: '2021-01-01' }, category: [{ text: 'Risk to others' }] }],
      ['Choking', { period: { start: '2022-01-01' }, status: undefined }],
      ['Suicidal', { period: { start: '2023-01-01' }, status: 'inactive' }],
    ];
    const resources = listing.map(([text, change], id) => flag({ id: `${id}`, ...change, code: { text } }));
    expect(listedInAnyOrder(risks, resources)).toEqual([['Falls', 'Dangerous dog', 'Arson', 'Choking', 'Suicidal']]);
    expect(standingsInOrder(risks, read(flag()))).toEqual(['current, unknown, planned, in-error = negated = past']);
  });

  it('that are to several stand where the first of them does', () => {
    const both = flag({
      id: 'b',
      code: { text: 'Risk to self and others' },
      category: undefined,
      period: { start: '2018-01-01' },
    });
    const staff = flag({ id: 's', code: { text: 'Dangerous dog' }, category: [{ text: 'Risk to staff' }] });
    expect(listedInAnyOrder(risks, [both, staff])).toEqual([['Risk to self and others', 'Dangerous dog']]);
  });
});

describe('one line for several risks', () => {
  it('is made of an ended one only with the same first and last day', () => {
    const ended = (start: string, end: string): string => keyOf({ status: 'inactive', period: { start, end } });
    expect(ended('2025-01-01', '2025-02-01')).toBe(ended('2025-01-01', '2025-02-01'));
    expect(ended('2025-01-01', '2025-02-01')).not.toBe(ended('2025-01-02', '2025-02-01'));
    expect(ended('2025-01-01', '2025-02-01')).not.toBe(ended('2025-01-01', '2025-02-02'));
    expect(keyOf({ status: 'inactive', period: undefined })).not.toBe(ended('2025-01-01', '2025-02-01'));
    expect(keyOf({ period: undefined })).toBe(keyOf());
  });

  it('is made of flags of other numbers, and not of one that is doubted', () => {
    expect(keyOf({ id: '2' })).toBe(keyOf());
    expect(keyOf({ implicitRules: 'https://x.example/rules' })).not.toBe(keyOf());
  });

  it('is made of the same risk, whenever each organisation saw it', () => {
    expect(keyOf({ period: { start: '2025-01-01' } })).toBe(keyOf());
  });

  it.each([
    ['those it is to', { category: [{ text: 'Risk to staff' }] }],
    ['standing', { status: 'inactive' }],
    ['words', { code: { text: 'Falls from bed' } }],
    ['last day', { period: { start: '2026-01-01', end: '2027-01-01' } }],
  ])('is not made where they differ in %s', (_what, change) => {
    expect(keyOf(change)).not.toBe(keyOf());
  });

  it('is never made of two assessments', () => {
    const key = (id: string): string => risks.factKey(read(assessment({ id })));
    expect(key('1')).not.toBe(key('2'));
  });
});
