import { describe, expect, it } from 'vitest';
import type { Conflict, Fact, FactKey } from '../../../src/record/fact.ts';
import { legalConflicts, plainName } from '../../../src/record/sections/legal-conflicts.ts';
import type { LegalEntry } from '../../../src/record/sections/legal-information.ts';

type Told = Partial<Pick<LegalEntry, 'kind' | 'state' | 'title' | 'powers' | 'holders'>>;

let count = 0;
function held(source: string, change: Told = {}): Fact<LegalEntry> {
  count += 1;
  const entry = {
    id: `${source}/${count}`,
    section: 'legal-information',
    origin: { source, resource: `Consent/${count}` },
    title: 'Lasting power of attorney',
    state: 'current',
    kind: 'lpa',
    powers: ['health-and-welfare'],
    holders: ['Helen Marsh'],
    ...change,
  } as unknown as LegalEntry;
  return { key: `legal:${count}` as FactKey, section: 'legal-information', entries: [entry] };
}

const found = (...facts: readonly Fact<LegalEntry>[]): readonly Conflict[] => legalConflicts(facts);
const other = { holders: ['Paul Marsh'] };

describe('two attorneys or deputies', () => {
  it.each<[why: string, ...facts: Fact<LegalEntry>[]]>([
    ['they are one', held('gp'), held('hospital')],
    ['one has a title', held('gp'), held('hospital', { holders: ['Mrs. Helen Marsh'] })],
    [
      'they are named in another order',
      held('gp', { holders: ['Helen Marsh', 'Paul Marsh'] }),
      held('hospital', { holders: ['Paul Marsh', 'Helen Marsh'] }),
    ],
    ['one is over', held('gp'), held('hospital', { ...other, state: 'past' })],
    ['one is denied', held('gp'), held('hospital', { ...other, state: 'negated' })],
    ['one is not named', held('gp'), held('hospital', { holders: [] })],
    ['they decide about other things', held('gp'), held('hospital', { ...other, powers: ['property-and-affairs'] })],
    ['one is attorney and the other deputy', held('gp'), held('hospital', { ...other, kind: 'deputy' })],
    ['both are of one record', held('gp'), held('gp', other)],
    ['they are of another kind', held('gp', { kind: 'adrt' }), held('hospital', { ...other, kind: 'adrt' })],
  ])('do not differ where %s', (_, ...facts) => {
    expect(found(...facts)).toEqual([]);
  });

  it.each<[why: string, ...facts: Fact<LegalEntry>[]]>([
    ['another is named', held('gp'), held('hospital', other)],
    ['one does not say what for', held('gp'), held('hospital', { ...other, powers: [] })],
    ['one is of unknown standing', held('gp'), held('hospital', { ...other, state: 'unknown' })],
    ['both are deputies', held('gp', { kind: 'deputy' }), held('hospital', { ...other, kind: 'deputy' })],
    [
      'both decide about property',
      held('gp', { powers: ['property-and-affairs'] }),
      held('hospital', { ...other, powers: ['property-and-affairs'] }),
    ],
    ['one names two', held('gp'), held('hospital', { holders: ['Helen Marsh', 'Paul Marsh'] })],
    [
      'the names only read alike',
      held('gp', { holders: ['Helen', 'Marsh'] }),
      held('hospital', { holders: ['Helen Marsh'] }),
    ],
  ])('differ where %s', (_, ...facts) => {
    expect(found(...facts)).toMatchObject([
      { kind: 'legal-information-differs', section: 'legal-information', facts: facts.map(({ key }) => key) },
    ]);
  });

  it('have their titles left out, and nothing else of their names', () => {
    for (const title of ['Mr', 'Mrs', 'Ms', 'Miss', 'Mx', 'Dr', 'Prof', 'Sir', 'Dame', 'Rev.'])
      expect(plainName(`${title} Helen Marsh`)).toBe('helen marsh');
    expect(plainName('Anna Mr Marsh')).toBe('anna mr marsh');
  });
});

describe('standing under the Mental Health Act, or for deprivation of liberty', () => {
  const section = (source: string, change: Told = {}) =>
    held(source, { kind: 'mha', title: 'Section 3', powers: [], holders: [], ...change });

  it.each<[why: string, ...facts: Fact<LegalEntry>[]]>([
    ['it is one', section('gp'), section('hospital', { title: 'SECTION 3' })],
    ['it is over there', section('gp'), section('hospital', { title: 'Section 2', state: 'past' })],
    ['it is only planned there', section('gp'), section('hospital', { title: 'Section 2', state: 'planned' })],
    ['both deny it', section('gp', { state: 'negated' }), section('hospital', { state: 'negated' })],
    ['both are of one record', section('gp'), section('gp', { title: 'Section 2' })],
    ['one record denies it and tells it', section('gp'), section('gp', { state: 'negated' })],
    ['the other is of another kind', section('gp'), section('hospital', { kind: 'dols', title: 'DoLS' })],
    [
      'it is of a kind that ends by itself',
      section('gp', { kind: 'adrt' }),
      section('hospital', { kind: 'adrt', title: 'x' }),
    ],
  ])('does not differ where %s', (_, ...facts) => {
    expect(found(...facts)).toEqual([]);
  });

  it.each<[why: string, ...facts: Fact<LegalEntry>[]]>([
    ['another is in force', section('gp'), section('hospital', { title: 'Section 2' })],
    ['it is denied there', section('gp'), section('hospital', { state: 'negated' })],
    [
      'a deprivation of liberty was refused there',
      section('gp', { kind: 'dols', title: 'DoLS' }),
      section('hospital', { kind: 'dols', title: 'DoLS refused', state: 'negated' }),
    ],
  ])('differs where %s', (_, ...facts) => {
    expect(found(...facts, section('council', { state: 'past' }))).toMatchObject([
      { kind: 'legal-information-differs', section: 'legal-information', facts: facts.map(({ key }) => key) },
    ]);
  });
});
