import type { LaunchContext } from '../smart/launch-context.ts';

declare const live: unique symbol;

/** One launch, one patient, one window. The bearer is opaque and known only to that window's memory; the store holds its hash. */
export type Session = {
  readonly [live]: true;
  readonly id: string;
  readonly context: LaunchContext;
  readonly purpose: 'direct-care';
  /** ISO instants. */
  readonly openedAt: string;
  readonly expiresAt: string;
};
