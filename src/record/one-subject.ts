import { worstFirst } from './worst-first.ts';
import type { Conflict, ConflictKind } from './fact.ts';
import { partsOf } from './parts-of.ts';

/**
 * Disagreements about one substance are one, with all their sides: an allergy to codeine, two doses of it and its being
 * stopped here and active there are one question to one patient, and three lines would be read as three. The worst of them
 * names it, the others are said beside it, and what each is about stays whole inside (`of`). Two medicines of one class
 * (`duplicate-therapy`) are no one substance and stay by themselves.
 */
export function oneEachSubject(conflicts: readonly Conflict[]): readonly Conflict[] {
  const distinct = [...new Map(conflicts.map((conflict) => [conflict.id, conflict])).values()].sort(worstFirst);
  const groups: Group[] = [];
  for (const conflict of distinct) {
    const subjects = conflict.subjects ?? [];
    const met = groups.filter((group) => subjects.some((subject) => group.subjects.has(subject)));
    const [first, ...others] = met;
    if (first === undefined) groups.push({ subjects: new Set(subjects), parts: [conflict] });
    else join(first, [{ subjects: new Set(subjects), parts: [conflict] }, ...others]);
    for (const other of others) groups.splice(groups.indexOf(other), 1);
  }
  return groups.map(({ parts }) => asOne(parts)).sort(worstFirst);
}

type Group = { readonly subjects: Set<string>; readonly parts: [Conflict, ...Conflict[]] };

function join(into: Group, others: readonly Group[]): void {
  for (const other of others) {
    for (const subject of other.subjects) into.subjects.add(subject);
    into.parts.push(...other.parts);
  }
}

function asOne([first, ...others]: readonly [Conflict, ...Conflict[]]): Conflict {
  if (others.length === 0) return first;
  const parts = [first, ...others].sort(worstFirst);
  const worst = parts[0] ?? first;
  const sides = [...new Set(parts.flatMap((part) => part.sides))];
  const kinds = kindsOf(parts);
  return {
    id: `${kinds.join('+')}:${[...sides].sort().join('+')}`,
    kind: worst.kind,
    section: worst.section,
    facts: [...new Set(parts.flatMap((part) => part.facts))],
    sides,
    of: parts,
  };
}

function kindsOf(parts: readonly Conflict[]): readonly ConflictKind[] {
  return [...new Set(parts.map(({ kind }) => kind))];
}

/** What it is a disagreement of, worst first. */
export function kindsIn(conflict: Conflict): readonly ConflictKind[] {
  return kindsOf(partsOf(conflict));
}
