import { describe, expect, it } from 'vitest';
import { riskKindsOf, type RiskKind } from '../../../src/record/sections/risk-kinds.ts';

const SNOMED = 'http://snomed.info/sct';
const SOCIAL = 'https://example.org/CodeSystem/SocialCareFlagCategory';
const inWords = (text: string): readonly RiskKind[] => riskKindsOf([{ text, codings: [] }]);
const byCode = (system: string | undefined, code: string, display?: string): readonly RiskKind[] =>
  riskKindsOf([{ text: 'As coded', codings: [{ ...(system && { system }), code, ...(display && { display }) }] }]);

describe('to whom a warning says there is a risk', () => {
  it.each([
    '',
    'Likes tea',
    'Knows how to manage asthma',
    'Victim of violent crime',
    'Victim of violence',
    'Non-violent',
    'Aggressive lymphoma',
    'Aggressive B-cell lymphoma',
    'Aggressive tumour of the breast',
    'Aggressive fibromatosis',
    'Aggressive tumor',
    'Aggressive malignancy',
    'Nonviolent',
    'Waterfall',
  ])('is nobody in words that tell of none: %s', (text) => {
    expect(inWords(text)).toEqual([]);
  });

  it.each([
    'Risk to staff',
    'Risk to carer',
    'Risk to carers',
    'Risk to worker',
    'Risk to workers',
    'Risk to professional',
    'Risk to professionals',
    'Risk to visitor',
    'Risk to visitors',
    'Staff risk',
    'Staff safety',
    'Do not visit alone',
    'Not to be visited alone',
    'Not be seen alone',
    'Not visit alone',
    'Not to be see alone',
    'No lone visits',
    'No lone visit',
    'No lone working',
    'Lone work',
    'Lone worker',
    'Lone working policy',
    'Violent',
    'Violence',
    'History of violence',
    'Aggression',
    'Aggressive behaviour',
    'Aggressive',
    'Verbally abusive',
    'Assaulted staff',
    'Assault on staff',
    'Assaults on staff',
    'Assaultive to staff',
    'Weapon in the house',
    'Weapons',
    'Dangerous dog',
    'Dangerous animal',
    'Two staff only',
    'Two people to visit',
    'Two person visit',
    'Two persons visit',
    'Two carers to visit',
    '2 carer visit',
  ])('is whoever visits: %s', (text) => {
    expect(inWords(text)).toEqual(['risk-to-staff']);
  });

  it.each([
    'Risk to other',
    'Risk to others',
    'Risk to other people',
    'Risk to third party',
    'Risk to third parties',
    'Risk to children',
    'Risk to family',
    'Risk to neighbour',
    'Risk to neighbours',
    'Risk to the public',
    'Risk of harm to others',
    'Fire setting',
    'Firesetting',
    'Fire-setting',
    'Arson',
  ])('is somebody else: %s', (text) => {
    expect(inWords(text)).toEqual(['risk-to-others']);
  });

  it.each([
    'Risk to self',
    'Risk to patient',
    'Risk to person',
    'Risk to him',
    'Risk to her',
    'Risk to himself',
    'Risk to him self',
    'Risk to herself',
    'Risk to her self',
    'Fall',
    'Falls',
    'Self-harm',
    'Self harm',
    'Suicide',
    'Suicidal ideation',
    'Pressure ulcer',
    'Pressure sore',
    'Malnutrition',
    'Choking',
    'Chokes',
    'Aspiration',
    'Absconding',
    'Self-neglect',
    'Self neglect',
    'Wandering',
    'High risk',
    'At risk of hypothermia',
    'Several risks, see plan',
  ])('is the person: %s', (text) => {
    expect(inWords(text)).toEqual(['risk-to-patient']);
  });

  it.each<[string, readonly RiskKind[]]>([
    ['Risk to self and others', ['risk-to-others', 'risk-to-patient']],
    ['Risk to self and other', ['risk-to-others', 'risk-to-patient']],
    ['Risk to self & others', ['risk-to-others', 'risk-to-patient']],
    ['Falls; aggressive to carers; arson', ['risk-to-staff', 'risk-to-others', 'risk-to-patient']],
  ])('is everybody whom it names, a visitor first: %s', (text, kinds) => {
    expect(inWords(text)).toEqual(kinds);
  });

  it.each<[string, string, readonly RiskKind[]]>([
    [SOCIAL, 'RTO', ['risk-to-others']],
    [SOCIAL, 'RTS', ['risk-to-patient']],
    [SOCIAL, 'RSO', ['risk-to-others', 'risk-to-patient']],
    [SNOMED, '129839007', ['risk-to-patient']],
    [SNOMED, '225444004', ['risk-to-patient']],
    [SNOMED, '389315000', ['risk-to-others']],
  ])('is told by a code of %s: %s', (system, code, kinds) => {
    expect(byCode(system, code)).toEqual(kinds);
  });

  it.each([
    [SOCIAL, '389315000'],
    [SNOMED, 'RTO'],
    ['urn:x', '389315000'],
    ['urn:x', 'RTS'],
    [undefined, 'RTS'],
    [SNOMED, '73211009'],
  ])('is not told by a code of %s that is not of it: %s', (system, code) => {
    expect(byCode(system, code)).toEqual([]);
  });

  it('is told by the words of a code, and by any of several concepts', () => {
    expect(byCode('urn:x', '1', 'Violence')).toEqual(['risk-to-staff']);
    expect(
      riskKindsOf([
        { text: 'Falls', codings: [] },
        { text: 'Arson', codings: [{ code: '1' }] },
      ]),
    ).toEqual(['risk-to-others', 'risk-to-patient']);
    expect(riskKindsOf([])).toEqual([]);
  });
});
