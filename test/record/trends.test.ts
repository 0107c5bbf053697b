import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/record/fact.ts';
import { readResources } from '../../src/record/read-resources.ts';
import type { SourceId } from '../../src/record/source.ts';
import { seriesOf, testKey, trendsInSteps, type Measured } from '../../src/record/trends.ts';
import type { ConvertUnit } from '../../src/record/units.ts';

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';
let count = 0;

/** One laboratory result; `unit` is both words and code unless said otherwise. */
function result(value: number, unit: string | undefined, day: string, more: object = {}): Fact<Measured> {
  count += 1;
  const reading = readResources(
    [
      {
        resourceType: 'Observation',
        id: `o${count}`,
        status: 'final',
        category: [{ coding: [{ code: 'laboratory' }] }],
        code: { text: 'Serum creatinine', coding: [{ system: LOINC, code: '14682-9' }] },
        effectiveDateTime: day,
        valueQuantity: { value, ...(unit && { unit, system: UCUM, code: unit }) },
        ...more,
      },
    ],
    'lab' as SourceId,
  );
  const [entry] = reading.entries;
  if (!entry) throw new Error('not read');
  return { key: entry.id, section: entry.section, entries: [entry] } as unknown as Fact<Measured>;
}

/** 1 mg/dL = 88.4 µmol/L for creatinine, and only when the weight is given; 1 g/L = 0.1 g/dL. */
const convert: ConvertUnit = (value, from, to, weight) => {
  if (from === 'mg/dL' && to === 'umol/L') return weight === undefined ? undefined : (value * 10_000) / weight;
  return from === 'g/dL' && to === 'g/L' ? value * 10 : undefined;
};

const values = (facts: readonly Fact<Measured>[], using?: ConvertUnit): readonly (readonly number[])[] =>
  seriesOf(facts, using).map(({ points }) => points.map(({ value }) => Math.round(value * 10) / 10));

const haemoglobin = { code: { text: 'Haemoglobin', coding: [{ system: LOINC, code: '718-7' }] } };
const mass = { code: { text: 'Creatinine', coding: [{ system: LOINC, code: '2160-0' }] } };

describe('two units never stand on one axis', () => {
  it('while there is no converter: the latest has its series, the other its own', () => {
    const facts = [result(13.1, 'g/dL', '2025-01-01', haemoglobin), result(120, 'g/L', '2026-01-01', haemoglobin)];
    expect(values(facts)).toEqual([[120], [13.1]]);
    expect(seriesOf(facts).map(({ unit }) => unit)).toEqual(['g/L', 'g/dL']);
  });

  it('where the converter does not answer', () => {
    expect(
      values([result(5, 'mmol/L', '2026-01-01', haemoglobin), result(8, 'g/dL', '2025-01-01', haemoglobin)], convert),
    ).toEqual([[5], [8]]);
  });

  it('where mass and amount are of a substance whose weight is not known', () => {
    const other = { code: { text: 'Lipoprotein', coding: [{ system: LOINC, code: '0-0' }] } };
    expect(
      values([result(1, 'umol/L', '2026-01-01', other), result(1, 'mg/dL', '2025-01-01', other)], convert),
    ).toEqual([[1], [1]]);
  });

  it('where one has no unit, or one whose words and code name two units', () => {
    const twofold = { valueQuantity: { value: 1, unit: 'mmol/L', system: UCUM, code: 'mg/dL' } };
    expect(values([result(90, 'umol/L', '2026-01-01'), result(91, undefined, '2025-01-01')], convert)).toEqual([[90]]);
    expect(values([result(90, 'umol/L', '2026-01-01'), result(1, undefined, '2025-01-01', twofold)], convert)).toEqual([
      [90],
      [1],
    ]);
  });
});

it('whatever comes, a series holds each value once, and only its own unit or what was converted into it', () => {
  const unit = fc.constantFrom('umol/L', 'µmol/L', 'mg/dL', 'g/L', 'mmol/L', undefined, '%');
  const measured = fc.record({ value: fc.integer({ min: 1, max: 500 }), unit, day: fc.integer({ min: 1, max: 28 }) });
  fc.assert(
    fc.property(fc.array(measured, { maxLength: 12 }), fc.boolean(), (given, converting) => {
      const facts = given.map((one) => result(one.value, one.unit, `2026-01-${String(one.day).padStart(2, '0')}`));
      const series = seriesOf(facts, converting ? convert : undefined);
      const points = series.flatMap((one) => one.points);
      expect(new Set(points.map(({ id }) => id)).size).toBe(points.length);
      expect(points.length).toBe(given.filter((one) => one.unit !== undefined).length);
      for (const one of series) {
        const own = one.points.filter(({ converted }) => converted === undefined);
        const units = own.map(({ shown }) => shown.replace(/^[\d.]+ /, '').replace('µ', 'u'));
        expect(new Set(units).size).toBe(1);
        for (const { value, shown } of own) expect(value).toBe(parseFloat(shown));
      }
    }),
    { numRuns: 200 },
  );
});

describe('a series', () => {
  it('joins what is certain, and shows each value as its source wrote it', () => {
    const facts = [result(1.02, 'mg/dL', '2025-01-01', mass), result(92, 'umol/L', '2026-01-01')];
    expect(testKey((facts[0] as Fact<Measured>).entries[0])).toBe(testKey((facts[1] as Fact<Measured>).entries[0]));
    const [series, ...others] = seriesOf(facts, convert);
    expect(others).toEqual([]);
    expect(
      series?.points.map(({ value, shown, converted }) => [Math.round(value * 10) / 10, shown, converted]),
    ).toEqual([
      [90.2, '1.02 mg/dL', true],
      [92, '92 umol/L', undefined],
    ]);
  });

  it('knows one unit in several spellings', () => {
    const spelled = { valueQuantity: { value: 91, unit: 'µmol/L' } };
    const greek = { valueQuantity: { value: 90, unit: 'μmol/l' } };
    expect(
      values([
        result(92, 'umol/L', '2026-01-01'),
        result(0, undefined, '2025-01-01', spelled),
        result(0, undefined, '2024-01-01', greek),
      ]),
    ).toEqual([[90, 91, 92]]);
  });

  it('keeps two methods apart, and takes silence for the one method there is', () => {
    const by = (text: string): object => ({ method: { text } });
    expect(
      values([
        result(1, 'umol/L', '2026-01-03', by('Jaffe')),
        result(2, 'umol/L', '2026-01-02'),
        result(3, 'umol/L', '2026-01-01', by('Jaffe')),
      ]),
    ).toEqual([[3, 2, 1]]);
    expect(
      values([
        result(1, 'umol/L', '2026-01-03', by('Jaffe')),
        result(2, 'umol/L', '2026-01-02'),
        result(3, 'umol/L', '2026-01-01', by('Enzymatic')),
      ]),
    ).toEqual([[1], [2], [3]]);
  });

  it('leaves out what is spoilt, superseded, withdrawn or about somebody else, and draws a limit or an amended value hollow', () => {
    const facts = [
      result(1, 'umol/L', '2026-01-07'),
      result(2, 'umol/L', '2026-01-06', { note: [{ text: 'Sample haemolysed' }] }),
      result(3, 'umol/L', '2026-01-05', { focus: [{ reference: 'RelatedPerson/r' }] }),
      result(4, 'umol/L', '2026-01-04', { status: 'cancelled' }),
      result(5, 'umol/L', '2026-01-03', { status: 'amended' }),
      result(6, 'umol/L', '2026-01-02', { valueQuantity: { value: 6, comparator: '<', unit: 'umol/L' } }),
    ];
    expect(seriesOf(facts)[0]?.points.map(({ value, exact }) => [value, exact])).toEqual([
      [6, false],
      [5, false],
      [1, true],
    ]);
  });

  it('leaves out what stands in a report that was called off', () => {
    const called = (cautions: Measured['cautions']): Fact<Measured> => {
      const fact = result(9, 'umol/L', '2026-01-08');
      return { ...fact, entries: [{ ...fact.entries[0], cautions }] };
    };
    expect(seriesOf([called(['cancelled'])])).toEqual([]);
    expect(seriesOf([called([])])).toHaveLength(1);
  });

  it('never puts the left eye on the line of the right one where one code stands for both', () => {
    const pressure = (text: string): string =>
      testKey(
        result(14, 'mm[Hg]', '2026-01-08', { code: { text, coding: [{ system: LOINC, code: '56844-4' }] } }).entries[0],
      );
    expect(pressure('Left eye pressure')).not.toBe(pressure('Right eye pressure'));
    expect(pressure('Eye pressure')).toBe(pressure('Intraocular pressure'));
  });

  it('gives each value the range of its own laboratory, on the axis, and none where several are given', () => {
    const range = (low: number, high: number, unit?: string): object => ({
      low: { value: low, ...(unit && { unit }) },
      high: { value: high, ...(unit && { unit }) },
    });
    const facts = [
      result(92, 'umol/L', '2026-01-03', { referenceRange: [range(45, 84, 'umol/L')] }),
      result(1, 'mg/dL', '2026-01-02', { ...mass, referenceRange: [range(0.5, 1)] }),
      result(91, 'umol/L', '2026-01-01', { referenceRange: [range(45, 84), range(60, 110)] }),
      result(90, 'umol/L', '2025-01-01', { referenceRange: [range(4.5, 8.4, 'mg/L')] }),
    ];
    const points = seriesOf(facts, convert)[0]?.points.map(({ low, high }) => [
      low && Math.round(low),
      high && Math.round(high),
    ]);
    expect(points).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [44, 88],
      [45, 84],
    ]);
  });

  it('is the same whatever order its values came in', () => {
    const facts = [
      result(1, 'umol/L', '2026-01-01'),
      result(2, 'umol/L', '2026-01-01'),
      result(3, 'umol/L', '2025-01-01'),
    ];
    expect(seriesOf([...facts].reverse())).toEqual(seriesOf(facts));
  });

  it('says when units stand in the way', () => {
    const mayNeedUnits = (facts: readonly Fact<Measured>[]): boolean => {
      for (const steps = trendsInSteps(facts); ;) {
        const step = steps.next();
        if (step.done) return step.value.mayNeedUnits;
      }
    };
    const one = [result(1, 'umol/L', '2026-01-01'), result(2, 'umol/L', '2026-01-01')];
    expect(mayNeedUnits(one)).toBe(false);
    expect(mayNeedUnits([...one, result(1, 'mg/dL', '2025-01-01', mass)])).toBe(true);
    expect(mayNeedUnits([...one, result(1, undefined, '2025-01-01', mass)])).toBe(false);
  });

  it('lets others run while it works out a test that was measured thousands of times', () => {
    const many = Array.from({ length: 2_000 }, () => result(1, 'umol/L', '2026-01-01'));
    const steps = trendsInSteps(many);
    let turns = 0;
    while (!steps.next().done) turns += 1;
    expect(turns).toBeGreaterThanOrEqual(10);
  });
});

describe('one test', () => {
  it.each([
    [
      'a code that its own words contradict',
      { code: { text: 'Urine creatinine', coding: [{ system: LOINC, code: '14682-9' }] } },
    ],
    [
      'urea nitrogen, which is not urea',
      { code: { text: 'Urea nitrogen', coding: [{ system: LOINC, code: '3094-0' }] } },
    ],
  ])('is not %s', (_what, more) => {
    const urea = { code: { text: 'Urea', coding: [{ system: LOINC, code: '22664-7' }] } };
    const keys = [
      result(1, 'mmol/L', '2026-01-01', more),
      result(1, 'mmol/L', '2026-01-01', urea),
      result(1, 'umol/L', '2026-01-01'),
    ];
    expect(new Set(keys.map(({ entries: [entry] }) => testKey(entry))).size).toBe(3);
  });
});
