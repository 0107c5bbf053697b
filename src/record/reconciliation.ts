import type { ConflictKind, Conflict, Fact, FactKey } from './fact.ts';
import type { EntryId } from './entry.ts';
import { believableDate } from './future-date.ts';
import { newestFirst, type RecordedDate } from './fhir/date.ts';
import { moietyOf } from './moiety.ts';
import { partsOf } from './parts-of.ts';
import type { PatientRecord, SectionView } from './patient-record.ts';
import type { MedicationEntry } from './sections/medications.ts';
import type { Organisation, OdsCode, SourceId } from './source.ts';
import type { SectionAnswer, SourceStatus } from './source-status.ts';
import { splitByWindow } from './split-by-window.ts';

type AnswerState = SectionAnswer['state'] | SourceStatus['state'];

/** One organisation, and how its answer about medicines ended: the worst of its sources'. */
export type ReconciliationColumn = {
  readonly organisation: Organisation;
  readonly home: boolean;
  readonly sources: readonly SourceId[];
  readonly state: AnswerState;
  /** Whether "nothing here" can be taken as said: every source of it has answered in full. */
  readonly whole: boolean;
  /** What it says of medicines as such ("none known", "not asked"), newest first. */
  readonly remarks: readonly MedicationEntry[];
};

/** Records of one organisation that say the same of a medicine, newest first; never empty. */
export type MedicineStatement = {
  readonly fact: FactKey;
  readonly entries: readonly [MedicationEntry, ...MedicationEntry[]];
};

/** One side of a disagreement as it is recorded: who, and the day it was last said. */
export type MarkSide = { readonly entry: MedicationEntry; readonly date?: RecordedDate };

/** A disagreement that the record's own rules have found, in this row. */
export type MedicineMark = { readonly kind: ConflictKind; readonly sides: readonly MarkSide[] };

/** One substance, by the name its sources use for it. */
export type MedicineRow = {
  readonly key: string;
  readonly name: string;
  readonly cells: ReadonlyMap<OdsCode, readonly MedicineStatement[]>;
  readonly marks: readonly MedicineMark[];
};

export type Reconciliation = {
  /** Organisations that hold a medicine or can't be known not to; the reader's own first, the silent last. */
  readonly columns: readonly ReconciliationColumn[];
  /** What disagrees first, then what is taken, then by name. */
  readonly rows: readonly MedicineRow[];
  /** Answered, and hold no medicine of these. */
  readonly without: readonly ReconciliationColumn[];
  /** Nobody asked them, or nobody may: what they hold is not known. */
  readonly unasked: readonly ReconciliationColumn[];
  /** Records of medicines that were over before the section's window: left to the section. */
  readonly older: number;
};

/**
 * What each organisation records of each medicine, side by side. It orders what is there and adds nothing: every record of
 * a medicine that is current, or ended within the section's window, stands in one cell. Which of them is right is for the
 * reader. Pure: the same record gives the same table.
 */
export function reconcile(record: PatientRecord, today: string): Reconciliation {
  const view = record.sections.find(({ id }) => id === 'medications') as SectionView<MedicationEntry> | undefined;
  if (!view) return { columns: [], rows: [], without: [], unasked: [], older: 0 };
  const { inside, older } = splitByWindow(view, today);
  const odsOf = new Map(record.sources.map(({ source }) => [source.id, source.organisation.ods]));
  const medicines = inside.filter(isMedicine);
  const rows = rowsOf(medicines, odsOf, record.conflicts);
  const remarks = view.facts.filter((fact) => !isMedicine(fact)).flatMap(({ entries }) => entries);
  const all = columnsOf(record, view, remarks);
  const held = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
  const isEmpty = (column: ReconciliationColumn): boolean =>
    column.whole && column.remarks.length === 0 && !held.has(column.organisation.ods);
  const isUnasked = ({ state, organisation }: ReconciliationColumn): boolean =>
    NEVER_ASKED.has(state) && !held.has(organisation.ods);
  return {
    columns: all.filter((column) => !isEmpty(column) && !isUnasked(column)),
    rows,
    without: all.filter(isEmpty),
    unasked: all.filter(isUnasked),
    older: older.filter(isMedicine).reduce((sum, { entries }) => sum + entries.length, 0),
  };
}

function isMedicine({ entries: [entry] }: Fact<MedicationEntry>): boolean {
  return entry.statement === 'medicine';
}

/** By record and not by line: a line joins what says the same under names that may be of two substances to us. */
function rowsOf(
  facts: readonly Fact<MedicationEntry>[],
  odsOf: ReadonlyMap<SourceId, OdsCode>,
  conflicts: readonly Conflict[],
): readonly MedicineRow[] {
  const rows = new Map<string, Map<OdsCode, Map<FactKey, MedicationEntry[]>>>();
  for (const { key, entries } of facts)
    for (const entry of entries) {
      const ods = odsOf.get(entry.origin.source) ?? (entry.origin.source as string as OdsCode);
      const cells = getOr(rows, moietyOf(entry), () => new Map<OdsCode, Map<FactKey, MedicationEntry[]>>());
      const cell = getOr(cells, ods, () => new Map<FactKey, MedicationEntry[]>());
      getOr(cell, key, () => []).push(entry);
    }
  const marks = marksOf(conflicts, facts);
  return [...rows]
    .map(([key, cells]) => rowOf(key, cells, marks.get(key) ?? []))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en-GB') || (a.key < b.key ? -1 : 1));
}

function rowOf(
  key: string,
  byOrganisation: ReadonlyMap<OdsCode, ReadonlyMap<FactKey, readonly MedicationEntry[]>>,
  marks: readonly MedicineMark[],
): MedicineRow {
  const cells = new Map<OdsCode, readonly MedicineStatement[]>();
  for (const [ods, byFact] of byOrganisation)
    cells.set(
      ods,
      [...byFact]
        .flatMap(([fact, [first, ...others]]) => (first ? [{ fact, entries: [first, ...others] as const }] : []))
        .map(({ fact, entries }) => ({ fact, entries: newest(entries) }))
        .sort(
          (a, b) => standingRank(a) - standingRank(b) || newestFirst(lastSaid(a.entries[0]), lastSaid(b.entries[0])),
        ),
    );
  return { key, name: nameOf(key, [...cells.values()].flat()), cells, marks };
}

function newest(entries: readonly [MedicationEntry, ...MedicationEntry[]]): MedicineStatement['entries'] {
  return [...entries].sort((a, b) => newestFirst(lastSaid(a), lastSaid(b))) as [MedicationEntry, ...MedicationEntry[]];
}

/** The name most of its sources use, so that a row reads as they write it; the substance's own stands in the key. */
function nameOf(key: string, statements: readonly MedicineStatement[]): string {
  const counts = new Map<string, number>();
  for (const { entries } of statements)
    for (const name of new Set(entries.map((entry) => entry.name))) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [most] = [...counts].sort(
    ([a, n], [b, m]) => Number(isKey(b, key)) - Number(isKey(a, key)) || m - n || (a < b ? -1 : 1),
  );
  return most?.[0] ?? key;
}

function isKey(name: string, key: string): boolean {
  return name.toLowerCase() === key;
}

/** The day on which it was last said: stopped, issued, or recorded. */
export function lastSaid(entry: MedicationEntry): RecordedDate | undefined {
  return entry.stopped?.date ?? entry.lastIssued ?? believableDate(entry);
}

const OF_A_MEDICINE: ReadonlySet<ConflictKind> = new Set([
  'allergy-and-medicine',
  'two-doses',
  'stopped-here-active-there',
  'on-hold-here-active-there',
  'duplicate-therapy',
]);

/** Each row's disagreements, as the record's rules found them; no rule is made here. */
function marksOf(
  conflicts: readonly Conflict[],
  facts: readonly Fact<MedicationEntry>[],
): ReadonlyMap<string, readonly MedicineMark[]> {
  const byId = new Map<EntryId, MedicationEntry>(facts.flatMap(({ entries }) => entries.map((one) => [one.id, one])));
  const marks = new Map<string, MedicineMark[]>();
  for (const conflict of conflicts.flatMap(partsOf)) {
    if (!OF_A_MEDICINE.has(conflict.kind)) continue;
    const sides = new Map<string, MarkSide[]>();
    for (const id of conflict.sides) {
      const entry = byId.get(id);
      if (!entry) continue;
      const date = lastSaid(entry);
      getOr(sides, moietyOf(entry), () => []).push({ entry, ...(date && { date }) });
    }
    for (const [key, said] of sides) getOr(marks, key, () => []).push({ kind: conflict.kind, sides: oneEach(said) });
  }
  return marks;
}

/** A source is one side with the newest of what it says alike: twelve issues of a repeat are one side. */
function oneEach(sides: readonly MarkSide[]): readonly MarkSide[] {
  const once = new Map<string, MarkSide>();
  for (const side of [...sides].sort((a, b) => newestFirst(a.date, b.date))) {
    const { origin, state, dosages, stopped, statusAsRecorded } = side.entry;
    const key = JSON.stringify([
      origin.source,
      state,
      stopped,
      statusAsRecorded,
      dosages.map(({ dose, text }) => [dose, text]),
    ]);
    if (!once.has(key)) once.set(key, side);
  }
  return [...once.values()];
}

function rank({ marks, cells }: MedicineRow): number {
  const standing = Math.min(...[...cells.values()].flat().map(standingRank));
  return (marks.length > 0 ? 0 : 10) + standing;
}

function standingRank({ entries: [entry] }: MedicineStatement): number {
  return { current: 0, negated: 1, unknown: 2, planned: 3, past: 4, 'in-error': 5 }[entry.state];
}

function columnsOf(
  record: PatientRecord,
  view: SectionView<MedicationEntry>,
  remarks: readonly MedicationEntry[],
): readonly ReconciliationColumn[] {
  const answers = new Map(view.answers.map(({ source, answer }) => [source, stateOf(answer)]));
  const unread = new Set(
    record.unread
      .filter(({ resourceType }) => view.section.reads.includes(resourceType))
      .map(({ origin }) => origin.source),
  );
  const byOds = new Map<OdsCode, ReconciliationColumn>();
  for (const { source, status } of record.sources) {
    // A source that has no medicines to give, and one that nobody asked, has no column: the strip says so of the whole view.
    const state = answers.get(source.id) ?? (NEVER_ASKED.has(status.state) ? status.state : undefined);
    if (state === undefined) continue;
    const before = byOds.get(source.organisation.ods);
    byOds.set(source.organisation.ods, {
      organisation: source.organisation,
      home: source.home || before?.home === true,
      sources: [...(before?.sources ?? []), source.id],
      state: before ? worstOf(before.state, state) : state,
      whole: WHOLE.has(state) && !unread.has(source.id) && before?.whole !== false,
      remarks: [...(before?.remarks ?? []), ...remarks.filter(({ origin }) => origin.source === source.id)].sort(
        (a, b) => newestFirst(lastSaid(a), lastSaid(b)),
      ),
    });
  }
  return [...byOds.values()].sort(
    (a, b) =>
      Number(b.home) - Number(a.home) ||
      Number(b.whole) - Number(a.whole) ||
      a.organisation.name.localeCompare(b.organisation.name, 'en-GB') ||
      (a.organisation.ods < b.organisation.ods ? -1 : 1),
  );
}

/** An answer that holds some back leaves as open what it does not say as one that holds back everything. */
function stateOf({ state, ...more }: SectionView['answers'][number]['answer']): AnswerState {
  return 'withheld' in more && (more.withheld ?? 0) > 0 ? 'withheld' : state;
}

/**
 * Worst first. Never asked is an organisation only where nobody asked any source of it: beside an answer of another it
 * makes that a part of an answer, and beside a silence it hides none.
 */
const WORST: readonly AnswerState[] = [
  'unavailable',
  'failed',
  'late',
  'waiting',
  'truncated',
  'withheld',
  'answered',
  'nothing-held',
  'not-agreed',
  'not-connected',
  'not-asked',
];

function worstOf(a: AnswerState, b: AnswerState): AnswerState {
  return WORST.indexOf(a) < WORST.indexOf(b) ? a : b;
}

const WHOLE: ReadonlySet<AnswerState> = new Set<AnswerState>(['answered', 'nothing-held']);
const NEVER_ASKED: ReadonlySet<AnswerState> = new Set<AnswerState>(['not-agreed', 'not-connected', 'not-asked']);

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
