import type { EntryId } from '../record/entry.ts';
import type { FactKey } from '../record/fact.ts';
import type { FindQuery } from '../record/find.ts';
import type { SectionId } from '../record/section.ts';
import type { SourceId } from '../record/source.ts';

/** What elements say. Those that reach the host carry no clinical content: ids, never words of the record. */

/** The record stands on the screen for the first time, complete or not. */
export class CorridorReadyEvent extends Event {
  constructor() {
    super('corridor-ready', { bubbles: true, composed: true });
  }
}

/**
 * Something went wrong that the reader has been told of in words. The host learns the code (docs/errors.md), and what to
 * quote when it asks whoever runs the launcher; never what the record says.
 */
export class CorridorErrorEvent extends Event {
  readonly code: string;
  readonly correlationId: string;
  constructor(code: string, correlationId: string) {
    super('corridor-error', { bubbles: true, composed: true });
    this.code = code;
    this.correlationId = correlationId;
  }
}

/** The reader wants one source asked again. */
export class SourceAskEvent extends Event {
  readonly source: SourceId;
  constructor(source: SourceId) {
    super('corridor-source-ask', { bubbles: true, composed: true });
    this.source = source;
  }
}

/** The reader wants to see one section in full, medicines organisation beside organisation, or the conversations. */
export class SectionOpenEvent extends Event {
  readonly section: SectionId | 'medicines-side-by-side' | 'messages';
  constructor(section: SectionOpenEvent['section']) {
    super('corridor-section-open', { bubbles: true, composed: true });
    this.section = section;
  }
}

/** The reader wants to see one record where it stands among the others of its section. */
export class RecordSeekEvent extends Event {
  readonly section: SectionId;
  readonly entry: EntryId;
  constructor(section: SectionId, entry: EntryId) {
    super('corridor-record-seek', { bubbles: true, composed: true });
    this.section = section;
    this.entry = entry;
  }
}

/** The reader wants what has arrived since the section was drawn. */
export class ArrivalsShowEvent extends Event {
  constructor() {
    super('corridor-arrivals-show', { bubbles: true, composed: true });
  }
}

/** The reader breaks the glass. Whoever holds the stream answers once, by calling `respond`. */
export class BreakGlassEvent extends Event {
  readonly reason: string;
  #answer: Promise<void> | undefined;
  constructor(reason: string) {
    super('corridor-break-glass', { bubbles: true, composed: true });
    this.reason = reason;
  }
  get answer(): Promise<void> | undefined {
    return this.#answer;
  }
  respond(answer: Promise<void>): void {
    this.#answer ??= answer;
  }
}

/** The reader opened or closed the ledger. */
export class LedgerToggleEvent extends Event {
  readonly open: boolean;
  constructor(open: boolean) {
    super('corridor-ledger-toggle', { bubbles: true, composed: true });
    this.open = open;
  }
}

/** The reader split a fact into its records, or put it together again; it holds for this session only. */
export class FactSplitEvent extends Event {
  readonly fact: FactKey;
  readonly split: boolean;
  constructor(fact: FactKey, split: boolean) {
    super('corridor-fact-split', { bubbles: true, composed: true });
    this.fact = fact;
    this.split = split;
  }
}

/** Measurements of one test stand in units that a table of units might bring onto one axis. */
export class UnitsWantedEvent extends Event {
  constructor() {
    super('corridor-units-wanted', { bubbles: true, composed: true });
  }
}

/**
 * The reader looks for something else. It neither bubbles nor leaves the record's own tree: what somebody types to find in
 * a record is as clinical as the record.
 */
export class FindChangeEvent extends Event {
  readonly query: FindQuery;
  constructor(query: FindQuery) {
    super('corridor-find-change');
    this.query = query;
  }
}

/** A document to fetch. Whoever holds the stream answers by calling `respond` once. */
export class DocumentOpenEvent extends Event {
  readonly source: SourceId;
  readonly reference: string;
  /** Which of its parts, from nought, when there are several. */
  readonly part: number;
  #answer: Promise<Blob> | undefined;
  constructor(source: SourceId, reference: string, part = 0) {
    super('corridor-document-open', { bubbles: true, composed: true });
    this.source = source;
    this.reference = reference;
    this.part = part;
  }
  respond(answer: Promise<Blob>): void {
    this.#answer ??= answer;
  }
  get answer(): Promise<Blob> | undefined {
    return this.#answer;
  }
}

/**
 * The reader takes a document out of the view, as a file or on paper. Whoever holds the stream writes it down and answers
 * by calling `respond` once; nothing is saved or printed until that has settled, and nothing at all where it fails.
 */
export class DocumentTakeEvent extends Event {
  readonly act: 'exported' | 'printed';
  readonly source: SourceId;
  readonly reference: string;
  #answer: Promise<void> | undefined;
  constructor(act: DocumentTakeEvent['act'], source: SourceId, reference: string) {
    super('corridor-document-take', { bubbles: true, composed: true });
    this.act = act;
    this.source = source;
    this.reference = reference;
  }
  respond(answer: Promise<void>): void {
    this.#answer ??= answer;
  }
  get answer(): Promise<void> | undefined {
    return this.#answer;
  }
}

/** What the launcher grants: the name of the document, its moment, and the organisation that makes it. */
export type SummaryGrant = { readonly documentId: string; readonly at: string; readonly author: string };

/**
 * The reader takes the record away as one document. Whoever holds the stream asks the launcher and answers by calling
 * `respond` once; nothing is made until it is granted and written down, and nothing at all where it is not.
 */
export class SummaryTakeEvent extends Event {
  #answer: Promise<SummaryGrant> | undefined;
  constructor() {
    super('corridor-summary-take', { bubbles: true, composed: true });
  }
  respond(answer: Promise<SummaryGrant>): void {
    this.#answer ??= answer;
  }
  get answer(): Promise<SummaryGrant> | undefined {
    return this.#answer;
  }
}

/** What could not be read, wanted as its source holds it. Whoever holds the stream answers by calling `respond` once. */
export class UnreadOpenEvent extends Event {
  readonly source: SourceId;
  readonly reference: string;
  #answer: Promise<string> | undefined;
  constructor(source: SourceId, reference: string) {
    super('corridor-unread-open', { bubbles: true, composed: true });
    this.source = source;
    this.reference = reference;
  }
  respond(answer: Promise<string>): void {
    this.#answer ??= answer;
  }
  get answer(): Promise<string> | undefined {
    return this.#answer;
  }
}

declare global {
  interface HTMLElementEventMap {
    'corridor-ready': CorridorReadyEvent;
    'corridor-error': CorridorErrorEvent;
    'corridor-unread-open': UnreadOpenEvent;
    'corridor-item-open': ItemOpenEvent;
    'corridor-break-glass': BreakGlassEvent;
    'corridor-units-wanted': UnitsWantedEvent;
    'corridor-source-ask': SourceAskEvent;
    'corridor-section-open': SectionOpenEvent;
    'corridor-record-seek': RecordSeekEvent;
    'corridor-arrivals-show': ArrivalsShowEvent;
    'corridor-ledger-toggle': LedgerToggleEvent;
    'corridor-fact-split': FactSplitEvent;
    'corridor-find-change': FindChangeEvent;
    'corridor-document-open': DocumentOpenEvent;
    'corridor-document-take': DocumentTakeEvent;
    'corridor-summary-take': SummaryTakeEvent;
  }
}

/** The reader wants to see one record in its own EPR. Whoever holds the stream answers once, by calling `respond`. */
export class ItemOpenEvent extends Event {
  readonly source: SourceId;
  /** `Type/id` at that source. */
  readonly reference: string;
  #answer: Promise<void> | undefined;
  constructor(source: SourceId, reference: string) {
    super('corridor-item-open', { bubbles: true, composed: true });
    this.source = source;
    this.reference = reference;
  }
  get answer(): Promise<void> | undefined {
    return this.#answer;
  }
  respond(answer: Promise<void>): void {
    this.#answer ??= answer;
  }
}
