import type { SourceId } from '../../src/record/source.ts';
import type { PermittedRequest } from '../access/decision.ts';

declare const located: unique symbol;

/** The sources that are to be asked about this person. Only `identity/locate.ts` makes one. */
export type LocatedRequest = {
  readonly [located]: true;
  readonly request: PermittedRequest;
  readonly sources: readonly SourceId[];
  /** Permitted, and left out: they push whom they know and have not named this person. They are said, never silent. */
  readonly notAsked?: readonly SourceId[];
};
