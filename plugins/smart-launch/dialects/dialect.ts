import type { LaunchAnswer, LaunchFacts, LaunchManner } from '../../plugin.ts';

/** How one vendor's SMART differs from the standard: a few functions and flags, all of them read at run time. */
export type Dialect = {
  readonly id: string;
  /** The scopes to ask for, given the standard's. */
  readonly scopes?: (standard: readonly string[]) => readonly string[];
  /** Parameters of its own on the way to the sign-in. */
  readonly authorise?: { readonly [name: string]: string };
  /** Where it puts what the standard puts elsewhere; what is left out is read as the standard says. */
  readContext?(answer: LaunchAnswer): Partial<LaunchFacts>;
  /** How its authorisation server wants to be spoken to; an organisation's settings may say otherwise. */
  readonly manner?: LaunchManner;
};
