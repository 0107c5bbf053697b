import { conflictRank } from './conflict-rules.ts';
import type { Conflict } from './fact.ts';

/** The order of disagreements wherever they are listed: a total one. */
export function worstFirst(a: Conflict, b: Conflict): number {
  return conflictRank(a.kind) - conflictRank(b.kind) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
