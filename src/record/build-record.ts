import type { Entry, Unread } from './entry.ts';
import type { Patient } from './patient.ts';
import type { PatientRecord } from './patient-record.ts';
import type { SourceStatus } from './source-status.ts';
import type { Source, SourceId } from './source.ts';

/** Everything that has arrived so far. */
export type RecordParts = {
  readonly patient: Patient;
  readonly sources: readonly Source[];
  readonly statuses: ReadonlyMap<SourceId, SourceStatus>;
  readonly entries: readonly Entry[];
  readonly unread: readonly Unread[];
};

/** The merged record of what has arrived. Pure; the order of the parts makes no difference. */
export declare function buildRecord(parts: RecordParts): PatientRecord;
