import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { risks, type RiskEntry } from '../../../src/record/sections/risks.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

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

describe('one line for several risks', () => {
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
