import type { LaunchContext, TeamContext } from '../smart/launch-context.ts';

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

/**
 * One launch with no chart open, one window. Its bearer begins with `team.`, so that no route of a patient's takes it for
 * one of its own; it opens the list of its user's teams, never a record.
 */
export type TeamSession = Omit<Session, typeof live | 'context'> & {
  readonly [live]: 'team';
  readonly context: TeamContext;
};
