import type { NhsNumber } from '../../src/record/nhs-number.ts';
import type { Entry } from '../../src/record/entry.ts';
import type { FindEncounter } from '../../src/record/fhir/encounter-units.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { RecordEvent } from '../../src/record/wire.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { Source, SourceId } from '../../src/record/source.ts';
import type { ChartItem, SourceConnection } from '../../plugins/plugin.ts';
import type { Audit } from '../audit/audit.ts';
import type { LocatedRequest } from '../identity/located-request.ts';
import type { ReaderRoom } from './reader-room.ts';

/** What federation needs from the rest of the launcher; `main.ts` puts it together, the route adds the redactor. */
export type FederationDeps = {
  /** Opens a source for this request: acting user, trace ids and limits are already inside. */
  open(source: SourceId, request: LocatedRequest, room?: ReaderRoom): OpenSource;
  describe(source: SourceId): Source;
  deadlineMs(source: SourceId): number;
  /** Judges a source's answer to "do you know this person" (`identity/match.ts`). */
  match(asked: Patient, found: readonly Resource[]): PatientMatch;
  /** An item's address in its source's own EPR. Left out, or undefined: that EPR leads nobody to one. */
  chartAddress?(source: SourceId, item: ChartItem): string | undefined;
  /** The Patient's id at this source, when the launch knows it and the source can't find it by NHS number (a traced person's home EPR). */
  knownPatientId?(source: SourceId, request: LocatedRequest): string | undefined;
  /** Whether a resource is about the matched patient (`identity/subject.ts`). */
  isAbout(resource: Resource, patientId: string): boolean;
  /** What this reader may be shown (`access/redact.ts`); it cuts before anything is passed on. */
  readonly redactor: Redactor;
  /** Told of each resource that is held back, for the manifest of what was and was not shown (safety H44). */
  withheld?(source: SourceId, resource: Resource): void;
  /** Whether a source may be asked now (`breaker.ts`). Left out: always. */
  readonly breaker?: Breaker;
  readonly limits?: FederationLimits;
  readonly audit: Audit;
  /** Milliseconds since the epoch. */
  now(): number;
};

export type OpenSource = SourceConnection & { readonly requestId: string };

export type FederationLimits = {
  /** A quiet stream says `alive` this often. */
  readonly heartbeatMs: number;
  /** Longest silence of one source between two pages. */
  readonly idleMs: number;
  /** Events held for a reader who is slower than the sources. */
  readonly buffer: number;
};

export type PatientMatch =
  | { readonly found: 'one'; readonly patientId: string; readonly nhsNumber: NhsNumber }
  | { readonly found: 'none' }
  | { readonly found: 'ambiguous' }
  | { readonly found: 'differs' }
  | { readonly found: 'mismatch' };

export type Redactor = {
  /** `hidden` is withheld without a word; `withheld` may be counted. Neither is read into anything else. */
  judge(
    resource: Resource,
    place?: {
      readonly source?: SourceId;
      readonly sections: readonly SectionId[];
      readonly encounter?: FindEncounter;
    },
  ): 'shown' | 'withheld' | 'hidden';
  /** Whether an item of this source may be held back for the unit of the encounter it was made in. Left out: never. */
  needsEncounters?(source: SourceId): boolean;
  /** Judges again by what was read, and cuts what shows the whereabouts of a person whose whereabouts are restricted. */
  cut(
    entries: readonly Entry[],
    place: { readonly sections: readonly SectionId[]; readonly restricted: boolean },
  ): readonly Entry[];
  /** The source as this reader may see it named. */
  describe(source: Source): Source;
};

export type Breaker = {
  /** Runs the work unless the source has been failing; `open` means it was not run. */
  run<T>(source: SourceId, work: () => Promise<T>, isFailure: (result: T) => boolean): Promise<T | 'open'>;
};

export type Federate = (
  request: LocatedRequest,
  deps: FederationDeps,
  signal: AbortSignal,
) => AsyncGenerator<RecordEvent>;
