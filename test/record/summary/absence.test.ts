import { describe, expect, it } from 'vitest';
import { asObject, type Json, type Resource } from '../../../src/record/resource.ts';
import { readStanding } from '../../../src/record/summary/absence.ts';
import type { SectionAnswer } from '../../../src/record/source-status.ts';
import { recordOf, summaryOf } from '../../support/summary-of.ts';

const ALLERGIES = '48765-2';
const PLANS = '18776-5';
const DIRECTIVES = '42348-3';
const penicillin = { resourceType: 'AllergyIntolerance', id: '1', code: { text: 'Penicillin' } };
const plan = { resourceType: 'CarePlan', id: '1', status: 'active', intent: 'plan', title: 'Diabetes plan' };
const goal = { resourceType: 'Goal', id: '2', lifecycleStatus: 'active', description: { text: 'Walk' } };
const consent: Resource = {
  resourceType: 'Consent',
  id: '3',
  status: 'active',
  scope: { coding: [{ code: 'adr' }] },
  category: [{ coding: [{ code: 'dnr' }], text: 'DNACPR' }],
  dateTime: '2026-01-01',
};
const answer = (state: SectionAnswer['state']): SectionAnswer => ({ state, count: 1 });
const CODE = 'https://corridor.invalid/StructureDefinition/absence';

describe('an empty section of a summary', () => {
  it.each<readonly [SectionAnswer['state'], string, string, string]>([
    ['nothing-held', 'unavailable', 'nothing-recorded', 'Nothing recorded at the organisations asked.'],
    ['answered', 'unavailable', 'nothing-recorded', 'Nothing recorded at the organisations asked.'],
    ['withheld', 'withheld', 'withheld', 'Incomplete: something may be withheld.'],
    ['not-agreed', 'withheld', 'withheld', 'Incomplete: something may be withheld.'],
    ...(['late', 'unavailable', 'failed', 'truncated'] as const).map(
      (state) =>
        [
          state,
          'unavailable',
          'unavailable',
          'Incomplete: not every organisation has answered in full, or something it sent could not be read.',
        ] as const,
    ),
  ])('whose source answered %s says why', (state, code, own, text) => {
    const { section, words, read } = summaryOf(recordOf({ gp: [] }, { gp: { allergies: answer(state) } }));
    expect(section(ALLERGIES)?.['emptyReason']).toEqual({
      extension: [{ url: CODE, valueCode: own }],
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code }],
      text,
    });
    expect(words(ALLERGIES)).toContain(`<p>${text}</p>`);
    expect(read.sections.get(ALLERGIES)).toBe(own);
  });

  it('that nobody was asked for says so, and is left out where the document may do without it', () => {
    const { section, read } = summaryOf(recordOf({ gp: [] }, { gp: {} }));
    expect(read.sections.get(ALLERGIES)).toBe('notasked');
    expect(asObject(section(ALLERGIES)?.['emptyReason'])?.['text']).toBe('Not asked of any organisation.');
    expect(section(PLANS)).toBeUndefined();
  });

  it('of several headings is as incomplete as the worst of them, and not asked only where none was', () => {
    const standing = (sections: object): unknown =>
      summaryOf(recordOf({ gp: [] }, { gp: sections })).read.sections.get(PLANS);
    expect(standing({ 'care-plans': answer('nothing-held') })).toBe('nothing-recorded');
    expect(standing({ 'care-plans': answer('nothing-held'), 'contingency-plans': answer('withheld') })).toBe(
      'withheld',
    );
    expect(standing({ 'care-plans': answer('withheld'), 'contingency-plans': answer('late') })).toBe('unavailable');
    expect(standing({ 'supporting-plans': answer('late') })).toBe('unavailable');
  });

  it('is not empty where something is held that it does not carry', () => {
    const { section, words, read } = summaryOf(
      recordOf({ gp: [consent] }, { gp: { 'end-of-life-care': answer('answered') } }),
    );
    expect(words(DIRECTIVES)).toContain('<p>Held and not part of this summary: 1.</p>');
    expect(words(DIRECTIVES)).not.toContain('Nothing recorded');
    expect(asObject(section(DIRECTIVES)?.['emptyReason'])?.['text']).toBe('Held and not part of this summary: 1.');
    expect(read.sections.get(DIRECTIVES)).toBe('unavailable');
    expect(section(DIRECTIVES)?.['emptyReason']).toMatchObject({
      extension: [{ valueCode: 'unavailable' }],
      coding: [{ code: 'unavailable' }],
    });
    const late = summaryOf(recordOf({ gp: [consent] }, { gp: { 'end-of-life-care': answer('late') } }));
    expect(asObject(late.section(DIRECTIVES)?.['emptyReason'])?.['text']).toMatch(/read\. Held and/);
    expect(late.words(DIRECTIVES)).toMatch(/<p>Incomplete: not every .*<\/p><p>Held and not part/);
    const unasked = summaryOf(recordOf({ gp: [consent] }, { gp: {} }));
    expect(unasked.words(DIRECTIVES)).toContain('Held and not part of this summary: 1.');
  });
});

describe('a section of a summary that holds something', () => {
  const of = (state: SectionAnswer['state'], ...more: readonly Resource[]) =>
    summaryOf(recordOf({ gp: [penicillin, ...more] }, { gp: { allergies: answer(state) } }));

  it('is whole where everybody answered', () => {
    const { section, words, read } = of('answered');
    expect(section(ALLERGIES)).not.toHaveProperty('extension');
    expect(section(ALLERGIES)).not.toHaveProperty('emptyReason');
    expect(words(ALLERGIES)).not.toContain('<p>');
    expect(read.sections.get(ALLERGIES)).toBe('given');
  });

  it.each([
    ['late', 'unavailable'],
    ['withheld', 'withheld'],
  ] as const)('says that it is not all where an answer was %s', (state, own) => {
    const { section, words, read } = of(state);
    expect(section(ALLERGIES)?.['extension']).toEqual([{ url: CODE, valueCode: own }]);
    expect(words(ALLERGIES)).toContain('<p>Incomplete');
    expect(read.sections.get(ALLERGIES)).toBe(own);
  });

  it('says that it is not all where something of its kind came and could not be read', () => {
    expect(of('answered', { resourceType: 'AllergyIntolerance', id: '9' }).read.sections.get(ALLERGIES)).toBe(
      'unavailable',
    );
    expect(of('answered', { resourceType: 'Condition', id: '9' }).read.sections.get(ALLERGIES)).toBe('given');
    expect(of('answered', { resourceType: 'Unheard', id: '9' }).read.sections.get(ALLERGIES)).toBe('given');
  });

  it('says how much of it is held and not carried', () => {
    const { words, read } = summaryOf(recordOf({ gp: [plan, goal] }, { gp: { 'care-plans': answer('answered') } }));
    expect(words(PLANS)).toContain('<p>Held and not part of this summary: 1.</p>');
    expect(read.sections.get(PLANS)).toBe('given');
  });
});

describe('a section that one of several does not answer for', () => {
  const two = (state: SectionAnswer['state'] | undefined): unknown =>
    summaryOf(
      recordOf(
        { gp: [penicillin], acute: [] },
        { gp: { allergies: answer('answered') }, ...(state && { acute: { allergies: answer(state) } }) },
      ),
    ).read.sections.get(ALLERGIES);

  it('is not whole, whoever else has answered', () => {
    expect(two('answered')).toBe('given');
    expect(two('withheld')).toBe('withheld');
    expect(two('not-agreed')).toBe('withheld');
    expect(two('failed')).toBe('unavailable');
    expect(two(undefined)).toBe('unavailable');
  });
});

describe('a section of a document that somebody else wrote', () => {
  const entry = [{ reference: 'AllergyIntolerance/1' }];
  const because = (...codes: readonly (string | undefined)[]): Json => ({
    emptyReason: { coding: codes.map((code) => (code === undefined ? {} : { code })) },
  });

  it.each([
    ['nilknown', 'nil-known'],
    ['withheld', 'withheld'],
    ['unavailable', 'unavailable'],
    ['notasked', 'notasked'],
    ['notstarted', 'notasked'],
    ['closed', 'unavailable'],
    ['unheard-of', 'unavailable'],
    ['constructor', 'unavailable'],
  ])('that is empty for the reason %s is %s', (code, standing) => {
    expect(readStanding(because(code), false)).toBe(standing);
    expect(readStanding(because(undefined, code), false)).toBe(standing);
  });

  it('that is empty without a reason is unavailable, never nothing', () => {
    expect(readStanding({}, false)).toBe('unavailable');
    expect(readStanding({ emptyReason: {} }, false)).toBe('unavailable');
    expect(readStanding({ extension: [{ url: 'https://x.example', valueCode: 'nilknown' }] }, false)).toBe(
      'unavailable',
    );
  });

  it('is given where it holds something, itself or in a section within it', () => {
    expect(readStanding({ entry }, false)).toBe('given');
    expect(readStanding({ section: [{}, { section: [{ entry }] }] }, false)).toBe('given');
    expect(readStanding({ section: [{}] }, false)).toBe('unavailable');
  });

  it('that holds something and says that it is empty is never the whole', () => {
    for (const code of ['nilknown', 'nothing-recorded', 'notasked', 'unavailable', 'unheard-of'])
      expect(readStanding({ entry, ...because(code) }, false)).toBe('unavailable');
    expect(readStanding({ entry, emptyReason: {} }, false)).toBe('unavailable');
    expect(readStanding({ entry, ...because('withheld') }, false)).toBe('withheld');
  });

  it('that names what the document does not hold is never the whole', () => {
    expect(readStanding({ entry }, true)).toBe('unavailable');
    expect(readStanding({ entry, ...because('withheld') }, true)).toBe('unavailable');
  });
});
