import { expect, it } from 'vitest';
import { groupMeasures } from '../../src/components/measures/measure.ts';

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
