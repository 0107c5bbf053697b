import cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Cell } from './cell.ts';
import { readAsset } from './policy-assets.ts';

/** One policy file, understood: its rules in the order of the file, ready to be asked. */
export type PolicySet = {
  readonly version: string;
  /** Name under which Cedar keeps it; two sets never share one. */
  readonly handle: string;
  readonly rules: ReadonlyMap<string, PolicyRule>;
  /** Attributes that the rules of an action look at. What none looks at can't make a difference, and is left out of the question. */
  readonly looksAt: (action: Action, attribute: string) => boolean;
};

export type PolicyRule = {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** Place in the file: of several refusals the first is named. */
  readonly order: number;
  readonly words: string;
  readonly state: 'withheld' | 'not-agreed';
  readonly obligations: readonly Obligation[];
  /** What it comes to without its words: two rules with the same meaning answer alike. */
  readonly meaning: string;
};

export const OBLIGATIONS = ['alert', 'banner'] as const;
export type Obligation = (typeof OBLIGATIONS)[number];

export type ReadPolicies = { readonly set: PolicySet } | { readonly problems: readonly string[] };

const SCHEMA = readAsset('schema.cedarschema');
let made = 0;

/** Reads a policy file as a whole: every rule is right and has its id and words, or the file is not used. */
export function readPolicies(text: string, version: string): ReadPolicies {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure') return { problems: parts.errors.map(({ message }) => message) };
  if (parts.policy_templates.length > 0) return { problems: ['templates are not used: write the policies out'] };
  const problems: string[] = [];
  const rules = new Map<string, PolicyRule>();
  const staticPolicies: Record<string, string> = {};
  const attributes = new Map(ACTIONS.map((action) => [action, new Set<string>()]));
  for (const part of parts.policies) {
    const read = cedar.policyToJson(part);
    if (read.type === 'failure') return { problems: read.errors.map(({ message }) => message) };
    const rule = ruleOf(read.json, placeOf(text, read.json.annotations?.['id'] ?? ''), problems);
    if (rules.has(rule.id)) problems.push(`${rule.id}: this id is used twice`);
    rules.set(rule.id, rule);
    staticPolicies[rule.id] = part;
    for (const [action, into] of attributes)
      if (isAbout(read.json.action, action)) collectAttributes(read.json.conditions, into);
  }
  if (rules.size === 0) problems.push('there is no policy in it, so nobody would see anything');
  if (problems.length > 0) return { problems };
  const valid = cedar.validate({
    schema: SCHEMA,
    policies: { staticPolicies },
    validationSettings: { mode: 'strict' },
  });
  if (valid.type === 'failure') return { problems: valid.errors.map(({ message }) => message) };
  if (valid.validationErrors.length > 0)
    return { problems: valid.validationErrors.map(({ policyId, error }) => `${policyId}: ${error.message}`) };
  const handle = `corridor-${String(made++)}`;
  const kept = cedar.preparsePolicySet(handle, { staticPolicies });
  if (kept.type === 'failure') return { problems: kept.errors.map(({ message }) => message) };
  const inOrder = [...rules].sort(([, a], [, b]) => a.order - b.order);
  const looksAt: PolicySet['looksAt'] = (action, attribute) => attributes.get(action)?.has(attribute) === true;
  return { set: { version, handle, rules: new Map(inOrder), looksAt } };
}

const ACTIONS = ['see', 'tell', 'openRecord', 'openDocument', 'breakGlass'] as const;
type Action = Cell['action'];

function isAbout(scope: Json['action'], action: Action): boolean {
  if (scope.op === 'All') return true;
  // What is not plainly about other actions is taken to be about this one too.
  const named = JSON.stringify(scope);
  return !ACTIONS.some((one) => named.includes(`"${one}"`)) || named.includes(`"${action}"`);
}

type Json = Extract<ReturnType<typeof cedar.policyToJson>, { type: 'success' }>['json'];

function ruleOf({ annotations = {}, ...rule }: Json, order: number, problems: string[]): PolicyRule {
  const { id = '', words = '', state = 'withheld', oblige = '' } = annotations;
  const obligations = oblige.split(/[ ,]+/).filter((word) => word !== '');
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(id))
    problems.push(`${id || 'a policy'}: needs an @id such as "role.section"`);
  if (words.trim() === '') problems.push(`${id}: needs @words that a reader understands`);
  if (state !== 'withheld' && state !== 'not-agreed') problems.push(`${id}: @state is withheld or not-agreed`);
  for (const obligation of obligations)
    if (!(OBLIGATIONS as readonly string[]).includes(obligation))
      problems.push(`${id}: @oblige knows ${OBLIGATIONS.join(' and ')}, not ${obligation}`);
  const meaning = JSON.stringify([rule, state, obligations]);
  return {
    ...{ id, effect: rule.effect, order, words, meaning },
    state: state as PolicyRule['state'],
    obligations: obligations as Obligation[],
  };
}

/** Cedar gives policies in an order of its own; the file's is where the id stands. */
function placeOf(text: string, id: string): number {
  return text.indexOf(`@id("${id}")`);
}

/** Names behind a dot, wherever they stand in a condition. */
function collectAttributes(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectAttributes(item, into);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      if (key === 'attr' && typeof item === 'string') into.add(item);
      collectAttributes(item, into);
    }
}
