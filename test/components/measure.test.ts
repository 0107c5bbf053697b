import fc from 'fast-check';
import { expect, it } from 'vitest';
import { atOnce } from '../../src/components/between-tasks.ts';
import { groupMeasures, measuresInSteps, type Measure } from '../../src/components/measures/measure.ts';
import type { MeasuredEntry } from '../../src/components/measures/observed-line.ts';
import type { Fact } from '../../src/record/fact.ts';

const fact = (date: string, cautions: readonly string[] = []) =>
  ({
    key: date,
    section: 'investigation-results',
    entries: [{ title: 'Potassium', date, cautions, state: 'current' }],
  }) as never;

it('a result dated in the future is never the latest of its test', () => {
  const [measure] = groupMeasures([fact('2062-01-01', ['date-in-future']), fact('2026-11-01'), fact('2025-11-01')]);
  expect(measure?.facts.map((one) => one.entries[0].date)).toEqual(['2026-11-01', '2025-11-01', '2062-01-01']);
});

type Results = readonly Fact<MeasuredEntry>[];

const some = fc.array(
  fc.record({
    title: fc.constantFrom('Potassium', 'Sodium', 'Urea'),
    date: fc.option(fc.constantFrom('2024-01-01', '2025-01-01', '2026-01-01'), { nil: undefined }),
    kind: fc.constantFrom('result', 'report'),
  }),
  { maxLength: 12 },
);
const isResult = ({ kind }: MeasuredEntry): boolean => kind === 'result';

function resultsOf(entries: readonly object[]): Results {
  return entries.map((entry, index) => ({
    key: String(index),
    section: 'investigation-results',
    entries: [{ ...entry, cautions: [], state: 'current' }],
  })) as never;
}

function said(measures: readonly Measure[]): readonly unknown[] {
  return measures.map(({ key, title, facts }) => [key, title, facts.map((fact) => fact.key)]);
}

it('tests are the same whether or not their results were told apart before, in another list', () => {
  fc.assert(
    fc.property(some, some, (first, more) => {
      const before = resultsOf(first);
      atOnce(measuresInSteps(before, isResult));
      // The facts of a record that is built again are other objects, of the same entries.
      const again = before.map((fact) => ({ ...fact }));
      const now: Results = [...resultsOf(more).map((fact) => ({ ...fact, key: `new ${fact.key}` }) as never), ...again];
      const anew = said(atOnce(measuresInSteps([...now], isResult)));
      const found = atOnce(measuresInSteps(now, isResult, before));
      expect(said(found)).toEqual(anew);
      for (const { facts } of found) for (const fact of facts) expect(now).toContain(fact);
    }),
  );
});

it('thousands of results are told apart in steps, between which others may run', () => {
  const many = resultsOf(
    Array.from({ length: 5_000 }, () => ({ title: 'Sodium', date: '2026-01-01', kind: 'result' })),
  );
  const steps = measuresInSteps(many, isResult);
  let turns = 0;
  while (!steps.next().done) turns += 1;
  expect(turns).toBeGreaterThanOrEqual(50);
  expect(groupMeasures(many)).toHaveLength(1);
});
