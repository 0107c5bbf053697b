import { labelsOfAll } from './confidentiality.ts';
import { countNotOffered, readAbsence, readAnswers } from './completeness.ts';
import { countSources } from './completeness.ts';
import type { Entry, EntryId, Unread } from './entry.ts';
import type { Conflict, Fact, FactReason } from './fact.ts';
import { isBefore, sortMoment } from './fhir/date.ts';
import { believableDate, markFutureDate } from './future-date.ts';
import { BuildMemory } from './build-memory.ts';
import { groupInSteps, type Group } from './group-entries.ts';
import { withoutNoDay } from './no-day.ts';
import type { Patient } from './patient.ts';
import type { PatientRecord, SectionView } from './patient-record.ts';
import { isPlain } from './plain-section.ts';
import { whileRemembering } from './remember.ts';
import type { Section, SectionId } from './section.ts';
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

/** What entries are merged by: every section once, in order, and how what disagrees is found. */
export type Merging = {
  readonly sections: readonly Section[];
  /** What several records of one section tell together is put on each of them, before any is grouped. */
  readonly join: (entries: readonly Entry[]) => readonly Entry[];
  readonly findConflicts: (facts: ReadonlyMap<SectionId, readonly Fact[]>, patient: Patient) => readonly Conflict[];
};

/**
 * The merged record of what has arrived. Pure: it changes none of its parts, and neither the order of the parts nor
 * the same entry coming twice makes a difference. One pass over the entries, then a sort within each section.
 */
export function mergeAtOnce(parts: RecordParts, merging: Merging): PatientRecord {
  const steps = mergeInSteps(parts, merging, new BuildMemory());
  return whileRemembering(() => {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  });
}

/** Entries between two moments at which others may run. */
const CHUNK = 250;

/**
 * The same record, with a pause offered every few milliseconds: a reader scrolls and types while tens of thousands of
 * entries arrive. `memory` is what an earlier build of the same view found out, so that only what has changed is worked
 * out anew. The parts must not change until the last step.
 */
export function* mergeInSteps(
  parts: RecordParts,
  merging: Merging,
  memory: BuildMemory,
): Generator<undefined, PatientRecord> {
  const { sections } = merging;
  const byId = new Map(sections.map((section) => [section.id, section]));
  const asOf = (entry: Entry, nowMs: number): Entry =>
    markFutureDate(settled(withoutNoDay(entry), nowMs, byId.get(entry.section)), nowMs);
  const standing = withoutWhereabouts(merging.join(markReplaced(settleVersions(parts.entries))), parts.patient);
  yield;
  const bySection = new Map<SectionId, Entry[]>();
  const withdrawn: Entry[] = [];
  let done = 0;
  for (const raw of standing) {
    if (++done % CHUNK === 0) yield;
    const entry = memory.asOf(raw, parts.nowMs, asOf);
    if (entry.state === 'in-error') withdrawn.push(entry);
    else add(bySection, entry);
  }
  const unread = [...distinctUnread(parts.unread), ...homeless(bySection, byId)].sort(unreadOrder);
  const grouped: (readonly [Section, readonly Fact[]])[] = [];
  for (const section of sections) grouped.push([section, yield* factsOf(section, bySection.get(section.id), memory)]);
  const facts = new Map(grouped.map(([{ id }, own]) => [id, own] as const));
  const conflicts = merging.findConflicts(facts, parts.patient);
  yield;
  const views: SectionView[] = [];
  for (const [section, own] of grouped) {
    views.push(viewOf(section, own, conflicts, parts, bySection, unread));
    yield;
  }
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
    withdrawn: withdrawn.sort(entryOrder),
    completeness: countSources(parts.sources, parts.statuses),
  };
}

/** A statement whose own period is over is past, even where its status was left at "active" or "booked" (safety H17). */
function settled(entry: Entry, nowMs: number, section: Section | undefined): Entry {
  const end = entry.period?.end;
  const open = entry.state === 'current' || entry.state === 'planned' || entry.state === 'unknown';
  if (open && end !== undefined && isBefore(end, nowMs)) return { ...entry, state: 'past' };
  const state = section?.stateAt?.(entry, nowMs) ?? entry.state;
  return state === entry.state ? entry : { ...entry, state };
}

function add(bySection: Map<SectionId, Entry[]>, entry: Entry): void {
  const list = bySection.get(entry.section);
  if (list) list.push(entry);
  else bySection.set(entry.section, [entry]);
}

type DatedFact = { readonly fact: Fact; readonly moment: number };

function* factsOf(
  section: Section,
  entries: readonly Entry[] = [],
  memory: BuildMemory,
): Generator<undefined, readonly Fact[]> {
  const known = memory.factsOf(section.id, entries);
  if (known) return known;
  const groups = yield* groupInSteps(section, entries, (entry) => memory.identityOf(section, entry));
  const dated: DatedFact[] = [];
  for (const group of groups) {
    if (dated.length % CHUNK === CHUNK - 1) yield;
    const alone = group.entries.length === 1;
    const entries = alone ? group.entries : sortEntries(group.entries);
    const labels = labelsOfAll(entries);
    const fact: { -readonly [part in keyof Fact]: Fact[part] } = { ...group, section: section.id, entries };
    if (!alone) fact.reason = reasonOf(group, section);
    if (labels.length > 0) fact.labels = labels;
    dated.push({ fact, moment: memory.momentOf(entries[0], momentOf) });
  }
  yield;
  const compare = (a: DatedFact, b: DatedFact): number =>
    section.compare?.(a.fact, b.fact) || b.moment - a.moment || byText(a.fact.key, b.fact.key);
  const facts = dated.sort(compare).map(({ fact }) => fact);
  memory.keep(section.id, entries, facts);
  yield;
  return facts;
}

/** What the group itself gives as its reason, else what the section's key is made of. */
function reasonOf({ entries, reason }: Group, { groupedBy }: Section): FactReason {
  // A Task is no copy of its referral: it tells what became of it.
  return entries.some((entry) => 'about' in entry) ? 'same-referral' : (reason ?? groupedBy);
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

function viewOf(
  section: Section,
  own: readonly Fact[],
  conflicts: readonly Conflict[],
  parts: RecordParts,
  bySection: ReadonlyMap<SectionId, readonly Entry[]>,
  unread: readonly Unread[],
): SectionView {
  const answers = readAnswers(section.id, parts.sources, parts.statuses, bySection.get(section.id) ?? []);
  const unreadHere = unread.filter((item) => mayHide(item, section)).length;
  const notOffered = countNotOffered(section.id, parts.sources, parts.statuses, answers);
  return {
    id: section.id,
    facts: own,
    conflicts: conflicts.filter(
      (c) => c.section === section.id || c.facts.some((key) => key.startsWith(`${section.id}:`)),
    ),
    absence: readAbsence(own.length, answers, unreadHere),
    ...(notOffered > 0 && { notOffered }),
    answers,
    section,
  };
}

/** Something of a type this section reads came and could not be understood: the section is not known to be empty. */
function mayHide(item: Unread, section: Section): boolean {
  return item.reason !== 'type-not-read' && (isPlain({ section }) || section.reads.includes(item.resourceType));
}

/** Entries of a section this build does not know (a newer launcher): they are counted and shown as unread, not dropped. */
function homeless(
  bySection: ReadonlyMap<SectionId, readonly Entry[]>,
  known: ReadonlyMap<SectionId, Section>,
): readonly Unread[] {
  return [...bySection]
    .filter(([id]) => !known.has(id))
    .flatMap(([, entries]) => entries)
    .map((entry) => ({
      origin: entry.origin,
      resourceType: entry.origin.resource.replace(/\/.*/, ''),
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
  return Number(a > b) - Number(a < b);
}
