import type { Coded } from './fhir/coding.ts';
import type { Period, RecordedDate } from './fhir/date.ts';
import type { Origin } from './origin.ts';
import type { SectionId } from './section.ts';

declare const entryId: unique symbol;

/** `source/Type/id`, with `#n` when one resource makes several entries. Stable between views of the same data. */
export type EntryId = string & { readonly [entryId]: true };

/**
 * What the statement is now. A missing or unheard-of status is `unknown`, never `current`.
 * `negated`: the source says this is not so (refuted, not done, doNotPerform, "no known …").
 * `in-error`: the source has withdrawn it; it leaves the clinical lists and stays findable.
 */
export type EntryState = 'current' | 'past' | 'planned' | 'negated' | 'in-error' | 'unknown';

/**
 * Why an entry must not be read as plain fact. Each has its own words on screen.
 * `not-interpretable`: a modifier extension or element we do not know changes its meaning.
 * `text-differs`: the source's own text and its code's display disagree; the text is shown.
 * `superseded`: the same source holds a later one that it says replaces this.
 * `date-in-future`: it is said to have happened at a time that has not come, so when it happened is not known.
 */
export type Caution =
  | 'not-interpretable'
  | 'text-differs'
  | 'preliminary'
  | 'amended'
  | 'cancelled'
  | 'unconfirmed'
  | 'about-somebody-else'
  | 'value-missing'
  | 'value-unsuitable'
  | 'source-unclear'
  | 'superseded'
  | 'date-in-future';

/** A security label on the item: FHIR meta.security, `system|code`. */
export type SecurityLabel = string;

/** One statement by one source. Sections extend it with their own fields. */
export type Entry = {
  readonly id: EntryId;
  readonly section: SectionId;
  readonly origin: Origin;
  /** What is said, in the source's own words (text before display before code). Never empty, never markup. */
  readonly title: string;
  readonly code?: Coded;
  readonly state: EntryState;
  /** The source's own status word, kept beside our reading of it. */
  readonly statusAsRecorded?: string;
  /** The clinical date: when it was so, not when it was filed. Absent means not known. */
  readonly date?: RecordedDate;
  /** The source gives no other date than that of recording, so `date` is when it was filed, not when it was so. */
  readonly dateIs?: 'recorded';
  readonly period?: Period;
  /** It is over and is shown at once all the same, for it decides care today: by which rule (lasting-diagnoses.ts, and tissue in investigation-entry.ts). */
  readonly lasting?: string;
  readonly cautions: readonly Caution[];
  readonly labels: readonly SecurityLabel[];
  /** Free text that belongs to the statement: comments, annotations, patient instructions. */
  readonly notes: readonly string[];
  /** Other resources of the same source this belongs to, as `Type/id`. */
  readonly links: readonly Link[];
};

export type Link = {
  readonly rel: 'encounter' | 'result' | 'report' | 'problem' | 'request' | 'document' | 'goal' | 'replaces';
  readonly to: string;
};

/** Something that arrived and was not understood. Counted and shown, never dropped. */
export type Unread = {
  readonly origin: Origin;
  readonly resourceType: string;
  readonly reason: 'type-not-read' | 'must-have-missing' | 'not-a-resource' | 'reader-fault';
  /** The element at fault, e.g. `AllergyIntolerance.code`; never a value. */
  readonly element?: string;
};

/** What reading gives: everything understood and everything not. It never throws and never invents. */
export type Reading<E extends Entry = Entry> = { readonly entries: readonly E[]; readonly unread: readonly Unread[] };
