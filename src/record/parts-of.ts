import type { Conflict } from './fact.ts';

/** Each disagreement by itself: what is said under a line is of the pair that disagrees, and of no other. */
export function partsOf(conflict: Conflict): readonly Conflict[] {
  return conflict.of ?? [conflict];
}
