import type { Dialect } from './dialect.ts';

/** Altera Sunrise: the standard, in its own embedded browser. */
export const altera: Dialect = {
  id: 'altera',
};
