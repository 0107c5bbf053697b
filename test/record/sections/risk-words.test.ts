// Proves src/record/sections/risks.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { risks, type RiskEntry } from '../../../src/record/sections/risks.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';
import { readBy } from '../../support/section.ts';

type Change = { readonly [element: string]: unknown };

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

describe('what an assessment is called', () => {
  const titled = (change: Change): RiskEntry => read(assessment({ code: undefined, ...change }));
  const told = { prediction: [{ outcome: { text: 'Fall' }, qualitativeRisk: { text: 'high' } }] };

  it('is its code, then how it was made, then the condition it is of, then what may happen', () => {
    const method = { text: 'Morse scale' };
    const condition = { display: 'Frailty' };
    expect(read(assessment({ method, condition, ...told })).title).toBe('Falls assessment');
    expect(titled({ method, condition, ...told }).title).toBe('Morse scale');
    expect(titled({ condition, ...told }).title).toBe('Frailty');
    expect(titled(told)).toMatchObject({ title: 'Fall: high', predictions: [] });
    expect(titled(told)).not.toHaveProperty('code');
  });

  it.each([
    [{ outcome: { text: 'Fall' } }, 'Fall'],
    [{ qualitativeRisk: { text: 'high' } }, 'high'],
    [{ probabilityDecimal: 12 }, '12%'],
    [{ outcome: { text: 'Fall' }, probabilityRange: { low: { value: 2 } } }, 'Fall: ≥ 2%'],
    [{ outcome: { text: 'Fall' }, probabilityRange: { high: { value: 5 } } }, 'Fall: ≤ 5%'],
    [{ outcome: { text: 'Fall' }, probabilityRange: { low: { value: 2 }, high: { value: 5 } } }, 'Fall: 2–5%'],
    [{ outcome: { text: 'Fall' }, probabilityRange: { low: {} } }, 'Fall'],
    [{ outcome: { text: 'Fall' }, qualitativeRisk: { text: 'high' }, probabilityDecimal: 12 }, 'Fall: high, 12%'],
    [{ outcome: { text: 'Fall' }, relativeRisk: 3 }, 'Fall: × 3'],
    [{ rationale: 'Fell twice' }, 'Fell twice'],
    [{ outcome: { text: 'Fall' }, rationale: 'Fell twice' }, 'Fall – Fell twice'],
  ])('may be what is predicted, as recorded: %j', (prediction, words) => {
    expect(titled({ prediction: [{}, prediction] }).title).toBe(words);
  });

  it('without a word is unread', () => {
    expect(readResources([assessment({ code: undefined, prediction: [{}] })], 'gp' as SourceId)).toMatchObject({
      entries: [],
      unread: [{ element: 'RiskAssessment.code' }],
    });
  });

  it('tells to whom the risk is, by the code or by what may happen', () => {
    expect(titled({ prediction: [{ outcome: { text: 'Violence to staff' } }] }).to).toEqual(['risk-to-staff']);
    expect(read(assessment({ code: { text: 'Risk to others' } })).to).toEqual(['risk-to-others']);
    expect(read(assessment({ code: { text: 'HCR-20' } })).to).toEqual(['risk-to-patient']);
  });

  it('says where its words and its code differ', () => {
    const code = { text: 'Falls', coding: [{ system: SNOMED, code: '1', display: 'Pressure ulcer' }] };
    expect(read(assessment({ code })).cautions).toEqual(['text-differs']);
  });
});

describe('words that say there is no risk, or no longer one', () => {
  const stateIn = (text: string, change: Change = {}): string | undefined =>
    readBy(risks, flag({ code: { text }, ...change }))?.entries[0]?.state;

  it.each([
    'None',
    'Nil',
    'None known',
    'Nil identified',
    'No risk',
    'Nil concerns',
    'No concern',
    'No current known risks',
    'No identified significant specific apparent risk',
    'Not at risk of falls',
    'Not currently at risk',
    'Not at increased risk of falls',
    'Not at high risk',
    'No history of violence',
    'No known current aggression',
    'Not violent',
    'Never abusive',
    'Denies suicidal ideation',
    'Denied any active thoughts of self-harm',
    'No suicidal thoughts recorded',
    'No evidence of self-harm since 2024',
    'No falls in the last 12 months',
    'Nil falls for the past year',
    'No fall',
    'No weapons known',
    'No weapon',
    'No recent fire-setting',
    'No firesetting',
    'No arson',
    'No pressure ulcers',
    'No pressure sore',
    'No pressure ulcer',
    'No wandering reported',
    'No previous absconding',
    'No violent behaviour history',
    'Not currently suicidal intent',
    'Not known to be violent',
    'No risks identified',
    'Nil risks known',
    'No risk to staff',
  ])('deny it: %s', (text) => {
    expect(stateIn(text)).toBe('negated');
  });

  it.each([
    'No longer at any risk',
    'Risk ended',
    'Risk has resolved',
    'Risk removed',
    'Falls risk no longer',
    'Violence risk - warning removed',
    'Violent warning marker has been removed',
    'Weapons: flag expired',
    'Aggression (alert closed)',
  ])('end it: %s', (text) => {
    expect(stateIn(text)).toBe('past');
  });

  it.each([
    'Removed a marker, violent',
    'Violent when alert closed doors',
    'Violence: flag removed by patient, see notes',
  ])('leave it standing where they go on otherwise: %s', (text) => {
    expect(stateIn(text)).toBe('current');
  });

  it.each([
    'None of the stairs alone',
    'Knows no risk',
    'Is not to go out alone',
    'No longer drives',
    'Risk ends badly',
    'Falls, injuries none',
    'No falls risk assessment yet',
    'No falls pendant',
    'Not violent if approached calmly',
    'Denies self-harm but has fresh cuts',
    'Violent, no weapons',
  ])('are not: %s', (text) => {
    expect(stateIn(text)).toBe('current');
  });

  it('leave what was withdrawn withdrawn', () => {
    expect(stateIn('No longer at risk', { status: 'entered-in-error' })).toBe('in-error');
    expect(stateIn('No known risks', { status: 'entered-in-error' })).toBe('in-error');
    expect(read(assessment({ status: 'cancelled', code: { text: 'No longer at risk of falls' } })).state).toBe(
      'negated',
    );
  });

  it('make of a registered assessment neither what is to come nor what was', () => {
    expect(read(assessment({ status: 'registered', code: { text: 'No longer at risk of falls' } })).state).toBe(
      'unknown',
    );
  });
});
