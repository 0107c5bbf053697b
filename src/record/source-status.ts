import type { SectionId } from './section.ts';

/**
 * Where one source stands. Every source ends in exactly one of the final states, whatever happens to it.
 * The words matter clinically: "nothing held" is an answer, "late" and "unavailable" are gaps, "withheld" is a decision.
 */
export type SourceStatus = { readonly state: 'waiting' } | FinalSourceStatus;

export type FinalSourceStatus = FinalState & {
  /** ISO instant at which the launcher settled it. */
  readonly at: string;
  /** Milliseconds from asking to settling. */
  readonly tookMs: number;
  /** The answer ledger's row: a section that is absent was not asked of this source. */
  readonly sections: SectionAnswers;
};

export type SectionAnswers = { readonly [id in SectionId]?: SectionAnswer };

type FinalState =
  | {
      readonly state: 'answered';
      /** ISO instant the source says its data is as of, when it is a copy. */ readonly asOf?: string;
    }
  | { readonly state: 'nothing-held' }
  /** A rule of ours or of theirs said no. `rule` is a stable id the screen has words for. */
  | {
      readonly state: 'withheld';
      readonly by: 'policy' | 'source';
      readonly rule: string;
      /** The rule in the community's own words; the screen's own come first. */
      readonly words?: string;
    }
  | { readonly state: 'not-agreed'; readonly rule: string; readonly words?: string }
  | { readonly state: 'not-connected' }
  /** It pushes whom it knows, and has not named this person: it was left out, and may be asked anyway. */
  | { readonly state: 'not-asked' }
  /** No (full) answer within the deadline; what had arrived is shown. */
  | { readonly state: 'late'; readonly deadlineMs: number }
  | { readonly state: 'unavailable'; readonly code: string }
  | { readonly state: 'failed'; readonly code: string }
  /** More exists than was fetched; `code` says which limit. */
  | { readonly state: 'truncated'; readonly code: string };

/** One cell of the answer ledger. */
export type SectionAnswer = {
  readonly state:
    'answered' | 'nothing-held' | 'withheld' | 'not-agreed' | 'late' | 'unavailable' | 'failed' | 'truncated';
  /** Entries sent to this reader. */
  readonly count: number;
  readonly code?: string;
  /** Entries held back from this reader, where the policy lets it be said; left out otherwise, whether or not there are any. */
  readonly withheld?: number;
};
