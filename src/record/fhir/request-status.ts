import type { EntryState } from '../entry.ts';

/** FHIR R4 request-status of a ServiceRequest. One that is active is still to happen; one that was revoked never will. */
export const REQUEST_STATES: { readonly [status: string]: EntryState } = {
  draft: 'planned',
  active: 'planned',
  'on-hold': 'planned',
  revoked: 'negated',
  completed: 'past',
  'entered-in-error': 'in-error',
};
