import type { Entry } from './entry.ts';
import type { Conflict, ConflictKind, Fact } from './fact.ts';
import type { SectionId } from './section.ts';

/**
 * A conflict between facts, with every statement on both sides. The id is made of the kind and the entries alone,
 * so that the same disagreement keeps its id whatever order the sources answered in.
 */
export function buildConflict(
  kind: ConflictKind,
  section: SectionId,
  facts: readonly Fact[],
  subjects: readonly string[] = [],
): Conflict {
  const sides = facts.flatMap((fact) => fact.entries.map((entry) => entry.id));
  return {
    id: `${kind}:${[...sides].sort().join('+')}`,
    kind,
    section,
    facts: facts.map((fact) => fact.key),
    sides,
    ...(subjects.length > 0 && { subjects }),
  };
}

/** Whether a statement still stands: not withdrawn, not over, not "not so". A status that is not known counts as standing. */
export function stands(entry: Entry): boolean {
  return entry.state === 'current' || entry.state === 'unknown';
}
