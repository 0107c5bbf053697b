import type { Dialect } from './dialect.ts';

/** MEDITECH Expanse: the standard; a standalone launch needs `launch/patient` for its picker. */
export const meditech: Dialect = {
  id: 'meditech',
};
