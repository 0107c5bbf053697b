/**
 * Every rule a decision can name, in plain words: what the reader is told, and what an information governance lead can
 * act on. A rule's id is stable: it stands in the audit and in the answer ledger.
 */
export const RULES = {
  'session.live': 'The view has run out and has to be opened again from the chart.',
  'purpose.direct-care': 'The record is for the care of this person only.',
  'home.member': 'The organisation this was opened from is no longer a member of the community.',
  'home.commissioner': 'Commissioners plan and pay for care; they see no patient’s record.',
  'role.known': 'The role is not one that the community has agreed may use the record.',
  'role.sections': 'The community has agreed no part of the record for this role.',
  'source.known': 'The organisation asked for is not a source of this community.',
  'source.commissioner': 'Commissioners hold no patient’s record.',
  'source.not-connected': 'The organisation is a member, and its system is not connected yet.',
  'pathway.in-force': 'No sharing agreement between these two organisations is in force today.',
  'role.documents': 'The community has not agreed documents for this role.',
  'sources.none': 'No organisation may be asked under the agreements in force today.',
} as const;

export type RuleId = keyof typeof RULES;

export function wordsOfRule(rule: string): string {
  return Object.hasOwn(RULES, rule) ? RULES[rule as RuleId] : 'The sharing agreement does not allow this.';
}
