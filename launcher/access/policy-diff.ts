import type { Role } from '../trust/community.ts';
import { createJudge, type Judgement } from './judge.ts';
import type { PolicySet } from './policy-set.ts';
import { type TableCell, tableOf } from './policy-table.ts';

export type CellChange = TableCell & { readonly before: Judgement; readonly after: Judgement };

/** `seen`: some cell that changed names it. Otherwise what it changes is not in the table, and must be tried by hand. */
export type RuleChange = {
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed' | 'worded anew';
  readonly seen: boolean;
};

export type PolicyDiff = { readonly cells: readonly CellChange[]; readonly rules: readonly RuleChange[] };

type Options = {
  /** Only these cells. Rules that changed are named whether or not their cells are among them. */
  readonly some?: (at: TableCell) => boolean;
  readonly progress?: (done: number, of: number, title: string) => void;
};

/** Told of so often: a judge takes a fifth of a millisecond a cell. */
const STEP = 500;

/**
 * Cells of the table whose outcome, rule, standing or obligation changed between two versions; and every rule that did,
 * so that one about a single organisation or unit, which no cell has, is not passed over in silence.
 */
export function diffPolicies(
  before: PolicySet,
  after: PolicySet,
  roles: readonly Role[],
  { some = () => true, progress }: Options = {},
): PolicyDiff {
  const [old, fresh] = [createJudge(before), createJudge(after)];
  const rows = tableOf(roles).filter(({ at }) => some(at));
  const cells: CellChange[] = [];
  for (const [index, { cell, at }] of rows.entries()) {
    if (index % STEP === 0) progress?.(index, rows.length, at.role);
    const change = { ...at, before: old(cell), after: fresh(cell) };
    if (!isSame(change.before, change.after)) cells.push(change);
  }
  progress?.(rows.length, rows.length, '');
  return { cells, rules: rulesChanged(before, after, cells) };
}

/** Of the answer: what may happen, by which rule, how a refusal stands in the ledger, and what else must be done. */
function isSame(before: Judgement, after: Judgement): boolean {
  return (
    before.allowed === after.allowed &&
    before.rule === after.rule &&
    before.state === after.state &&
    before.obligations.join() === after.obligations.join()
  );
}

function rulesChanged(before: PolicySet, after: PolicySet, cells: readonly CellChange[]): readonly RuleChange[] {
  const named = new Set(cells.flatMap((cell) => [cell.before.rule, cell.after.rule]));
  return [...new Set([...before.rules.keys(), ...after.rules.keys()])].flatMap((id) => {
    const [old, fresh] = [before.rules.get(id), after.rules.get(id)];
    const change = !old
      ? 'added'
      : !fresh
        ? 'removed'
        : old.meaning !== fresh.meaning
          ? 'changed'
          : old.words !== fresh.words
            ? 'worded anew'
            : undefined;
    return change ? [{ id, change, seen: named.has(id) || change === 'worded anew' }] : [];
  });
}
