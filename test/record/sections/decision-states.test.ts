import { describe, expect, it } from 'vitest';
import { decisionStates } from '../../../src/record/sections/decision-states.ts';

describe('a decision', () => {
  it.each([
    ['Flag', 'inactive'],
    ['Consent', 'inactive'],
    ['DocumentReference', 'superseded'],
    ['Condition', 'resolved'],
    ['Condition', 'remission'],
    ['Observation', 'cancelled'],
    ['ServiceRequest', 'revoked'],
    ['Procedure', 'stopped'],
  ])('kept as a %s is over where that is %s', (type, status) => {
    expect(decisionStates(type)[status]).toBe('past');
  });

  it.each([
    ['Flag', 'entered-in-error', 'in-error'],
    ['ServiceRequest', 'entered-in-error', 'in-error'],
    ['Procedure', 'entered-in-error', 'in-error'],
    ['Consent', 'rejected', 'negated'],
    ['Condition', 'refuted', 'negated'],
    ['Procedure', 'not-done', 'negated'],
    ['Consent', 'proposed', 'planned'],
    ['Consent', 'draft', 'planned'],
    ['Observation', 'registered', 'planned'],
    ['ServiceRequest', 'draft', 'planned'],
    ['Procedure', 'preparation', 'planned'],
  ])('kept as a %s that is %s is %s, and does not stand', (type, status, state) => {
    expect(decisionStates(type)[status]).toBe(state);
  });

  it.each([
    ['ServiceRequest', 'completed'],
    ['ServiceRequest', 'on-hold'],
    ['ServiceRequest', 'unknown'],
    ['Procedure', 'on-hold'],
    ['Flag', 'completed'],
  ])('kept as a %s that is %s says nothing of whether it stands', (type, status) => {
    expect(decisionStates(type)[status]).toBeUndefined();
  });

  it.each([
    ['Flag', 'active'],
    ['DocumentReference', 'current'],
    ['Observation', 'final'],
    ['Observation', 'amended'],
    ['Observation', 'corrected'],
    ['Observation', 'preliminary'],
    ['Condition', 'recurrence'],
    ['Condition', 'relapse'],
    ['ServiceRequest', 'active'],
    ['Procedure', 'in-progress'],
    ['Procedure', 'completed'],
  ])('kept as a %s stands where that is %s', (type, status) => {
    expect(decisionStates(type)[status]).toBe('current');
  });
});
