import type { LaunchAnswer, LaunchFacts } from '../../plugin.ts';

/** How one vendor's SMART differs from the standard: a few functions, and its known quirks as plain facts. */
export type Dialect = {
  readonly id: string;
  /** The scopes to ask for, given the standard's. */
  readonly scopes?: (standard: readonly string[]) => readonly string[];
  /** Parameters of its own on the way to the sign-in. */
  readonly authorise?: { readonly [name: string]: string };
  /** Where it puts what the standard puts elsewhere; what is left out is read as the standard says. */
  readContext?(answer: LaunchAnswer): Partial<LaunchFacts>;
  readonly quirks: Quirks;
};

/** What is known of the product (smart.md 1.12). Nothing here is guessed at run time: each is a fact with a reason. */
export type Quirks = {
  /** Embedded browsers of one desktop share their storage: nothing of a launch may be found there by another. */
  readonly sharedStorage: boolean;
  /** Access tokens that look like JWTs and are not to be read. */
  readonly opaqueTokens: boolean;
  /** Its issuer is another address than its FHIR base: `launch.issuers` must name it. */
  readonly issuerElsewhere: boolean;
  /** A new key of ours is known to it only after hours: roll keys with both in the set. */
  readonly slowKeys: boolean;
  /** Ends the frame, or opens a new one, for another patient; it tells the page nothing. */
  readonly silentSwitch: boolean;
};
