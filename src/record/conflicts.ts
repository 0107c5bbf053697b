import type { Conflict, ConflictKind, Fact } from './fact.ts';
import type { Patient } from './patient.ts';
import type { SectionId } from './section.ts';

/** Worst first: what can kill today before what misleads, then by id so that the order is total. */
const SEVERITY: readonly ConflictKind[] = [
  'allergy-and-medicine',
  'resuscitation-decisions-differ',
  'deceased-here-alive-there',
  'two-doses',
  'stopped-here-active-there',
  'allergy-and-no-known-allergies',
  'allergy-refuted-elsewhere',
  'demographics-differ',
  'key-workers-differ',
];

export function worstFirst(a: Conflict, b: Conflict): number {
  return SEVERITY.indexOf(a.kind) - SEVERITY.indexOf(b.kind) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export function conflictsBetweenSections(
  _facts: ReadonlyMap<SectionId, readonly Fact[]>,
  _patient: Patient,
): readonly Conflict[] {
  return [];
}
