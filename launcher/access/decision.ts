import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';
import type { Relationship } from './cell.ts';
import type { Obligation } from './policy-set.ts';
import type { SourceStanding } from './standing.ts';

declare const permitted: unique symbol;

/** What a reader asks for: everything their role may see, or one source again. */
export type RecordAsk =
  | { readonly kind: 'record'; readonly only?: readonly SourceId[] }
  | { readonly kind: 'document'; readonly source: SourceId; readonly reference: string };

/** How a source, or a section of it, stands that may not be asked for, and the rule that says so. */
export type SourceRefusal = { readonly state: 'withheld' | 'not-agreed' | 'not-connected'; readonly rule: string };

/** What sources and the audit are told of the reason; `break-glass` is BTG to them (HL7 v3 ActReason). */
export type AskedPurpose = Session['purpose'] | 'break-glass';

/** Leave to ask, per source and section. Only `access/decide.ts` makes one; federation takes nothing else. */
export type PermittedRequest = {
  readonly [permitted]: true;
  readonly viewId: string;
  readonly session: Session;
  readonly ask: RecordAsk;
  /** Sections that may be asked of each source. */
  readonly permitted: ReadonlyMap<SourceId, readonly SectionId[]>;
  /** Sources that may not be asked, and the rule that says so. They appear in the ledger, unless a rule hides them. */
  readonly refused: ReadonlyMap<SourceId, SourceRefusal>;
  /** Sections of the reader's role that a permitted source may not be asked for: cells of the ledger. */
  readonly withheld?: ReadonlyMap<SourceId, ReadonlyMap<SectionId, SourceRefusal>>;
  /** How each permitted source's items are judged, class by class. */
  readonly standings?: ReadonlyMap<SourceId, SourceStanding>;
  /** The rule that let this be asked, and the version of the policy it stands in. */
  readonly rule?: string;
  readonly policy?: string;
  readonly relationship?: Relationship;
  /** Why sources are asked, where that is more than the session's purpose: the glass is broken. */
  readonly purpose?: AskedPurpose;
  /** What must be done besides letting it be seen: `alert` the privacy officer, show the `banner`. */
  readonly obligations?: readonly Obligation[];
  /** The reader has broken the glass; until when (ISO instant). */
  readonly emergency?: { readonly until: string };
};

/** A refusal is a value with a rule, audited like a grant. */
export type Refusal = {
  readonly refused: true;
  readonly rule: string;
  readonly code: 'access.refused' | 'session.expired';
  /** The rule in plain words, for the reader. */
  readonly words?: string;
  /** The reader's role may break the glass, and this rule gives way to that. */
  readonly mayBreakGlass?: boolean;
};
