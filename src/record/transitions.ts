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
/** A stay that begins elsewhere within a day of the end of another goes on from it. */
const NEXT_MS = 1.5 * DAY_MS;
const OPPOSED: ReadonlySet<string> = new Set(['two-doses', 'stopped-here-active-there', 'on-hold-here-active-there']);

type Stay = { readonly came: AdmissionEntry | undefined; readonly left: DischargeEntry | undefined };

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
  const made = staysOf(record).flatMap((stay) => {
    const entry = stay.left ?? stay.came;
    return entry ? [transition(record, stay, entry, documents, compare)] : [];
  });
  const yetToCome = ({ kind }: Transition): number => Number(kind === 'planned');
  const sorted = made.sort(
    (a, b) => yetToCome(a) - yetToCome(b) || newestFirst(a.date, b.date) || (a.id < b.id ? -1 : 1),
  );
  return sorted.map((one) => steppedDown(one, sorted));
}

function transition(
  record: PatientRecord,
  { came, left }: Stay,
  entry: Entry,
  documents: readonly DocumentEntry[],
  compare: (own: ReadonlySet<SourceId>, span: Span | undefined) => Compared,
): Transition {
  const home = record.sources.find(({ source }) => source.id === entry.origin.source)?.source.organisation;
  const own = new Set(
    record.sources.flatMap(({ source }) => (source.organisation.ods === home?.ods ? [source.id] : [])),
  );
  const start = came?.period?.start ?? came?.date;
  const end = came?.period?.end ?? (left?.state === 'planned' ? undefined : left?.date);
  const date = end ?? start ?? left?.date;
  const specialty = left?.specialty ?? came?.specialty;
  const planned = (came?.state ?? left?.state) === 'planned';
  // Who keeps a letter is not where they stayed.
  const organisation = left?.provider ?? came?.provider ?? (left?.kind === 'summary' && !came ? undefined : home?.name);
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
    ...(left?.to !== undefined && { to: left.to }),
    reasons: came?.reasons ?? [],
    letters: end === undefined ? [] : documents.filter((one) => isLetterOf(one, entry, own, end)),
    ...compare(own, planned || organisation === undefined ? undefined : spanOf(start, end)),
  };
}

/** One stay by the Encounter both headings took it from; a summary that nobody tells a stay of stands alone. */
function staysOf(record: PatientRecord): readonly Stay[] {
  const said = <E extends Entry>(group: readonly [E, ...E[]]): boolean =>
    group[0].state !== 'negated' && group[0].state !== 'in-error';
  const admissions = groupsOf<AdmissionEntry>(record, 'admissions').filter(said);
  const discharges = groupsOf<DischargeEntry>(record, 'discharges').filter(said);
  const taken = new Set<DischargeEntry>();
  const stays = admissions.map((group): Stay => {
    const places = new Set(group.map(placeOf));
    const left = discharges.find((other) => other.some((one) => places.has(placeOf(one))))?.[0];
    if (left) taken.add(left);
    return { came: group[0], left };
  });
  const alone = discharges
    .map(([first]) => first)
    .filter((left) => !taken.has(left) && !(left.kind === 'summary' && stays.some((stay) => tellsOf(left, stay))));
  return [...stays, ...alone.map((left): Stay => ({ came: undefined, left }))];
}

/** A summary of the days of a stay, or of those after it, is of that stay, whoever keeps it. */
function tellsOf({ date }: DischargeEntry, { came, left }: Stay): boolean {
  const end = came?.period?.end ?? left?.date;
  if (!date || !end) return false;
  const start = came?.period?.start ?? came?.date ?? end;
  return sortMoment(date) >= startOfDay(start) && sortMoment(date) - sortMoment(end) <= LETTER_MS;
}

function placeOf({ origin }: Entry): string {
  return `${origin.source} ${origin.resource}`;
}

function isLetterOf(letter: DocumentEntry, stay: Entry, own: ReadonlySet<SourceId>, end: RecordedDate): boolean {
  const linked = letter.links.some(({ rel, to }) => rel === 'encounter' && to === stay.origin.resource);
  if (linked && letter.origin.source === stay.origin.source) return true;
  const date = letter.date ?? letter.registered;
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

/** A stay that goes on at another organisation where one ended the day before, or that says it is such a one. */
function steppedDown(one: Transition, all: readonly Transition[]): Transition {
  const { start } = one;
  if (!start || one.kind === 'planned') return one;
  const before = all.find((other) => {
    const elsewhere = other.organisation !== undefined && other.organisation !== one.organisation;
    if (!other.end || other === one || !elsewhere) return false;
    const gap = startOfDay(start) - startOfDay(other.end);
    return gap >= 0 && gap <= NEXT_MS;
  });
  return before?.organisation === undefined ? one : { ...one, kind: 'step-down', cameFrom: before.organisation };
}

function groupsOf<E extends Entry>(record: PatientRecord, id: SectionId): readonly (readonly [E, ...E[]])[] {
  const view = record.sections.find((section) => section.id === id);
  return (view?.facts ?? []).map(({ entries }) => entries as unknown as readonly [E, ...E[]]);
}
