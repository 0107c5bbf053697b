import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';

declare const permitted: unique symbol;

/** What a reader asks for: everything their role may see, or one source again. */
export type RecordAsk =
  | { readonly kind: 'record'; readonly only?: readonly SourceId[] }
  | { readonly kind: 'document'; readonly source: SourceId; readonly reference: string };

/** Leave to ask, per source and section. Only `access/decide.ts` makes one; federation takes nothing else. */
export type PermittedRequest = {
  readonly [permitted]: true;
  readonly viewId: string;
  readonly session: Session;
  readonly ask: RecordAsk;
  /** Sections that may be asked of each source. */
  readonly permitted: ReadonlyMap<SourceId, readonly SectionId[]>;
  /** Sources that may not be asked, and the rule that says so. They appear in the ledger, unless a rule hides them. */
  readonly refused: ReadonlyMap<
    SourceId,
    { readonly state: 'withheld' | 'not-agreed' | 'not-connected'; readonly rule: string }
  >;
};

/** A refusal is a value with a rule, audited like a grant. */
export type Refusal = {
  readonly refused: true;
  readonly rule: string;
  readonly code: 'access.refused' | 'session.expired';
};
