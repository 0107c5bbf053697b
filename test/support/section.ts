import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry, EntryState, Reading } from '../../src/record/entry.ts';
import type { Fact, FactKey } from '../../src/record/fact.ts';
import { groupEntries } from '../../src/record/group-entries.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { Section } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import { aPatient, aSource, entriesFrom } from './record.ts';

/** What one section makes of a resource by itself; `null` where it leaves it to another. */
export function readBy<E extends Entry>(section: Section<E>, resource: Resource): Reading<E> | null {
  return section.read(resource, { source: 'gp' as SourceId, resolve: () => undefined });
}

/** The lines of a section, each as the ids of the records that it is made of: those of "gp", and those of "hospital". */
export function linesOf<E extends Entry>(
  section: Section<E>,
  gp: readonly Resource[],
  hospital: readonly Resource[] = [],
): readonly (readonly string[])[] {
  const entries = [
    ...entriesFrom('gp', ...gp),
    ...entriesFrom('hospital', ...hospital),
  ] as readonly unknown[] as readonly E[];
  return groupEntries(section, entries).map((line) => line.entries.map(({ id }) => id).sort());
}

/** The titles of a section's facts in the order in which the record lists them, on 22 November 2026. */
export function listed(section: Section, resources: readonly Resource[]): readonly string[] {
  return factsOf(section, resources).map(({ entries: [entry] }) => entry.title);
}

/** The same list however the resources arrive: as given, backwards, and beginning with each of them in turn. */
export function listedInAnyOrder(section: Section, resources: readonly Resource[]): readonly (readonly string[])[] {
  const turned = resources.map((_, at) => [...resources.slice(at), ...resources.slice(0, at)]);
  const lists = [...turned, [...resources].reverse()].map((order) => listed(section, order));
  return [...new Set(lists.map((list) => JSON.stringify(list)))].map((list) => JSON.parse(list) as readonly string[]);
}

export function factsOf(section: Section, resources: readonly Resource[]): readonly Fact[] {
  return recordOf(resources).sections.find(({ id }) => id === section.id)?.facts ?? [];
}

function recordOf(resources: readonly Resource[]) {
  return buildRecord({
    patient: aPatient(),
    sources: [aSource('gp')],
    statuses: new Map(),
    entries: entriesFrom('gp', ...resources),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
}

const STATES: readonly EntryState[] = ['past', 'in-error', 'current', 'negated', 'planned', 'unknown'];

/** The order that a section has an entry in by its standing alone, from whichever end they come; equal ones side by side. */
export function standingsInOrder<E extends Entry>(section: Section<E>, entry: E): readonly string[] {
  const compare = (a: EntryState, b: EntryState): number =>
    section.compare?.(factOf({ ...entry, state: a }), factOf({ ...entry, state: b })) ?? 0;
  const orders = [STATES, STATES.toReversed()].map((states) => {
    const sorted = states.toSorted(compare);
    const ranks = sorted.filter((state, at) => at === 0 || compare(sorted[at - 1] ?? state, state) !== 0);
    return ranks
      .map((first) =>
        sorted
          .filter((state) => compare(first, state) === 0)
          .sort()
          .join(' = '),
      )
      .join(', ');
  });
  return [...new Set(orders)];
}

function factOf<E extends Entry>(entry: E): Fact<E> {
  return { key: entry.id as string as FactKey, section: entry.section, entries: [entry] };
}
