import { findFreePorts } from '../../sandbox/addresses.ts';

/** A port that nobody else gets from here while this process lives. */
export function freePort(): Promise<number> {
  return findFreePorts(0);
}
