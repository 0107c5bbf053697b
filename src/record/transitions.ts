import type { Entry, EntryId } from './entry.ts';
import { newestFirst, sortMoment, type RecordedDate } from './fhir/date.ts';
import { medicineChanges, type Compared, type MedicineChange, type Span } from './medicine-changes.ts';
import { partsOf } from './parts-of.ts';
import type { PatientRecord } from './patient-record.ts';
import type { SectionId } from './section.ts';
import type { AdmissionEntry } from './sections/admissions.ts';
import type { DischargeEntry } from './sections/discharges.ts';
import type { DocumentEntry } from './sections/documents.ts';
import type { MedicationEntry } from './sections/medications.ts';
import type { OdsCode, SourceId } from './source.ts';

/** One stay in hospital as far as it has come, and what its own organisation recorded of medicines meanwhile. */
export type Transition = {
  /** Stable between views of the same data. */
  readonly id: string;
  readonly kind: 'admission' | 'discharge' | 'step-down' | 'planned';
  /** What it stands under: leaving, or, while nobody has left, arriving. */
  readonly date?: RecordedDate;
  readonly start?: RecordedDate;
  readonly end?: RecordedDate;
  /** Who tells of it, the record of leaving first. */
  readonly entry: Entry;
  readonly ods?: OdsCode;
  /** Where they stayed; left out where only a letter of it is held, by whoever keeps that. */
  readonly organisation?: string;
  /** Of a step-down: whence. */
  readonly cameFrom?: string;
  readonly specialty?: string;
  readonly to?: string;
  readonly reasons: readonly string[];
  readonly letters: readonly Entry[];
  readonly changes: readonly MedicineChange[];
  /** Recorded meanwhile in the same dose as before. */
  readonly unchanged: number;
};

const DAY_MS = 86_400_000;
/** What goes home with somebody is often written up the day after; letters later still. */
const WRITTEN_UP_MS = 2 * DAY_MS;
const LETTER_MS = 14 * DAY_MS;
const OPPOSED: ReadonlySet<string> = new Set(['two-doses', 'stopped-here-active-there', 'on-hold-here-active-there']);

/** What everybody says of one stay; never empty. What one record leaves out is as the others say. */
type Stay = {
  readonly came: readonly AdmissionEntry[];
  readonly left: readonly DischargeEntry[];
  readonly entry: Entry;
};

/**
 * Stays, newest first and what is planned last, each with what changed: worked out from the merged record alone, the same for the same record. What
 * is taken for "before" is only what has answered; who is silent is for the page to say.
 */
export function transitionsOf(record: PatientRecord): readonly Transition[] {
  const documents = groupsOf<DocumentEntry>(record, 'documents').map(([first]) => first);
  const medicines = groupsOf<MedicationEntry>(record, 'medications')
    .flat()
    .filter(({ statement }) => statement === 'medicine');
  const opposed = new Set<EntryId>(
    record.conflicts.flatMap(partsOf).flatMap(({ kind, sides }) => (OPPOSED.has(kind) ? sides : [])),
  );
  const compare = (own: ReadonlySet<SourceId>, span: Span | undefined): Compared =>
    span ? medicineChanges(medicines, own, span, opposed) : { changes: [], unchanged: 0 };
  const made = staysOf(record).map((stay) => transition(record, stay, documents, compare));
  const yetToCome = ({ kind }: Transition): number => Number(kind === 'planned');
  const sorted = made.sort(
    (a, b) => yetToCome(a) - yetToCome(b) || newestFirst(a.date, b.date) || (a.id < b.id ? -1 : 1),
  );
  return sorted.map((one) => steppedDown(one, sorted));
}

function transition(
  record: PatientRecord,
  { came, left, entry }: Stay,
  documents: readonly DocumentEntry[],
  compare: (own: ReadonlySet<SourceId>, span: Span | undefined) => Compared,
): Transition {
  const home = record.sources.find(({ source }) => source.id === entry.origin.source)?.source.organisation;
  const own = new Set(
    record.sources.flatMap(({ source }) => (source.organisation.ods === home?.ods ? [source.id] : [])),
  );
  const start = startOf(came);
  const end = endOf({ came, left });
  const date = end ?? start;
  const [specialty] = saidBy([...left, ...came], (one) => one.specialty);
  const whither = saidBy(left, ({ to }) => to);
  const planned = came[0]?.state === 'planned';
  // Who keeps a letter is not where they stayed, and who is named as its keeper is not either.
  const told = [...left.filter(({ kind }) => kind === 'discharge'), ...came];
  const organisation = told.length === 0 ? undefined : (saidBy(told, (one) => one.provider)[0] ?? home?.name);
  return {
    id: entry.id,
    kind: planned ? 'planned' : end === undefined ? 'admission' : 'discharge',
    ...(date && { date }),
    ...(start && { start }),
    ...(end && { end }),
    entry,
    ...(home && { ods: home.ods }),
    ...(organisation !== undefined && { organisation }),
    ...(specialty !== undefined && { specialty }),
    ...(whither.length > 0 && { to: whither.join(' / ') }),
    reasons: saidBy(came, ({ reasons }) => reasons),
    letters: end === undefined ? [] : documents.filter((one) => isLetterOf(one, entry, own, end)),
    ...compare(own, planned || organisation === undefined ? undefined : spanOf(start, end)),
  };
}

function startOf(came: readonly AdmissionEntry[]): RecordedDate | undefined {
  return saidBy(came, ({ date }) => date)[0];
}

/** Nobody has left who is still there: an end that is only foreseen is none. */
function endOf({ came, left }: Pick<Stay, 'came' | 'left'>): RecordedDate | undefined {
  if (came[0]?.state === 'current' || left[0]?.state === 'planned') return undefined;
  return saidBy([...came.map(({ period }) => period?.end), ...left.map(({ date }) => date)], (end) => end)[0];
}

/** Each thing once, in the order in which it is said. */
function saidBy<E, T>(records: readonly E[], part: (one: E) => T | readonly T[] | undefined): readonly T[] {
  return [...new Set(records.flatMap((one) => part(one) ?? []))];
}

/** One stay by the Encounter both headings took it from; a summary that nobody tells a stay of stands alone. */
function staysOf(record: PatientRecord): readonly Stay[] {
  const admissions = groupsOf<AdmissionEntry>(record, 'admissions').filter(([first]) => first.state !== 'negated');
  const discharges = groupsOf<DischargeEntry>(record, 'discharges');
  const taken = new Set<DischargeEntry>();
  const stays = admissions.map((came): Stay => {
    const places = new Set(came.map(placeOf));
    const left = discharges.filter((other) => other.some((one) => places.has(placeOf(one)))).flat();
    for (const one of left) taken.add(one);
    return { came, left, entry: left[0] ?? came[0] };
  });
  const alone = discharges.filter(
    ([first]) => !taken.has(first) && !(first.kind === 'summary' && stays.some((stay) => tellsOf(first, stay))),
  );
  return [...stays, ...alone.map((left): Stay => ({ came: [], left, entry: left[0] }))];
}

/** A summary of the days of a stay, or of those after it, is of that stay, whoever keeps it. */
function tellsOf({ date }: DischargeEntry, stay: Stay): boolean {
  const end = endOf(stay);
  if (!date || !end) return false;
  const start = startOf(stay.came) ?? end;
  return sortMoment(date) >= startOfDay(start) && sortMoment(date) - sortMoment(end) <= LETTER_MS;
}

function placeOf({ origin }: Entry): string {
  return `${origin.source} ${origin.resource}`;
}

function isLetterOf(letter: DocumentEntry, stay: Entry, own: ReadonlySet<SourceId>, end: RecordedDate): boolean {
  const linked = letter.links.some(({ rel, to }) => rel === 'encounter' && to === stay.origin.resource);
  if (linked && letter.origin.source === stay.origin.source) return true;
  const { date } = letter;
  if (!date || !/discharge/i.test(`${letter.type ?? ''} ${letter.title}`)) return false;
  const after = sortMoment(date) - sortMoment(end);
  return after > -DAY_MS && after <= (own.has(letter.origin.source) ? LETTER_MS : WRITTEN_UP_MS);
}

/** From arriving until what went home was written up. Of a discharge alone only its own day is known. */
function spanOf(start: RecordedDate | undefined, end: RecordedDate | undefined): Span | undefined {
  const first = start ?? end;
  if (!first) return undefined;
  return {
    from: startOfDay(first),
    until: end ? startOfDay(end) + WRITTEN_UP_MS : Number.MAX_SAFE_INTEGER,
  };
}

function startOfDay(date: RecordedDate): number {
  return Math.floor(sortMoment(date) / DAY_MS) * DAY_MS;
}

/** A stay that begins at another organisation on the day on which one ended, or the day after, goes on from it. */
function steppedDown(one: Transition, all: readonly Transition[]): Transition {
  const { start } = one;
  if (!start || one.kind === 'planned') return one;
  const before = all.find((other) => {
    if (!other.end || other.organisation === undefined || other.organisation === one.organisation) return false;
    // Of two stays within one day only the later can go on from the other.
    if (other.start && sortMoment(other.start) >= sortMoment(start)) return false;
    const gap = startOfDay(start) - startOfDay(other.end);
    return gap >= 0 && gap <= DAY_MS;
  });
  return before?.organisation === undefined ? one : { ...one, kind: 'step-down', cameFrom: before.organisation };
}

function groupsOf<E extends Entry>(record: PatientRecord, id: SectionId): readonly (readonly [E, ...E[]])[] {
  const view = record.sections.find((section) => section.id === id);
  return (view?.facts ?? []).map(({ entries }) => entries as unknown as readonly [E, ...E[]]);
}
