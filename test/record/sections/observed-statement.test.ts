import { describe, expect, it } from 'vitest';
import type { ReadContext } from '../../../src/record/read-context.ts';
import type { Resource } from '../../../src/record/resource.ts';
import {
  codeWords,
  readObservedStatement,
  saysSomething,
  type ObservedStatement,
} from '../../../src/record/sections/observed-statement.ts';

const context = { source: 'gp', resolve: () => undefined } as unknown as ReadContext;
const observation = (change: object = {}): Resource => ({ resourceType: 'Observation', id: '1', ...change });
const code = { text: 'Smoking status', codings: [] };
const read = (change: object = {}): ObservedStatement =>
  readObservedStatement(observation(change), context, 'social-context', code);

describe('an observation that carries a value', () => {
  const bare = {
    id: 'gp/Observation/1',
    section: 'social-context',
    origin: { source: 'gp', resource: 'Observation/1' },
    labels: [],
    notes: [],
    links: [],
    flags: [],
    ranges: [],
    parts: [],
    title: 'Smoking status',
    code,
  };

  it('says no more than it was told', () => {
    expect(read()).toEqual({ ...bare, state: 'unknown', cautions: [] });
  });

  it('is read whole, with every doubt', () => {
    const component = [{ code: { text: 'A day' }, valueInteger: 5 }];
    const change = { status: 'preliminary', effectiveDateTime: '2026-10-01', valueString: 'Smoker', component };
    expect(read(change)).toEqual({
      ...bare,
      state: 'current',
      statusAsRecorded: 'preliminary',
      cautions: ['preliminary'],
      date: '2026-10-01',
      value: 'Smoker',
      parts: [
        {
          label: 'A day',
          code: { text: 'A day', codings: [] },
          value: '5',

          flags: [],
          ranges: [],
        },
      ],
    });
    expect(read({ focus: [{ reference: 'RelatedPerson/1' }] }).cautions).toEqual(['about-somebody-else']);
    expect(read({ dataAbsentReason: { coding: [{ code: 'masked' }] } }).cautions).toEqual(['value-missing']);
    const differs = { text: 'Smoker', codings: [{ code: '1', display: 'Diver' }], disagrees: true as const };
    const extra = readObservedStatement(observation(), context, 'social-context', differs, ['superseded']);
    expect(extra.cautions).toEqual(['text-differs', 'superseded']);
  });
});

describe('whether a statement says how things are', () => {
  const said = (valueString: string): boolean => saysSomething(read({ valueString }));
  const named = (text: string, change: object = {}): boolean =>
    saysSomething(readObservedStatement(observation(change), context, 'social-context', { text, codings: [] }));

  it.each([
    ...['Unknown', 'Not known', 'Not asked', 'Not recorded', 'Not disclosed', 'Not stated', 'Not applicable'],
    ...[
      'Declined',
      'Refused',
      'Patient declined',
      'No information',
      'Smoking status unknown',
      'n/a',
      'N/K',
      'na',
      'nk',
    ],
    ...['?', '-', '--', '??', ' Unknown ', 'Declined to answer', 'Unknown if ever smoked'],
    ...[
      'Not assessed',
      'Not done',
      'Not performed',
      'Not available',
      'Not obtained',
      'Unable to assess',
      'Could not be assessed',
    ],
    ...[
      'Prefers not to say',
      'Prefer not to say',
      'Preferred not to answer',
      'Did not answer',
      "Doesn't know",
      "Don't know",
    ],
    ...[
      'Does not know',
      'Patient refused',
      'Pending',
      'No answer',
      'No response',
      'No data',
      'None recorded',
      'Nil recorded',
    ],
  ])('it does not by “%s”', (text) => {
    expect(said(text)).toBe(false);
  });

  it.each([
    ...['Never smoked', 'No', 'None', 'Smoker', 'Not a smoker', 'Unknowingly passive', 'Knows of an unknown father'],
    ...[
      'Prefers a pipe',
      'Pendulum',
      'Not knowing it',
      'a?',
      '7',
      'Nil',
      'Does not smoke',
      'Did not smoke',
      'Unable to walk',
      'Nasal cannula',
    ],
  ])('it does by “%s”', (text) => {
    expect(said(text)).toBe(true);
  });

  it.each([
    ...['Smoking status not known', 'Smoking status not asked', 'Smoking status not recorded', 'Smoking not disclosed'],
    ...['Smoking not stated', 'Smoking status not available', 'Smoking declined', 'Smoking status declined to answer'],
    ...['Smoking status refused', 'Smoking status refused to answer', 'Unknown', 'Smoking status unknown', 'Not asked'],
    'Smoking status not assessed',
  ])('it does not by its name alone, where that is “%s”', (text) => {
    expect(named(text)).toBe(false);
    expect(named(text, { valueString: 'Smoker' })).toBe(true);
    expect(named(text, { component: [{ code: { text: 'A day' }, valueInteger: 5 }] })).toBe(true);
  });

  it('it does by its name alone', () => {
    expect(named('Never smoked tobacco')).toBe(true);
    expect(named('Smoking declined steadily')).toBe(true);
    expect(named('Help refused twice')).toBe(true);
  });

  it('it does not where it says why there is no value', () => {
    expect(named('Smoker', { dataAbsentReason: { text: 'Asked' } })).toBe(false);
    expect(named('Smoker', { valueCodeableConcept: { text: 'Unknown' } })).toBe(false);
    expect(named('Smoker', { valueCodeableConcept: { text: 'Daily' } })).toBe(true);
  });
});

describe('the words of a code', () => {
  it('are its text and what its codes are called', () => {
    const coding = [{ code: '1', display: 'Tobacco' }, { code: '2' }];
    expect(codeWords(observation({ code: { text: 'Smoking', coding } }))).toEqual(['Smoking', 'Tobacco']);
    expect(codeWords(observation())).toEqual([]);
  });
});
