import { DEFAULT_DENY } from './judge.ts';
import type { PolicySet } from './policy-set.ts';

/** Rules that no policy file writes: what the registry knows, and what the file leaves unsaid. In plain words. */
export const RULES = {
  'session.live': 'The view has run out and has to be opened again from the chart.',
  'home.member': 'The organisation this was opened from is no longer a member of the community.',
  'role.known': 'The role is not one that the community has agreed may use the record.',
  'source.known': 'The organisation asked for is not a source of this community.',
  'source.not-connected': 'The organisation is a member, and its system is not connected yet.',
  'sources.none': 'No organisation may be asked under the agreements in force today.',
  [DEFAULT_DENY.rule]: DEFAULT_DENY.words,
} as const;

/** What a rule says to the reader, and to the information governance lead who can act on it. Its id stands in the audit. */
export function wordsOfRule(rule: string, policies?: Pick<PolicySet, 'rules'>): string {
  const own = policies?.rules.get(rule)?.words;
  if (own !== undefined) return own;
  return Object.hasOwn(RULES, rule) ? RULES[rule as keyof typeof RULES] : 'The sharing agreement does not allow this.';
}
