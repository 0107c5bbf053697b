import type { Entry, EntryId, SecurityLabel } from './entry.ts';
import type { SectionId } from './section.ts';

declare const factKey: unique symbol;
/** `section:key`. Equal keys, one fact: grouping is by equality, never by pairwise likeness, so unlike things cannot chain. */
export type FactKey = string & { readonly [factKey]: true };

/** Entries judged to say the same, newest first. Never empty; one entry is a fact too. */
export type Fact<E extends Entry = Entry> = {
  readonly key: FactKey;
  readonly section: SectionId;
  readonly entries: readonly [E, ...E[]];
  /** What is equal in all of them, where there are several: the reader is told, and can split them. */
  readonly reason?: FactReason;
  /** Some of them leave out what the others, all alike, say: a batch number, a severity, a code. */
  readonly partial?: true;
  /** Labels of all its records together: the line is as confidential as the most confidential of them (safety I7). */
  readonly labels?: readonly SecurityLabel[];
};

export type FactReason =
  | 'medicine'
  | 'agent'
  | 'concept'
  | 'identifier'
  | 'test'
  | 'person'
  | 'everything'
  | 'same-file'
  | 'same-moment'
  | 'same-referral';

/** Facts that disagree and matter. It states both sides and gives no verdict. */
export type Conflict = {
  /** Stable: the kind and the entries on both sides. */
  readonly id: string;
  readonly kind: ConflictKind;
  readonly section: SectionId;
  readonly facts: readonly FactKey[];
  /** The statements to show side by side, equal in weight. */
  readonly sides: readonly EntryId[];
  /** Substances it is about, where it is about some: disagreements that share one are one (one-subject.ts). */
  readonly subjects?: readonly string[];
  /** The disagreements it holds, where it holds several about one substance, worst first. */
  readonly of?: readonly Conflict[];
};

export type ConflictKind =
  | 'allergy-and-medicine'
  | 'allergy-and-no-known-allergies'
  | 'allergy-refuted-elsewhere'
  | 'allergy-ended-elsewhere'
  | 'two-doses'
  | 'stopped-here-active-there'
  | 'on-hold-here-active-there'
  | 'duplicate-therapy'
  | 'allergy-severities-differ'
  | 'nhs-numbers-differ'
  | 'resuscitation-decisions-differ'
  | 'demographics-differ'
  | 'deceased-here-alive-there'
  | 'safeguarding-ended-elsewhere'
  | 'legal-information-differs'
  | 'pregnancy-differs'
  | 'key-workers-differ'
  | 'practices-differ';
