import type { Entry, EntryState, Reading } from './entry.ts';
import type { Conflict, Fact, FactReason } from './fact.ts';
import type { Identity } from './group-entries.ts';
import type { ReadContext } from './read-context.ts';
import type { Resource } from './resource.ts';

/** PRSB Core Information Standard headings this record shows, in no order (the order is `sections/index.ts`). */
export type SectionId =
  | 'demographics'
  | 'gp-practice'
  | 'local-authority'
  | 'referrals'
  | 'admissions'
  | 'discharges'
  | 'equipment'
  | 'support-reason'
  | 'medical-devices'
  | 'supporting-plans'
  | 'contingency-plans'
  | 'risks'
  | 'alerts'
  | 'end-of-life-care'
  | 'problems'
  | 'medications'
  | 'allergies'
  | 'procedures'
  | 'investigation-results'
  | 'examination-findings'
  | 'encounters'
  | 'documents'
  | 'care-plans'
  | 'about-me'
  | 'services-and-care'
  | 'professional-contacts'
  | 'personal-contacts'
  | 'vaccinations'
  | 'appointments'
  | 'safeguarding'
  | 'individual-requirements'
  | 'legal-information'
  | 'pregnancy-status'
  | 'family-history'
  | 'social-context'
  | 'assessments'
  | 'participation-in-research';

/** How far back a section shows before "show older". Stated on screen. `null`: no limit. */
export type Window = { readonly months: number } | null;

/**
 * All that a heading must say; leave one out and it does not compile.
 * Everything about a section lives in its one file under `sections/`.
 */
export type Section<E extends Entry = Entry> = {
  readonly id: SectionId;
  /** PRSB heading, e.g. "Allergies and adverse reactions". The words on screen are in `src/words`. */
  readonly heading: string;
  /** What `factKey` compares, as the reader is told it: why several records stand in one line. */
  readonly groupedBy: FactReason;
  /** FHIR resource types asked for. */
  readonly reads: readonly string[];
  readonly window: Window;
  /** Reads one resource. `null`: of a type this section reads, but not of this section (another one may claim it). */
  read(resource: Resource, context: ReadContext): Reading<E> | null;
  /** Types that another section reads and of which this one takes a part, whoever claims them: Patient.contact. */
  readonly takes?: readonly string[];
  take?(resource: Resource, context: ReadContext): readonly E[];
  /** Entries with equal keys say the same thing and become one fact. Unlike things must never share a key. */
  factKey(entry: E): string;
  /**
   * The parts of the key, for a section whose records may leave something out that others say (`group-entries.ts`).
   * `factKey` is then what an entry says by itself.
   */
  identity?(entry: E): Identity | undefined;
  /** What a clinician must be shown: facts of this section that disagree and matter. */
  conflicts(facts: readonly Fact<E>[]): readonly Conflict[];
  /**
   * What an entry is at this moment, where its own dates other than its period decide that (a supply used up). Readers
   * know no clock; `build-record.ts` asks here before it compares keys. Left out: the state stays as read.
   */
  stateAt?(entry: E, nowMs: number): EntryState;
  /** What has ended is shown at once beside what stands: here it matters as much ("all", "active and ended"). */
  readonly showsEnded?: true;
  /**
   * Only the newest of each kind stands at once, the others wait: what an entry is a kind of. `undefined`: it stands at
   * once whatever its date, and displaces none, for it says nothing.
   */
  latestPer?(entry: E): string | undefined;
  /** Clinical order within the section; ties are broken by identity, so the order is total. */
  compare?(a: Fact<E>, b: Fact<E>): number;
};
