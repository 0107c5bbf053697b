import { describe, expect, it } from 'vitest';
import type { EntryState } from '../../../src/record/entry.ts';
import type { Conflict, ConflictKind, Fact, FactKey } from '../../../src/record/fact.ts';
import type { PatientRecord, SectionView } from '../../../src/record/patient-record.ts';
import { lastSaid, reconcile, type Reconciliation } from '../../../src/record/reconciliation.ts';
import type { MedicationEntry } from '../../../src/record/sections/medications.ts';
import type { Source, SourceId } from '../../../src/record/source.ts';
import { aDate, aSource } from '../../support/record.ts';

const TODAY = '2026-11-22';

type Said = Partial<Omit<MedicationEntry, 'id'>> & { readonly id: string; readonly source?: string };

/** A record of a medicine as it is read; what a test is about is said of it. */
function entry({ id, source = 'gp', ...more }: Said): MedicationEntry {
  return {
    section: 'medications',
    title: more.name ?? 'Ramipril',
    name: 'Ramipril',
    statement: 'medicine',
    state: 'current',
    date: aDate('2026-11-01'),
    cautions: [],
    links: [],
    dosages: [],
    origin: { source, resource: `MedicationRequest/${id}` },
    ...more,
    id,
  } as unknown as MedicationEntry;
}
const factOf = (...entries: readonly MedicationEntry[]): Fact<MedicationEntry> =>
  ({ key: `f-${entries[0]?.id ?? ''}`, section: 'medications', entries }) as unknown as Fact<MedicationEntry>;

type Answers = { readonly [source: string]: object | string };
type Given = {
  readonly facts?: readonly Fact<MedicationEntry>[];
  readonly sources?: readonly Source[];
  /** A cell of the section; or a word: how the source ended, asked for nothing. */
  readonly answers?: Answers;
  readonly conflicts?: readonly Partial<Conflict>[];
  readonly unread?: readonly { readonly source: string; readonly type: string }[];
};

function tableOf({
  facts = [],
  sources = [aSource('gp')],
  answers = {},
  conflicts = [],
  unread = [],
}: Given): Reconciliation {
  const answerOf = (id: string): object | string => answers[id] ?? { state: 'answered', count: 1 };
  const record = {
    sources: sources.map((source) => {
      const answer = answerOf(source.id);
      return { source, status: { state: typeof answer === 'string' ? answer : 'answered' } };
    }),
    sections: [
      {
        id: 'medications',
        section: { reads: ['MedicationRequest'], window: { months: 12 }, currentFirst: true },
        facts,
        answers: sources.flatMap(({ id }) => {
          const answer = answerOf(id);
          return typeof answer === 'string' ? [] : [{ source: id, answer }];
        }),
      },
    ],
    conflicts,
    unread: unread.map(({ source, type }) => ({
      origin: { source, resource: '' },
      resourceType: type,
      reason: 'type-not-read',
    })),
  };
  return reconcile(record as unknown as PatientRecord, TODAY);
}

const two = (first: string, second: string): readonly Source[] =>
  [first, second].map((id) => ({ ...aSource(id), organisation: aSource('trust').organisation }));
const held = [factOf(entry({ id: 'm', source: 'gp' }))];
const columnsOf = (table: Reconciliation) =>
  table.columns.map(({ organisation, state, whole }) => [organisation.name, state, whole]);

describe('a record without medicines', () => {
  it('has an empty table', () => {
    const record = { sections: [] as readonly SectionView[] } as unknown as PatientRecord;
    expect(reconcile(record, TODAY)).toEqual({ columns: [], rows: [], without: [], unasked: [], older: 0 });
  });
});

describe('an organisation of several sources', () => {
  const [a, b] = ['a', 'b'];
  const ended = (first: object | string, second: object | string): Reconciliation =>
    tableOf({ sources: two(a, b), answers: { a: first, b: second } });
  const ok = { state: 'answered', count: 0 };

  it.each<[what: string, first: object | string, second: object | string, state: string]>([
    ['one is silent and nobody asked the other', 'not-asked', { state: 'unavailable', count: 0 }, 'unavailable'],
    ['one is late and another failed', { state: 'late', count: 0 }, { state: 'failed', count: 0 }, 'failed'],
    [
      'one still waits and another is cut short',
      { state: 'truncated', count: 0 },
      { state: 'waiting', count: 0 },
      'waiting',
    ],
    ['one holds back and another is late', { state: 'withheld', count: 0 }, { state: 'late', count: 0 }, 'late'],
    ['one holds back some', ok, { ...ok, withheld: 1 }, 'withheld'],
    ['nobody asked one of them', ok, 'not-asked', 'answered'],
    ['nobody may ask one that holds nothing', { state: 'nothing-held', count: 0 }, 'not-agreed', 'nothing-held'],
  ])('is never said to hold nothing, nor to be unasked, where %s', (_what, first, second, state) => {
    for (const table of [ended(first, second), ended(second, first)]) {
      expect(columnsOf(table)).toEqual([['The trust', state, false]]);
      expect([table.without, table.unasked]).toEqual([[], []]);
    }
  });

  it('is whole where all of them are, and unasked where all of them are', () => {
    expect(ended(ok, { ...ok, withheld: 0 }).without.map(({ sources }) => sources)).toEqual([['a', 'b']]);
    for (const [first, second, state] of [
      ['not-agreed', 'not-connected', 'not-agreed'],
      ['not-asked', 'not-connected', 'not-connected'],
    ] as const)
      for (const table of [ended(first, second), ended(second, first)])
        expect(table.unasked.map((column) => column.state)).toEqual([state]);
  });

  it('has no part in the table where none of them has medicines to give', () => {
    const table = ended('answered', 'answered');
    expect([table.columns, table.without, table.unasked]).toEqual([[], [], []]);
  });

  it('is the reader’s own where one of them is, and has what each remarks, newest first', () => {
    const none = (id: string, source: string, day: string): Fact<MedicationEntry> =>
      factOf(entry({ id, source, statement: 'none-known' as never, date: aDate(day) }));
    const facts = [
      none('1', 'a', '2026-01-01'),
      none('2', 'b', '2026-03-01'),
      none('3', 'a', '2026-02-01'),
      none('4', 'gp', '2026-04-01'),
    ];
    const [first, second] = two(a, b);
    if (!first || !second) throw new Error('expected two');
    for (const sources of [
      [{ ...first, home: true }, second, aSource('gp')],
      [second, { ...first, home: true }, aSource('gp')],
    ]) {
      const [own] = tableOf({ facts, sources }).columns;
      expect([own?.home, own?.remarks.map(({ id }) => id)]).toEqual([true, ['2', '3', '1']]);
    }
    expect(tableOf({ facts, sources: two(a, b) }).columns.map(({ home }) => home)).toEqual([false]);
  });
});

describe('the columns', () => {
  it('leave open what an organisation holds of which something could not be read, if it may have been a medicine', () => {
    const [gp, hospital] = [aSource('gp'), aSource('hospital')];
    const unread = (type: string) =>
      tableOf({ facts: held, sources: [gp, hospital], unread: [{ source: 'hospital', type }] });
    expect(columnsOf(unread('MedicationRequest'))).toEqual([
      ['The gp', 'answered', true],
      ['The hospital', 'answered', false],
    ]);
    expect(columnsOf(unread('Condition'))).toEqual([['The gp', 'answered', true]]);
  });

  it('stand with the reader’s own first, then who answered, then by name, then by code', () => {
    const source = (id: string, name: string, home = false): Source => {
      const made = aSource(id, 'gp', home);
      return { ...made, organisation: { ...made.organisation, name } };
    };
    const sources = [
      source('e', 'Beech'),
      source('d', 'Beech'),
      source('c', 'Alder'),
      source('b', 'Aspen'),
      source('a', 'Yew', true),
    ];
    const facts = ['a', 'c', 'd', 'e'].map((id) => factOf(entry({ id, source: id })));
    const answers = { b: { state: 'late', count: 0 }, a: { state: 'late', count: 0 } };
    for (const order of [sources, [...sources].reverse()])
      expect(tableOf({ facts, sources: order, answers }).columns.flatMap((column) => column.sources)).toEqual([
        'a',
        'c',
        'd',
        'e',
        'b',
      ]);
  });

  it('are of nobody that was never asked, unless it is known to hold a medicine', () => {
    const sources = [aSource('gp'), aSource('hospital')];
    for (const state of ['not-agreed', 'not-connected', 'not-asked']) {
      const table = tableOf({ facts: held, sources, answers: { hospital: state } });
      expect(table.columns.map((column) => column.sources)).toEqual([['gp']]);
      expect(table.unasked.map((column) => [column.sources, column.state, column.whole])).toEqual([
        [['hospital'], state, false],
      ]);
      const more = [...held, factOf(entry({ id: 'h', source: 'hospital' }))];
      expect(tableOf({ facts: more, sources, answers: { hospital: state } }).unasked).toEqual([]);
    }
  });
});

describe('the rows', () => {
  const names = (...facts: readonly Fact<MedicationEntry>[]) => tableOf({ facts }).rows.map(({ name }) => name);

  it('count by record what was over before the window, and no remark', () => {
    const old = (id: string, more: object = {}) => entry({ id, state: 'past', date: aDate('2019-01-01'), ...more });
    const remark = factOf(old('r', { statement: 'none-known' }));
    expect(tableOf({ facts: [factOf(old('1'), old('2')), factOf(old('3')), remark] }).older).toBe(3);
  });

  it('are called by the substance’s own name where one writes it, else by the name of most, else by the first', () => {
    const named = (id: string, name: string, ...more: readonly MedicationEntry[]) =>
      factOf(entry({ id, name }), ...more);
    expect(names(named('1', 'Tritace'), named('2', 'Tritace'), named('3', 'RAMIPRIL'))).toEqual(['RAMIPRIL']);
    expect(names(named('1', 'RAMIPRIL'), named('2', 'Tritace'), named('3', 'Tritace'))).toEqual(['RAMIPRIL']);
    expect(names(named('1', 'Ramipril oral'), named('2', 'Tritace'), named('3', 'Tritace'))).toEqual(['Tritace']);
    expect(names(named('1', 'Tritace'), named('2', 'Ramipril oral'))).toEqual(['Ramipril oral']);
    // Twelve issues of one repeat are one voice.
    const often = named('1', 'Tritace', entry({ id: '2', name: 'Tritace' }), entry({ id: '3', name: 'Tritace' }));
    expect(names(often, named('4', 'Ramipril oral'))).toEqual(['Ramipril oral']);
  });

  it('stand by what disagrees, then by what is taken most, then by name, then by substance', () => {
    const states: readonly EntryState[] = ['past', 'planned', 'unknown', 'negated', 'current'];
    const facts = states.map((state) => factOf(entry({ id: state, name: `A ${state}`, state })));
    const more = factOf(entry({ id: 'z', name: 'Zopiclone' }));
    const marked = factOf(entry({ id: 'x', name: 'Xylometazoline', state: 'past' }));
    const conflicts = [{ kind: 'two-doses' as const, sides: ['x' as never] }];
    const order = ['Xylometazoline', 'A current', 'Zopiclone', 'A negated', 'A unknown', 'A planned', 'A past'];
    for (const all of [[...facts, more, marked], [marked, more, ...facts].reverse()])
      expect(tableOf({ facts: all, conflicts }).rows.map(({ name }) => name)).toEqual(order);
  });

  it('stand by what is taken of them anywhere, though it is over elsewhere', () => {
    const facts = [
      factOf(entry({ id: '1', name: 'Zopiclone', state: 'past' })),
      factOf(entry({ id: '2', name: 'Zopiclone' })),
      factOf(entry({ id: '3', name: 'Amlodipine', state: 'unknown' })),
    ];
    expect(names(...facts)).toEqual(['Zopiclone', 'Amlodipine']);
    expect(tableOf({ facts }).columns.map(({ remarks }) => remarks)).toEqual([[]]);
  });

  it('have in each cell what is taken first, then the newest, and within a statement the newest record', () => {
    const on = (id: string, day: string, more: object = {}) => entry({ id, date: aDate(day), ...more });
    const facts = [
      factOf(on('past', '2026-11-10', { state: 'past' })),
      factOf(on('old', '2026-01-01'), on('newer', '2026-02-01')),
      factOf(on('new', '2026-03-01')),
    ];
    for (const all of [facts, [...facts].reverse()]) {
      const [row] = tableOf({ facts: all }).rows;
      expect(
        [...(row?.cells.values() ?? [])].flat().map(({ fact, entries }) => [fact, entries.map(({ id }) => id)]),
      ).toEqual([
        ['f-new', ['new']],
        ['f-old', ['newer', 'old']],
        ['f-past', ['past']],
      ]);
    }
  });

  it('have a cell of its own for a source that nobody lists', () => {
    const [row] = tableOf({ facts: [factOf(entry({ id: 'm', source: 'elsewhere' }))] }).rows;
    expect([...(row?.cells.keys() ?? [])]).toEqual(['elsewhere']);
  });
});

describe('a mark', () => {
  const marksOf = (facts: readonly Fact<MedicationEntry>[], ...conflicts: readonly Partial<Conflict>[]) =>
    tableOf({ facts, conflicts }).rows.map(({ name, marks }) => [
      name,
      marks.map(({ kind, sides }) => [kind, sides.map(({ entry: { id }, date }) => [id, date])]),
    ]);
  const conflict = (kind: ConflictKind, ...sides: readonly string[]): Partial<Conflict> => ({
    kind,
    sides: sides as readonly never[],
    facts: [] as readonly FactKey[],
  });
  const [one, other] = [entry({ id: '1' }), entry({ id: '2', date: aDate('2026-11-05'), source: 'hospital' })];

  it.each<ConflictKind>(['key-workers-differ', 'allergy-refuted-elsewhere', 'demographics-differ'])(
    'is none by %s',
    (kind) => {
      expect(marksOf([factOf(one), factOf(other)], conflict(kind, '1', '2'))).toEqual([['Ramipril', []]]);
    },
  );

  it.each<ConflictKind>([
    'allergy-and-medicine',
    'two-doses',
    'stopped-here-active-there',
    'on-hold-here-active-there',
    'duplicate-therapy',
  ])('has its sides, the newest first, with their days: %s', (kind) => {
    expect(marksOf([factOf(one), factOf(other)], conflict(kind, '1', '2', 'an allergy'))).toEqual([
      [
        'Ramipril',
        [
          [
            kind,
            [
              ['2', '2026-11-05'],
              ['1', '2026-11-01'],
            ],
          ],
        ],
      ],
    ]);
  });

  it('stands in the row of each substance that it is of, with that row’s sides', () => {
    const facts = [factOf(one), factOf(entry({ id: '3', name: 'Lisinopril' }))];
    expect(marksOf(facts, conflict('duplicate-therapy', '1', '3'))).toEqual([
      ['Lisinopril', [['duplicate-therapy', [['3', '2026-11-01']]]]],
      ['Ramipril', [['duplicate-therapy', [['1', '2026-11-01']]]]],
    ]);
  });

  it('is each of several that are said as one', () => {
    const joined = {
      ...conflict('two-doses', '1', '2'),
      of: [conflict('two-doses', '1', '2'), conflict('stopped-here-active-there', '1', '2')] as readonly Conflict[],
    };
    expect(marksOf([factOf(one), factOf(other)], joined)[0]?.[1]).toHaveLength(2);
  });

  it('has no day where none is known', () => {
    const { date: _date, ...undated } = entry({ id: '4' });
    const [row] = tableOf({
      facts: [factOf(undated as MedicationEntry)],
      conflicts: [conflict('two-doses', '4')],
    }).rows;
    expect(row?.marks[0]?.sides[0]).not.toHaveProperty('date');
  });

  it('names a source once for what it says alike, and each thing that it says differently', () => {
    const at = (id: string, day: string, more: object = {}) => entry({ id, date: aDate(day), ...more });
    const dose = (text: string) => ({ dosages: [{ text }] });
    const entries = [
      at('a', '2026-09-01', dose('5mg')),
      at('b', '2026-10-01', dose('5mg')),
      at('c', '2026-08-01', dose('10mg')),
      at('d', '2026-07-01', { ...dose('5mg'), dosages: [{ text: '5mg', dose: '2 tablets' }] }),
      at('e', '2026-06-01', { ...dose('5mg'), state: 'unknown' }),
      at('f', '2026-05-01', { ...dose('5mg'), statusAsRecorded: 'on-hold' }),
      at('g', '2026-04-01', { ...dose('5mg'), stopped: { reason: 'AKI' } }),
      at('h', '2026-03-01', { ...dose('5mg'), source: 'hospital' }),
    ];
    const [row] = tableOf({
      facts: entries.map((each) => factOf(each)),
      conflicts: [conflict('two-doses', ...entries.map(({ id }) => id))],
    }).rows;
    expect(row?.marks[0]?.sides.map(({ entry: { id } }) => id)).toEqual(['b', 'c', 'd', 'e', 'f', 'g', 'h']);
  });
});

describe('the day on which a medicine was last said', () => {
  it('is that of the stop, else of the last issue, else its own', () => {
    const all = { stopped: { date: aDate('2026-01-01') }, lastIssued: aDate('2026-02-01'), date: aDate('2026-03-01') };
    expect(lastSaid(entry({ id: '1', ...all }))).toBe('2026-01-01');
    expect(lastSaid(entry({ id: '1', ...all, stopped: {} as never }))).toBe('2026-02-01');
    expect(lastSaid(entry({ id: '1', date: aDate('2026-03-01') }))).toBe('2026-03-01');
    expect(lastSaid(entry({ id: '1', cautions: ['date-in-future'] }))).toBeUndefined();
  });
});

it('an identity of a source is that of its records', () => {
  const sources = [aSource('gp'), aSource('hospital')];
  const { rows } = tableOf({ facts: [factOf(entry({ id: 'm', source: 'hospital' }))], sources });
  expect(rows.flatMap(({ cells }) => [...cells.keys()])).toEqual([aSource('hospital').organisation.ods]);
  expect(rows[0]?.cells.get('hospital' as SourceId as never)).toBeUndefined();
});
