import type { EntryState } from '../entry.ts';

/**
 * How a decision, wish or legal instrument stands by its source's status: Consent, Flag, DocumentReference, Observation and
 * Condition. No word means two things among these types. End of life care and legal information both ask here, so that one
 * Consent can't stand under one heading and be over under the other.
 */
export const DECISION_STATES: { readonly [status: string]: EntryState } = {
  active: 'current',
  current: 'current',
  final: 'current',
  amended: 'current',
  corrected: 'current',
  preliminary: 'current',
  recurrence: 'current',
  relapse: 'current',
  inactive: 'past',
  superseded: 'past',
  resolved: 'past',
  remission: 'past',
  cancelled: 'past',
  registered: 'planned',
  proposed: 'planned',
  draft: 'planned',
  rejected: 'negated',
  refuted: 'negated',
  'entered-in-error': 'in-error',
};

/**
 * A decision kept as an order stands until it is revoked; what "completed" and "on hold" mean of one that is about not doing
 * something nobody has said.
 */
const ORDERED: { readonly [status: string]: EntryState } = {
  draft: 'planned',
  active: 'current',
  revoked: 'past',
  'entered-in-error': 'in-error',
};

/** Kept as something done: that it was decided is what was completed, and it stands. */
const RECORDED: { readonly [status: string]: EntryState } = {
  preparation: 'planned',
  'in-progress': 'current',
  completed: 'current',
  stopped: 'past',
  'not-done': 'negated',
  'entered-in-error': 'in-error',
};

export function decisionStates(resourceType: string): { readonly [status: string]: EntryState } {
  if (resourceType === 'ServiceRequest') return ORDERED;
  return resourceType === 'Procedure' ? RECORDED : DECISION_STATES;
}
