import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOINC, SNOMED, type Coded } from '../../../src/record/fhir/coding.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { investigationResults, type InvestigationEntry } from '../../../src/record/sections/investigation-results.ts';
import { keyOfParts } from '../../../src/record/sections/key-of-parts.ts';
import { momentKey, observationIdentity } from '../../../src/record/sections/observation-key.ts';
import { aDate, entryFrom } from '../../support/record.ts';

/** Few choices, so that many pairs agree in all but one of them. */
const observation = fc.record({
  status: fc.constantFrom('final', 'amended', 'preliminary', undefined),
  effectiveDateTime: fc.constantFrom('2026-11-02T09:15:00Z', '2026-11-02T10:15:00+01:00', '2026-11-02', undefined),
  value: fc.constantFrom(4.1, '4.10', 0.1, undefined),
  comparator: fc.constantFrom('<', undefined),
  unit: fc.constantFrom('mmol/L', 'mg/dL', undefined),
  text: fc.constantFrom('Potassium', 'Sodium'),
  snomed: fc.constantFrom('1000651000000109', undefined),
  loinc: fc.constantFrom('2823-3', '2951-2', undefined),
  specimen: fc.constantFrom('Serum', 'Urine', undefined),
});

type Chosen = {
  [
    name in 'status' | 'effectiveDateTime' | 'value' | 'comparator' | 'unit' | 'text' | 'snomed' | 'loinc' | 'specimen'
  ]?: string | number | undefined;
};

function entryOf(chosen: Chosen, source: string): InvestigationEntry {
  const { text, snomed, loinc, specimen, value, comparator, unit, ...rest } = chosen;
  const coding = [
    ...(snomed === undefined
      ? []
      : [{ system: 'http://snomed.info/sct', code: snomed, display: 'Serum potassium level' }]),
    ...(loinc === undefined ? [] : [{ system: 'http://loinc.org', code: loinc }]),
  ];
  const resource: Resource = {
    resourceType: 'Observation',
    id: 'o',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { text, coding },
    valueQuantity: { value, comparator, unit },
    ...(specimen !== undefined && { specimen: { display: specimen } }),
    ...rest,
  };
  return entryFrom<InvestigationEntry>(resource, source);
}

const INSTANT: { readonly [text: string]: string } = { '2026-11-02T10:15:00+01:00': '2026-11-02T09:15:00Z' };

describe('one fact of two observations', () => {
  it('never hides a difference in value, unit, comparator, standing or time', () => {
    fc.assert(
      fc.property(observation, observation, (a, b) => {
        const [left, right] = [entryOf(a, 'lab'), entryOf(b, 'gp')];
        if (investigationResults.factKey(left) !== investigationResults.factKey(right)) return;
        // 4.10 is the same value as 4.1, written with more care; to the last digit, and in nothing else.
        const exact = (value?: string): string | undefined => value?.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
        const measure = ({ quantity }: InvestigationEntry): object => ({ ...quantity, value: exact(quantity?.value) });
        expect(measure(right)).toEqual(measure(left));
        expect([right.state, right.statusAsRecorded]).toEqual([left.state, left.statusAsRecorded]);
        expect(INSTANT[right.date ?? ''] ?? right.date).toBe(INSTANT[left.date ?? ''] ?? left.date);
        expect(left.date).toBeDefined();
        // Named in two systems they are one only by the table, and then neither may be of another specimen.
        if (a.snomed !== b.snomed && a.loinc !== b.loinc) expect([a.specimen, b.specimen]).not.toContain('Urine');
      }),
      { numRuns: 5000, seed: 20261122 },
    );
  });

  it('is not made of two tests that stand under one code with other words', () => {
    const chosen = {
      status: 'final',
      effectiveDateTime: '2026-11-02',
      value: 4.1,
      unit: 'mmol/L',
      snomed: '1000651000000109',
    };
    const [potassium, sodium] = [
      entryOf({ ...chosen, text: 'Potassium' }, 'lab'),
      entryOf({ ...chosen, text: 'Sodium' }, 'gp'),
    ];
    expect(investigationResults.factKey(potassium)).not.toBe(investigationResults.factKey(sodium));
  });

  it('is not made of two swabs that grew nothing', () => {
    const swab = (site: string) =>
      entryFrom<InvestigationEntry>({
        resourceType: 'Observation',
        id: site,
        status: 'final',
        category: [{ text: 'Laboratory' }],
        code: { text: 'Culture' },
        effectiveDateTime: '2026-11-02',
        valueString: 'No growth',
        bodySite: { text: site },
      });
    expect(investigationResults.factKey(swab('Left eye'))).not.toBe(investigationResults.factKey(swab('Right eye')));
  });
});

type Change = { readonly [name in keyof InvestigationEntry]?: InvestigationEntry[name] | undefined };
type Part = InvestigationEntry['parts'][number];

/** A potassium of 4.1 mmol/L, with this change. */
function measured(change: Change = {}): InvestigationEntry {
  const plain = entryOf({ status: 'final', effectiveDateTime: '2026-11-02', value: 4.1, text: 'Potassium' }, 'lab');
  return { ...plain, ...change } as InvestigationEntry;
}

const of = (value: string, unit?: string, unitCode?: string): Change => ({
  value,
  quantity: { value, ...(unit !== undefined && { unit }), ...(unitCode !== undefined && { unitCode }) },
});
const words = (value: string): Change => ({ value, quantity: undefined });
const part = (label: string, value?: string, code?: Coded, absent?: string): Part => ({
  label,
  flags: [],
  ranges: [],
  ...(value !== undefined && { value }),
  ...(code && { code }),
  ...(absent !== undefined && { absent }),
});
const parted = (...parts: readonly Part[]): Change => ({ value: undefined, quantity: undefined, parts });
const coded = (system: string, code: string, disagrees = false): Coded => ({
  text: code,
  codings: [{ system, code }],
  ...(disagrees && { disagrees: true as const }),
});

const baseOf = (change: Change): string | undefined => observationIdentity(measured(change))?.base;
const namesOf = (change: Change): readonly string[] | undefined =>
  observationIdentity(measured(change))
    ?.names()
    .map(({ name }) => name);
const detailsOf = (change: Change): readonly (string | undefined)[] | undefined =>
  observationIdentity(measured(change))?.details?.();

describe('an observation', () => {
  it.each<[why: string, change: Change]>([
    ['without a value', words(undefined as never)],
    ['whose parts have no value either', parted(part('Systolic'), part('Diastolic'))],
    ['without a date', { date: undefined }],
    ['of which only the day of its issue is known', { dateIs: 'recorded' }],
  ])('is nobody else’s %s', (_, change) => {
    expect(observationIdentity(measured(change))).toBeUndefined();
  });

  it('has an identity where one of its parts has a value', () => {
    expect(baseOf(parted(part('Systolic', '120 mmHg'), part('Diastolic')))).toBeDefined();
  });

  it.each<[why: string, one: Change, other: Change]>([
    ['another value', of('4.1'), of('4.2')],
    ['another unit', of('4.1', 'mmol/L'), of('4.1', 'mg/dL')],
    ['no unit', of('4.1', 'mmol/L'), of('4.1')],
    ['ten times as much', of('10'), of('1')],
    ['a hundred times as much', of('100'), of('1')],
    ['a zero within', of('1.05'), of('1.5')],
    ['a zero before the point', of('10.5'), of('1.5')],
    ['digits after a zero', of('1.001'), of('1')],
    ['a power of ten', of('1.5e10'), of('1.5e1')],
    ['other words', words('Positive'), words('Negative')],
    ['a number and the same in words', of('4.10'), words('4.10')],
    ['another version in words', words('1.10'), words('1.1')],
    ['another day', {}, { date: aDate('2026-11-03') }],
    ['another standing', {}, { state: 'unknown' }],
    ['another status', {}, { statusAsRecorded: 'amended' }],
    ['a doubt', {}, { cautions: ['source-unclear'] }],
    ['another part', parted(part('Systolic', '120')), parted(part('Diastolic', '120'))],
    ['another part in code', parted(part('A', '1', coded(SNOMED, '1'))), parted(part('A', '1', coded(SNOMED, '2')))],
    ['another part in LOINC', parted(part('A', '1', coded(LOINC, '1'))), parted(part('A', '1', coded(LOINC, '2')))],
    ['a code of each system', parted(part('A', '1', coded(SNOMED, '1'))), parted(part('A', '1', coded(LOINC, '1')))],
    [
      'words that contradict the code of a part',
      parted(part('A', '1', coded(SNOMED, '1', true))),
      parted(part('B', '1', coded(SNOMED, '1', true))),
    ],
    [
      'a code that contradicts the words of a part',
      parted(part('A', '1', coded(SNOMED, '1', true))),
      parted(part('A', '1', coded(SNOMED, '2', true))),
    ],
    ['another value of a part', parted(part('Systolic', '120')), parted(part('Systolic', '130'))],
    [
      'a part that is missing for another reason',
      parted(part('A', '1'), part('B', undefined, undefined, 'masked')),
      parted(part('A', '1'), part('B', undefined, undefined, 'error')),
    ],
    ['a value of its own', parted(part('A', '1')), { parts: [part('A', '1')] }],
  ])('is another with %s', (_, one, other) => {
    expect(baseOf(one)).not.toBe(baseOf(other));
  });

  it.each<[why: string, one: Change, other: Change]>([
    ['a zero behind', of('4.90'), of('4.9')],
    ['nothing but zeros behind', of('4.00'), of('4')],
    ['less than nothing', of('-12.50'), of('-12.5')],
    ['the unit in its code', of('4.1', undefined, 'mmol/L'), of('4.1', 'mmol/l')],
    ['another wording of the test’s name', {}, { cautions: ['text-differs'] }],
    [
      'its doubts in another order',
      { cautions: ['source-unclear', 'date-in-future'] },
      { cautions: ['date-in-future', 'source-unclear'] },
    ],
    ['its parts in another order', parted(part('A', '1'), part('B', '2')), parted(part('B', '2'), part('A', '1'))],
    [
      'a part in other words under one code',
      parted(part('A', '1', coded(SNOMED, '1'))),
      parted(part('B', '1', coded(SNOMED, '1'))),
    ],
    [
      'a part in other words under one code of LOINC',
      parted(part('A', '1', coded(LOINC, '1'))),
      parted(part('B', '1', coded(LOINC, '1'))),
    ],
    ['a part in other letters', parted(part('Systolic ', '1')), parted(part('systolic', '1'))],
  ])('is the same with %s', (_, one, other) => {
    expect(baseOf(one)).toBe(baseOf(other));
  });

  it('is called by every code, the surest first, and by its words', () => {
    const both: Coded = {
      text: 'Potassium',
      codings: [
        { system: SNOMED, code: '1000651000000109' },
        { system: LOINC, code: '2823-3' },
      ],
    };
    const serum = { title: 'Potassium', specimen: 'Serum' };
    expect(namesOf({ ...serum, code: both })).toEqual([
      'test:potassium',
      'sct:1000651000000109',
      'loinc:2823-3',
      'words:potassium',
    ]);
    expect(namesOf({ ...serum, code: both, ...words('High') })).toEqual([
      'sct:1000651000000109',
      'loinc:2823-3',
      'words:potassium',
    ]);
    expect(namesOf({ title: 'Potassium ', code: coded(LOINC, '1') })).toEqual(['loinc:1', 'words:potassium']);
    expect(namesOf({ title: 'Nickel', code: undefined })).toEqual(['words:nickel']);
  });

  it('is the same test for whichever of its names it is joined', () => {
    const code: Coded = {
      text: 'Potassium',
      codings: [...coded(SNOMED, '1000651000000109').codings, ...coded(LOINC, '2823-3').codings],
    };
    for (const change of [
      { code },
      { code, specimen: 'Serum' },
      { title: 'Nickel', code: undefined },
      { code: coded(SNOMED, '1', true) },
    ])
      for (const { reason } of observationIdentity(measured(change))?.names() ?? []) expect(reason).toBe('test');
  });

  it('is called by its code and its words together where they contradict each other', () => {
    const code = coded(SNOMED, '1000651000000109', true);
    expect(namesOf({ title: 'ESR', specimen: 'Serum', code })).toEqual(['sct:1000651000000109 words:esr']);
    expect(namesOf({ title: 'Serum potassium', specimen: 'Serum', code })).toEqual([
      'sct:1000651000000109 words:serum potassium',
    ]);
    expect(namesOf({ title: 'ESR', code: coded('urn:local', '1', true) })).toEqual([' words:esr']);
  });

  it('may leave out the time of day, the place on the body, the specimen, the code of its unit and a flag', () => {
    expect(detailsOf({})).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(
      detailsOf({
        ...of('4.1', 'mmol per litre', 'mmol/l'),
        date: aDate('2026-11-02T09:15:00Z'),
        bodySite: ' Left arm',
        specimen: 'Serum',
      }),
    ).toEqual([momentKey(aDate('2026-11-02T09:15:00Z')), 'left arm', 'blood', 'mmol/L', undefined]);
  });

  it('may leave out its specimen where it says only words', () => {
    expect(detailsOf({ ...words('No growth'), specimen: 'Urine ' })?.[2]).toBe('urine');
    expect(detailsOf(words('No growth'))?.[2]).toBeUndefined();
  });
});

describe('a number that two records tell alike', () => {
  const flagged = (...flags: readonly string[]): Change => ({ flags: flags.map((code) => ({ text: code, code })) });

  it('is two where one was measured in urine and one in blood, and one by whatever name its blood goes', () => {
    const kind = (specimen: string): string | undefined => detailsOf({ specimen })?.[2];
    expect(new Set(['Serum', 'Venous blood', 'Plasma (EDTA)'].map(kind))).toEqual(new Set(['blood']));
    expect(new Set(['Serum', 'Urine', 'CSF', 'Pleural fluid', 'Capillary blood', 'Stool'].map(kind)).size).toBe(6);
    expect(kind('Urinary catheter specimen')).toBe(kind('Urine'));
    expect(kind('Tube 7')).toBeUndefined();
  });

  it('is two where one is flagged as high and one as normal, and one where only one is flagged', () => {
    const flags = (change: Change): string | undefined => detailsOf(change)?.[4];
    expect(flags(flagged('H'))).not.toBe(flags(flagged('N')));
    expect(flags(flagged('H'))).not.toBe(flags(flagged('HH')));
    for (const [word, code] of [
      ['High', 'h'],
      ['Low', 'l'],
      ['Normal', 'n'],
      ['Abnormal', 'a'],
    ] as const)
      expect(flags({ flags: [{ text: word }] })).toBe(flags(flagged(code)));
    expect(flags(flagged('A', 'H'))).toBe(flags(flagged('H', 'A', 'H')));
    expect(flags({ flags: [{ text: 'See comment' }] })).toBe('SEE COMMENT');
    expect(flags({})).toBeUndefined();
  });
});

describe('a moment', () => {
  it('is one in two zones', () => {
    expect(momentKey(aDate('2026-11-02T10:15:00+01:00'))).toBe(momentKey(aDate('2026-11-02T09:15:00Z')));
    expect(momentKey(aDate('2026-11-02T04:15:00-05:00'))).toBe(momentKey(aDate('2026-11-02T09:15:00Z')));
    expect(momentKey(aDate('2026-11-02T09:15:00Z'))).not.toBe(momentKey(aDate('2026-11-02T09:16:00Z')));
  });

  it('without a zone or a time is only what is written', () => {
    expect(momentKey(aDate('2026-11-02'))).toBe('2026-11-02');
  });
});

describe('a key of parts', () => {
  it('cannot be made by text that holds a separator', () => {
    expect(keyOfParts('a|b', 'c')).not.toBe(keyOfParts('a', 'b|c'));
    expect(keyOfParts('a","b')).not.toBe(keyOfParts('a', 'b'));
    expect(keyOfParts(undefined)).not.toBe(keyOfParts(''));
  });
});
