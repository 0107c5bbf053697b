import cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Role } from '../trust/community.ts';
import type { Asking, Cell, ItemClass } from './cell.ts';
import { levelOfClearance } from './labels.ts';
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

export type Judge = (cell: Cell) => Judgement;

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
  const keyOf = createKeys(policies);
  return (cell) => {
    const key = keyOf(cell);
    const earlier = known.get(key);
    if (earlier) return earlier;
    const judgement = ask(questionOf(cell, policies), policies);
    if (known.size >= MOST_CELLS) known.clear();
    known.set(key, judgement);
    return judgement;
  };
}

/**
 * One key for all cells whose questions are the same: what the policy looks at, in one order. A running stream is judged
 * again several times a second, section by section of every source, so that a key must cost less than its question.
 */
function createKeys({ looksAt }: PolicySet): (cell: Cell) => string {
  const names = new Map<string, readonly string[]>();
  const roles = new WeakMap<Role, Map<string, string>>();
  const lookedAt = (action: Cell['action'], part: string, all: Attributes): readonly string[] => {
    const earlier = names.get(`${action}|${part}`);
    if (earlier) return earlier;
    const found = Object.keys(all).filter((name) => looksAt(action, name));
    names.set(`${action}|${part}`, found);
    return found;
  };
  const roleKey = (action: Cell['action'], role: Role): string => {
    const byAction = roles.get(role) ?? new Map<string, string>();
    roles.set(role, byAction);
    const earlier = byAction.get(action);
    if (earlier !== undefined) return earlier;
    const all = ofRole(role);
    const key = JSON.stringify([action, role.id, ...lookedAt(action, 'role', all).map((name) => all[name])]);
    byAction.set(action, key);
    return key;
  };
  return ({ action, asking, ...rest }) => {
    const item = 'item' in rest ? rest.item : undefined;
    const context = ofAsking(asking, item);
    const values = lookedAt(action, 'context', context).map((name) => context[name]);
    if (item) {
      const resource = ofItem(item);
      for (const name of lookedAt(action, 'item', resource)) values.push(resource[name]);
    }
    return `${roleKey(action, asking.role)}${item ? 'item' : 'record'}${JSON.stringify(values)}`;
  };
}

type Question = {
  readonly action: string;
  readonly role: string;
  readonly principal: Attributes;
  readonly resource: Attributes;
  readonly isItem: boolean;
  readonly context: Attributes;
};
type Attributes = { readonly [name: string]: string | number | boolean | string[] };

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

function ofRole(role: Role): Attributes {
  return {
    clearance: levelOfClearance(role.clearance),
    sections: [...role.sections].sort(),
    emergency: role.emergency === true,
  };
}

function ofItem({ giver, section, level, sensitivities, unit, released }: ItemClass): Attributes {
  return {
    organisation: giver.ods,
    kind: giver.kind,
    commissioner: giver.kind === 'commissioner',
    section,
    level,
    sensitivities: [...new Set(sensitivities)].sort(),
    unit,
    released,
  };
}

function ofAsking(
  { home, purpose, relationship, units = [], consentKnown, emergency }: Asking,
  item?: ItemClass,
): Attributes {
  return {
    home: home.ods,
    homeKind: home.kind,
    homeCommissioner: home.kind === 'commissioner',
    purpose,
    own: item?.giver.ods === home.ods,
    agreed: item?.agreed === true,
    relationship,
    units: [...new Set(units)].sort(),
    consent: item?.consent ?? 'silent',
    consentKnown,
    emergency,
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
