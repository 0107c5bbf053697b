import type { NhsNumber } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { RecordEvent } from '../../src/record/wire.ts';
import type { Source, SourceId } from '../../src/record/source.ts';
import type { SourceConnection } from '../../plugins/plugin.ts';
import type { Audit } from '../audit/audit.ts';
import type { LocatedRequest } from '../identity/located-request.ts';

/** What federation needs from the rest of the launcher; `main.ts` puts it together. */
export type FederationDeps = {
  /** Opens a source for this request: acting user, trace ids and limits are already inside. */
  open(source: SourceId, request: LocatedRequest): SourceConnection & { readonly requestId: string };
  describe(source: SourceId): Source;
  deadlineMs(source: SourceId): number;
  /** Judges a source's answer to "do you know this person" (`identity/match.ts`). */
  match(asked: Patient, found: readonly Resource[]): PatientMatch;
  /** Whether a resource is about the matched patient (`identity/subject.ts`). */
  isAbout(resource: Resource, patientId: string): boolean;
  readonly audit: Audit;
  /** Milliseconds since the epoch. */
  now(): number;
};

export type PatientMatch =
  | { readonly found: 'one'; readonly patientId: string; readonly nhsNumber: NhsNumber }
  | { readonly found: 'none' }
  | { readonly found: 'ambiguous' }
  | { readonly found: 'mismatch' };

export type Federate = (
  request: LocatedRequest,
  deps: FederationDeps,
  signal: AbortSignal,
) => AsyncGenerator<RecordEvent>;
