import { expect, it } from 'vitest';
import { MODIFIER_ELEMENTS } from '../../../src/record/fhir/modifier-elements.ts';
import { REQUEST_STATES } from '../../../src/record/fhir/request-status.ts';
import { entryFrom } from '../../support/record.ts';

const referral = (status: string | undefined) => ({
  resourceType: 'ServiceRequest',
  id: 'r',
  status,
  intent: 'order',
  code: { text: 'Referral to cardiology' },
});

it('every status that R4 gives a request has a standing, save the one that says it is not known', () => {
  const r4 = MODIFIER_ELEMENTS['ServiceRequest']?.['status'] ?? [];
  expect([...Object.keys(REQUEST_STATES), 'unknown'].sort()).toEqual([...r4].sort());
});

it.each([
  ['draft', 'planned'],
  ['active', 'planned'],
  ['on-hold', 'planned'],
  ['revoked', 'negated'],
  ['completed', 'past'],
  ['entered-in-error', 'in-error'],
  ['unknown', 'unknown'],
  [undefined, 'unknown'],
])('a request of status %s is %s', (status, state) => {
  expect(entryFrom(referral(status)).state).toBe(state);
});
