import type { Entry } from './entry.ts';
import type { Fact } from './fact.ts';
import { endMoment, readDate, sortMoment, type Period, type RecordedDate } from './fhir/date.ts';
import type { PatientRecord } from './patient-record.ts';
import { whileRemembering } from './remember.ts';
import type { OrganisationKind, SourceId } from './source.ts';
import {
  kindOfEntry,
  laneOf,
  takesTime,
  TIMELINE_SECTIONS,
  type TimelineKind,
  type TimelineLane,
} from './timeline-kinds.ts';

/** All that a date can mean, from its first moment to the first after it: `2019-03` is the whole of that March. */
export type Extent = { readonly date: RecordedDate; readonly fromMs: number; readonly untilMs: number };

/**
 * When an item was. `point`: on that date. `ended`, `goes-on`, `not-known`: it took its time, and that is what is known
 * of its end; an end that nobody recorded is never drawn (safety H15, H17).
 */
export type When =
  | { readonly shape: 'point'; readonly start: Extent }
  | { readonly shape: 'ended'; readonly start: Extent; readonly end: Extent }
  | { readonly shape: 'goes-on' | 'not-known'; readonly start: Extent };

export type TimelineItem = {
  /** Stable between views of the same record. */
  readonly id: string;
  readonly kind: TimelineKind;
  readonly lane: TimelineLane;
  readonly fact: Fact;
  /** The record that gives the date. */
  readonly entry: Entry;
  /** Facts of other headings told by the same records: the contact and the discharge of a stay. */
  readonly also: readonly Fact[];
  readonly sources: readonly SourceId[];
  /** Stated plainly: neither planned nor called off, not preliminary or amended, and dated by when it was so. */
  readonly firm: boolean;
};

export type DatedItem = TimelineItem & { readonly when: When };

export type Timeline = {
  /** Begun by the end of today, oldest first. */
  readonly items: readonly DatedItem[];
  /** Dated after today: booked, planned, or a slip of a key. Soonest first. */
  readonly ahead: readonly DatedItem[];
  /** Without a date: listed and counted, and given no place (safety H15). */
  readonly undated: readonly TimelineItem[];
  /** The first moment after today, where the picture ends. */
  readonly edgeMs: number;
};

/**
 * One picture of what happened, across organisations. Pure; the same record gives the same picture whatever order it
 * arrived in. Every fact of its sections is an item, or belongs to one as `also`. `today`: `yyyy-mm-dd`.
 */
export function timelineOf(record: PatientRecord, today: string): Timeline {
  return whileRemembering(() => build(record, today));
}

function build(record: PatientRecord, today: string): Timeline {
  const kinds = new Map(record.sources.map(({ source }) => [source.id, source.organisation.kind]));
  const views = new Map(record.sections.map((view) => [view.id, view]));
  const facts = TIMELINE_SECTIONS.flatMap((id) => views.get(id)?.facts ?? []);
  const told = toldByStays(facts);
  const all = facts.flatMap((fact) => (told.taken.has(fact) ? [] : itemsOf(fact, told.with.get(fact) ?? [], kinds)));
  const dated = all.filter(isDated).sort(oldestFirst);
  const edgeMs = edgeOf(today, dated);
  return {
    items: dated.filter(({ when }) => when.start.fromMs < edgeMs),
    ahead: dated.filter(({ when }) => when.start.fromMs >= edgeMs),
    undated: all.filter((item) => !isDated(item)),
    edgeMs,
  };
}

function edgeOf(today: string, dated: readonly DatedItem[]): number {
  const day = readDate(today);
  return day ? endMoment(day) : Math.max(0, ...dated.map(({ when }) => when.start.untilMs + 1));
}

type Told = { readonly with: ReadonlyMap<Fact, readonly Fact[]>; readonly taken: ReadonlySet<Fact> };

/** A stay is told under three headings by one resource: the contact and the discharge belong to the admission. */
function toldByStays(facts: readonly Fact[]): Told {
  const stays = new Map<string, Fact>();
  for (const fact of facts)
    if (fact.section === 'admissions') for (const entry of fact.entries) stays.set(resourceOf(entry), fact);
  const withStay = new Map<Fact, Fact[]>();
  const taken = new Set<Fact>();
  for (const fact of facts) {
    if (fact.section !== 'encounters' && fact.section !== 'discharges') continue;
    const [stay, ...others] = new Set(fact.entries.map((entry) => stays.get(resourceOf(entry))));
    if (!stay || others.length > 0) continue;
    taken.add(fact);
    withStay.set(stay, [...(withStay.get(stay) ?? []), fact]);
  }
  return { with: withStay, taken };
}

function resourceOf({ origin }: Entry): string {
  return `${origin.source} ${origin.resource}`;
}

type Kinds = ReadonlyMap<SourceId, OrganisationKind>;

function itemsOf(fact: Fact, also: readonly Fact[], kinds: Kinds): readonly (TimelineItem | DatedItem)[] {
  const kind = kindOfEntry(fact.entries[0]);
  if (kind === undefined) return [];
  const tellers = [fact, ...also].flatMap(({ entries }) => entries.map(({ origin }) => origin.source));
  const sources = [...new Set(tellers)];
  const told = sources.flatMap((id) => kinds.get(id) ?? []);
  const make = (as: TimelineKind, entry: Entry, when: When | undefined): TimelineItem | DatedItem => ({
    id: `${fact.key} ${as} ${entry.id}`,
    kind: as,
    lane: laneOf(as === 'contact' && takesTime(as, entry) ? 'admission' : as, told),
    fact,
    entry,
    also,
    sources,
    firm: isFirm(entry),
    ...(when && { when }),
  });
  if (kind === 'medicine') return medicineItems(fact, make);
  const lead = fact.entries.find((entry) => whenOf(entry, kind, fact.entries)) ?? fact.entries[0];
  return [make(kind, lead, whenOf(lead, kind, fact.entries))];
}

/** Only its own sections have this; read by its name so that the timeline need not know the section. */
type Stoppable = Entry & { readonly stopped?: { readonly date?: RecordedDate } };

/** Each day on which somebody recorded, prescribed or stopped it; a fact never stands on a day that no record names. */
function medicineItems(
  fact: Fact,
  make: (kind: TimelineKind, entry: Entry, when: When | undefined) => TimelineItem,
): readonly TimelineItem[] {
  const items = new Map<string, TimelineItem>();
  const add = (kind: TimelineKind, entry: Entry, date: RecordedDate | undefined): void => {
    if (date === undefined || items.has(`${kind} ${date}`)) return;
    items.set(`${kind} ${date}`, make(kind, entry, { shape: 'point', start: extentOf(date) }));
  };
  for (const entry of fact.entries as readonly Stoppable[]) {
    add('medicine', entry, entry.date ?? entry.period?.start);
    add('medicine-stopped', entry, entry.stopped?.date);
  }
  return items.size > 0 ? [...items.values()] : [make('medicine', fact.entries[0], undefined)];
}

function whenOf(entry: Entry, kind: TimelineKind, all: readonly Entry[]): When | undefined {
  const begin = takesTime(kind, entry) ? (entry.period?.start ?? entry.date) : (entry.date ?? entry.period?.start);
  // Whoever is still there has not left: the end of a stay that goes on is only foreseen.
  const foreseen = (kind === 'admission' || kind === 'contact') && entry.state === 'current';
  if (begin === undefined) {
    const end = foreseen ? undefined : entry.period?.end;
    return end && { shape: 'point', start: extentOf(end) };
  }
  const start = extentOf(begin);
  if (!takesTime(kind, entry)) return { shape: 'point', start };
  const end = foreseen ? undefined : endOf(all);
  if (end && endMoment(end) >= start.fromMs) return { shape: 'ended', start, end: extentOf(end) };
  return { shape: entry.state === 'current' ? 'goes-on' : 'not-known', start };
}

/** What one record of an event leaves out, another may say; the latest of them, for none may be cut short. */
function endOf(entries: readonly Entry[]): RecordedDate | undefined {
  const ends = entries.flatMap(({ period }: { readonly period?: Period }) => period?.end ?? []);
  return ends.sort((a, b) => endMoment(b) - endMoment(a))[0];
}

function extentOf(date: RecordedDate): Extent {
  return { date, fromMs: sortMoment(date), untilMs: endMoment(date) };
}

function isFirm({ state, cautions, dateIs }: Entry): boolean {
  return (state === 'current' || state === 'past') && cautions.length === 0 && dateIs === undefined;
}

function isDated(item: TimelineItem | DatedItem): item is DatedItem {
  return 'when' in item;
}

function oldestFirst(a: DatedItem, b: DatedItem): number {
  return a.when.start.fromMs - b.when.start.fromMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
