import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cumulativeOf, partTests, rangesText, type Test } from '../../src/record/cumulative.ts';
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

const changed = (one: Fact<Measured>, more: object): Fact<Measured> =>
  ({ ...one, entries: [{ ...one.entries[0], ...more }] }) as unknown as Fact<Measured>;
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
    const marked = changed(fact({ day: '2026-01-01' }), { cautions: ['date-in-future'] });
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

  it('has no day for a value of which only the day is known on which it was issued', () => {
    const issued = changed(fact({ day: '2026-01-01' }), { dateIs: 'recorded' });
    const table = cumulativeOf([test([issued, fact({ day: '2026-01-01' })])]);
    expect([table.columns.map(({ values }) => values), table.undated]).toEqual([[1], 1]);
    expect(table.rows[0]?.undated).toEqual([issued]);
  });

  it('counts what was measured on a day in all its rows, and who measured it, by whatever record', () => {
    const shared = fact({ day: '2026-01-01' }, 'b');
    const [copy] = fact({ day: '2026-01-01' }, 'a').entries;
    const both = { ...shared, entries: [shared.entries[0], copy] } as unknown as Fact<Measured>;
    const table = cumulativeOf([test([both]), test([fact({ day: '2026-01-01' }, 'c')], 'Sodium')]);
    expect(table.columns).toEqual([{ day: '2026-01-01', values: 2, sources: ['a', 'b', 'c'] }]);
    expect(table.rows.map(({ test: { title } }) => title)).toEqual(['Potassium', 'Sodium']);
  });

  it('has the newest first within a day, then goes by identity, as what has no day does', () => {
    const [early, late] = [fact({ day: '2026-01-01T08:00:00Z' }), fact({ day: '2026-01-01T09:00:00Z' })];
    const [one, other] = [fact({ day: '2026-01-01' }), fact({ day: '2026-01-01' })];
    const [bare, second] = [fact({}), fact({})];
    for (const facts of [
      [early, late, one, other, bare, second],
      [second, bare, other, one, late, early],
    ]) {
      const [row] = cumulativeOf([test(facts)]).rows;
      expect(row?.cells.get('2026-01-01')).toEqual([late, early, one, other]);
      expect(row?.undated).toEqual([bare, second]);
    }
  });

  it('says the range that every number comes with, and none where one comes without', () => {
    const low = (more: object): object => ({ low: { value: 3, unit: 'mmol/L' }, ...more });
    const within = fact({ day: '2026-01-01' }, 'lab', { referenceRange: [low({})] });
    const words = { valueQuantity: undefined, valueString: 'haemolysed' };
    const inWords = fact({ day: '2026-01-02' }, 'lab', words);
    const of = (...facts: readonly Fact<Measured>[]) => cumulativeOf([test(facts)]).rows[0];
    expect(of(within)).toMatchObject({ unit: 'mmol/L', range: '≥ 3 mmol/L' });
    expect(of(within, inWords)).toMatchObject({ unit: 'mmol/L', range: '≥ 3 mmol/L' });
    expect(of(within, fact({ day: '2026-01-03' }))).not.toHaveProperty('range');
    expect(of(fact({ day: '2026-01-03' }))).not.toHaveProperty('range');
    expect(of(inWords)).toEqual({ test: test([inWords]), cells: new Map([['2026-01-02', [inWords]]]), undated: [] });
    const unitless = fact({ day: '2026-01-04' }, 'lab', { valueQuantity: { value: 5 } });
    expect(of(within, unitless)).not.toHaveProperty('unit');
    expect(of(unitless)).not.toHaveProperty('unit');
    // Two records of one fact are two that must say the same.
    const twice = { ...within, entries: [within.entries[0], fact({ unit: 'mEq/L' }).entries[0]] };
    expect(of(twice as unknown as Fact<Measured>)).not.toHaveProperty('unit');
    const all = [low({ type: { text: 'normal' }, appliesTo: [{ text: 'Female' }] }), { text: 'under 5' }];
    const [entry] = fact({}, 'lab', { referenceRange: all }).entries;
    expect(rangesText(entry.ranges)).toBe('normal ≥ 3 mmol/L Female; under 5');
  });

  it('takes nothing of the whole for a part of it but its day and whose it is', () => {
    const part = (text: string, more: object): object => ({ code: { text }, ...more });
    const component = [part('Systolic', { valueQuantity: { value: 142, unit: 'mmHg' } }), part('Note', {})];
    const whole = fact({ day: '2026-01-01' }, 'gp', { code: { text: 'Blood pressure' }, component });
    const again = fact({ day: '2026-01-02' }, 'gp', { code: { text: 'Blood pressure' }, component });
    const parts = partTests(test([whole, again], 'pressure') as Parameters<typeof partTests>[0]);
    expect(parts.map(({ key, title, facts }) => [key, title, facts.length])).toEqual([
      ['pressure/Systolic', 'Systolic', 2],
      ['pressure/Note', 'Note', 2],
    ]);
    const [systolic, note] = parts.map(({ facts }) => facts[0]?.entries[0]);
    expect(systolic).toMatchObject({
      title: 'Systolic',
      value: '142 mmHg',
      date: '2026-01-01',
      origin: { source: 'gp' },
    });
    expect(note).toMatchObject({ title: 'Note', code: { text: 'Note' } });
    expect(note).not.toHaveProperty('value');
    expect(note).not.toHaveProperty('quantity');
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
