import type { Caution, EntryState } from '../entry.ts';

/** DocumentReference.status. */
export const DOCUMENT_STATES: { readonly [status: string]: EntryState } = {
  current: 'current',
  superseded: 'past',
  'entered-in-error': 'in-error',
};

/** DocumentReference.docStatus: how far the document itself has come. */
export const DOCUMENT_CAUTIONS: { readonly [status: string]: Caution } = {
  preliminary: 'preliminary',
  amended: 'amended',
};
