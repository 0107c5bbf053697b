import { describe, expect, it } from 'vitest';
import type { Caution, EntryState } from '../../../src/record/entry.ts';
import type { Fact } from '../../../src/record/fact.ts';
import { seriesOf, testKey, trendsInSteps, type Measured, type Series } from '../../../src/record/trends.ts';
import type { ConvertUnit } from '../../../src/record/units.ts';
import { entryFrom } from '../../support/record.ts';

const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';
const UCUM = 'http://unitsofmeasure.org';
const ferritin = { text: 'Ferritin', coding: [{ system: LOINC, code: '2276-4' }] };

let count = 0;
function entry(more: object = {}): Measured {
  count += 1;
  return entryFrom<Measured>(
    {
      resourceType: 'Observation',
      id: `o${String(count).padStart(5, '0')}`,
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: ferritin,
      effectiveDateTime: '2026-01-01',
      valueQuantity: { value: 40, unit: 'ug/L', system: UCUM, code: 'ug/L' },
      ...more,
    },
    'lab',
  );
}
const factOf = (one: Measured): Fact<Measured> =>
  ({ key: one.id, section: one.section, entries: [one] }) as unknown as Fact<Measured>;
const drawn = (...entries: readonly Measured[]): readonly Series[] => seriesOf(entries.map(factOf));
const of = (value: number, day: string, more: object = {}): Measured =>
  entry({ effectiveDateTime: day, valueQuantity: { value, unit: 'ug/L', system: UCUM, code: 'ug/L' }, ...more });

describe('what is not drawn', () => {
  it.each<Caution>([
    'value-unsuitable',
    'value-missing',
    'not-interpretable',
    'about-somebody-else',
    'source-unclear',
    'superseded',
    'date-in-future',
  ])('is a value that is %s', (caution) => {
    expect(drawn({ ...entry(), cautions: ['amended', caution] })).toEqual([]);
  });

  it.each<EntryState>(['negated', 'in-error', 'unknown', 'planned', 'past'])('is a value that is %s', (state) => {
    expect(drawn({ ...entry(), state })).toEqual([]);
  });

  it('is a value of which only the day is known on which it was written down, or none', () => {
    expect(drawn({ ...entry(), dateIs: 'recorded' })).toEqual([]);
    expect(drawn(entry({ effectiveDateTime: undefined }))).toEqual([]);
  });

  it('is what is no number, or one beyond all numbers, or is only a part of what was measured', () => {
    expect(drawn(entry({ valueQuantity: undefined, valueString: 'haemolysed' }))).toEqual([]);
    const quantity = { value: '1e999', unit: 'ug/L' };
    expect(drawn({ ...entry(), quantity })).toEqual([]);
    expect(drawn({ ...entry(), quantity: { value: '40', unit: 'ug/L', comparator: 'ad' } })).toEqual([]);
  });

  it('is what has no unit, for nobody can say that two such numbers are of one kind', () => {
    expect(drawn(entry({ valueQuantity: { value: 40 } }))).toEqual([]);
  });
});

describe('a point', () => {
  it('is the value as its source wrote it, with its day and whose it is', () => {
    const one = entry();
    expect(drawn(one)[0]?.points).toEqual([
      { id: one.id, source: 'lab', date: '2026-01-01', value: 40, shown: '40 ug/L', exact: true },
    ]);
    const { value: _value, ...unsaid } = one;
    expect(drawn(unsaid)[0]?.points[0].shown).toBe('40');
  });

  it.each<Caution>(['preliminary', 'amended', 'unconfirmed'])('is hollow where its value is %s', (caution) => {
    expect(drawn({ ...entry(), cautions: ['text-differs', caution] })[0]?.points[0].exact).toBe(false);
  });

  it('is whole in spite of a doubt that is not of its value', () => {
    expect(drawn({ ...entry(), cautions: ['text-differs'] })[0]?.points[0].exact).toBe(true);
  });

  it('has the limits that its laboratory gives, and no limit that is itself only a limit', () => {
    const limit = (value: number, comparator?: string): object => ({
      value,
      unit: 'ug/L',
      ...(comparator && { comparator }),
    });
    const limits = (range: object): readonly unknown[] => {
      const [point] = drawn(entry({ referenceRange: [range] }))[0]?.points ?? [];
      return [point?.low, point?.high];
    };
    expect(limits({ low: limit(15), high: limit(300) })).toEqual([15, 300]);
    expect(limits({ low: limit(15) })).toEqual([15, undefined]);
    expect(limits({ high: limit(300) })).toEqual([undefined, 300]);
    expect(drawn(entry({ referenceRange: [{ high: limit(300) }] }))[0]?.points[0]).not.toHaveProperty('low');
    const one = entry({ referenceRange: [{ low: limit(15), high: limit(300) }] });
    const [range] = one.ranges;
    if (!range?.low || !range.high) throw new Error('no range was read');
    const below = { ...range, low: { ...range.low, comparator: '<' as const } };
    const above = { ...range, high: { ...range.high, comparator: '>' as const } };
    for (const ranges of [[below], [above], [range, range], []]) {
      const [point] = drawn({ ...one, ranges })[0]?.points ?? [];
      expect(point).not.toHaveProperty('low');
      expect(point).not.toHaveProperty('high');
    }
  });
});

describe('a line', () => {
  it('has its points from the oldest to the newest, and the title, unit, method and specimen of the newest', () => {
    const series = drawn(
      of(2, '2026-01-02', { code: { ...ferritin, text: 'Serum ferritin level' } }),
      of(1, '2026-01-01', { code: { ...ferritin, text: 'Ferritin' }, method: { text: 'ECLIA' } }),
      of(3, '2026-01-03', { specimen: { display: 'Serum' }, method: { text: 'ECLIA' } }),
    );
    expect(series.map(({ points }) => points.map(({ value }) => value))).toEqual([[1, 2, 3]]);
    expect(series[0]).toMatchObject({ title: 'Ferritin', unit: 'ug/L', method: 'ECLIA', specimen: 'Serum' });
    expect(series[0]?.key).toBe('code:2276-4||||µg/L');
    const plain = drawn(entry())[0];
    expect(plain).not.toHaveProperty('method');
    expect(plain).not.toHaveProperty('specimen');
  });

  it('goes by identity where two are of one moment', () => {
    const [first, second] = [of(1, '2026-01-01'), of(2, '2026-01-01')];
    const orders = [drawn(first, second), drawn(second, first)];
    for (const [series] of orders) expect(series?.points.map(({ value }) => value)).toEqual([2, 1]);
  });

  it.each<[what: string, of: (text: string) => object]>([
    ['two ways of measuring', (text) => ({ method: { text } })],
    ['two specimens', (text) => ({ specimen: { display: text } })],
    ['two places on the body', (text) => ({ bodySite: { text } })],
  ])('is never of %s, and knows one of them however it is written', (_what, say) => {
    const lines = (...texts: readonly string[]) =>
      drawn(...texts.map((text, at) => of(at, `2026-01-0${String(9 - at)}`, say(text)))).map(
        ({ points }) => points.length,
      );
    expect(lines('Left arm', 'Right arm', 'Left arm')).toEqual([2, 1]);
    expect(lines('Left arm', 'left  ARM')).toEqual([2]);
  });

  it.each(['CSF', 'Random urine', 'Pleural fluid', 'Stool', 'Saliva'])(
    'of %s is not joined by what names no specimen, which is blood to most that leave it out',
    (text) => {
      const elsewhere = of(2, '2026-01-01', { specimen: { display: text } });
      expect(drawn(elsewhere, of(5, '2026-01-02')).map(({ points }) => points.length)).toEqual([1, 1]);
      expect(drawn(elsewhere, of(3, '2026-01-03', { specimen: { display: text } }))).toHaveLength(1);
    },
  );

  it('of urine is joined by what names it in its own words and no specimen', () => {
    const code = { text: 'Urine sodium' };
    const [named, silent] = [
      of(2, '2026-01-01', { code, specimen: { display: 'Urine' } }),
      of(5, '2026-01-02', { code }),
    ];
    expect(drawn(named, silent)).toHaveLength(1);
  });

  it('of one place on the body is not joined by what names none', () => {
    expect(drawn(of(1, '2026-01-02', { bodySite: { text: 'Left arm' } }), of(2, '2026-01-01'))).toHaveLength(2);
  });

  it('says of a value that was worked out that it was, and of its own unit that it was not', () => {
    const tenfold: ConvertUnit = (value, from, to) => (from === 'ng/mL' && to === 'ug/L' ? value : undefined);
    const other = entry({
      effectiveDateTime: '2025-01-01',
      valueQuantity: { value: 38, unit: 'ng/mL', system: UCUM, code: 'ng/mL' },
    });
    const [line, ...others] = seriesOf([factOf(other), factOf(of(40, '2026-01-01'))], tenfold);
    expect(others).toEqual([]);
    expect(line?.points.map(({ value, shown, converted }) => [value, shown, converted])).toEqual([
      [38, '38 ng/mL', true],
      [40, '40 ug/L', undefined],
    ]);
    expect(line?.unit).toBe('ug/L');
    expect(seriesOf([factOf(other), factOf(of(40, '2026-01-01'))])).toHaveLength(2);
  });

  it('says of no value in its own unit that it was worked out, nor takes a limit in a third unit for one in its own', () => {
    const points = drawn(of(1, '2026-01-01'), of(2, '2026-01-02'), of(3, '2026-01-03'))[0]?.points ?? [];
    for (const point of points) expect(point).not.toHaveProperty('converted');
    const asked: unknown[] = [];
    const tenfold: ConvertUnit = (value, from) => (asked.push(value), from === 'ng/mL' ? value * 10 : undefined);
    const other = entry({
      effectiveDateTime: '2025-01-01',
      valueQuantity: { value: 38, unit: 'ng/mL', system: UCUM, code: 'ng/mL' },
      referenceRange: [{ low: { value: 15, unit: 'mg/L', system: UCUM, code: 'mg/L' }, high: { value: 30 } }],
    });
    const [line] = seriesOf([factOf(other), factOf(of(40, '2026-01-01'))], tenfold);
    expect(line?.points[0]).toMatchObject({ value: 380, converted: true, high: 300 });
    expect(line?.points[0]).not.toHaveProperty('low');
    expect(asked).toEqual([38, 30]);
  });

  it('needs no converter for what is only in words, and is drawn however long it is', () => {
    const inWords = entry({ valueQuantity: { value: 1, unit: 'drops' } });
    const steps = trendsInSteps([inWords, of(1, '2026-01-02')].map(factOf));
    expect(steps.next().value).toMatchObject({ mayNeedUnits: false });
    const many = Array.from({ length: 250 }, () => of(1, '2026-01-01'));
    expect(drawn(...many)[0]?.points).toHaveLength(250);
  });

  it('of a unit that is only words is never turned into another', () => {
    const asked: string[] = [];
    const any: ConvertUnit = (value, from, to) => (asked.push(from, to), value);
    const inWords = (unit: string, day: string): Measured =>
      entry({ effectiveDateTime: day, valueQuantity: { value: 1, unit } });
    const facts = [inWords('drops', '2026-01-01'), of(1, '2026-01-02'), inWords('puffs', '2026-01-03')].map(factOf);
    expect(seriesOf(facts, any).map(({ unit }) => unit)).toEqual(['puffs', 'ug/L', 'drops']);
    expect(asked).toEqual([]);
  });

  it('lets others run after every two hundred measurements, read or placed', () => {
    const turns = (many: number): number => {
      const steps = trendsInSteps(Array.from({ length: many }, () => factOf(entry())));
      for (let turn = 0; ; turn += 1) if (steps.next().done) return turn;
    };
    expect([turns(99), turns(100), turns(200), turns(400)]).toEqual([0, 1, 2, 4]);
  });
});

it('two measurements under one code of serum, one of them in urine, have no line in common', () => {
  const creatinine = { text: 'Creatinine', coding: [{ system: LOINC, code: '14682-9' }] };
  const [serum, urine] = [
    entry({ code: creatinine }),
    entry({ code: creatinine, specimen: { display: 'Random urine' }, effectiveDateTime: '2026-01-02' }),
  ];
  expect(testKey(serum)).toBe('analyte:creatinine');
  expect(testKey(urine)).not.toBe(testKey(serum));
});

describe('the name of a test', () => {
  const keyOf = (code: object, more: object = {}): string => testKey(entry({ code, ...more }));

  it('is that of its substance, or of what practice and laboratory share, before any code', () => {
    expect(keyOf({ text: 'Creatinine', coding: [{ system: LOINC, code: '2160-0' }] })).toBe('analyte:creatinine');
    expect(keyOf({ text: 'Haemoglobin estimation', coding: [{ system: SNOMED, code: '1022431000000105' }] })).toMatch(
      /^test:/,
    );
  });

  it('is its code: of SNOMED CT, then of LOINC, then any there is, and else its words', () => {
    const [own, loinc, snomed] = [
      { system: 'https://lab.example/codes', code: 'XYZ' },
      { system: LOINC, code: '0-1' },
      { system: SNOMED, code: '1000001' },
    ];
    expect(keyOf({ text: 'Odd test', coding: [own, loinc, snomed] })).toBe('code:1000001');
    expect(keyOf({ text: 'Odd test', coding: [own, loinc] })).toBe('code:0-1');
    expect(keyOf({ text: 'Odd test', coding: [{ display: 'Odd test' }, own] })).toBe('code:XYZ');
    expect(keyOf({ text: 'Odd  Test' })).toBe('words: odd test');
    const { code: _code, ...bare } = entry({ code: { text: 'Odd  Test' } });
    expect(testKey(bare)).toBe('words: odd test');
  });

  it('is its code and its words where these contradict each other, whatever they would share', () => {
    const one = entry({ code: { text: 'Odd test', coding: [{ system: LOINC, code: '0-1' }] } });
    if (!one.code) throw new Error('no code was read');
    expect(testKey({ ...one, code: { ...one.code, disagrees: true } })).toBe('words:0-1 odd test');
    const known = entry({
      code: { text: 'Haemoglobin estimation', coding: [{ system: SNOMED, code: '1022431000000105' }] },
    });
    if (!known.code) throw new Error('no code was read');
    expect(testKey({ ...known, code: { ...known.code, disagrees: true } })).toBe(
      'words:1022431000000105 haemoglobin estimation',
    );
  });
});
