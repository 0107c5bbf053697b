import type { Entry } from './entry.ts';

/**
 * A later letter, plan or prescription names the one it replaces, and that one often keeps its old status (data-quirks:
 * superseded reports). What is replaced says so; a document that is replaced no longer stands. Where two records of a
 * source each claim to replace the other, neither is believed, for one of them must stand.
 */
export function markReplaced(entries: readonly Entry[]): readonly Entry[] {
  const replacers = findReplacers(entries);
  if (replacers.size === 0) return entries;
  return entries.map((entry) => {
    const key = keyOf(entry, entry.origin.resource);
    const by = replacers.get(key)?.filter((other) => !leadsTo(keyOf(other, other.origin.resource), key, replacers));
    if (by === undefined || by.length === 0) return entry;
    const over = entry.state === 'current' && DOCUMENTS.has(entry.section) && by.some(stands);
    return {
      ...entry,
      state: over ? 'past' : entry.state,
      cautions: [...new Set([...entry.cautions, 'superseded' as const])],
    };
  });
}

/** Sections whose entries are documents: FHIR itself calls one that is replaced superseded. */
const DOCUMENTS: ReadonlySet<Entry['section']> = new Set(['about-me', 'documents', 'end-of-life-care']);

/** A draft, or what cannot be interpreted, takes nothing out of force. */
function stands({ state, cautions }: Entry): boolean {
  return state === 'current' && !cautions.includes('preliminary') && !cautions.includes('not-interpretable');
}

function findReplacers(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.state === 'in-error') continue;
    for (const { rel, to } of entry.links) {
      if (rel !== 'replaces') continue;
      const key = keyOf(entry, to);
      found.set(key, [...(found.get(key) ?? []), entry]);
    }
  }
  return found;
}

function keyOf(entry: Entry, resource: string): string {
  return `${entry.origin.source}/${resource}`;
}

/** Whether `from` is itself replaced, however far along, by what it replaces. */
function leadsTo(from: string, target: string, replacers: ReadonlyMap<string, readonly Entry[]>): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === target) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const entry of replacers.get(key) ?? []) open.push(keyOf(entry, entry.origin.resource));
  }
  return false;
}
