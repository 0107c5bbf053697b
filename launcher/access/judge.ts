import cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Cell } from './cell.ts';
import { type Attributes, ofAsking, ofItem, ofRole } from './cell-attributes.ts';
import { createCellKeys } from './cell-key.ts';
import type { Obligation, PolicySet } from './policy-set.ts';

/** A decision is a thing to keep: what was allowed or not, by which rule, in which words, and what it obliges to. */
export type Judgement = {
  readonly allowed: boolean;
  readonly rule: string;
  readonly words: string;
  /** How a refused source stands in the ledger. */
  readonly state: 'withheld' | 'not-agreed';
  readonly obligations: readonly Obligation[];
};

export type Judge = ((cell: Cell) => Judgement) & {
  /** Equal for two cells exactly where no policy can tell them apart. */
  readonly keyOf: (cell: Cell) => string;
};

/** What no rule allows. Its id and words stand for the silence of the whole file. */
export const DEFAULT_DENY = {
  allowed: false,
  rule: 'default.deny',
  words: 'No rule of the community allows this.',
  state: 'withheld',
  obligations: [],
} as const satisfies Judgement;

const MOST_CELLS = 20_000;

/**
 * Asks Cedar once for each class of item and remembers. Pure: the same cell has the same answer whatever was asked
 * before it, in whatever batch (safety I9). What no policy looks at is left out of the question, so that organisations
 * and units that the policy treats alike share one answer.
 */
export function createJudge(policies: PolicySet): Judge {
  const known = new Map<string, Judgement>();
  const keyOf = createCellKeys(policies.looksAt);
  const judge = (cell: Cell): Judgement => {
    const key = keyOf(cell);
    const earlier = known.get(key);
    if (earlier) return earlier;
    const judgement = ask(questionOf(cell, policies), policies);
    if (known.size >= MOST_CELLS) known.clear();
    known.set(key, judgement);
    return judgement;
  };
  return Object.assign(judge, { keyOf });
}

type Question = {
  readonly action: string;
  readonly role: string;
  readonly principal: Attributes;
  readonly resource: Attributes;
  readonly isItem: boolean;
  readonly context: Attributes;
};

function questionOf(cell: Cell, { looksAt }: PolicySet): Question {
  const only = (all: Attributes): Attributes =>
    Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, looksAt(cell.action, name) ? value : blank(value)]),
    );
  const item = 'item' in cell ? cell.item : undefined;
  return {
    action: cell.action,
    role: cell.asking.role.id,
    principal: only(ofRole(cell.asking.role)),
    resource: item ? only(ofItem(item)) : {},
    isItem: item !== undefined,
    context: only(ofAsking(cell.asking, item)),
  };
}

function blank(value: Attributes[string]): Attributes[string] {
  if (typeof value === 'string') return '';
  if (typeof value === 'number') return 0;
  return typeof value === 'boolean' ? false : [];
}

function ask({ action, role, principal, resource, isItem, context }: Question, policies: PolicySet): Judgement {
  const who = { type: 'Role', id: role };
  const what = { type: isItem ? 'ItemClass' : 'Record', id: 'asked' };
  const answer = cedar.statefulIsAuthorized({
    principal: who,
    action: { type: 'Action', id: action },
    resource: what,
    context,
    // The policies were checked against the schema when they were read, and this question is made by this file alone.
    validateRequest: false,
    preparsedPolicySetId: policies.handle,
    entities: [
      { uid: who, attrs: principal, parents: [] },
      { uid: what, attrs: resource, parents: [] },
    ],
  });
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
  const { decision, diagnostics } = answer.response;
  // A rule that could not be worked out is one that did not refuse: what it would have held back is held back.
  if (diagnostics.errors.length > 0) return DEFAULT_DENY;
  return judgementOf(decision === 'allow', diagnostics.reason, policies);
}

function judgementOf(allowed: boolean, reasons: readonly string[], { rules }: PolicySet): Judgement {
  const named = reasons.flatMap((id) => rules.get(id) ?? []).sort((a, b) => a.order - b.order);
  const [first] = named;
  if (!first) return DEFAULT_DENY;
  const obligations = allowed ? [...new Set(named.flatMap((rule) => rule.obligations))] : [];
  return { allowed, rule: first.id, words: first.words, state: first.state, obligations };
}
