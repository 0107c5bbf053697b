import type { Dialect } from './dialect.ts';

/** Any EPR that keeps to SMART App Launch 2.x. */
export const generic: Dialect = {
  id: 'generic',
};
