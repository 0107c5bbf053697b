import type { Entry } from './entry.ts';
import type { FactKey, FactReason } from './fact.ts';
import { isMasked } from './fhir/absent-unknown.ts';
import type { Section } from './section.ts';
import type { SourceId } from './source.ts';

/**
 * What makes one entry the same statement as another. Grouping is by equality of keys and never by likeness
 * (docs/decisions: "A record that leaves something out"); this says of what the key is made.
 */
export type Identity = {
  /** What must be equal word for word in every record of the fact. */
  readonly base: string;
  /**
   * What it is called, the surest name first (a code, then the words for it). A record that knows only a lesser name
   * takes the surest one that all others of the same base give to that name; where they give two, it keeps its own.
   * Without any name the entry stands alone. Asked for only when another entry has the same base.
   */
  names(): readonly IdentityName[];
  /**
   * What a record may leave out (`undefined`). It then counts as what the others say, but only while all of them say one
   * and the same; where two differ, the silent record joins neither.
   */
  details?(): readonly (string | undefined)[];
  /** `keyAlone`, where it has been worked out before. */
  readonly alone?: string;
};

export type IdentityName = {
  readonly reason: FactReason;
  readonly name: string;
  /** Proves nothing at a source that uses it for two of its own entries (two letters of one size). */
  readonly onceASource?: true;
};

export type Group<E extends Entry = Entry> = {
  readonly key: FactKey;
  readonly entries: readonly [E, ...E[]];
  readonly reason?: FactReason;
  /** One of the records leaves out what the others say. */
  readonly partial?: true;
};

type Item<E extends Entry> = { readonly entry: E; readonly identity: Identity };

/** `groupInSteps` in one go. */
export function groupEntries<E extends Entry>(section: Section<E>, entries: readonly E[]): readonly Group<E>[] {
  const steps = groupInSteps(section, entries, (entry) => section.identity?.(entry));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Entries, or groups, between two moments at which others may run. */
const CHUNK = 250;

/**
 * One group for each fact. A function of the set of entries: their order makes no difference but for that inside a group.
 * In steps, for a section may hold tens of thousands. `identityOf` is the section's own, or remembers what it said.
 */
export function* groupInSteps<E extends Entry>(
  section: Section<E>,
  entries: readonly E[],
  identityOf: (entry: E) => Identity | undefined,
): Generator<undefined, readonly Group<E>[]> {
  const groups: Group<E>[] = [];
  const byKey = new Map<string, E[]>();
  const byBase = new Map<string, Item<E>[]>();
  let done = 0;
  for (const entry of entries) {
    if (++done % CHUNK === 0) yield;
    const identity = identityOf(entry);
    // What cannot be interpreted, or is masked, cannot be said to be the same as anything else: a fact of its own (safety H08).
    const alone = entry.cautions.includes('not-interpretable') || (entry.code !== undefined && isMasked(entry.code));
    if (identity === undefined || alone) {
      add(byKey, `${section.factKey(entry)}${alone ? `|${entry.id}` : ''}`, entry);
    } else add(byBase, identity.base, { entry, identity });
  }
  for (const [key, [first, ...rest]] of byKey) {
    if (first) groups.push({ key: keyIn(section, key), entries: [first, ...rest] });
  }
  for (const [base, items] of byBase) {
    if (++done % CHUNK === 0) yield;
    groups.push(...groupsOf(section, base, items));
  }
  return groups;
}

/** The key of an entry with nothing beside it: what it says itself, nothing taken from others. */
export function keyAlone(entry: Entry, identity: Identity | undefined): string {
  if (identity === undefined) return entry.id;
  const [surest] = identity.names();
  return finalKey(identity.base, surest?.name ?? entry.id, identity.details?.() ?? []);
}

function groupsOf<E extends Entry>(section: Section<E>, base: string, items: readonly Item<E>[]): readonly Group<E>[] {
  const [only] = items;
  if (items.length === 1 && only) {
    return [{ key: keyIn(section, only.identity.alone ?? keyAlone(only.entry, only.identity)), entries: [only.entry] }];
  }
  return [...byName(items)].flatMap(([name, { reason, members }]) =>
    byDetails(members).map(({ details, partial, entries }) => ({
      key: keyIn(section, finalKey(base, name, details)),
      entries,
      ...(entries.length > 1 && { reason }),
      ...(partial && { partial }),
    })),
  );
}

type Named<E extends Entry> = { readonly reason: FactReason; readonly members: Item<E>[] };

/** Items under the surest name that each of them leads to. */
function byName<E extends Entry>(items: readonly Item<E>[]): ReadonlyMap<string, Named<E>> {
  const named = withoutRepeated(items.map((item) => ({ item, names: item.identity.names() })));
  const surer = new Map<string, Set<string>>();
  const reasons = new Map(named.flatMap(({ names }) => names.map(({ name, reason }) => [name, reason] as const)));
  for (const { names } of named) {
    const [first, ...lesser] = names;
    for (const { name } of lesser) {
      if (first && name !== first.name) surer.set(name, (surer.get(name) ?? new Set()).add(first.name));
    }
  }
  const groups = new Map<string, Named<E>>();
  for (const { item, names } of named) {
    const [first] = names;
    const name = first ? surest(first.name, surer) : item.entry.id;
    const group = groups.get(name);
    if (group) group.members.push(item);
    else groups.set(name, { reason: reasons.get(name) ?? 'everything', members: [item] });
  }
  return groups;
}

/** The one surest name that this name leads to; itself where it leads to none, to two, or in a circle. */
function surest(name: string, surer: ReadonlyMap<string, ReadonlySet<string>>, seen: readonly string[] = []): string {
  const next = [...(surer.get(name) ?? [])].filter((other) => !seen.includes(other));
  const found = new Set(next.map((other) => surest(other, surer, [...seen, name])));
  const [one] = found;
  return found.size === 1 && one !== undefined ? one : name;
}

type NamedItem<E extends Entry> = { readonly item: Item<E>; readonly names: readonly IdentityName[] };

/** Without the names that a source uses twice where each may be used once. */
function withoutRepeated<E extends Entry>(items: readonly NamedItem<E>[]): readonly NamedItem<E>[] {
  const used = new Map<string, Set<SourceId>>();
  const repeated = new Set<string>();
  for (const { item, names } of items) {
    for (const { name, onceASource } of names) {
      if (!onceASource) continue;
      const sources = used.get(name) ?? new Set();
      if (sources.has(item.entry.origin.source)) repeated.add(name);
      used.set(name, sources.add(item.entry.origin.source));
    }
  }
  if (repeated.size === 0) return items;
  return items.map(({ item, names }) => ({ item, names: names.filter(({ name }) => !repeated.has(name)) }));
}

type Detailed<E extends Entry> = {
  readonly details: readonly (string | undefined)[];
  readonly partial: boolean;
  readonly entries: [E, ...E[]];
};

function byDetails<E extends Entry>(items: readonly Item<E>[]): readonly Detailed<E>[] {
  const stated = items.map(({ entry, identity }) => ({ entry, details: identity.details?.() ?? [] }));
  const agreed = agreedDetails(stated.map(({ details }) => details));
  const groups = new Map<
    string,
    { details: readonly (string | undefined)[]; partial: boolean; entries: [E, ...E[]] }
  >();
  for (const { entry, details } of stated) {
    const completed = details.map((detail, index) => detail ?? agreed[index]);
    const partial = completed.some((detail, index) => detail !== details[index]);
    const key = JSON.stringify(completed.map((detail) => detail ?? null));
    const group = groups.get(key);
    if (group) {
      group.entries.push(entry);
      group.partial ||= partial;
    } else groups.set(key, { details: completed, partial, entries: [entry] });
  }
  // A record that was completed and still stands alone has nothing that the others said after all.
  return [...groups.values()].map((group) => ({ ...group, partial: group.partial && group.entries.length > 1 }));
}

/** Of each detail the one value that is said, where only one is. */
function agreedDetails(all: readonly (readonly (string | undefined)[])[]): readonly (string | undefined)[] {
  const length = Math.max(0, ...all.map((details) => details.length));
  return Array.from({ length }, (_, index) => {
    const said = new Set(all.flatMap((details) => details[index] ?? []));
    return said.size === 1 ? [...said][0] : undefined;
  });
}

function finalKey(base: string, name: string, details: readonly (string | undefined)[]): string {
  return JSON.stringify([base, name, details.map((detail) => detail ?? null)]);
}

function keyIn<E extends Entry>(section: Section<E>, key: string): FactKey {
  return `${section.id}:${key}` as FactKey;
}

function add<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
