import { describe, expect, it } from 'vitest';
import { allergiesToldElsewhere } from '../../../src/record/allergies-told-elsewhere.ts';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Fact } from '../../../src/record/fact.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SectionId } from '../../../src/record/section.ts';
import { parts } from '../../support/record-parts.ts';
import { entriesFrom } from '../../support/record.ts';

const problem = (text: string, change: object = {}): Resource => ({
  resourceType: 'Condition',
  id: text,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text },
  ...change,
});
const finding = (text: string, valueString?: string): Resource => ({
  resourceType: 'Observation',
  id: text,
  status: 'final',
  effectiveDateTime: '2020-01-01',
  code: { text },
  valueString,
});
const allergy = (text: string): Resource => ({ resourceType: 'AllergyIntolerance', id: text, code: { text } });

/** The titles of what is told elsewhere, by heading. */
function told(...resources: readonly Resource[]): readonly (readonly string[])[] {
  const record = buildRecord(parts({ entries: entriesFrom('gp', ...resources) }));
  const facts = new Map(record.sections.map(({ id, facts: own }): [SectionId, readonly Fact[]] => [id, own]));
  return allergiesToldElsewhere(facts, facts.get('allergies') ?? []).map((found) =>
    found.map(({ entries: [entry] }) => entry.title),
  );
}

describe('what tells of an allergy under another heading', () => {
  it('is given by heading, and a heading without any is left out', () => {
    expect(told(problem('Asthma'), finding('Latex allergy'), problem('Penicillin allergy'))).toEqual([
      ['Penicillin allergy'],
      ['Latex allergy'],
    ]);
    expect(told()).toEqual([]);
    expect(allergiesToldElsewhere(new Map(), [])).toEqual([]);
  });

  it('is left out where an allergy names its substance already, and only then', () => {
    expect(told(problem('Penicillin allergy'), allergy('Penicillin'))).toEqual([]);
    expect(told(problem('Penicillin allergy'), allergy('Amoxicillin'))).toEqual([]);
    expect(told(problem('Penicillin allergy'), allergy('Latex'))).toEqual([['Penicillin allergy']]);
    expect(told(problem('Penicillin allergy'), problem('Latex allergy'), allergy('Latex'))).toEqual([
      ['Penicillin allergy'],
    ]);
  });

  it.each([
    'Allergies: penicillin',
    'Allergic to penicillin',
    'Allergic reaction to penicillin',
    'Anaphylaxis to penicillin',
    'Anaphylactic shock due to penicillin',
    'Adverse reaction to penicillin',
    'Adverse reactions to penicillin',
    'Adverse drug reaction caused by penicillin',
    'Allergy to washing powder',
  ])('may be called so: %s', (text) => {
    expect(told(problem(text))).toEqual([[text]]);
  });

  it.each([
    'Denies penicillin allergy',
    'Penicillin allergy denied',
    'Penicillin allergy delabelled',
    'Penicillin allergy de-labelled',
    'Penicillin allergy delabeled',
    'Penicillin allergy - tolerated amoxicillin',
    'Penicillin allergy - tolerates amoxicillin',
    'Penicillin allergy tests',
    'Penicillin allergy desensitisation',
    'Penicillin desensitised, allergy',
  ])('is none where its words take it back, or are about finding out: %s', (text) => {
    expect(told(finding(text))).toEqual([]);
  });

  it.each([
    ['Yes', true],
    ['Confirmed', true],
    ['Yes, as a child', false],
    ['Not known', false],
    ['Possibly present', false],
    ['No', false],
  ])('is what its value answers: “%s”', (value, stands) => {
    expect(told(finding('Penicillin allergy', value))).toEqual(stands ? [['Penicillin allergy']] : []);
  });

  it('is none that is somebody else’s, or that was called off', () => {
    const cautioned = (caution: 'about-somebody-else' | 'cancelled' | 'source-unclear'): number => {
      const [entry] = entriesFrom('gp', problem('Penicillin allergy'));
      if (!entry) throw new Error('expected a problem');
      const fact = { key: 'problems:1', section: 'problems', entries: [{ ...entry, cautions: [caution] }] };
      return allergiesToldElsewhere(new Map([['problems', [fact as unknown as Fact]]]), []).length;
    };
    expect([cautioned('about-somebody-else'), cautioned('cancelled'), cautioned('source-unclear')]).toEqual([0, 0, 1]);
  });
});
