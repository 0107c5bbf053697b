import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cumulativeOf, partTests, type Test } from '../../src/record/cumulative.ts';
import type { Fact } from '../../src/record/fact.ts';
import type { Measured } from '../../src/record/trends.ts';
import { seriesOf } from '../../src/record/trends.ts';
import { entryFrom } from '../support/record.ts';

let count = 0;
type Said = {
  readonly day?: string | undefined;
  readonly value?: number;
  readonly unit?: string;
  readonly low?: number;
};

function fact({ day, value = 5, unit = 'mmol/L', low }: Said, source = 'lab', more: object = {}): Fact<Measured> {
  count += 1;
  const entry = entryFrom<Measured>(
    {
      resourceType: 'Observation',
      id: `o${count}`,
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { text: 'Potassium' },
      ...(day && { effectiveDateTime: day }),
      valueQuantity: { value, unit },
      ...(low !== undefined && { referenceRange: [{ low: { value: low, unit }, high: { value: low + 2, unit } }] }),
      ...more,
    },
    source,
  );
  return { key: entry.id, section: entry.section, entries: [entry] } as unknown as Fact<Measured>;
}

const test = (facts: readonly Fact<Measured>[], title = 'Potassium'): Test => ({ key: title, title, facts });

describe('a table of tests and days', () => {
  it('says no unit for a row whose values have different ones, nor a range', () => {
    const [row] = cumulativeOf([
      test([fact({ day: '2026-01-01', low: 3 }), fact({ day: '2026-01-02', unit: 'mEq/L', low: 3 })]),
    ]).rows;
    expect(row).not.toHaveProperty('unit');
    expect(row).not.toHaveProperty('range');
  });

  it('says a unit for the row only in the words that all use, however alike two spellings are', () => {
    const same = cumulativeOf([test([fact({ day: '2026-01-01' }), fact({ day: '2026-01-02' })])]).rows[0];
    expect(same?.unit).toBe('mmol/L');
    const spelt = cumulativeOf([test([fact({ day: '2026-01-01' }), fact({ day: '2026-01-02', unit: 'mmol/l' })])]);
    expect(spelt.rows[0]).not.toHaveProperty('unit');
  });

  it('puts a value without a date, or with one that has not come, in a column of its own', () => {
    const coming = fact({ day: '2026-01-01' });
    const marked = {
      ...coming,
      entries: [{ ...coming.entries[0], cautions: ['date-in-future'] }],
    } as unknown as Fact<Measured>;
    const table = cumulativeOf([test([fact({}), marked])]);
    expect(table.columns).toEqual([]);
    expect(table.undated).toBe(2);
  });

  it('keeps a month a month: it is no day of that month', () => {
    const table = cumulativeOf([test([fact({ day: '2026-01' }), fact({ day: '2026-01-01' }), fact({ day: '2026' })])]);
    expect(table.columns.map(({ day }) => day)).toEqual(['2026-01-01', '2026-01', '2026']);
  });

  it('has the newest day first, and names every source of a day', () => {
    const table = cumulativeOf([
      test([
        fact({ day: '2026-01-01T10:00:00Z' }, 'a'),
        fact({ day: '2026-01-01T09:00:00Z' }, 'b'),
        fact({ day: '2026-02-01' }, 'a'),
      ]),
    ]);
    expect(table.columns.map(({ day, sources }) => [day, sources])).toEqual([
      ['2026-02-01', ['a']],
      ['2026-01-01', ['a', 'b']],
    ]);
  });

  it('draws the two numbers of a blood pressure each by itself, with its own unit', () => {
    const part = (text: string, value: number): object => ({ code: { text }, valueQuantity: { value, unit: 'mmHg' } });
    const pressure = fact({ day: '2026-01-01' }, 'gp', {
      valueQuantity: undefined,
      code: { text: 'Blood pressure' },
      component: [part('Systolic', 142), part('Diastolic', 94)],
    });
    const parts = partTests(test([pressure], 'Blood pressure') as Parameters<typeof partTests>[0]);
    const drawn = parts.map(({ title, facts }) => [
      title,
      seriesOf(facts)[0]?.points[0].value,
      seriesOf(facts)[0]?.unit,
    ]);
    expect(drawn).toEqual([
      ['Systolic', 142, 'mmHg'],
      ['Diastolic', 94, 'mmHg'],
    ]);
  });

  const days = fc.option(
    fc.oneof(
      fc.constantFrom('2020', '2020-05', '2021-12'),
      fc
        .date({ min: new Date('2015-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
    ),
    { nil: undefined },
  );
  const facts = fc
    .array(fc.record({ day: days, value: fc.integer({ min: 1, max: 9 }), source: fc.constantFrom('a', 'b') }), {
      maxLength: 30,
    })
    .map((list) => list.map(({ source, ...said }) => fact(said, source)));

  it('has every result once and once only, whatever the days', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 4 }), (lists) => {
        const table = cumulativeOf(lists.map((list, index) => test(list, `T${index}`)));
        const held = table.rows.map(({ cells, undated }) => [...[...cells.values()].flat(), ...undated]);
        held.forEach((row, index) => expect(new Set(row)).toEqual(new Set(lists[index])));
        expect(held.flat().length).toBe(lists.flat().length);
        const values = table.columns.reduce((sum, column) => sum + column.values, 0);
        expect(values + table.undated).toBe(lists.flat().length);
      }),
      { numRuns: 40 },
    );
  });

  it('is the same table whatever order the results came in', () => {
    fc.assert(
      fc.property(facts, (list) => {
        const once = cumulativeOf([test(list)]);
        const again = cumulativeOf([test([...list].reverse())]);
        expect(again.columns).toEqual(once.columns);
        expect([...(again.rows[0]?.cells ?? [])].sort(byDay)).toEqual([...(once.rows[0]?.cells ?? [])].sort(byDay));
      }),
      { numRuns: 40 },
    );
  });
  const byDay = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
});
