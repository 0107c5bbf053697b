import type { Caution, EntryState } from '../entry.ts';

/** QuestionnaireResponse.status. A form is what was answered on its day; begun and not finished, it is a draft. */
export const RESPONSE_STATES: { readonly [status: string]: EntryState } = {
  'in-progress': 'current',
  completed: 'current',
  amended: 'current',
  stopped: 'past',
  'entered-in-error': 'in-error',
};

export const RESPONSE_CAUTIONS: { readonly [status: string]: Caution } = {
  'in-progress': 'preliminary',
  stopped: 'preliminary',
  amended: 'amended',
};
