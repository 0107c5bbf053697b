import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/record/entry.ts';
import type { Fact, FactKey } from '../../../src/record/fact.ts';
import {
  filterCount,
  findInSteps,
  fold,
  indexInSteps,
  isNarrowing,
  NO_QUERY,
  type FindQuery,
  type Found,
} from '../../../src/record/find.ts';
import type { PatientRecord } from '../../../src/record/patient-record.ts';
import type { SectionId } from '../../../src/record/section.ts';
import type { SourceId } from '../../../src/record/source.ts';

type Said = Partial<Pick<Entry, 'date' | 'period' | 'state' | 'title'>> & { readonly source?: string };

let count = 0;
function factOf(section: SectionId, said: object): Fact {
  count += 1;
  const { source = 'gp', ...more } = said as Said;
  const entry = { section, title: 'Item', state: 'past', origin: { source }, ...more };
  return { key: `f${String(count)}`, section, entries: [entry] } as unknown as Fact;
}

/** A record of these facts, each heading in the order in which it is first named. */
function recordOf(...facts: readonly Fact[]): PatientRecord {
  const ids = [...new Set(facts.map(({ section }) => section))];
  return {
    sections: ids.map((id) => ({ id, facts: facts.filter(({ section }) => section === id) })),
  } as unknown as PatientRecord;
}

const textOf = ({ entries }: Fact): readonly string[] => entries.map(({ title }) => title);

function found(facts: readonly Fact[], query: Partial<FindQuery>, index = new WeakMap<Fact, string>()): Found {
  const steps = findInSteps(recordOf(...facts), { ...NO_QUERY, ...query }, index, textOf);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const keys = (result: Found): readonly string[] => [...result.facts.values()].flat().map(({ key }) => key);
/** Whether one such item is found. */
const fits = (said: object, query: Partial<FindQuery>, section: SectionId = 'problems'): boolean =>
  found([factOf(section, said)], query).matched === 1;

describe('a standing danger', () => {
  it('is not lost by looking for another', () => {
    const [falls, violence] = ['Risk of falls', 'Risk of violence'].map((title) => factOf('risks', { title }));
    if (!falls || !violence) throw new Error('no facts');
    const result = found([falls, violence], { text: 'falls' });
    expect(keys(result)).toEqual([falls.key, violence.key]);
    expect(result).toMatchObject({ matched: 1, shown: 2, total: 2 });
    expect(result.kept).toEqual(new Set());
  });

  it.each<SectionId>(['risks', 'safeguarding', 'alerts'])(
    'is kept, and said to be, where none is meant: %s',
    (section) => {
      const danger = factOf(section, { title: 'Danger' });
      const result = found([danger, factOf('problems', { title: 'Gout' })], { text: 'zzz' });
      expect(keys(result)).toEqual([danger.key]);
      expect(result.kept).toEqual(new Set([section]));
      expect(result).toMatchObject({ matched: 0, shown: 1, total: 2 });
    },
  );

  it('is none of a heading under which nothing stands, nor anything else that is not meant', () => {
    const empty = { sections: [{ id: 'risks', facts: [] }] } as unknown as PatientRecord;
    const step = findInSteps(empty, { ...NO_QUERY, text: 'zzz' }, new WeakMap(), textOf).next();
    expect(step.done && [step.value.kept.size, step.value.facts.size]).toEqual([0, 0]);
    const gone = found([factOf('allergies', {})], { text: 'zzz' });
    expect([gone.facts.size, gone.kept.size]).toEqual([0, 0]);
  });

  it('stands as the list that it is, and what is found as a list of its own', () => {
    const record = recordOf(factOf('risks', {}), factOf('problems', {}));
    const walk = findInSteps(record, NO_QUERY, new WeakMap(), textOf).next();
    const [risks, problems] = record.sections;
    const facts = walk.done ? walk.value.facts : undefined;
    expect(facts?.get('risks')).toBe(risks?.facts);
    expect(facts?.get('problems')).toEqual(problems?.facts);
    expect(facts?.get('problems')).not.toBe(problems?.facts);
  });
});

describe('what goes on', () => {
  const from = { from: '2026-01-01' };

  it.each<[what: string, section: SectionId, said: object, found: boolean]>([
    ['a medicine taken since then', 'medications', { date: '2019-05-01', state: 'current' }, true],
    ['an allergy recorded then', 'allergies', { date: '2011-07-19', state: 'current' }, true],
    ['a medicine of which nobody knows whether it is taken', 'medications', { date: '2019', state: 'unknown' }, true],
    ['a medicine that is over', 'medications', { date: '2019-05-01', state: 'past' }, false],
    ['a result of that day', 'investigation-results', { date: '2019-05-01', state: 'current' }, false],
    ['a problem since then', 'problems', { period: { start: '2019' }, state: 'current' }, true],
    [
      'a problem of which nobody knows whether it is over',
      'problems',
      { period: { start: '2019' }, state: 'unknown' },
      true,
    ],
    ['a problem that is over', 'problems', { period: { start: '2019' }, state: 'past' }, false],
    ['a problem that ended then', 'problems', { period: { start: '2010', end: '2019' }, state: 'current' }, false],
    ['a problem that ended since', 'problems', { period: { start: '2010', end: '2026-02-01' } }, true],
    ['a problem of which only the end is known', 'problems', { period: { end: '2026-02-01' } }, true],
    ['a problem that ended before, whenever it began', 'problems', { period: { end: '2025-12-31' } }, false],
  ])('is not lost by asking for the days since: %s', (_what, section, said, expected) => {
    expect(fits(said, from, section)).toBe(expected);
  });

  it('has not begun before its first day', () => {
    expect(fits({ date: '2019-05-01', state: 'current' }, { to: '2019-04-30' }, 'medications')).toBe(false);
    expect(fits({ period: { start: '2019-05-01' }, state: 'current' }, { to: '2019-04-30' })).toBe(false);
    expect(fits({ period: { end: '2019-05-01' } }, { to: '2019-04-30' })).toBe(true);
  });
});

describe('days that are asked for', () => {
  it.each<[date: string, from: string | undefined, to: string | undefined, within: boolean]>([
    ['2026-02-03', '2026-02-03', '2026-02-03', true],
    ['2026-02-03', '2026-02-04', undefined, false],
    ['2026-02-03', undefined, '2026-02-02', false],
    ['2026-02-03T23:59:00Z', '2026-02-03', '2026-02-03', true],
    ['2026-02', '2026-02-28', '2026-03-01', true],
    ['2026-02', '2026-03-01', undefined, false],
    ['2026', '2026-12-31', undefined, true],
    ['2026', undefined, '2026-01-01', true],
    ['2026', undefined, '2025-12-31', false],
  ])('hold %s from %s to %s: %s', (date, from, to, within) => {
    expect(fits({ date }, { ...(from && { from }), ...(to && { to }) })).toBe(within);
  });

  it('are met by a span across them, and by any of several records', () => {
    const within = { from: '2026-01-01', to: '2026-12-31' };
    expect(fits({ period: { start: '2025-01-01', end: '2027-01-01' } }, within)).toBe(true);
    expect(fits({ date: '2024-01-01', period: { start: '2026-05-01', end: '2026-05-02' } }, within)).toBe(true);
    const fact = factOf('problems', { date: '2024-01-01' });
    const two = { ...fact, entries: [fact.entries[0], { ...fact.entries[0], date: '2026-05-01' }] } as unknown as Fact;
    expect(found([two], within).matched).toBe(1);
  });

  it('leave nothing out that has no day, and count it only where days are asked for', () => {
    expect(found([factOf('problems', {})], { from: '2026-01-01' })).toMatchObject({ matched: 1, undated: 1 });
    expect(found([factOf('problems', {})], { to: '2026-01-01' })).toMatchObject({ matched: 1, undated: 1 });
    expect(found([factOf('problems', {})], {})).toMatchObject({ matched: 1, undated: 0 });
    expect(found([factOf('problems', { title: 'Gout' })], { from: '2026-01-01', text: 'zzz' })).toMatchObject({
      undated: 0,
    });
  });
});

describe('words that are looked for', () => {
  it('stand in any of the texts of a fact, and a stray stop is no word', () => {
    expect(found([factOf('problems', { title: 'Gout' })], { text: 'gout .' }).matched).toBe(1);
    const walk = findInSteps(recordOf(factOf('problems', {})), { ...NO_QUERY, text: 'gout toe' }, new WeakMap(), () => [
      'Gout',
      'Great toe',
    ]).next();
    expect(walk.done && walk.value.matched).toBe(1);
  });

  it('are told apart by nothing but letters, figures and what joins figures', () => {
    expect(fold('ß œ đ ð þ')).toBe('ss oe d d th');
    expect(fold('½ 5.5% +1/2')).toBe('1 2 5.5% +1/2');
    expect(fold('a—b_c')).toBe('a b c');
  });

  it('are folded once for each fact', () => {
    const fact = factOf('problems', { title: 'Gout gout GOUT' });
    const index = new WeakMap<Fact, string>();
    found([fact], { text: 'gout' }, index);
    expect(index.get(fact)).toBe('gout');
    index.set(fact, 'asthma');
    expect(found([fact], { text: 'asthma' }, index).matched).toBe(1);
    found([factOf('problems', {})], {}, index);
  });
});

describe('what else narrows', () => {
  const [a, b] = [factOf('problems', { source: 'gp' }), factOf('procedures', { source: 'hospital' })];

  it('is the source, the kind, and what is new; several together narrow further', () => {
    const only = (...list: readonly Fact[]): ReadonlySet<FactKey> => new Set(list.map(({ key }) => key));
    expect(keys(found([a, b], { sources: new Set(['gp' as SourceId]) }))).toEqual([a.key]);
    expect(keys(found([a, b], { sections: new Set(['procedures']) }))).toEqual([b.key]);
    expect(keys(found([a, b], { only: only(b) }))).toEqual([b.key]);
    expect(keys(found([a, b], { only: only() }))).toEqual([]);
    expect(keys(found([a, b], { only: only(b), sources: new Set(['gp' as SourceId]) }))).toEqual([]);
    expect(keys(found([a, b], {}))).toEqual([a.key, b.key]);
  });

  it('finds what one of its sources says, though another says it too', () => {
    const [one, other] = [factOf('problems', { source: 'gp' }), factOf('problems', { source: 'hospital' })];
    const both = { ...one, entries: [...one.entries, ...other.entries] } as unknown as Fact;
    for (const source of ['gp', 'hospital'] as readonly string[] as readonly SourceId[])
      expect(found([both], { sources: new Set([source]) }).matched).toBe(1);
    expect(found([both], { sources: new Set(['clinic' as SourceId]) }).matched).toBe(0);
  });

  it('is counted: days as one, each source and each kind', () => {
    expect(filterCount(NO_QUERY)).toBe(0);
    expect(filterCount({ ...NO_QUERY, from: '2026-01-01', to: '2026-02-01' })).toBe(1);
    expect(filterCount({ ...NO_QUERY, to: '2026-02-01' })).toBe(1);
    const sources = new Set(['gp', 'hospital'] as SourceId[]);
    expect(filterCount({ text: '', sources, sections: new Set(['risks']), only: new Set() })).toBe(4);
    expect(isNarrowing(NO_QUERY)).toBe(false);
    expect(isNarrowing({ ...NO_QUERY, text: '.' })).toBe(false);
    expect(isNarrowing({ ...NO_QUERY, only: new Set() })).toBe(true);
  });
});

describe('a long record', () => {
  const many = Array.from({ length: 96 }, () => factOf('problems', {}));

  it('lets others run every thirty-two facts, while it is looked through and while it is folded', () => {
    const steps = [...findInSteps(recordOf(...many), NO_QUERY, new WeakMap(), textOf)];
    expect(steps).toHaveLength(3);
    const index = new WeakMap<Fact, string>();
    expect([...indexInSteps(recordOf(...many), index, textOf)]).toHaveLength(3);
    expect(many.every((fact) => index.has(fact))).toBe(true);
    expect([...indexInSteps(recordOf(...many), index, textOf)]).toHaveLength(0);
    expect([...findInSteps(recordOf(...many.slice(0, 31)), NO_QUERY, index, textOf)]).toHaveLength(0);
  });
});
