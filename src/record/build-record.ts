import { conflictsBetweenSections, worstFirst } from './conflicts.ts';
import { readAbsence, readAnswers } from './completeness.ts';
import { countSources } from './completeness.ts';
import type { Entry, EntryId, Unread } from './entry.ts';
import type { Conflict, Fact } from './fact.ts';
import { isBefore, sortMoment } from './fhir/date.ts';
import { believableDate, markFutureDate } from './future-date.ts';
import { groupEntries } from './group-entries.ts';
import { withoutNoDay } from './no-day.ts';
import type { Patient } from './patient.ts';
import type { PatientRecord, SectionView } from './patient-record.ts';
import { whileRemembering } from './remember.ts';
import type { Section, SectionId } from './section.ts';
import { sectionOf, SECTIONS } from './sections/index.ts';
import { markReplaced } from './settle-replaced.ts';
import { settleVersions } from './settle-versions.ts';
import type { SourceStatus } from './source-status.ts';
import type { Source, SourceId } from './source.ts';
import { withoutWhereabouts } from './whereabouts.ts';

/** Everything that has arrived so far. */
export type RecordParts = {
  readonly patient: Patient;
  readonly sources: readonly Source[];
  readonly statuses: ReadonlyMap<SourceId, SourceStatus>;
  readonly entries: readonly Entry[];
  readonly unread: readonly Unread[];
  /** The moment the record is built for: what has ended by then is past. The model itself knows no clock. */
  readonly nowMs: number;
};

/**
 * The merged record of what has arrived. Pure: it changes none of its parts, and neither the order of the parts nor
 * the same entry coming twice makes a difference. One pass over the entries, then a sort within each section.
 */
export function buildRecord(parts: RecordParts): PatientRecord {
  return whileRemembering(() => buildParts(parts));
}

function buildParts(parts: RecordParts): PatientRecord {
  const entries = withoutWhereabouts(markReplaced(settleVersions(parts.entries)), parts.patient).map((e) =>
    asOf(e, parts.nowMs),
  );
  const withdrawn = entries.filter((entry) => entry.state === 'in-error');
  const bySection = groupBySection(entries.filter((entry) => entry.state !== 'in-error'));
  const unread = [...distinctUnread(parts.unread), ...homeless(bySection)].sort(unreadOrder);
  const factsBySection = new Map(SECTIONS.map((section) => [section.id, factsOf(section, bySection.get(section.id))]));
  const conflicts = findConflicts(factsBySection, parts.patient);
  const views = SECTIONS.map((section) => viewOf(section, factsBySection, conflicts, parts, bySection, unread));
  const counts = countBySource(bySection);
  return {
    patient: parts.patient,
    sources: parts.sources.map((source) => ({
      source,
      status: parts.statuses.get(source.id) ?? { state: 'waiting' },
      entryCount: counts.get(source.id) ?? 0,
    })),
    sections: views,
    conflicts,
    unread,
    withdrawn: [...withdrawn].sort(entryOrder),
    completeness: countSources(parts.sources, parts.statuses),
  };
}

/** The entry as it is at this moment. */
function asOf(entry: Entry, nowMs: number): Entry {
  return markFutureDate(settled(withoutNoDay(entry), nowMs), nowMs);
}

/** A statement whose own period is over is past, even where its status was left at "active" or "booked" (safety H17). */
function settled(entry: Entry, nowMs: number): Entry {
  const end = entry.period?.end;
  const open = entry.state === 'current' || entry.state === 'planned' || entry.state === 'unknown';
  if (open && end !== undefined && isBefore(end, nowMs)) return { ...entry, state: 'past' };
  const state = sectionOf(entry.section)?.stateAt?.(entry, nowMs) ?? entry.state;
  return state === entry.state ? entry : { ...entry, state };
}

function groupBySection(entries: readonly Entry[]): Map<SectionId, Entry[]> {
  const bySection = new Map<SectionId, Entry[]>();
  for (const entry of entries) {
    const list = bySection.get(entry.section);
    if (list) list.push(entry);
    else bySection.set(entry.section, [entry]);
  }
  return bySection;
}

type DatedFact = { readonly fact: Fact; readonly moment: number };

function factsOf(section: Section, entries: readonly Entry[] = []): readonly Fact[] {
  const dated = groupEntries(section, entries).map((group): DatedFact => {
    const [first, ...rest] = group.entries.length > 1 ? sortEntries(group.entries) : group.entries;
    return { fact: { ...group, section: section.id, entries: [first, ...rest] }, moment: momentOf(first) };
  });
  const compare = (a: DatedFact, b: DatedFact): number =>
    section.compare?.(a.fact, b.fact) || b.moment - a.moment || byText(a.fact.key, b.fact.key);
  return dated.sort(compare).map(({ fact }) => fact);
}

/** Newest first, unknown dates last, ties by id; each date is worked out once, not once a comparison. */
function sortEntries(entries: readonly [Entry, ...Entry[]]): readonly [Entry, ...Entry[]] {
  const [first, ...rest] = entries
    .map((entry) => ({ entry, moment: momentOf(entry) }))
    .sort((a, b) => b.moment - a.moment || byText(a.entry.id, b.entry.id))
    .map(({ entry }) => entry);
  return [first ?? entries[0], ...rest];
}

/** A date that is not known sorts below every real one; finite, so that two of them still compare. */
const UNDATED = -Number.MAX_SAFE_INTEGER;
/** A date that has not come says nothing of what is newest: below every real one, above none at all (safety H36). */
const TO_COME = UNDATED / 2;

function momentOf(entry: Entry): number {
  if (entry.cautions.includes('date-in-future')) return TO_COME;
  const date = believableDate(entry);
  return date === undefined ? UNDATED : sortMoment(date);
}

function findConflicts(facts: ReadonlyMap<SectionId, readonly Fact[]>, patient: Patient): readonly Conflict[] {
  const found = [
    ...SECTIONS.flatMap((section) => section.conflicts(facts.get(section.id) ?? [])),
    ...conflictsBetweenSections(facts, patient),
  ];
  return [...new Map(found.map((conflict) => [conflict.id, conflict])).values()].sort(worstFirst);
}

function viewOf(
  section: Section,
  facts: ReadonlyMap<SectionId, readonly Fact[]>,
  conflicts: readonly Conflict[],
  parts: RecordParts,
  bySection: ReadonlyMap<SectionId, readonly Entry[]>,
  unread: readonly Unread[],
): SectionView {
  const own = facts.get(section.id) ?? [];
  const answers = readAnswers(section.id, parts.sources, parts.statuses, bySection.get(section.id) ?? []);
  const unreadHere = unread.filter((item) => mayHide(item, section)).length;
  return {
    id: section.id,
    facts: own,
    conflicts: conflicts.filter(
      (c) => c.section === section.id || c.facts.some((key) => key.startsWith(`${section.id}:`)),
    ),
    absence: readAbsence(own.length, answers, unreadHere),
    answers,
  };
}

/** Something of a type this section reads came and could not be understood: the section is not known to be empty. */
function mayHide(item: Unread, section: Section): boolean {
  return item.reason !== 'type-not-read' && section.reads.includes(item.resourceType);
}

/** Entries of a section this build does not know (a newer launcher): they are counted and shown as unread, not dropped. */
function homeless(bySection: ReadonlyMap<SectionId, readonly Entry[]>): readonly Unread[] {
  const known = new Set<SectionId>(SECTIONS.map((section) => section.id));
  return [...bySection]
    .filter(([id]) => !known.has(id))
    .flatMap(([, entries]) => entries)
    .map((entry) => ({
      origin: entry.origin,
      resourceType: entry.origin.resource.split('/')[0] ?? '',
      reason: 'type-not-read' as const,
    }));
}

/** Something unread that is sent twice is one thing; what has no name of its own (not a resource) is counted each time. */
function distinctUnread(unread: readonly Unread[]): readonly Unread[] {
  const named = new Map<string, Unread>();
  const nameless: Unread[] = [];
  for (const item of unread) {
    if (item.origin.resource === '') nameless.push(item);
    else named.set(unreadKey(item), item);
  }
  return [...named.values(), ...nameless];
}

function unreadKey(item: Unread): string {
  return [item.origin.source, item.origin.resource, item.reason, item.element ?? ''].join('|');
}

function unreadOrder(a: Unread, b: Unread): number {
  return byText(unreadKey(a), unreadKey(b));
}

function entryOrder(a: Entry, b: Entry): number {
  return momentOf(b) - momentOf(a) || byText(a.id, b.id);
}

function countBySource(bySection: ReadonlyMap<SectionId, readonly Entry[]>): ReadonlyMap<SourceId, number> {
  const counts = new Map<SourceId, number>();
  for (const entries of bySection.values()) {
    for (const { origin } of entries) counts.set(origin.source, (counts.get(origin.source) ?? 0) + 1);
  }
  return counts;
}

/** Code-unit order: the same on every machine, unlike a locale's. */
function byText(a: string | EntryId, b: string | EntryId): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
