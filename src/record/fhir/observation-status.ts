import type { Caution, EntryState } from '../entry.ts';

/**
 * Observation.status as a standing: what was observed stays so however old it is; only a later word of the same source
 * takes it back. RiskAssessment has the same words.
 */
export const OBSERVATION_STATES: { readonly [status: string]: EntryState } = {
  registered: 'planned',
  preliminary: 'current',
  final: 'current',
  amended: 'current',
  corrected: 'current',
  cancelled: 'negated',
  'entered-in-error': 'in-error',
};

export const OBSERVATION_CAUTIONS: { readonly [status: string]: Caution } = {
  preliminary: 'preliminary',
  amended: 'amended',
  corrected: 'amended',
  cancelled: 'cancelled',
};
