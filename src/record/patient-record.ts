import type { Entry, Unread } from './entry.ts';
import type { Conflict, Fact } from './fact.ts';
import type { Patient } from './patient.ts';
import type { Section, SectionId } from './section.ts';
import type { SectionAnswer, SourceStatus } from './source-status.ts';
import type { Source, SourceId } from './source.ts';

/** The merged view. The same entries and statuses give the same record, whatever order they arrived in. */
export type PatientRecord = {
  readonly patient: Patient;
  readonly sources: readonly SourceView[];
  /** In the order of `sections/index.ts`; every section is present, empty or not. */
  readonly sections: readonly SectionView[];
  /** All sections' conflicts and those between sections, worst first. */
  readonly conflicts: readonly Conflict[];
  readonly unread: readonly Unread[];
  /** Entries their source has withdrawn: out of the clinical lists, findable here. */
  readonly withdrawn: readonly Entry[];
  readonly completeness: Completeness;
};

export type SourceView = { readonly source: Source; readonly status: SourceStatus; readonly entryCount: number };

export type SectionView<E extends Entry = Entry> = {
  readonly id: SectionId;
  /** The section it was merged by: its window, and what of it stands at once. */
  readonly section: Pick<Section, 'groupedBy' | 'reads' | 'window' | 'showsEnded' | 'latestPer'>;
  readonly facts: readonly Fact<E>[];
  readonly conflicts: readonly Conflict[];
  readonly absence: Absence;
  /** Sources that have no such section to give: said beside an empty one, for they may hold it on paper or in letters. */
  readonly notOffered?: number;
  /** The facts are those that a reader looked for, of so many in all: none of them waits behind a window. */
  readonly foundOf?: number;
  /** Nothing of it is drawn, and so many items have come since that wait to be shown: it is not empty. */
  readonly arrived?: number;
  /** The ledger's column: what each source answered for this section. */
  readonly answers: readonly {
    readonly source: SourceId;
    readonly answer: SectionAnswer | { readonly state: 'waiting'; readonly count: number };
  }[];
};

/**
 * What the emptiness of a section may be taken to mean.
 * `none`: it is not empty. `nothing-recorded`: every source asked has answered and holds nothing.
 * `incomplete`: it is empty so far, and these sources have not (fully) answered.
 */
export type Absence =
  | { readonly kind: 'none' }
  | { readonly kind: 'nothing-recorded'; readonly answered: number }
  | {
      readonly kind: 'incomplete';
      readonly answered: number;
      readonly waiting: number;
      readonly silent: number;
      readonly withheld: number;
      /** Resources of this section's types that came and could not be understood. */
      readonly unread?: number;
    };

export type Completeness = {
  readonly total: number;
  readonly answered: number;
  readonly waiting: number;
  /** Late, unavailable, failed, truncated. */
  readonly gaps: number;
  readonly withheld: number;
  /** Not agreed or not connected. */
  readonly notAsked: number;
  readonly settled: boolean;
};
